import fc from 'fast-check'
import * as assert from 'uvu/assert'
import { text } from '../../src/evaluate/value/string-pattern.ts'
import type { Value } from '../../src/evaluate/value/value.ts'
import { concat, oneOf, type Target, type Text, textsOf } from '../../src/relabel/label-text.ts'
import { isAmbiguous } from '../../src/relabel/partial-names.ts'
import type { PartialRule } from '../../src/relabel/partial-rule.ts'
import { defaultRule, type Rule, relabel } from '../../src/relabel/relabel.ts'
import { type PartialOptions, relabelPartial } from '../../src/relabel/relabel-partial.ts'
import { describe } from '../harness.ts'
import {
  anyRule,
  coversCompletions,
  filled,
  names,
  openRule,
  origin,
  texts,
  unknownText,
} from '../resolve/completions.ts'

const options: PartialOptions = { unknownText }

const rule = (from: Partial<Rule>, hidden: Partial<PartialRule> = {}): PartialRule => ({
  ...openRule({ ...defaultRule, ...from }),
  ...hidden,
})
const target = (labels: Readonly<Record<string, Text | readonly Text[]>>, open = false): Target => ({
  kind: 'object',
  entries: new Map(
    Object.entries(labels).map(([name, texts]): [string, Value] => [
      name,
      oneOf(texts.some(Array.isArray) ? (texts as readonly Text[]) : [texts as Text], origin),
    ]),
  ),
  open,
})

/** What a label may be: `*` is anything, `+` anything but nothing. */
const show = (value: Value | undefined): readonly string[] =>
  (value === undefined ? [] : textsOf(value))
    .map(text => text.map(part => (typeof part === 'string' ? part : gap(part))).join(''))
    .sort()

const gap = ({ nonEmpty }: Exclude<Text[number], string>): string => (nonEmpty ? '+' : '*')

const node = target({ __address__: [filled, ':10250'], node: [filled] }, true)

