import type { Range, VariableRange } from '../../source.ts'
import { firstFrom } from '../../text/first-from.ts'

/** What is known of a variable: its value, null where it has none, undefined where no one can tell. */
export type Lookup = (name: string) => string | null | undefined

/** A text in which Flux has replaced what is known. */
export interface Substituted {
  readonly text: string
  /** What is left: variables whose value is not known, in order. */
  readonly variables: readonly VariableRange[]
  /** Maps an offset of `text` to the one of the text before that stands for it. */
  readonly offset: (inner: number) => number
}

/** A reference to a variable: `${NAME}`, or with an operator `${NAME:=default}`. */
interface Reference extends Range {
  readonly name: string
  readonly operator: string
  readonly operand: string
}

/** An expression of Flux starts like this. Where it is not certain that Flux reads the text, a group of a pattern, `${1}`, is none. */
const [likely, any] = [/\$\$|\$\{([A-Za-z_]\w*)/g, /\$\$|\$\{(\w+)/g]

/** Says whether a text holds an expression of Flux that is escaped, which only those write who have it replaced. */
export const hasEscape = (text: string): boolean => text.includes('$${')

/**
 * Replaces the variables of a text as Flux does: in one pass, the default where a variable is empty or unset, `$$` by a dollar sign.
 * `unescapes` says that Flux reads the text for certain. Null where there is nothing to replace.
 */
export function substituteText(text: string, lookup: Lookup, unescapes: boolean): Substituted | null {
  const [parts, variables]: [string[], VariableRange[]] = [[], []]
  const [inner, outer]: [number[], number[]] = [[0], [0]]
  let [length, from] = [0, 0]
  const add = (part: string): void => {
    parts.push(part)
    length += part.length
  }
  const replace = ({ start, end }: Range, by: string): void => {
    add(text.slice(from, start))
    inner.push(length)
    outer.push(start)
    add(by)
    inner.push(length)
    outer.push(end)
    from = end
  }
  for (const each of references(text, unescapes)) {
    const value = each.name === '' ? '$' : referenceValue(each, lookup)
    const start = length + each.start - from
    if (value === undefined) variables.push({ start, end: start + each.end - each.start, name: each.name })
    else replace(each, value)
  }
  if (variables.length === 0 && parts.length === 0) return null
  add(text.slice(from))
  return { text: parts.join(''), variables, offset: at => before(at, inner, outer) }
}

/** The value of a reference; undefined where the variable or the operator is not known. */
function referenceValue({ name, operator, operand }: Reference, lookup: Lookup): string | undefined {
  const value = lookup(name)
  if (value === undefined) return undefined
  if (operator === '') return value ?? ''
  if (!/^(?:=|:=|:-)$/.test(operator)) return undefined
  if (value !== null && value !== '') return value
  return /[$\\]/.test(operand) ? undefined : operand
}

/** The references of a text, and its escaped dollar signs, which have no name. */
function* references(text: string, unescapes: boolean): Generator<Reference> {
  let end = 0
  let closes: ReadonlyMap<number, number> | null = null
  for (const { 0: whole, 1: name, index } of text.matchAll(unescapes ? any : likely)) {
    if (index < end) continue
    if (name === undefined) {
      if (unescapes) yield { start: index, end: index + 2, name: '', operator: '', operand: '' }
      continue
    }
    const rest = index + whole.length
    closes ??= closings(text)
    const close = closes.get(index)
    if (close === undefined) continue
    end = close + 1
    const [, operator = '', operand = ''] = /^([:=+\-?#%/,^]{0,2})(.*)$/s.exec(text.slice(rest, close)) ?? []
    yield { start: index, end, name, operator: operator === '' && operand !== '' ? operand : operator, operand }
  }
}

/** Where each `${` of a text closes, by its place; one that does not on its line is left out. */
function closings(text: string): ReadonlyMap<number, number> {
  const closes = new Map<number, number>()
  let open: number[] = []
  for (let at = 0; at < text.length; at++) {
    if (text[at] === '\n') open = []
    if (text[at] === '}') {
      const start = open.pop()
      if (start !== undefined) closes.set(start, at)
    }
    if (text.startsWith('${', at)) open.push(at)
  }
  return closes
}

function before(at: number, inner: readonly number[], outer: readonly number[]): number {
  const last = firstFrom(inner, at + 1, start => start) - 1
  const limit = outer[last + 1] ?? Number.POSITIVE_INFINITY
  return Math.min((outer[last] ?? 0) + at - (inner[last] ?? 0), limit)
}
