import fc from 'fast-check'
import * as assert from 'uvu/assert'
import { serviceAccount } from '../../src/kubernetes/authorize.ts'
import { compareGrants, type Grant, grantLines, implies } from '../../src/kubernetes/grant.ts'
import type { RbacObject } from '../../src/kubernetes/rule.ts'
import { compare, index } from '../../src/plan/compare.ts'
import { expand } from '../../src/plan/expand.ts'
import { pack } from '../../src/plan/pack.ts'
import { plan } from '../../src/plan/plan.ts'
import { reduce } from '../../src/plan/reduce.ts'
import { isMinimal, proofLines, verify } from '../../src/plan/verify.ts'
import type { Certainty, Requirement } from '../../src/rules/requirement.ts'
import { describe } from '../harness.ts'

const grant = (line: string): Grant => {
  const [where = '', what = '', verb = ''] = line.split(' ')
  if (where === 'url') return { kind: 'url', url: what, verb }
  const [, resource = '', group = '', name = null] = what.match(/^([^.[]+)(?:\.([^[]+))?(?:\[(.*)\])?$/) ?? []
  return {
    kind: 'resource',
    namespace: where === 'cluster' ? null : where,
    group: group || '',
    resource,
    name: name ?? null,
    verb,
  }
}
const reduced = (...lines: readonly string[]) => grantLines(reduce(lines.map(grant)).map(each => each.grant))

const anyGrant: fc.Arbitrary<Grant> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      kind: fc.constant('resource' as const),
      namespace: fc.constantFrom(null, 'a', 'b', '.'),
      group: fc.constantFrom('', 'apps'),
      resource: fc.constantFrom('pods', 'pods/log', 'secrets'),
      name: fc.constantFrom(null, 'x', 'y'),
      verb: fc.constantFrom('get', 'list', 'watch'),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('url' as const),
      url: fc.constantFrom('/metrics', '/metrics/*', '/a'),
      verb: fc.constantFrom('get', 'post'),
    }),
  },
)
const wild: fc.Arbitrary<Grant> = fc.record({
  kind: fc.constant('resource' as const),
  namespace: fc.constantFrom(null, 'a'),
  group: fc.constantFrom('', '*'),
  resource: fc.constantFrom('pods', 'pods/log', '*', '*/log'),
  name: fc.constantFrom(null, 'x'),
  verb: fc.constantFrom('get', '*'),
})
const sameSet = (a: readonly Grant[], b: readonly Grant[]): boolean =>
  JSON.stringify([...a].sort(compareGrants)) === JSON.stringify([...b].sort(compareGrants))

describe('reduce', it => {
  const cases: readonly [string, readonly string[], readonly string[]][] = [
    ['all namespaces stand for one', ['cluster pods list', 'shop pods list'], ['cluster pods list']],
    ['all names stand for one', ['shop secrets get', 'shop secrets[a] get'], ['shop secrets get']],
    ['both at once', ['cluster secrets get', 'shop secrets[a] get'], ['cluster secrets get']],
    ['another verb stays', ['cluster pods list', 'shop pods get'], ['cluster pods list', 'shop pods get']],
    ['a subresource stays', ['cluster pods get', 'cluster pods/log get'], ['cluster pods get', 'cluster pods/log get']],
    [
      'a URL with a star stands for those below',
      ['url /metrics/* get', 'url /metrics/a get', 'url /metrics get'],
      ['url /metrics get', 'url /metrics/* get'],
    ],
    [
      'one name in all namespaces and all names in one stay',
      ['cluster secrets[a] get', 'shop secrets get'],
      ['cluster secrets[a] get', 'shop secrets get'],
    ],
  ]
  for (const [title, input, expected] of cases) it(title, () => assert.equal(reduced(...input), expected))
  it('says what the wider one stands for', () => {
    const [only] = reduce([grant('shop pods list'), grant('cluster pods list')])
    assert.equal(
      only?.standsFor.map(each => (each.kind === 'resource' ? each.namespace : '')),
      [null, 'shop'],
    )
  })
  const sets = fc.array(fc.oneof({ weight: 3, arbitrary: anyGrant }, { weight: 1, arbitrary: wild }), { maxLength: 20 })
  it('leaves no grant that another implies, and loses none', () => {
    fc.assert(
      fc.property(sets, grants => {
        const left = reduce(grants).map(each => each.grant)
        const alone = left.every(a => left.every(b => a === b || !implies(b, a) || implies(a, b)))
        return alone && grants.every(each => left.some(wider => implies(wider, each)))
      }),
      { numRuns: 3000, seed: 4711 },
    )
  })
})

