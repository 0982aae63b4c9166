import { isTooDeep } from '../nesting.ts'
import { compareNumbers } from '../value/equality.ts'
import { float, int } from '../value/number.ts'
import { compareTexts, text } from '../value/string-pattern.ts'
import { unknown } from '../value/unknown.ts'
import type { Value } from '../value/value.ts'
import { ofStrings, refused } from './function.ts'
import { parseJson } from './json.ts'

type Step =
  | { readonly kind: 'key'; readonly key: string }
  | { readonly kind: 'index'; readonly index: number }
  | { readonly kind: 'all' }
  | { readonly kind: 'filter'; readonly path: readonly Step[]; readonly operator: string; readonly operand: Value }

const name = '[A-Za-z_][A-Za-z0-9_]*'
const literal = String.raw`-?\d+(?:\.\d+)?|'[^'\\]*'|"[^"\\]*"|true|false|null`
const filter = new RegExp(String.raw`^\?\s*\(\s*@((?:\.${name})*)\s*(==|!=|<=|>=|<|>)\s*(${literal})\s*\)$`)

/**
 * Reads the JSONPath that is computed here: keys, indices, `*`, and filters that compare one value with a literal. Null for the
 * rest of the language (slices, unions, recursive descent, functions), whose result is unknown.
 */
function readPath(path: string): readonly Step[] | null {
  const steps: Step[] = []
  let rest = path.replace(/^[$@]/, '')
  if (rest === path && new RegExp(`^${name}`).test(path)) rest = `.${path}`
  while (rest !== '') {
    const found = rest.match(stepStart)
    const step = found && stepOf(found)
    if (!step) return null
    steps.push(step)
    rest = rest.slice(found[0].length)
  }
  return steps
}

const stepStart = new RegExp(String.raw`^(?:\.(${name})|\.(\*)|\[((?:'[^'\\]*'|"[^"\\]*"|[^\]'"])*)\])`)

function stepOf([, key, star, inside = '']: RegExpMatchArray): Step | null {
  if (key !== undefined) return { kind: 'key', key }
  return star === undefined ? bracket(inside) : { kind: 'all' }
}

function bracket(inside: string): Step | null {
  const trimmed = inside.trim()
  if (trimmed === '*') return { kind: 'all' }
  if (/^-?\d{1,9}$/.test(trimmed)) return { kind: 'index', index: Number(trimmed) }
  if (/^('[^'\\]*'|"[^"\\]*")$/.test(trimmed)) return { kind: 'key', key: trimmed.slice(1, -1) }
  const [, keys = '', operator, operand] = trimmed.match(filter) ?? []
  if (operator === undefined || operand === undefined) return null
  const path = keys
    .split('.')
    .slice(1)
    .map(key => ({ kind: 'key', key }) as const)
  return { kind: 'filter', path, operator, operand: constant(operand) }
}

function constant(literal: string): Value {
  if (/^['"]/.test(literal)) return text(literal.slice(1, -1))
  if (literal === 'null') return { kind: 'null' }
  if (literal === 'true' || literal === 'false') return { kind: 'bool', value: literal === 'true' }
  return literal.includes('.') ? float(Number(literal)) : int(BigInt(literal))
}

function childrenOf(value: Value): readonly Value[] {
  if (value.kind === 'array') return value.items
  return value.kind === 'object' ? [...value.entries.values()] : []
}

/** What a path finds; the fields of an object come in no order, so null where it asks for several. */
function find(values: readonly Value[], steps: readonly Step[]): readonly Value[] | null {
  let found = values
  for (const step of steps) {
    const next: Value[] = []
    for (const value of found) {
      const children = take(value, step)
      if (children === null) return null
      for (const child of children) next.push(child)
    }
    found = next
  }
  return found
}

function take(value: Value, step: Step): readonly Value[] | null {
  switch (step.kind) {
    case 'key': {
      const entry = value.kind === 'object' ? value.entries.get(step.key) : undefined
      return entry ? [entry] : []
    }
    case 'index': {
      const item = value.kind === 'array' ? value.items.at(step.index) : undefined
      return item ? [item] : []
    }
    case 'all':
    case 'filter': {
      if (value.kind === 'object' && value.entries.size > 1) return null
      const children = childrenOf(value)
      if (step.kind === 'all') return children
      const kept = children.map(child => holds(child, step))
      return kept.includes(null) ? null : children.filter((_, at) => kept[at])
    }
    default:
      return step satisfies never
  }
}

/** Says whether a filter keeps a value; null where order between types would decide. */
function holds(value: Value, { path, operator, operand }: Extract<Step, { kind: 'filter' }>): boolean | null {
  const [subject] = find([value], path) ?? []
  if (operand.kind === 'null') return null
  const order = subject ? compare(subject, operand) : null
  if (operator === '==' || operator === '!=') return (order === 0) === (operator === '==')
  if (order === null) return null
  if (operator.endsWith('=') && order === 0) return true
  return operator.startsWith('<') ? order < 0 : order > 0
}

function compare(left: Value, right: Value): number | null {
  if (left.kind === 'number' && right.kind === 'number') return compareNumbers(left, right)
  if (left.kind === 'bool' && right.kind === 'bool') return left.value === right.value ? 0 : null
  return left.kind === 'string' && right.kind === 'string' ? compareTexts(left, right) : null
}

/** A number with a point or an exponent is a float, any other an int, or text where that does not fit. */
function number(digits: string): Value | null {
  if (!/[.eE]/.test(digits)) {
    const whole = BigInt(digits.slice(0, 30))
    return whole === BigInt.asIntN(64, whole) && digits.length < 30 ? int(whole) : text(digits)
  }
  return Number.isFinite(Number(digits)) ? float(Number(digits)) : null
}

/** `json_path`, as far as `readPath` goes. */
export const jsonPath = ofStrings(['json', 'path'], 'array', ([source, path], call) => {
  const open = unknown('function', call.span, { type: 'array' })
  if (isTooDeep(source.value)) return unknown('size', call.span, { type: 'array' })
  const isBlank = /^\s*$/.test(source.value)
  const value = isBlank ? null : parseJson(source, number)
  if (value === undefined) return refused(call, 'argument 1 is not valid JSON', 0)
  const steps = path.bytes ? null : readPath(path.value)
  if (!steps || !value || source.bytes) return open
  const items = path.value === '' ? [] : find([value], steps)
  return items ? { kind: 'array', items, openElements: [] } : open
})
