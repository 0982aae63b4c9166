import * as assert from 'uvu/assert'
import { grantKey, grantLine, grantLines, implies, uniqueGrants } from '../../src/kubernetes/grant.ts'
import { describe } from '../harness.ts'
import { grantIn, grantsIn } from './lines.ts'

const implications: readonly [title: string, wider: string, narrower: string, expected: boolean][] = [
  ['a grant implies itself', 'cluster pods get', 'cluster pods get', true],
  ['the cluster implies a namespace', 'cluster pods get', 'shop pods get', true],
  ['the cluster implies the own namespace', 'cluster pods get', '. pods get', true],
  ['a namespace does not imply the cluster', 'shop pods get', 'cluster pods get', false],
  ['a namespace does not imply another one', 'shop pods get', '. pods get', false],
  ['all names imply one', 'shop secrets get', 'shop secrets[tls] get', true],
  ['one name does not imply all', 'shop secrets[tls] get', 'shop secrets get', false],
  ['a name does not imply another one', 'shop secrets[tls] get', 'shop secrets[key] get', false],
  ['the empty name is a name', 'shop secrets[] get', 'shop secrets get', false],
  ['a verb does not imply another one', 'cluster pods list', 'cluster pods get', false],
  ['every verb implies one', 'cluster pods *', 'cluster pods get', true],
  ['one verb does not imply every', 'cluster pods get', 'cluster pods *', false],
  ['a group does not imply another one', 'cluster events list', 'cluster events.events.k8s.io list', false],
  ['every group implies one', 'cluster events.* list', 'cluster events.events.k8s.io list', true],
  ['every group implies the core group', 'cluster events.* list', 'cluster events list', true],
  ['a resource does not imply its subresource', 'cluster pods get', 'cluster pods/log get', false],
  ['every resource implies a subresource', 'cluster * get', 'cluster pods/log get', true],
  ['a subresource of every resource implies that of one', 'cluster */log get', 'cluster pods/log get', true],
  ['a subresource of every resource implies no other', 'cluster */log get', 'cluster pods/exec get', false],
  ['a subresource of every resource implies no resource', 'cluster */log get', 'cluster pods get', false],
  ['every subresource of a resource is no wildcard', 'cluster pods/* get', 'cluster pods/log get', false],
  ['a URL implies itself', 'url /metrics get', 'url /metrics get', true],
  ['a URL does not imply what is below', 'url /metrics get', 'url /metrics/x get', false],
  ['a star implies any rest', 'url /met* get', 'url /metrics/x get', true],
  ['a star implies an empty rest', 'url /metrics* get', 'url /metrics get', true],
  ['a star behind a slash does not imply the path before', 'url /metrics/* get', 'url /metrics get', false],
  ['many stars are one', 'url /met* get', 'url /met** get', true],
  ['one star is many', 'url /met** get', 'url /met* get', true],
  ['a star alone implies every URL', 'url * get', 'url /metrics get', true],
  ['every verb on a URL implies one', 'url /metrics *', 'url /metrics get', true],
  ['a URL implies no resource', 'url * *', 'cluster pods get', false],
  ['a resource implies no URL', 'cluster *.* *', 'url /metrics get', false],
]

const orders: readonly [title: string, sorted: readonly string[]][] = [
  ['the cluster comes before namespaces', ['cluster pods get', '. pods get', 'a pods get', 'b pods get']],
  ['the namespace goes before the group', ['a pods.b get', 'b pods.a get']],
  ['the group goes before the resource', ['cluster z get', 'cluster a.apps get']],
  ['the resource goes before the name', ['cluster a[z] get', 'cluster b get']],
  ['all names come before one', ['cluster a get', 'cluster a[b] get', 'cluster a[c] get']],
  ['the name goes before the verb', ['cluster a list', 'cluster a[a] get']],
  [
    'verbs go from reading to deleting, unknown ones last',
    ['get', 'list', 'watch', 'create', 'update', 'patch', 'delete', 'deletecollection', 'approve', 'use'].map(
      verb => `cluster a ${verb}`,
    ),
  ],
  ['URLs come last', ['z z get', 'url /a get', 'url /a list', 'url /b get']],
]

const lines: readonly [title: string, grants: readonly string[], expected: readonly string[]][] = [
  ['verbs of one resource share a line', ['cluster pods watch', 'cluster pods list'], ['cluster pods list,watch']],
  [
    'groups follow the name in brackets',
    ['x ksh/metrics[container].metrics.eks.amazonaws.com get', 'cluster replicasets.apps list'],
    ['cluster replicasets.apps list', 'x ksh/metrics[container].metrics.eks.amazonaws.com get'],
  ],
  ['repetitions vanish', ['url /m** get', 'url /m* get'], ['url /m* get']],
  [
    'names are told apart',
    ['. configmaps[b] get', '. configmaps[a] get'],
    ['. configmaps[a] get', '. configmaps[b] get'],
  ],
]

describe('grant', it => {
  for (const [title, wider, narrower, expected] of implications)
    it(title, () => assert.is(implies(grantIn(wider), grantIn(narrower)), expected))

  for (const [title, sorted] of orders)
    it(title, () => assert.equal(uniqueGrants(grantsIn(sorted.toReversed())).map(grantLine), sorted))

  for (const [title, grants, expected] of lines) it(title, () => assert.equal(grantLines(grantsIn(grants)), expected))

  it('keys are equal exactly for grants that imply each other', () => {
    const all = [...new Set(implications.flatMap(([, wider, narrower]) => [wider, narrower]))].map(grantIn)
    for (const a of all)
      for (const b of all)
        assert.is(grantKey(a) === grantKey(b), implies(a, b) && implies(b, a), `${grantLine(a)} and ${grantLine(b)}`)
  })

  it('assumed grants stand on a line of their own', () => {
    const grants = grantsIn(['cluster pods get,list,watch'])
    const assumed = grantLines(grants, ({ verb }) => verb === 'get')
    assert.equal(assumed, ['cluster pods get assumed', 'cluster pods list,watch'])
  })
})
