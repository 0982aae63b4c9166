import type { Unknown, Value } from '../evaluate/value.ts'
import type { Span } from '../source.ts'
import { type Folded, type FoldOptions, fold, type Target, unknownReplacement } from './fold.ts'
import { compile } from './regexp.ts'
import { type Action, actions, defaultRule, type Rule } from './relabel.ts'
import type { Argument, Arguments } from './use.ts'

/** Targets after the rules of a relabelling component; each target, and each shape that any number may have, by itself. */
export function relabelTargets(targets: Value, blocks: readonly Arguments[], origin: Span): Value {
  const hole: Unknown = { kind: 'unknown', because: 'export', origin, name: null, type: 'string' }
  const rules = blocks.map(ruleOf)
  const each = (value: Value): Folded => fold(targetOf(value), rules, { hole })
  const known = arrayOf(targets)
  const items = known.items.map(each)
  const rest = known.rest.map(each)
  return {
    kind: 'array',
    items: items.filter(({ kept }) => kept === true).map(({ target }) => target),
    rest: [...items.filter(({ kept }) => kept === null), ...rest.filter(({ kept }) => kept !== false)].map(
      ({ target }) => target,
    ),
  }
}

/** One target through rules, step by step. */
export function trace(value: Value, blocks: readonly Arguments[], options: FoldOptions): Folded {
  return fold(targetOf(value), blocks.map(ruleOf), options)
}

function arrayOf(value: Value): { items: readonly Value[]; rest: readonly Value[] } {
  if (value.kind === 'array') return value
  if (value.kind === 'null') return { items: [], rest: [] }
  if (value.kind === 'unknown' && value.candidates) {
    const lists = value.candidates.map(arrayOf)
    return { items: [], rest: lists.flatMap(({ items, rest }) => [...items, ...rest]) }
  }
  return { items: [], rest: [value] }
}

/** What is no known object is a target of which nothing is known. */
function targetOf(value: Value): Target {
  return value.kind === 'object' ? value : { kind: 'object', entries: new Map(), open: true }
}

/** A rule block as a rule; null when one of its arguments is not known, `filter` when it can only have dropped the target. */
function ruleOf(block: Arguments): Rule | 'filter' | null {
  const action = textOf(block.attributes.get('action'), defaultRule.action)
  return readRule(block, action) ?? (action !== null && filters.has(action) ? 'filter' : null)
}

const filters: ReadonlySet<string> = new Set(['keep', 'drop', 'keepequal', 'dropequal'])

function readRule({ attributes }: Arguments, action: string | null): Rule | null {
  const regex = textOf(attributes.get('regex'), defaultRule.regex)
  const separator = textOf(attributes.get('separator'), defaultRule.separator)
  const targetLabel = textOf(attributes.get('target_label'), defaultRule.targetLabel)
  const replacement = replacementOf(attributes.get('replacement'))
  const sourceLabels = labelsOf(attributes.get('source_labels'))
  const modulus = attributes.get('modulus')?.value
  if (action === null || regex === null || separator === null || targetLabel === null || sourceLabels === null)
    return null
  if (!actions.has(action) || compile(regex) === null) return null
  return {
    action: action as Action,
    regex,
    separator,
    targetLabel,
    replacement,
    sourceLabels,
    modulus: modulus?.kind === 'number' ? BigInt(modulus.value) : 0n,
  }
}

function textOf(argument: Argument | undefined, otherwise: string): string | null {
  if (!argument) return otherwise
  const { value } = argument
  if (value.kind === 'string') return value.value
  if (value.kind === 'number') return String(value.value)
  return value.kind === 'null' ? '' : null
}

/** A replacement may be known in parts: what a caller of a module gives stands between what the module says. */
function replacementOf(argument: Argument | undefined): string {
  const value = argument?.value
  if (value?.kind === 'pattern')
    return value.parts.map(part => (typeof part === 'string' ? part : unknownReplacement)).join('')
  return textOf(argument, defaultRule.replacement) ?? unknownReplacement
}

function labelsOf(argument: Argument | undefined): readonly string[] | null {
  if (!argument || argument.value.kind === 'null') return []
  const { value } = argument
  if (value.kind !== 'array' || value.rest.length > 0) return null
  const names = value.items.map(item => (item.kind === 'string' ? item.value : null))
  return names.some(name => name === null) ? null : names.map(name => name ?? '')
}
