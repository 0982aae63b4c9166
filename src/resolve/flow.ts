import type { Unknown, Value } from '../evaluate/value.ts'
import type { Span } from '../source.ts'
import { type Folded, type FoldOptions, fold } from './fold.ts'
import { ruleOf } from './rule.ts'
import type { Target } from './texts.ts'
import type { Arguments } from './use.ts'

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