describe('fold', it => {
  const labels: readonly (readonly [string, Target, readonly PartialRule[], string, readonly string[]])[] = [
    ['writes a constant', node, [rule({ targetLabel: 'a', replacement: 'x' })], 'a', ['x']],
    [
      'keeps what a group captures as a part of a pattern',
      node,
      [rule({ sourceLabels: ['node'], regex: '(.+)', targetLabel: 'p', replacement: '/nodes/$1/proxy' })],
      'p',
      ['/nodes/+/proxy'],
    ],
    [
      'reads an end of a pattern',
      node,
      [
        rule({
          sourceLabels: ['__address__'],
          regex: '(.*):10250',
          targetLabel: '__address__',
          replacement: '$1:9100',
        }),
      ],
      '__address__',
      ['+:9100'],
    ],
    [
      'leaves a target alone where an end cannot match',
      node,
      [rule({ sourceLabels: ['__address__'], regex: '(.*):9100', targetLabel: '__address__', replacement: 'x' })],
      '__address__',
      ['+:10250'],
    ],
    [
      'knows both where a match depends',
      target({ x: [unknownText] }),
      [rule({ sourceLabels: ['x'], regex: 'a', targetLabel: 's', replacement: 'https' })],
      's',
      ['', 'https'],
    ],
    [
      'reads the groups of each text of a list',
      target({ x: [unknownText] }),
      [rule({ sourceLabels: ['x'], regex: '(http)s|(web)', targetLabel: 's', replacement: '$1-$2' })],
      's',
      ['', '-web', 'http-'],
    ],
    [
      'has nothing for a group that an expression does not have',
      target({ x: [unknownText], s: ['old'] }),
      [rule({ sourceLabels: ['x'], regex: 'true', targetLabel: 's' })],
      's',
      ['', 'old'],
    ],
    [
      'takes anchors that are written for those there are',
      target({ x: [unknownText] }),
      [rule({ sourceLabels: ['x'], regex: '^a$', action: 'keep' })],
      'x',
      ['a'],
    ],
    [
      'narrows labels to the texts that were kept',
      target({ service: [filled], port: [unknownText] }),
      [rule({ sourceLabels: ['service', 'port'], regex: 'kubernetes;(https|web)', action: 'keep' })],
      'port',
      ['https', 'web'],
    ],
    [
      'narrows nothing where the separator does not tell',
      target({ a: [unknownText], b: [unknownText] }),
      [rule({ sourceLabels: ['a', 'b'], separator: '--', regex: 'x---y', action: 'keep' })],
      'a',
      ['*'],
    ],
    [
      'narrows a label to the wildcard that was kept',
      target({ a: [unknownText] }),
      [rule({ sourceLabels: ['a'], regex: '/metrics/.+', action: 'keep' })],
      'a',
      ['/metrics/+'],
    ],
    [
      'leaves the choices that are not dropped',
      target({ a: [['x'], ['y']] }),
      [rule({ sourceLabels: ['a'], regex: 'x', action: 'drop' })],
      'a',
      ['y'],
    ],
    [
      'keeps the old text where one choice writes to no label',
      target({ a: [['x'], []], x: ['old'] }),
      [rule({ sourceLabels: ['a'], targetLabel: '$1', replacement: 'k' })],
      'x',
      ['k', 'old'],
    ],
    [
      'lowers the known part',
      target({ a: ['AB', filled] }),
      [rule({ sourceLabels: ['a'], targetLabel: 'b', action: 'lowercase' })],
      'b',
      ['ab+'],
    ],
    [
      'forgets a label of unknown name where it fits',
      target({ a: [unknownText], pre_x: ['1'], other: ['2'] }),
      [rule({ sourceLabels: ['a'], targetLabel: 'pre_$1', replacement: 'k' })],
      'pre_x',
      ['1', 'k'],
    ],
    [
      'leaves a label that an unknown name does not fit',
      target({ a: [unknownText], pre_x: ['1'], other: ['2'] }),
      [rule({ sourceLabels: ['a'], targetLabel: 'pre_$1', replacement: 'k' })],
      'other',
      ['2'],
    ],
    [
      'leaves a label where an unknown expression removes it or not',
      target({ a: ['x'] }),
      [rule({ action: 'labeldrop' }, { regex: null })],
      'a',
      ['', 'x'],
    ],
    [
      'knows a replacement in parts',
      target({}),
      [rule({ targetLabel: 'p' }, { replacements: [['/a/', unknownText, '/b']] })],
      'p',
      ['/a/*/b'],
    ],
    [
      'knows a replacement by its candidates',
      target({}),
      [rule({ targetLabel: 'p' }, { replacements: [['a'], ['b']] })],
      'p',
      ['a', 'b'],
    ],
    [
      'knows a label by the candidates within it',
      {
        kind: 'object',
        entries: new Map([
          ['a', { kind: 'pattern', parts: ['/', { ...unknownText, candidates: ['x', 'y'].map(text) }] }],
        ]),
        open: false,
      },
      [rule({ sourceLabels: ['a'], regex: '/(.)', targetLabel: 'b' })],
      'b',
      ['x', 'y'],
    ],
    [
      'lets an unknown part join the group before it',
      target({ a: ['x'] }),
      [rule({ sourceLabels: ['a'], targetLabel: 'p' }, { replacements: [['/$1', unknownText, 'b/c$1']] })],
      'p',
      ['/*/cx'],
    ],
    [
      'writes anything by an unknown expression',
      target({ a: ['x'], p: ['old'] }),
      [rule({ sourceLabels: ['a'], targetLabel: 'p', replacement: '/$1/b' }, { regex: null })],
      'p',
      ['/*/b', 'old'],
    ],
    [
      'maps listed labels',
      target({ __meta_kubernetes_node_label_a: ['1'] }, true),
      [rule({ regex: '__meta_kubernetes_node_label_(.+)', action: 'labelmap' })],
      'a',
      ['1'],
    ],
    [
      'lets labels that are not listed reach a listed name',
      target({ zone: ['old'] }, true),
      [rule({ regex: '__meta_kubernetes_node_label_(.+)', action: 'labelmap' })],
      'zone',
      ['*', 'old'],
    ],
    [
      'lets them reach no reserved name',
      target({ __address__: ['x'] }, true),
      [rule({ regex: '__meta_kubernetes_node_label_(.+)', action: 'labelmap' })],
      '__address__',
      ['x'],
    ],
    [
      'lets them reach no name with another beginning',
      target({ zone: ['x'] }, true),
      [rule({ regex: '__meta_kubernetes_node_label_(.+)', replacement: 'node_$1', action: 'labelmap' })],
      'zone',
      ['x'],
    ],
    [
      'lets labels reach any name through other expressions',
      target({ __address__: ['x'] }, true),
      [rule({ regex: '(a|b)_(.+)', replacement: '$2', action: 'labelmap' })],
      '__address__',
      ['*', 'x'],
    ],
    [
      'lets labels of a choice reach the names of the choice alone',
      target({ __meta_kubernetes_namespace: ['shop'] }, true),
      [rule({ regex: '__meta_kubernetes_(namespace|pod_name)', action: 'labelmap' })],
      '__meta_kubernetes_namespace',
      ['shop'],
    ],
    [
      'lets labels reach a name that one branch of a choice makes',
      target({ zone: ['old'] }, true),
      [rule({ regex: '__meta_kubernetes_(pod|node)_label_(.+)', replacement: '$2', action: 'labelmap' })],
      'zone',
      ['*', 'old'],
    ],
    [
      'lets labels of either branch reach no reserved name',
      target({ __meta_kubernetes_namespace: ['shop'] }, true),
      [rule({ regex: '__meta_kubernetes_(pod|node)_label_(.+)', replacement: '$2', action: 'labelmap' })],
      '__meta_kubernetes_namespace',
      ['shop'],
    ],
    [
      'reads the end of a text that has matched',
      target({ a: [[unknownText, ':', unknownText]] }),
      [rule({ sourceLabels: ['a'], regex: '.+:10250', action: 'keep' })],
      'a',
      ['+:10250'],
    ],
    [
      'reads each end that a choice leaves',
      target({ a: [[unknownText, ':', unknownText]] }),
      [rule({ sourceLabels: ['a'], regex: '[^:]+:(10250|443)', action: 'keep' })],
      'a',
      ['+:10250', '+:443'],
    ],
    [
      'tells names apart beside a wildcard',
      target({ __meta_kubernetes_service_name: [unknownText], __meta_kubernetes_endpoint_port_name: [unknownText] }),
      [
        rule({
          sourceLabels: ['__meta_kubernetes_service_name', '__meta_kubernetes_endpoint_port_name'],
          regex: '.*-kubelet;https-metrics',
          action: 'keep',
        }),
      ],
      '__meta_kubernetes_service_name',
      ['*-kubelet'],
    ],
    [
      'does not tell texts apart that may hold the separator',
      target({ a: [unknownText], b: [unknownText] }),
      [rule({ sourceLabels: ['a', 'b'], regex: 'x;.*', action: 'keep' })],
      'a',
      ['*'],
    ],
    [
      'knows both of two labels that are mapped to one name',
      target({ a_x: ['1'], b_x: ['2'] }),
      [rule({ regex: '[ab]_(.+)', action: 'labelmap' })],
      'x',
      ['1', '2'],
    ],
    [
      'remembers what an open target lost',
      target({ a: ['x'] }, true),
      [rule({ regex: 'a', action: 'labeldrop' })],
      'a',
      [''],
    ],
  ]
  for (const [title, before, rules, name, texts] of labels)
    it(title, () => assert.equal(show(relabelPartial(before, rules, options).target.entries.get(name)), texts))

  const kept: readonly (readonly [string, Target, PartialRule, boolean | null])[] = [
    ['keeps what certainly matches', node, rule({ sourceLabels: ['node'], regex: '.+', action: 'keep' }), true],
    [
      'drops what cannot match',
      target({ a: ['z', unknownText] }),
      rule({ sourceLabels: ['a'], regex: 'x|y', action: 'keep' }),
      false,
    ],
    [
      'drops what is known to match',
      target({ a: ['z', unknownText] }),
      rule({ sourceLabels: ['a'], regex: 'z.*', action: 'drop' }),
      false,
    ],
    [
      'perhaps drops what may match',
      target({ a: [unknownText] }),
      rule({ sourceLabels: ['a'], regex: 'z', action: 'drop' }),
      null,
    ],
    [
      'perhaps keeps by an unknown expression',
      target({ a: ['x'] }),
      rule({ sourceLabels: ['a'], action: 'keep' }, { regex: null }),
      null,
    ],
    [
      'perhaps keeps by unknown labels',
      target({ a: ['x'] }),
      rule({ regex: 'x', action: 'keep' }, { sourceLabels: null }),
      null,
    ],
    [
      'keeps what equals',
      target({ a: ['x'], b: ['x'] }),
      rule({ sourceLabels: ['a'], targetLabel: 'b', action: 'keepequal' }),
      true,
    ],
    [
      'drops what cannot equal',
      target({ a: ['x', unknownText], b: ['y'] }),
      rule({ sourceLabels: ['a'], targetLabel: 'b', action: 'keepequal' }),
      false,
    ],
    [
      'keeps what cannot equal',
      target({ a: ['x', unknownText], b: ['y'] }),
      rule({ sourceLabels: ['a'], targetLabel: 'b', action: 'dropequal' }),
      true,
    ],
  ]
  for (const [title, before, each, expected] of kept)
    it(title, () => assert.is(relabelPartial(before, [each], options).kept, expected))

  it('forgets everything after a rule that cannot be read', () => {
    const { kept: perhaps, target: after, lost } = relabelPartial(target({ a: ['x'] }), [null], options)
    assert.is(perhaps, null)
    assert.ok(after.open)
    assert.equal(show(after.entries.get('a')), ['*'])
    assert.equal(
      [...lost],
      [
        ['a', 0],
        ['*', 0],
      ],
    )
  })
  it('names the rule that lost a label, until another one writes it', () => {
    const rules = [
      rule({ targetLabel: 'b', replacement: 'y' }),
      rule({ sourceLabels: ['a'], regex: '[xy]+(.*)', targetLabel: 'a' }),
      rule({ sourceLabels: ['a'], regex: '(.+)', targetLabel: 'b', replacement: 'k$1' }),
    ]
    const before = target({ a: ['x', unknownText] })
    assert.equal([...relabelPartial(before, rules, options).lost], [['a', 1]])
    const written = [...rules, rule({ targetLabel: 'a', replacement: 'z' })]
    assert.equal([...relabelPartial(before, written, options).lost], [])
  })
  it('tells of each rule', () => {
    const seen: string[] = []
    const rules = [rule({ targetLabel: 'a', replacement: 'x' }), rule({ targetLabel: 'a', replacement: 'y' })]
    relabelPartial(target({}), rules, {
      unknownText,
      trace: (at, folded) => seen.push(`${at} ${show(folded.target.entries.get('a'))}`),
    })
    assert.equal(seen, ['0 x', '1 y'])
  })
})

