import fc from 'fast-check'
import * as assert from 'uvu/assert'
import { authorize, requestFor, serviceAccount } from '../../src/kubernetes/authorize.ts'
import { type Grant, grantKey, grantLine, implies, uniqueGrants } from '../../src/kubernetes/grant.ts'
import type { RbacObject, ScopedRule, Subject } from '../../src/kubernetes/rule.ts'
import { pack } from '../../src/plan/pack.ts'
import { reduceGrants } from '../../src/plan/reduce.ts'
import { type Flaw, flawLine, verify } from '../../src/plan/verify.ts'
import { describe } from '../harness.ts'
import { grantIn, grantsIn } from '../kubernetes/lines.ts'
import { holds, plainGrants, wildGrants } from './arbitrary.ts'
import { readsEachGrantAsOften } from './reads.ts'

const user = serviceAccount('.', 'alloy')
const subjects: readonly Subject[] = [{ kind: 'ServiceAccount', name: 'alloy', namespace: '.' }]

/** A role and a binding for each rule. */
function objectsOf(rules: readonly ScopedRule[]): readonly RbacObject[] {
  return rules.flatMap(({ namespace, rule }, index): readonly RbacObject[] => {
    const name = `alloy-${index}`
    if (namespace === null)
      return [
        { kind: 'ClusterRole', metadata: { name }, rules: [rule] },
        { kind: 'ClusterRoleBinding', metadata: { name }, roleRef: { kind: 'ClusterRole', name }, subjects },
      ]
    return [
      { kind: 'Role', metadata: { name, namespace }, rules: [rule] },
      { kind: 'RoleBinding', metadata: { name, namespace }, roleRef: { kind: 'Role', name }, subjects },
    ]
  })
}

const granting = (grants: readonly Grant[]): readonly RbacObject[] => objectsOf(pack(grants))

/** The same judgement by the book: every grant is taken away, and every need asked for again. */
function naive(granted: readonly Grant[], needs: readonly Grant[], announced: readonly Grant[]): readonly string[] {
  const denied = (grants: readonly Grant[]): readonly Grant[] => {
    const objects = granting(grants)
    return needs.filter(need => !authorize(objects, user, requestFor(need)))
  }
  const promised = new Set(announced.map(grantKey))
  const own = uniqueGrants(granted).filter(grant => !promised.has(grantKey(grant)))
  const before = denied(own).length
  const without = (grant: Grant): readonly Grant[] => own.filter(each => each !== grant)
  const all = new Set(granted.map(grantKey))
  const flaws: readonly Flaw[] = [
    ...denied(granted).map(grant => ({ kind: 'denied' as const, grant })),
    ...own
      .filter(grant => denied(without(grant)).length === before)
      .map(grant => ({ kind: 'needless' as const, grant })),
    ...own
      .filter(grant => denied(without(grant)).length > before && !needs.some(need => implies(need, grant)))
      .map(grant => ({ kind: 'wide' as const, grant })),
    ...announced.filter(grant => !all.has(grantKey(grant))).map(grant => ({ kind: 'absent' as const, grant })),
  ]
  return [...new Set(flaws.map(flawLine))].sort()
}

