import * as assert from 'uvu/assert'
import { phrasing } from '../../../src/reports/explain/phrase.ts'
import type { ComponentRules, Condition } from '../../../src/rules/map/schema.ts'
import { describe } from '../../harness.ts'

const rules = (...conditions: readonly Condition[]): ComponentRules => ({
  about: 'Does one thing.',
  grants: Object.fromEntries(
    conditions.map((when, at) => [
      `rule-${at}`,
      { when, allow: { resources: ['pods'], verbs: ['list'] }, evidence: [] },
    ]),
  ),
  evidence: {},
})

const phrases: readonly (readonly [title: string, condition: Condition, phrase: string])[] = [
  ['a value', { 'a.b': true }, '`a.b` is `true`'],
  ['a text', { role: 'pod' }, '`role` is `"pod"`'],
  ['alternatives', { role: ['pod', 'node', 'service'] }, '`role` is `"pod"`, `"node"` or `"service"`'],
  ['a value that is not', { $not: { role: 'pod' } }, '`role` is not `"pod"`'],
  ['values that are not', { $not: { role: ['pod', 'node'] } }, '`role` is none of `"pod"` or `"node"`'],
  ['what is set', { a: { set: true } }, '`a` is set'],
  ['what is not empty', { $not: { a: { empty: true } } }, '`a` is not empty'],
  ['the token', { a: { serviceAccountToken: true } }, "`a` is the service account's token"],
  ['a prefix', { a: { prefix: 'https:' } }, '`a` starts with `"https:"`'],
  ['an element with a prefix', { a: { containsPrefix: 'x' } }, '`a` has an element that starts with `"x"`'],
  ['a pattern that does not match', { $not: { a: { matches: '^x' } } }, '`a` does not match `^x`'],
  ['a port', { a: { port: [1, 1024] } }, 'the port of `a` is from 1 to below 1024'],
  ['a range of releases', { $alloy: '>=1.15.0 <1.18.0' }, 'Alloy is 1.15.0 or later, before 1.18.0'],
  ['an old kernel', { $kernel: '<5.8' }, 'the Linux kernel is before 5.8'],
  ['a minor of Kubernetes', { $kubernetes: '>=1.33' }, 'Kubernetes is 1.33 or later'],
  ['a variable', { $env: 'KUBECONFIG' }, 'the container sets `KUBECONFIG`'],
  ['both', { a: 1, b: 2 }, '`a` is `1` and `b` is `2`'],
  ['either', [{ a: 1 }, { b: 2, c: 3 }], '`a` is `1` or (`b` is `2` and `c` is `3`)'],
  ['either and another', { $any: [{ a: 1 }, { b: 2 }], c: 3 }, '(`a` is `1` or `b` is `2`) and `c` is `3`'],
  ['not either', { $not: [{ a: 1 }, { b: 2 }] }, 'not (`a` is `1` or `b` is `2`)'],
  ['a block', { $block: { path: 'rule', where: { action: 'keep' } } }, 'in some block `rule`, `action` is `"keep"`'],
  [
    'a condition of several components',
    { $use: 'service-account', $at: 'client' },
    'service-account holds for the block `client`',
  ],
  ['nothing', {}, 'always'],
]

describe('the phrase of a condition', it => {
  for (const [title, condition, phrase] of phrases)
    it(`says ${title}`, () => assert.is(phrasing(rules(condition)).phraseOf(condition), phrase))
})

const long = { 'attributes.kubernetes.enable': 'autodetect', 'attributes.kubernetes.cluster_name': { empty: true } }

describe('conditions that rules share', it => {
  const all: readonly Condition[] = [{ $all: [long, { a: 1 }] }, { $not: long }, { a: 1 }]
  const { phraseOf, namedIn } = phrasing(rules(...all))
  it('are named in the phrases', () =>
    assert.equal(all.map(phraseOf), ['condition A holds and `a` is `1`', 'not (condition A holds)', '`a` is `1`']))
  it('are said once for each rule', () => {
    const meaning = '`attributes.kubernetes.enable` is `"autodetect"` and `attributes.kubernetes.cluster_name` is empty'
    assert.equal(namedIn(all[0]!), [{ name: 'condition A', phrase: meaning }])
    assert.equal(namedIn(all[2]!), [])
  })
  it('of several components are explained too', () =>
    assert.equal(
      namedIn({ $use: 'no-kubeconfig-variable' }).map(({ name }) => name),
      ['no-kubeconfig-variable'],
    ))
})