describe('pack', it => {
  const packed = (...lines: readonly string[]) =>
    pack(lines.map(grant)).map(({ namespace, rule }) => ({ namespace, ...rule }))
  it('joins verbs of one resource', () =>
    assert.equal(packed('cluster pods watch', 'cluster pods list'), [
      { namespace: null, apiGroups: [''], resources: ['pods'], verbs: ['list', 'watch'] },
    ]))
  it('joins resources with the same verbs', () =>
    assert.equal(packed('cluster pods list', 'cluster nodes list'), [
      { namespace: null, apiGroups: [''], resources: ['nodes', 'pods'], verbs: ['list'] },
    ]))
  it('keeps one object apart from all objects', () =>
    assert.is(packed('shop secrets[a] get', 'shop secrets list').length, 2))
  it('joins names', () =>
    assert.equal(packed('shop secrets[b] get', 'shop secrets[a] get'), [
      { namespace: 'shop', apiGroups: [''], resources: ['secrets'], resourceNames: ['a', 'b'], verbs: ['get'] },
    ]))
  it('keeps namespaces apart', () => assert.is(packed('a pods list', 'b pods list').length, 2))
  it('joins URLs with the same verbs', () =>
    assert.equal(packed('url /b get', 'url /a get'), [
      { namespace: null, nonResourceURLs: ['/a', '/b'], verbs: ['get'] },
    ]))
  it('grants exactly what it was given', () => {
    fc.assert(
      fc.property(fc.array(anyGrant, { maxLength: 30 }), grants => {
        const set = reduce(grants).map(each => each.grant)
        return sameSet(expand(pack(set)), set)
      }),
      { numRuns: 3000, seed: 4711 },
    )
  })
  it('does not depend on the order', () => {
    fc.assert(
      fc.property(fc.array(anyGrant, { maxLength: 12 }), grants => {
        const set = reduce(grants).map(each => each.grant)
        return JSON.stringify(pack(set)) === JSON.stringify(pack([...set].reverse()))
      }),
      { numRuns: 1000, seed: 4711 },
    )
  })
})

describe('compare', it => {
  const cases: readonly [string, readonly string[], readonly string[], readonly string[], readonly string[]][] = [
    ['equal sets', ['cluster pods list'], ['cluster pods list'], [], []],
    ['what is not granted is missing', ['cluster pods list'], [], ['cluster pods list'], []],
    ['what is not needed is excess', [], ['cluster secrets get'], [], ['cluster secrets get']],
    ['a wildcard gives what is needed, and more', ['cluster pods list'], ['cluster * *'], [], ['cluster * *']],
    [
      'a wider place gives what is needed, and more',
      ['shop pods list'],
      ['cluster pods list'],
      [],
      ['cluster pods list'],
    ],
    ['a narrower place gives a part', ['cluster pods list'], ['shop pods list'], ['cluster pods list'], []],
    [
      'what a wider grant implies is not counted again',
      [],
      ['cluster pods list', 'shop pods list'],
      [],
      ['cluster pods list'],
    ],
  ]
  for (const [title, needed, granted, missing, excess] of cases) {
    it(title, () => {
      const found = compare(needed.map(grant), granted.map(grant))
      assert.equal(grantLines(found.missing), missing)
      assert.equal(grantLines(found.excess), excess)
    })
  }
  it('index answers as implies does', () => {
    fc.assert(
      fc.property(
        fc.array(wild, { maxLength: 6 }),
        anyGrant,
        (set, one) => index(set)(one) === set.some(wider => implies(wider, one)),
      ),
      { numRuns: 2000, seed: 4711 },
    )
  })
})

