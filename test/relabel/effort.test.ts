import * as assert from 'uvu/assert'
import type { Value } from '../../src/evaluate/value/value.ts'
import { effortOf, longestLabel, mostSteps } from '../../src/relabel/effort.ts'
import type { PartialRule } from '../../src/relabel/partial-rule.ts'
import { compile, longestExpression, mostGroups } from '../../src/relabel/regexp.ts'
import { defaultRule, type Rule } from '../../src/relabel/relabel.ts'
import { relabelPartial } from '../../src/relabel/relabel-partial.ts'
import { describe } from '../harness.ts'
import { openRule, unknownText } from '../resolve/completions.ts'

const labels = (texts: Readonly<Record<string, string>>) =>
  ({
    kind: 'object',
    entries: new Map(Object.entries(texts).map(([name, value]): [string, Value] => [name, { kind: 'string', value }])),
    open: false,
  }) as const
const rules = (count: number, rule: Partial<Rule>): readonly PartialRule[] =>
  Array.from({ length: count }, () => openRule({ ...defaultRule, targetLabel: 'b', ...rule }))
const named = (count: number): Readonly<Record<string, string>> =>
  Object.fromEntries(Array.from({ length: count }, (_, at) => [`l${at}`, 'x']))

/** Whether rules are followed to their end with so many steps. */
const isFollowed = (target: ReturnType<typeof labels>, all: readonly PartialRule[], most = mostSteps): boolean => {
  const effort = effortOf(most)
  const { kept, target: after } = relabelPartial(target, all, { unknownText, effort })
  assert.is(effort.exhausted, after.open && after.entries.size === 0)
  assert.is(effort.exhausted, kept === null)
  return !effort.exhausted
}

describe('the rules of a configuration are followed as far as so many steps lead', it => {
  const table: readonly (readonly [title: string, target: ReturnType<typeof labels>, rules: readonly PartialRule[]])[] =
    [
      ['each rule', labels({ a: 'x' }), rules(2_000, { sourceLabels: ['a'] })],
      ['each label that a rule reads', labels({ a: 'x' }), rules(20, { sourceLabels: Array(100).fill('a') })],
      ['each label of a rule over all of them', labels(named(100)), rules(20, { action: 'labeldrop', regex: 'y' })],
      ['the length of a text', labels({ a: 'x'.repeat(5_000) }), rules(20, { sourceLabels: ['a'] })],
      [
        'the length of an expression',
        labels({ a: 'xyxyxyxyxy' }),
        rules(20, { sourceLabels: ['a'], regex: 'y|'.repeat(3_000) }),
      ],
      ['what is written', labels({ a: 'x' }), rules(20, { sourceLabels: ['a'], replacement: 'y'.repeat(7_000) })],
      ['the labels of a target', labels(named(4_000)), []],
    ]
  for (const [title, target, all] of table) {
    it(`counting ${title}`, () => {
      assert.not(isFollowed(target, all, 1_500))
      assert.ok(isFollowed(target, all, 10_000))
    })
  }
  it('and no further for another target', () => {
    const effort = effortOf(10)
    for (const [at, kept] of [true, true, null, null].entries())
      assert.is(
        relabelPartial(labels({ a: 'x' }), rules(2, { sourceLabels: ['a'] }), { unknownText, effort }).kept,
        kept,
        String(at),
      )
  })
  it('but not to labels that rules double until no memory holds them', () => {
    const doubling = rules(60, { sourceLabels: ['a', 'a'], targetLabel: 'a', replacement: '$1', regex: '(.*)' })
    assert.not(isFollowed(labels({ a: 'x' }), doubling))
    assert.ok(isFollowed(labels({ a: 'x' }), doubling.slice(0, 10)))
    assert.not(
      isFollowed(labels({ a: 'x'.repeat(longestLabel / 2) }), rules(1, { sourceLabels: ['a'], replacement: '$1$1$1' })),
    )
  })
})

describe('an expression', it => {
  it('has a hundred groups and no more', () => {
    assert.is(compile('(a)?'.repeat(mostGroups))?.count, mostGroups)
    assert.is(compile('(a)?'.repeat(mostGroups + 1)), null)
    assert.is(compile('(?:a)?'.repeat(1_000))?.count, 0)
    assert.is(compile('(?:a)?'.repeat(1_001)), null)
    assert.is(compile('a.'.repeat(longestExpression / 2))?.count, 0)
    assert.is(compile(`b${'a.'.repeat(longestExpression / 2)}`), null)
  })
})
