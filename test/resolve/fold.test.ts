import fc from 'fast-check'
import * as assert from 'uvu/assert'
import type { Unknown, Value } from '../../src/evaluate/value.ts'
import { fold, type Target, unknownReplacement } from '../../src/resolve/fold.ts'
import { literalsOf, match } from '../../src/resolve/matching.ts'
import { type Action, defaultRule, type Rule, relabel } from '../../src/resolve/relabel.ts'
import { concat, fits, oneOf, type Text, textsOf } from '../../src/resolve/texts.ts'
import { describe } from '../harness.ts'

const origin = { source: { path: 'config.alloy', text: '' }, start: 0, end: 0 }
const hole: Unknown = { kind: 'unknown', because: 'export', origin, name: null, type: 'string' }
const filled: Unknown = { ...hole, filled: true }
const rule = (from: Partial<Rule>): Rule => ({ ...defaultRule, ...from })
const target = (labels: Readonly<Record<string, Text>>, open = false): Target => ({
  kind: 'object',
  entries: new Map(Object.entries(labels).map(([name, text]): [string, Value] => [name, oneOf([text], origin)])),
  open,
})
const show = (value: Value | undefined): readonly string[] =>
  value === undefined
    ? []
    : textsOf(value)
        .map(text => text.map(part => (typeof part === 'string' ? part : '*')).join(''))
        .sort()

describe('fold', it => {
  const node = target({ __address__: [filled, ':10250'], node: [filled] }, true)
  it('writes a constant', () => {
    const { target: after } = fold(
      node,
      [rule({ targetLabel: '__address__', replacement: 'kubernetes.default.svc:443' })],
      { hole },
    )
    assert.equal(show(after.entries.get('__address__')), ['kubernetes.default.svc:443'])
  })
  it('keeps what a group captures as a part of a pattern', () => {
    const rules = [
      rule({ sourceLabels: ['node'], regex: '(.+)', targetLabel: 'path', replacement: '/api/v1/nodes/$1/proxy' }),
    ]
    const { target: after, kept } = fold(node, rules, { hole })
    assert.is(kept, true)
    assert.equal(show(after.entries.get('path')), ['/api/v1/nodes/*/proxy'])
  })
  it('reads an end of a pattern', () => {
    const rules = [
      rule({ sourceLabels: ['__address__'], regex: '(.*):10250', targetLabel: '__address__', replacement: '$1:9100' }),
    ]
    assert.equal(show(fold(node, rules, { hole }).target.entries.get('__address__')), ['*:9100'])
  })
  it('leaves a target alone where an end cannot match', () => {
    const rules = [
      rule({ sourceLabels: ['__address__'], regex: '(.*):9100', targetLabel: '__address__', replacement: 'x' }),
    ]
    assert.equal(show(fold(node, rules, { hole }).target.entries.get('__address__')), ['*:10250'])
  })
  it('knows both where a match depends', () => {
    const rules = [rule({ sourceLabels: ['x'], regex: 'a', targetLabel: '__scheme__', replacement: 'https' })]
    assert.equal(show(fold(target({ x: [hole] }), rules, { hole }).target.entries.get('__scheme__')), ['', 'https'])
  })
  it('narrows labels to what was kept', () => {
    const rules = [rule({ sourceLabels: ['service', 'port'], regex: 'kubernetes;https', action: 'keep' })]
    const { kept, target: after } = fold(target({ service: [filled], port: [hole] }), rules, { hole })
    assert.is(kept, null)
    assert.equal(show(after.entries.get('service')), ['kubernetes'])
    assert.equal(show(after.entries.get('port')), ['https'])
  })
  it('drops what cannot be kept', () => {
    const rules = [rule({ sourceLabels: ['a'], regex: 'x|y', action: 'keep' })]
    assert.is(fold(target({ a: ['z', hole] }), rules, { hole }).kept, false)
  })
  it('drops what is known to match', () => {
    assert.is(
      fold(target({ a: ['z', hole] }), [rule({ sourceLabels: ['a'], regex: 'z.*', action: 'drop' })], { hole }).kept,
      false,
    )
  })
  it('forgets everything after a rule that cannot be read', () => {
    const { kept, target: after } = fold(target({ a: ['x'] }), [null], { hole })
    assert.is(kept, null)
    assert.ok(after.open)
    assert.is(after.entries.size, 0)
  })
  it('knows the rest of a replacement of which a part is not known', () => {
    const rules = [rule({ targetLabel: 'path', replacement: `/a/${unknownReplacement}/b` })]
    assert.equal(show(fold(target({}), rules, { hole }).target.entries.get('path')), ['/a/*/b'])
  })
  it('tells of each rule', () => {
    const seen: number[] = []
    fold(target({}), [rule({ targetLabel: 'a', replacement: 'x' }), rule({ targetLabel: 'b', replacement: 'y' })], {
      hole,
      trace: at => seen.push(at),
    })
    assert.equal(seen, [0, 1])
  })
  it('maps listed labels, and lets unlisted ones reach only names without underscores', () => {
    const rules = [rule({ regex: '__meta_kubernetes_node_label_(.+)', action: 'labelmap' })]
    const { target: after } = fold(
      target({ __address__: ['x'], zone: ['old'], __meta_kubernetes_node_label_a: ['1'] }, true),
      rules,
      { hole },
    )
    assert.equal(show(after.entries.get('__address__')), ['x'])
    assert.equal(show(after.entries.get('a')), ['1'])
    assert.equal(show(after.entries.get('zone')), ['*', 'old'])
  })
})