describe('verify', it => {
  const objects = (...lines: readonly string[]): readonly RbacObject[] => {
    const rules = pack(lines.map(grant)).map(({ rule }) => rule)
    return [
      { kind: 'ClusterRole', metadata: { name: 'alloy' }, rules },
      {
        kind: 'ClusterRoleBinding',
        metadata: { name: 'alloy' },
        roleRef: { kind: 'ClusterRole', name: 'alloy' },
        subjects: [{ kind: 'ServiceAccount', name: 'alloy', namespace: 'mon' }],
      },
    ]
  }
  const user = serviceAccount('mon', 'alloy')
  const lines = ['cluster pods list', 'cluster secrets[a] get', 'url /metrics get']
  it('finds nothing where all is as planned', () =>
    assert.equal(proofLines(verify(objects(...lines), user, lines.map(grant))), []))
  it('finds each need that is denied', () => {
    for (const line of lines) {
      const others = lines.filter(each => each !== line)
      assert.equal(grantLines(verify(objects(...others), user, lines.map(grant)).denied), [line])
    }
  })
  it('finds what is granted beside the plan', () =>
    assert.equal(proofLines(verify(objects(...lines, 'cluster nodes list'), user, lines.map(grant))), [
      'not planned: cluster nodes list',
    ]))
  it('accepts what is announced', () =>
    assert.equal(
      proofLines(
        verify(objects(...lines, 'cluster nodes list'), user, lines.map(grant), [grant('cluster nodes list')]),
      ),
      [],
    ))
  it('denies another account', () =>
    assert.is(verify(objects(...lines), serviceAccount('mon', 'other'), lines.map(grant)).denied.length, 3))
  it('knows when a set is minimal', () => {
    assert.ok(isMinimal(lines.map(grant)))
    assert.not.ok(isMinimal(['cluster pods list', 'shop pods list'].map(grant)))
  })
})

describe('plan', it => {
  const span = { source: { path: 'config.alloy', text: '' }, start: 0, end: 0 }
  const needs = (line: string, component: string, certainty: Certainty): Requirement => ({
    need: { kind: 'grant', grant: grant(line) },
    reason: { component, rule: `${component}#r`, certainty, span, related: [], evidence: [] },
  })
  it('moves reasons to the wider grant, whose own reasons say how certain it is', () => {
    const { grants } = plan([needs('shop pods list', 'b', 'certain'), needs('cluster pods list', 'a', 'assumed')], true)
    assert.is(grants.length, 1)
    assert.is(grants[0]?.certainty, 'assumed')
    assert.equal(
      grants[0]?.reasons.map(({ component }) => component),
      ['a', 'b'],
    )
  })
  it('is certain by one certain reason', () => {
    const { grants } = plan([needs('shop pods list', 'a', 'assumed'), needs('shop pods list', 'b', 'certain')], true)
    assert.is(grants[0]?.certainty, 'certain')
  })
  it('keeps the certain one of two equal reasons', () => {
    const { grants } = plan([needs('shop pods list', 'a', 'assumed'), needs('shop pods list', 'a', 'certain')], true)
    assert.equal(
      grants[0]?.reasons.map(({ certainty }) => certainty),
      ['certain'],
    )
  })
  it('sorts grants', () => {
    const { grants } = plan(
      [
        needs('url /metrics get', 'a', 'certain'),
        needs('shop pods list', 'a', 'certain'),
        needs('cluster nodes list', 'a', 'certain'),
      ],
      true,
    )
    assert.equal(grantLines(grants.map(each => each.grant)), [
      'cluster nodes list',
      'shop pods list',
      'url /metrics get',
    ])
  })
  it('holds each privilege once', () => {
    const need = { kind: 'privilege', privilege: { kind: 'capability', name: 'BPF' } } as const
    const reason = needs('shop pods list', 'a', 'certain').reason
    assert.is(
      plan(
        [
          { need, reason },
          { need, reason: { ...reason, component: 'b' } },
        ],
        true,
      ).privileges[0]?.reasons.length,
      2,
    )
  })
})
