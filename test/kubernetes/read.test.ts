import fc from 'fast-check'
import * as assert from 'uvu/assert'
import { rulesFor, serviceAccount } from '../../src/kubernetes/authorize.ts'
import { rbacObjectOf } from '../../src/kubernetes/read.ts'
import { grantsOf, type RbacObject } from '../../src/kubernetes/rule.ts'
import { describe } from '../harness.ts'

const apiVersion = 'rbac.authorization.k8s.io/v1'
const role = { apiVersion, kind: 'Role', metadata: { name: 'r' } }
const empty = { apiGroups: [], resources: [], resourceNames: [], nonResourceURLs: [], verbs: [] }

const cases: readonly [title: string, value: unknown, expected: RbacObject | null][] = [
  ['null is none', null, null],
  ['a text is none', 'Role', null],
  ['an object of another API is none', { apiVersion: 'v1', kind: 'Role' }, null],
  ['an object of another kind is none', { apiVersion, kind: 'Other', metadata: { name: 'r' } }, null],
  [
    'a Role is read, and null is not a list',
    {
      apiVersion,
      kind: 'Role',
      metadata: { name: 'r', namespace: 'a' },
      rules: [{ apiGroups: [''], resources: ['secrets'], resourceNames: ['x'], nonResourceURLs: null, verbs: ['get'] }],
    },
    {
      kind: 'Role',
      metadata: { name: 'r', namespace: 'a' },
      rules: [{ ...empty, apiGroups: [''], resources: ['secrets'], resourceNames: ['x'], verbs: ['get'] }],
    },
  ],
  [
    'a ClusterRole is read',
    { apiVersion, kind: 'ClusterRole', metadata: { name: 'c' }, rules: [{ nonResourceURLs: ['/a'], verbs: ['get'] }] },
    { kind: 'ClusterRole', metadata: { name: 'c' }, rules: [{ ...empty, nonResourceURLs: ['/a'], verbs: ['get'] }] },
  ],
  [
    'a role may have no rules',
    { apiVersion, kind: 'ClusterRole', metadata: { name: 'c' }, rules: null },
    { kind: 'ClusterRole', metadata: { name: 'c' }, rules: [] },
  ],
  [
    'a RoleBinding is read',
    {
      apiVersion,
      kind: 'RoleBinding',
      metadata: { name: 'b', namespace: 'a' },
      roleRef: { kind: 'Role', name: 'r' },
      subjects: [{ kind: 'ServiceAccount', name: 's', namespace: 'n' }],
    },
    {
      kind: 'RoleBinding',
      metadata: { name: 'b', namespace: 'a' },
      roleRef: { kind: 'Role', name: 'r' },
      subjects: [{ kind: 'ServiceAccount', name: 's', namespace: 'n' }],
    },
  ],
  [
    'a ClusterRoleBinding may have no subjects',
    { apiVersion, kind: 'ClusterRoleBinding', metadata: { name: 'b' }, roleRef: { kind: 'ClusterRole', name: 'c' } },
    { kind: 'ClusterRoleBinding', metadata: { name: 'b' }, roleRef: { kind: 'ClusterRole', name: 'c' }, subjects: [] },
  ],
  ['an object without a name is refused', { apiVersion, kind: 'Role', metadata: {} }, null],
  [
    'a namespace that is a number is refused',
    { apiVersion, kind: 'Role', metadata: { name: 'r', namespace: 1 } },
    null,
  ],
  ['rules that are no list are refused', { ...role, rules: {} }, null],
  ['a rule that is not a map is refused', { ...role, rules: [null] }, null],
  ['a verb that is not a list is refused', { ...role, rules: [{ verbs: 'get' }] }, null],
  ["an object's name that is a number is refused", { ...role, rules: [{ resourceNames: ['x', 3] }] }, null],
  ['a binding to nothing is refused', { ...role, kind: 'RoleBinding' }, null],
  [
    'a subject without a kind is refused',
    { ...role, kind: 'RoleBinding', roleRef: { kind: 'Role', name: 'r' }, subjects: [{ name: 's' }] },
    null,
  ],
]

describe('rbacObjectOf', it => {
  for (const [title, value, expected] of cases) it(title, () => assert.equal(rbacObjectOf(value), expected))

  it('whatever is read can be judged', () => {
    const kind = fc.constantFrom('Role', 'ClusterRole', 'RoleBinding', 'ClusterRoleBinding', 'Other')
    const field = fc.oneof(fc.anything(), fc.array(fc.anything()))
    const object = fc.record({
      apiVersion: fc.constant(apiVersion),
      kind,
      metadata: field,
      rules: field,
      subjects: field,
    })
    fc.assert(
      fc.property(fc.array(object), values => {
        const objects = values.flatMap(value => rbacObjectOf(value) ?? [])
        for (const { rule, namespace } of rulesFor(objects, serviceAccount('a', 'b'))) grantsOf(rule, namespace)
      }),
    )
  })
})