const runs = { numRuns: Number(process.env['RUNS'] ?? 5_000) }

describe('fold covers every completion', it => {
  it('of random targets and rules', () => {
    fc.assert(coversCompletions, runs)
  })

  it('and equals the rules where all is known', () => {
    fc.assert(
      fc.property(
        fc.dictionary(fc.constantFrom(...names), fc.constantFrom(...texts)),
        fc.array(anyRule, { maxLength: 4 }),
        (labels, rules) => {
          let actual: ReadonlyMap<string, string> | null = new Map(Object.entries(labels))
          for (const each of rules) {
            // Where Alloy gives now this, now that, folding knows both.
            if (each.action === 'labelmap' && actual && isAmbiguous(each, actual)) return
            actual = actual && relabel(actual, [each])
          }
          const start = target(Object.fromEntries(Object.entries(labels).map(([name, text]) => [name, concat([text])])))
          const { kept, target: after } = relabelPartial(start, rules.map(openRule), options)
          assert.is(kept, actual !== null)
          const got = [...after.entries].map(([name, value]) => `${name}=${show(value).join('|')}`)
          const wanted = [...(actual ?? [])]
            .map(([name, value]) => `${name}=${value}`)
            .filter(each => !each.endsWith('='))
          if (actual) assert.equal(got.filter(each => !each.endsWith('=')).sort(), wanted.sort())
        },
      ),
      runs,
    )
  })
})
