import * as assert from 'uvu/assert'
import { evaluate } from '../../src/evaluate/evaluate.ts'
import { text } from '../../src/evaluate/value/string-pattern.ts'
import { unknown } from '../../src/evaluate/value/unknown.ts'
import type { Value } from '../../src/evaluate/value/value.ts'
import { ruleOf } from '../../src/relabel/partial-rule.ts'
import { relabelTargets, trace } from '../../src/relabel/targets.ts'
import type { Arguments, Use } from '../../src/resolve/use.ts'
import type { Block } from '../../src/syntax/ast.ts'
import { parse } from '../../src/syntax/parse.ts'
import { somewhere } from '../evaluate/expressions.ts'
import { show } from '../evaluate/show.ts'
import { describe } from '../harness.ts'

const given = unknown('argument', somewhere, { name: 'given' })
const names: ReadonlyMap<string, Value> = new Map<string, Value>([
  ['given', given],
  ['path', { ...given, type: 'string', candidates: [text('/a'), text('/b')] }],
  ['label', { ...given, type: 'string', candidates: [text('a'), text('b')] }],
])

/** The arguments of a rule block. */
function rule(body: string): Arguments {
  const { value: file, diagnostics } = parse({ path: 'config.alloy', text: body })
  assert.equal(diagnostics, [])
  const attributes = file!.body.flatMap(statement => {
    if (statement.kind !== 'attribute') return []
    const { name, span } = statement.name
    const scope = { release: '1.18.1', env: () => undefined, stability: null, report: () => {} }
    const value = evaluate(statement.value, { ...scope, lookup: each => names.get(each) })
    return [[name, { name, value, span, valueSpan: statement.value.span }] as const]
  })
  return { attributes: new Map(attributes), blocks: [] }
}

/** A relabeling component. */
const { body: blocks } = parse({ path: 'config.alloy', text: 'discovery.relabel "r" { }' }).value!
const block = blocks[0] as Block
const use: Use = {
  id: 'discovery.relabel.r',
  component: 'discovery.relabel',
  label: 'r',
  block,
  arguments: { attributes: new Map(), blocks: [] },
  certain: true,
  related: [],
}

const object = (labels: Readonly<Record<string, Value>>, open = false): Value => ({
  kind: 'object',
  entries: new Map(Object.entries(labels)),
  open,
})
const list = (items: readonly Value[], rest: readonly Value[] = []): Value => ({
  kind: 'array',
  items,
  openElements: rest,
})

describe('ruleOf', it => {
  const cases: readonly (readonly [title: string, body: string, expected: Readonly<Record<string, unknown>> | null])[] =
    [
      [
        'fills in the defaults',
        '',
        { action: 'replace', separator: ';', regex: '(.*)', modulus: 0n, sourceLabels: [] },
      ],
      ['reads what is given', 'source_labels = ["a", "b"]\nregex = "x"', { sourceLabels: ['a', 'b'], regex: 'x' }],
      ['takes numbers for text and text for numbers', 'separator = 1\nmodulus = "8"', { separator: '1', modulus: 8n }],
      ['takes null for nothing', 'source_labels = null\nregex = null', { sourceLabels: [], regex: '' }],
      ['does not know an unknown expression', 'regex = given', { regex: null }],
      ['does not know what is no expression', 'regex = "("', { regex: null }],
      ['does not know a list with an unknown label', 'source_labels = ["a", given]', { sourceLabels: null }],
      ['does not know an unknown modulus', 'modulus = given', { modulus: null }],
      ['knows what a replacement may be', 'replacement = path', { replacements: [['/a'], ['/b']] }],
      ['knows no label of several', 'target_label = label', { targetLabel: ['?'] }],
      ['cannot read a rule of unknown action', 'action = given', null],
      ['cannot read a rule of no action', 'action = "nosuch"', null],
    ]
  for (const [title, body, expected] of cases)
    it(title, () => {
      const found = ruleOf(rule(body))
      if (found === null || expected === null) return assert.is(found, expected)
      const shown = { ...found, targetLabel: found.targetLabel.map(part => (typeof part === 'string' ? part : '?')) }
      for (const [field, value] of Object.entries(expected)) assert.equal(shown[field as keyof typeof shown], value)
    })
})

describe('relabelTargets', it => {
  const keep = rule('source_labels = ["role"]\nregex = "node"\naction = "keep"')
  const write = rule('target_label = "__address__"\nreplacement = "kubernetes.default.svc:443"')
  const role = (value: string): Value => object({ role: text(value) })
  const cases: readonly (readonly [string, Value, readonly Arguments[], string])[] = [
    ['drops what rules drop', list([role('pod'), role('node')]), [keep], '[{role: "node"}]'],
    ['lists what may be dropped behind', list([object({ role: given })]), [keep], '[...({role: "node"})]'],
    [
      'relabels shapes that any number may have',
      list([], [object({ role: text('node') }, true)]),
      [keep, write],
      '[...({role: "node", __address__: "kubernetes.default.svc:443", ...})]',
    ],
    ['takes unknown targets for any', given, [write], '[...({__address__: "kubernetes.default.svc:443", ...})]'],
    ['has no targets in null', { kind: 'null' }, [write], '[]'],
    ['leaves targets without rules', list([role('pod')]), [], '[{role: "pod"}]'],
    [
      'relabels each list that may be the one',
      { ...given, candidates: [list([role('node')]), list([role('pod')])] },
      [keep],
      '[...({role: "node"})]',
    ],
  ]
  for (const [title, targets, rules, expected] of cases)
    it(title, () => assert.is(show(relabelTargets(targets, rules, use)), expected))

  it('shows a target after each rule', () => {
    const seen: string[] = []
    const unknownText = unknown('export', somewhere, { type: 'string' })
    trace(object({ role: given }), [keep, write], { unknownText, trace: (_, { target }) => seen.push(show(target)) })
    assert.equal(seen, ['{role: "node"}', '{role: "node", __address__: "kubernetes.default.svc:443"}'])
  })
})