describe('literalsOf', it => {
  const cases: readonly [string, readonly string[] | null][] = [
    ['a', ['a']],
    ['a|b', ['a', 'b']],
    ['(a|b);c', ['a;c', 'b;c']],
    ['(?:a)b', ['ab']],
    ['a\\.b', ['a.b']],
    ['', ['']],
    ['a.*', null],
    ['[ab]', null],
    ['(a)?', null],
    ['a+', null],
    ['\\d', null],
    ['(?i)a', null],
  ]
  for (const [regex, expected] of cases)
    it(`${regex || 'the empty expression'}`, () => assert.equal(literalsOf(regex), expected))
})

describe('match', it => {
  const cases: readonly [string, string, Text, boolean | null][] = [
    ['a wildcard takes anything', '(.*)', [hole], true],
    ['a filled wildcard wants something', '(.+)', [hole], null],
    ['what is filled is something', '(.+)', [filled], true],
    ['a known part is something', '.+', [hole, 'x'], true],
    ['nothing is not something', '.+', [], false],
    ['a beginning that is known', 'a(.*)', ['ab', hole], true],
    ['a beginning that differs', 'a(.*)', ['b', hole], false],
    ['a beginning that may go on', 'abc(.*)', ['ab', hole], null],
    ['other expressions are open', '[ab]+', [hole], null],
  ]
  for (const [title, regex, text, truth] of cases) it(title, () => assert.is(match(regex, text, hole).truth, truth))
})

const names = ['a', 'b', '__c', '__meta_d']
const texts = ['', 'x', 'y', 'x;y', 'a', 'b', '__c', 'node:10250', 'Ab']
const regexes = [
  '(.*)',
  '(.+)',
  'x|y',
  'x',
  '(x|y);(.*)',
  '(.*):10250',
  'a(.*)',
  '[xy]+',
  '(a)?b?',
  '__meta_(.+)',
  'x;y',
  '(.*);(.*)',
  '',
  '(?:x)?(.*)',
]
const replacements = ['$1', 'k', '', '${1}-$2', 'x$1y']
const anyRule: fc.Arbitrary<Rule> = fc
  .record({
    sourceLabels: fc.array(fc.constantFrom(...names), { maxLength: 3 }),
    separator: fc.constantFrom(';', '', '-'),
    regex: fc.constantFrom(...regexes),
    modulus: fc.constantFrom(1n, 3n, 1000n),
    targetLabel: fc.constantFrom(...names, 'a_$1', '$1'),
    replacement: fc.constantFrom(...replacements),
    action: fc.constantFrom<Action>(
      'replace',
      'replace',
      'replace',
      'keep',
      'drop',
      'keepequal',
      'dropequal',
      'hashmod',
      'labelmap',
      'labeldrop',
      'labelkeep',
      'lowercase',
      'uppercase',
    ),
    // Alloy refuses a labelmap that may give a label an empty name.
  })
  .filter(({ action, replacement }) => action !== 'labelmap' || replacement === 'k' || replacement === 'x$1y')