const cases: readonly [
  title: string,
  granted: readonly string[],
  needs: readonly string[],
  announced: readonly string[],
  expected: readonly string[],
][] = [
  ['nothing for nothing is right', [], [], [], []],
  [
    'what is needed is right',
    ['cluster pods list', '. configmaps[x] get'],
    ['. configmaps[x] get', 'cluster pods list'],
    [],
    [],
  ],
  ['a need that is not granted is denied', [], ['. pods get'], [], ['needed but denied: . pods get']],
  [
    'a Role does not hold for the cluster',
    ['a pods list'],
    ['cluster pods list'],
    [],
    ['needed but denied: cluster pods list', 'granted but not needed: a pods list'],
  ],
  [
    'what nothing needs is needless',
    ['cluster pods list,watch'],
    ['cluster pods list'],
    [],
    ['granted but not needed: cluster pods watch'],
  ],
  [
    'of two ways to the same need both are needless',
    ['cluster pods list', 'a pods list'],
    ['a pods list'],
    [],
    ['granted but not needed: cluster pods list', 'granted but not needed: a pods list'],
  ],
  [
    'a wildcard is another way',
    ['cluster *.* *', 'a pods list'],
    ['a pods list'],
    [],
    ['granted but not needed: cluster *.* *', 'granted but not needed: a pods list'],
  ],
  [
    'what is announced may be needless',
    ['cluster pods list', 'cluster nodes list'],
    ['cluster pods list'],
    ['cluster nodes list'],
    [],
  ],
  [
    'what is announced must be granted',
    [],
    [],
    ['cluster nodes list'],
    ['announced but not granted: cluster nodes list'],
  ],
  [
    'what is announced is no other way',
    ['cluster pods list', 'a pods list'],
    ['a pods list'],
    ['cluster pods list'],
    [],
  ],
  ['what is announced may be the only way', ['cluster pods list'], ['a pods list'], ['cluster pods list'], []],
  [
    'the only way may be too wide',
    ['cluster pods list'],
    ['a pods list'],
    [],
    ['granted too widely: cluster pods list'],
  ],
  ['a URL is needed as it is', ['url /metrics get'], ['url /metrics get'], [], []],
  [
    'a star on a URL allows what is below',
    ['url /apis/* get'],
    ['url /apis/x get'],
    [],
    ['granted too widely: url /apis/* get'],
  ],
  ['URLs of a Role do not count', [], ['url /metrics get'], [], ['needed but denied: url /metrics get']],
]

describe('verify', it => {
  for (const [title, granted, needs, announced, expected] of cases)
    it(title, () => {
      const obligation = { user, needs: grantsIn(needs), announced: grantsIn(announced) }
      assert.equal(verify(granting(grantsIn(granted)), obligation).map(flawLine), expected)
    })

  it('a grant may stand in two roles', () => {
    const grants = grantsIn(['cluster pods list'])
    const rules = [...pack(grants), ...pack(grants)]
    assert.equal(verify(objectsOf(rules), { user, needs: grants }), [])
  })

  it('a ClusterRole bound in a namespace grants no URL', () => {
    const name = 'alloy'
    const objects: readonly RbacObject[] = [
      { kind: 'ClusterRole', metadata: { name }, rules: [{ nonResourceURLs: ['/metrics'], verbs: ['get'] }] },
      { kind: 'RoleBinding', metadata: { name, namespace: '.' }, roleRef: { kind: 'ClusterRole', name }, subjects },
    ]
    const flaws = verify(objects, { user, needs: [grantIn('url /metrics get')] })
    assert.equal(flaws.map(flawLine), ['needed but denied: url /metrics get'])
  })

  it('roles of somebody else do not count', () => {
    const flaws = verify(granting(grantsIn(['cluster pods list'])), {
      user: serviceAccount('.', 'other'),
      needs: [grantIn('cluster pods list')],
    })
    assert.equal(flaws.map(flawLine), ['needed but denied: cluster pods list'])
  })

  it('every reduced and packed set is proved', () => {
    holds(
      fc.property(plainGrants, grants => {
        const needs = reduceGrants(grants)
        assert.equal(verify(granting(needs), { user, needs }).map(flawLine), [])
      }),
    )
  })

  it('every grant of a reduced set that is taken away is missed', () => {
    holds(
      fc.property(plainGrants, grants => {
        const needs = reduceGrants(grants)
        for (const gone of needs) {
          const flaws = verify(granting(needs.filter(grant => grant !== gone)), { user, needs })
          assert.equal(flaws.map(flawLine), [`needed but denied: ${grantLine(gone)}`])
        }
      }),
      100,
    )
  })

  it('the judgement is that of asking the authorizer with each grant taken away', () => {
    const named = (grants: readonly Grant[]) => grants.filter(grant => grant.kind === 'url' || grant.name !== '')
    holds(
      fc.property(wildGrants, plainGrants, wildGrants, (granted, needs, announced) => {
        const [given, wanted, extra] = [
          named(granted).slice(0, 8),
          named(needs).slice(0, 8),
          named(announced).slice(0, 2),
        ]
        const found = verify(granting([...given, ...extra]), { user, needs: uniqueGrants(wanted), announced: extra })
        assert.equal(found.map(flawLine).sort(), naive(uniqueGrants([...given, ...extra]), uniqueGrants(wanted), extra))
      }),
      400,
    )
  })

  it('many needs are no more work each than few', () => {
    readsEachGrantAsOften(needs => assert.equal(verify(granting(needs), { user, needs }), []))
  })
})
