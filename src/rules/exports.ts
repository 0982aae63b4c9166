import { oneOf } from '../evaluate/value/unknown.ts'
import type { Unknown, Value } from '../evaluate/value/value.ts'
import { isTokenFile } from '../kubernetes/pod/token.ts'
import type { Arguments, Use } from '../resolve/use.ts'
import type { Span } from '../source.ts'
import { type Facts, judge } from './map/condition.ts'
import { constant, lookUp } from './map/lookup.ts'
import type { ComponentRules, ExportRule, LabelShape, TargetShape } from './map/schema.ts'
import { everywhere, namespacesOf, type Place } from './scope.ts'
import { selectedLabels } from './selected-labels.ts'

/** What the exports of a component are worked out with. */
export interface ExportTools {
  /** The component: its header is the origin of what stays unknown. */
  readonly use: Use
  /** The content of a file of the input, by its path in the container; null when it is not available. */
  readonly read: (path: string) => string | null
  /** Targets after relabeling: the targets, the rule blocks, the component. */
  readonly relabel: (targets: Value, rules: readonly Arguments[], by: Use) => Value
}

/** Determines what a component exports, as far as its arguments tell. Exports without a rule are not in the result. */
export function exportsOf(rules: ComponentRules, facts: Facts, tools: ExportTools): ReadonlyMap<string, Value> {
  return new Map(Object.entries(rules.exports ?? {}).map(([name, rule]) => [name, exported(rule, rules, facts, tools)]))
}

function exported(rule: ExportRule, rules: ComponentRules, facts: Facts, tools: ExportTools): Value {
  if ('file' in rule) return content(rule, facts, tools)
  if ('same' in rule) return argument(rule.same, facts, tools)
  if ('value' in rule) return argument(rule.value, facts, tools)
  if ('secrets' in rule) return { ...unknown('secret', tools.use.block.header), type: 'object' }
  if ('secret' in rule) return { kind: 'capsule', type: 'secret', of: unknown('secret', tools.use.block.header) }
  if ('relabel' in rule) {
    const blocks = lookUp(facts.body, rule.relabel.rules).blocks.map(({ body }) => body)
    return tools.relabel(argument(rule.relabel.targets, facts, tools), blocks, tools.use)
  }
  const shapes = rule.targets.filter(({ when }) => judge(when, facts).truth !== false)
  return { kind: 'array', items: [], openElements: shapes.flatMap(shape => targets(shape, rules, facts, tools)) }
}

function argument(path: string, facts: Facts, { use }: ExportTools): Value {
  return lookUp(facts.body, path, facts.defaults).values[0]?.value ?? unknown('export', use.block.header)
}

const unknown = (because: Unknown['because'], origin: Span): Unknown => ({
  kind: 'unknown',
  because,
  origin,
  name: null,
  type: 'any',
})

function content(rule: Extract<ExportRule, { file: string }>, facts: Facts, tools: ExportTools): Value {
  const path = argument(rule.file, facts, tools)
  const value = contentOf(path, tools)
  if (rule.isSecret === undefined) return value
  const isSecret = judge({ [rule.isSecret]: true }, facts).truth
  const types = [...(isSecret === true ? [] : ['optional_text']), ...(isSecret === false ? [] : ['optional_secret'])]
  const capsules = types.map((type): Value => ({ kind: 'capsule', type, of: value }))
  return oneOf(capsules, unknown('export', tools.use.block.header))
}

function contentOf(path: Value, tools: ExportTools): Value {
  if (path.kind !== 'string') return { ...unknown('export', tools.use.block.header), type: 'string' }
  if (isTokenFile(path.value)) return { ...unknown('secret', tools.use.block.header), type: 'string', token: true }
  const text = tools.read(path.value)
  return text === null
    ? { ...unknown('export', tools.use.block.header), type: 'string' }
    : { kind: 'string', value: text }
}

/** One shape for each namespace that the component looks into, so that labels that go together stay together. */
function targets(shape: TargetShape, rules: ComponentRules, facts: Facts, tools: ExportTools): readonly Value[] {
  const scoped = Object.values(shape.labels).some(label => typeof label === 'object' && 'scope' in label)
  const places = scoped ? namespacesOf(rules.scope ?? 'cluster', facts, null) : [everywhere]
  const known = places.every(({ name }) => name !== null) ? places : [everywhere]
  const selected = selectedLabels(shape.selected ?? [], facts, tools.use.block.header)
  return known.map(place => {
    const value = (label: LabelShape) => labelValue(label, place, facts, tools)
    const written = Object.entries(shape.labels).map(([name, label]) => [name, value(label)] as const)
    const entries = new Map([...written, ...selected])
    return { kind: 'object', entries, open: shape.open === true, provenance: { by: tools.use, before: null } }
  })
}

function labelValue(label: LabelShape, place: Place, facts: Facts, tools: ExportTools): Value {
  if (typeof label === 'string') return constant(label)
  if ('from' in label) return argument(label.from, facts, tools)
  const open: Unknown = { ...unknown('export', tools.use.block.header), type: 'string' }
  if ('scope' in label) {
    if (place.name === null) return { ...open, nonEmpty: true }
    return place.name === '.'
      ? { ...open, nonEmpty: true, isOwnNamespace: true }
      : { kind: 'string', value: place.name }
  }
  // What a shape names is there: an absent label is written as an empty literal.
  const filled: Unknown = { ...open, nonEmpty: true }
  if (label.text.length === 1 && label.text[0] === null) return filled
  return { kind: 'pattern', parts: label.text.map(part => part ?? filled) }
}
