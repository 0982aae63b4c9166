import type { ObjectValue, Unknown, Value } from '../evaluate/value/value.ts'
import type { Arguments, Use } from '../resolve/use.ts'
import type { Span } from '../source.ts'
import type { Expression } from '../syntax/ast.ts'
import { decodeString } from '../syntax/strings.ts'
import type { Effort } from './effort.ts'
import type { Target } from './label-text.ts'
import { ruleOf } from './partial-rule.ts'
import { type PartialOptions, type PartlyRelabeled, relabelPartial } from './relabel-partial.ts'

/**
 * Targets after the rules of a relabeling component; each target, and each shape that any number may have, by itself. Every target
 * remembers what it was before.
 */
export function relabelTargets(targets: Value, blocks: readonly Arguments[], by: Use, effort?: Effort): Value {
  const unknownText: Unknown = {
    kind: 'unknown',
    because: 'export',
    origin: by.block.header,
    name: null,
    type: 'string',
  }
  const rules = blocks.map(ruleOf)
  const dropped: ObjectValue[] = []
  const each = (value: Value): readonly Relabeled[] => {
    const { kept, target } = relabelPartial(targetOf(value), rules, effort ? { unknownText, effort } : { unknownText })
    const after = { ...target, provenance: { by, before: value } }
    if (kept === false) dropped.push(after)
    return kept === false ? [] : [{ kept, target: after }]
  }
  const known = arrayOf(targets)
  const items = known.items.flatMap(each)
  const openElements = known.openElements.flatMap(each)
  for (const each of known.dropped) dropped.push(each)
  return {
    kind: 'array',
    items: items.filter(({ kept }) => kept === true).map(({ target }) => target),
    openElements: [...items.filter(({ kept }) => kept === null), ...openElements].map(({ target }) => target),
    ...(dropped.length > 0 ? { dropped } : {}),
  }
}

type Relabeled = Pick<PartlyRelabeled, 'kept' | 'target'>

/** One target through rules, step by step. */
export function trace(value: Value, blocks: readonly Arguments[], options: PartialOptions): PartlyRelabeled {
  return relabelPartial(targetOf(value), blocks.map(ruleOf), options)
}

/** The rules that a target has passed and that name a label as the one to write, the last component's first. */
export function writersOf(target: Value, label: string): readonly Span[] {
  const found: Span[] = []
  for (let at: Value | null = target; at?.kind === 'object' && at.provenance; at = at.provenance.before) {
    for (const { header, body } of at.provenance.by.block.body.filter(each => each.kind === 'block'))
      if (
        body.some(each => each.kind === 'attribute' && each.name.name === 'target_label' && writes(each.value, label))
      )
        found.push(header)
  }
  return found
}

const writes = (expression: Expression, label: string): boolean =>
  expression.kind === 'literal' && expression.token === 'STRING' && decodeString(expression.raw).value === label

/** The targets that a list may hold: those for certain, those that any number may be, and those that were dropped on the way. */
interface Targets {
  readonly items: readonly Value[]
  readonly openElements: readonly Value[]
  readonly dropped: readonly ObjectValue[]
}

function arrayOf(value: Value): Targets {
  if (value.kind === 'array') return { ...value, dropped: value.dropped ?? [] }
  if (value.kind === 'null') return { items: [], openElements: [], dropped: [] }
  if (value.kind === 'unknown' && value.candidates) {
    const lists = value.candidates.map(arrayOf)
    return {
      items: [],
      openElements: lists.flatMap(({ items, openElements }) => [...items, ...openElements]),
      dropped: lists.flatMap(({ dropped }) => dropped),
    }
  }
  return { items: [], openElements: [value], dropped: [] }
}

/** Anything but a known object is a target of which nothing is known. */
export function targetOf(value: Value): Target {
  return value.kind === 'object' ? value : { kind: 'object', entries: new Map(), open: true }
}