/** A label as it is, and what is known of it: parts of it, or alternatives to it. */
const anyLabel = fc.record({
  value: fc.constantFrom(...texts),
  known: fc.constantFrom('all', 'none', 'filled', 'start', 'end', 'choice'),
  other: fc.constantFrom(...texts),
})

function partly({ value, known, other }: { value: string; known: string; other: string }): readonly Text[] {
  switch (known) {
    case 'none':
      return [[hole]]
    case 'filled':
      return value === '' ? [[hole]] : [[filled]]
    case 'start':
      return [concat([value.slice(0, 1), hole])]
    case 'end':
      return [concat([hole, value.slice(1)])]
    case 'choice':
      return [concat([value]), concat([other])]
    default:
      return [concat([value])]
  }
}

describe('fold covers every completion', it => {
  const anyLabels = fc.dictionary(fc.constantFrom(...names), anyLabel, { maxKeys: 4 })
  it('of random targets and rules', () => {
    fc.assert(
      fc.property(anyLabels, fc.array(anyRule, { minLength: 1, maxLength: 4 }), fc.boolean(), (labels, rules, open) => {
        const actual = relabel(new Map(Object.entries(labels).map(([name, { value }]) => [name, value])), rules)
        // In an open target some labels that are there are not listed; names of two underscores stay listed, as in the rule map.
        const listed = Object.entries(labels).filter(([name]) => !open || name.startsWith('__') || name === 'a')
        const start: Target = {
          kind: 'object',
          entries: new Map(listed.map(([name, label]) => [name, oneOf(partly(label), origin)])),
          open,
        }
        if (open)
          for (const name of names)
            if (name.startsWith('__') && !start.entries.has(name))
              (start.entries as Map<string, Value>).set(name, { kind: 'string', value: '' })
        const { kept, target: after } = fold(start, rules, { hole })
        if (actual === null) return kept !== true
        if (kept === false) return false
        for (const name of new Set([...names, ...after.entries.keys(), ...actual.keys()])) {
          const value = actual.get(name) ?? ''
          const known = after.entries.get(name)
          const covered = known ? textsOf(known).some(text => fits(text, value)) : after.open || value === ''
          if (!covered) return false
        }
        return true
      }),
      { numRuns: 5000, seed: 4711 },
    )
  })
  it('and equals the rules where all is known', () => {
    fc.assert(
      fc.property(
        fc.dictionary(fc.constantFrom(...names), fc.constantFrom(...texts)),
        fc.array(anyRule, { maxLength: 4 }),
        (labels, rules) => {
          const actual = relabel(new Map(Object.entries(labels)), rules)
          const { kept, target: after } = fold(
            target(Object.fromEntries(Object.entries(labels).map(([name, text]) => [name, concat([text])]))),
            rules,
            { hole },
          )
          if (actual === null) return kept === false
          const got = [...after.entries].flatMap(([name, value]) =>
            value.kind === 'string' && value.value !== '' ? [[name, value.value]] : [],
          )
          return kept === true && JSON.stringify(got.sort()) === JSON.stringify([...actual].sort())
        },
      ),
      { numRuns: 2000, seed: 4711 },
    )
  })
})
