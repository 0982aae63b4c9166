import fc from 'fast-check'
import type { Unknown, Value } from '../../src/evaluate/value/value.ts'
import { effortOf, mostSteps } from '../../src/relabel/effort.ts'
import { concat, fits, oneOf, type Text, textsOf } from '../../src/relabel/label-text.ts'
import type { PartialRule } from '../../src/relabel/partial-rule.ts'
import { type Action, actions, type Rule, relabel } from '../../src/relabel/relabel.ts'
import { relabelPartial } from '../../src/relabel/relabel-partial.ts'

/** A rule that is known in full. */
export function openRule({ targetLabel, replacement, ...rule }: Rule): PartialRule {
  return { ...rule, targetLabel: concat([targetLabel]), replacements: [concat([replacement])] }
}

export const origin = { source: { path: 'config.alloy', text: '' }, start: 0, end: 0 }
export const unknownText: Unknown = { kind: 'unknown', because: 'export', origin, name: null, type: 'string' }
export const filled: Unknown = { ...unknownText, nonEmpty: true }

export const names = ['a', 'b', 'x', '__c', '__meta_d']
export const texts = ['', 'x', 'y', 'x;y', 'a', 'b', '__c', 'node:10250', 'Ab', '-x']
const regexes = [
  '(.*)',
  '(.+)',
  '.*',
  'x|y',
  '^x$',
  '(x)|(y)',
  '(x);(y)',
  '(x|y);(.*)',
  '(.*):10250',
  'a(.*)',
  '[xy]+',
  '(a)?b?',
  '(?P<n>.)(.*)',
  '__meta_(.+)',
  '_(.*)_d',
  'x;y',
  '-?x',
  '(.*);(.*)',
  '',
  '(?:x)?(.*)',
  '(.+);(.+)',
  '.*;x?',
  '(x|y)?-?(.+)',
  'x?y?',
  '__(meta_d|c)',
  '(a|x)(.*)',
  '[^:]+:10250',
  '(.+):(10250|80)',
  '.*-?x',
  '(x|y).+',
]
export const anyRule: fc.Arbitrary<Rule> = fc.record({
  sourceLabels: fc.array(fc.constantFrom(...names), { maxLength: 3 }),
  separator: fc.constantFrom(';', ';', '', '-', '--'),
  regex: fc.constantFrom(...regexes),
  modulus: fc.constantFrom(1n, 3n, 1000n),
  targetLabel: fc.constantFrom(...names, 'a_$1', '$1', '${n}'),
  replacement: fc.constantFrom('$1', 'k', '', '${1}-$2', 'x$1y', '$n', '$$1', 'k_$1', '__$1'),
  // What writes labels is what most rules do.
  action: fc.constantFrom<Action>('replace', 'replace', ...actions),
})

/** What is known of a text: all, nothing, that it is not empty, an end, that it is one of two. */
const knowledge = fc.record({
  known: fc.constantFrom('all', 'all', 'none', 'filled', 'start', 'end', 'choice'),
  other: fc.constantFrom(...texts),
})
type Known = typeof knowledge extends fc.Arbitrary<infer K> ? K : never

function partly(value: string, { known, other }: Known): readonly Text[] {
  switch (known) {
    case 'none':
      return [[unknownText]]
    case 'filled':
      return value === '' ? [[unknownText]] : [[filled]]
    case 'start':
      return [concat([value.slice(0, 1), unknownText])]
    case 'end':
      return [concat([unknownText, value.slice(1)])]
    case 'choice':
      return [concat([value]), concat([other])]
    default:
      return [concat([value])]
  }
}

/** Which arguments of a rule are not known. */
const hidden = fc.record({
  fields: fc.subarray(['sourceLabels', 'separator', 'regex', 'modulus'] as const, { maxLength: 1 }),
  target: knowledge,
  replacement: knowledge,
  whole: fc.nat(12),
})
type Hidden = typeof hidden extends fc.Arbitrary<infer H> ? H : never

function partlyRule(each: Rule, { fields, target: name, replacement, whole }: Hidden): PartialRule | null {
  if (whole === 0) return null
  const open = openRule(each)
  const isPlain = whole > 4
  const [label] = name.known === 'choice' ? [open.targetLabel] : partly(each.targetLabel, name)
  return {
    ...open,
    ...(isPlain ? {} : Object.fromEntries(fields.map(field => [field, null]))),
    targetLabel: isPlain ? open.targetLabel : label!,
    replacements: isPlain ? open.replacements : partly(each.replacement, replacement),
  }
}

/** Labels of which some are not listed in the open target: names of two underscores always are, as in the rule map. */
const anyLabels = fc.dictionary(
  fc.constantFrom(...names),
  fc.record({ value: fc.constantFrom(...texts), known: knowledge, listed: fc.boolean() }),
  { maxKeys: 5 },
)

const anyRules = fc.array(fc.tuple(anyRule, hidden), { minLength: 1, maxLength: 4 })

/** How many steps are followed: mostly all. */
const steps = fc.oneof({ weight: 3, arbitrary: fc.constant(mostSteps) }, fc.nat(12))

/** Folding partly known labels by partly known rules covers what the rules make of the labels in full, however few steps are followed. */
export const coversCompletions = fc.property(anyLabels, anyRules, fc.boolean(), steps, (labels, given, open, most) => {
  const actual = relabel(
    new Map(Object.entries(labels).map(([name, { value }]) => [name, value])),
    given.map(([each]) => each),
  )
  const entries = new Map<string, Value>()
  for (const name of names) {
    const label = labels[name]
    if (open && label?.listed !== true && !name.startsWith('__')) continue
    entries.set(name, label ? oneOf(partly(label.value, label.known), origin) : { kind: 'string', value: '' })
  }
  const open_ = given.map(([each, how]) => partlyRule(each, how))
  const { kept, target: after } = relabelPartial({ kind: 'object', entries, open }, open_, {
    unknownText,
    effort: effortOf(most),
  })
  if (actual === null) return kept !== true
  if (kept === false) return false
  return [...new Set([...names, ...after.entries.keys(), ...actual.keys()])].every(name => {
    const value = actual.get(name) ?? ''
    const known = after.entries.get(name)
    return known ? textsOf(known).some(text => fits(text, value)) : after.open || value === ''
  })
})
