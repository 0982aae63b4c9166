import * as assert from 'uvu/assert'
import {
  authorize,
  type Request,
  requestFor,
  rulesFor,
  serviceAccount,
  userNamed,
} from '../../src/kubernetes/authorize.ts'
import { grantLines } from '../../src/kubernetes/grant.ts'
import { grantsOf, type PolicyRule, type RbacObject, type Subject } from '../../src/kubernetes/rule.ts'
import { describe } from '../harness.ts'
import { grantsIn } from './lines.ts'

const account: Subject = { kind: 'ServiceAccount', name: 'alloy', namespace: 'mon' }
const readPods: readonly PolicyRule[] = [{ apiGroups: [''], resources: ['pods'], verbs: ['get'] }]

const clusterRole = (name: string, rules: readonly PolicyRule[] | null = readPods): RbacObject => ({
  kind: 'ClusterRole',
  metadata: { name },
  rules,
})
const role = (namespace: string, name: string, rules = readPods): RbacObject => ({
  kind: 'Role',
  metadata: { name, namespace },
  rules,
})
const bindCluster = (kind: string, name: string, ...subjects: readonly Subject[]): RbacObject => ({
  kind: 'ClusterRoleBinding',
  metadata: { name: 'b' },
  roleRef: { kind, name },
  subjects,
})
const bind = (namespace: string, kind: string, name: string, ...subjects: readonly Subject[]): RbacObject => ({
  kind: 'RoleBinding',
  metadata: { name: 'b', namespace },
  roleRef: { kind, name },
  subjects,
})

const get = (resource: string, namespace = '', name = ''): Request => ({
  kind: 'resource',
  verb: 'get',
  group: '',
  resource,
  namespace,
  name,
})

type Row = readonly [title: string, objects: readonly RbacObject[], request: Request, expected: boolean]

const bindings: readonly Row[] = [
  ['nothing allows nothing', [], get('pods'), false],
  [
    'a cluster binding holds everywhere',
    [clusterRole('r'), bindCluster('ClusterRole', 'r', account)],
    get('pods', 'x'),
    true,
  ],
  ['a cluster binding finds no Role', [role('mon', 'r'), bindCluster('Role', 'r', account)], get('pods', 'mon'), false],
  ['a binding holds in its namespace', [role('x', 'r'), bind('x', 'Role', 'r', account)], get('pods', 'x'), true],
  ['a binding holds in no other namespace', [role('x', 'r'), bind('x', 'Role', 'r', account)], get('pods', 'y'), false],
  ['a binding does not hold for all namespaces', [role('x', 'r'), bind('x', 'Role', 'r', account)], get('pods'), false],
  [
    'a Role of another namespace is not found',
    [role('y', 'r'), bind('x', 'Role', 'r', account)],
    get('pods', 'x'),
    false,
  ],
  [
    'a ClusterRole bound in a namespace holds there',
    [clusterRole('r'), bind('x', 'ClusterRole', 'r', account)],
    get('pods', 'x'),
    true,
  ],
  [
    'a ClusterRole bound in a namespace holds nowhere else',
    [clusterRole('r'), bind('x', 'ClusterRole', 'r', account)],
    get('pods', 'y'),
    false,
  ],
  ['a role that does not exist allows nothing', [bindCluster('ClusterRole', 'r', account)], get('pods'), false],
  [
    'a role without rules allows nothing',
    [clusterRole('r', null), bindCluster('ClusterRole', 'r', account)],
    get('pods'),
    false,
  ],
  [
    'an account without namespace is of the namespace of its binding',
    [role('mon', 'r'), bind('mon', 'Role', 'r', { kind: 'ServiceAccount', name: 'alloy' })],
    get('pods', 'mon'),
    true,
  ],
  [
    'an account without namespace is nobody in a cluster binding',
    [clusterRole('r'), bindCluster('ClusterRole', 'r', { kind: 'ServiceAccount', name: 'alloy' })],
    get('pods'),
    false,
  ],
  [
    'an account is a user too',
    [clusterRole('r'), bindCluster('ClusterRole', 'r', { kind: 'User', name: 'system:serviceaccount:mon:alloy' })],
    get('pods'),
    true,
  ],
  [
    'an account of another namespace is somebody else',
    [clusterRole('r'), bindCluster('ClusterRole', 'r', { ...account, namespace: 'x' })],
    get('pods'),
    false,
  ],
  ...['system:serviceaccounts', 'system:serviceaccounts:mon', 'system:authenticated'].map(
    (name): Row => [
      `an account is in ${name}`,
      [clusterRole('r'), bindCluster('ClusterRole', 'r', { kind: 'Group', name })],
      get('pods'),
      true,
    ],
  ),
  [
    'an account is in no group of another namespace',
    [clusterRole('r'), bindCluster('ClusterRole', 'r', { kind: 'Group', name: 'system:serviceaccounts:x' })],
    get('pods'),
    false,
  ],
  [
    'a subject of an unknown kind is nobody',
    [clusterRole('r'), bindCluster('ClusterRole', 'r', { kind: 'Robot', name: 'system:serviceaccount:mon:alloy' })],
    get('pods'),
    false,
  ],
]

const one = (rule: Partial<PolicyRule>): PolicyRule => ({
  apiGroups: [''],
  resources: ['pods'],
  verbs: ['get'],
  ...rule,
})
const url = (path: string, verb = 'get'): Request => ({ kind: 'url', verb, url: path })

const rules: readonly [title: string, rule: PolicyRule, request: Request, expected: boolean][] = [
  ['another verb is denied', one({ verbs: ['list'] }), get('pods'), false],
  ['every verb holds one', one({ verbs: ['*'] }), get('pods'), true],
  ['another group is denied', one({ apiGroups: ['apps'] }), get('pods'), false],
  ['every group holds one', one({ apiGroups: ['*'] }), get('pods'), true],
  ['a rule without groups allows nothing', { resources: ['pods'], verbs: ['get'] }, get('pods'), false],
  ['a resource is not its subresource', one({}), get('pods/log'), false],
  ['every resource holds subresources', one({ resources: ['*'] }), get('pods/log'), true],
  ['a subresource of all holds one', one({ resources: ['*/log'] }), get('pods/log'), true],
  ['a subresource of all holds no other', one({ resources: ['*/log'] }), get('pods/exec'), false],
  ['all subresources of one is no wildcard', one({ resources: ['pods/*'] }), get('pods/log'), false],
  ['a name allows its object', one({ resourceNames: ['a'] }), get('pods', 'x', 'a'), true],
  ['a name allows no other object', one({ resourceNames: ['a'] }), get('pods', 'x', 'b'), false],
  ['a name does not allow a request without', one({ resourceNames: ['a'] }), get('pods', 'x'), false],
  ['an empty list of names is all names', one({ resourceNames: [] }), get('pods', 'x', 'a'), true],
  ['a URL allows itself', { nonResourceURLs: ['/metrics'], verbs: ['get'] }, url('/metrics'), true],
  ['a URL allows nothing below', { nonResourceURLs: ['/metrics'], verbs: ['get'] }, url('/metrics/x'), false],
  ['a star allows every rest', { nonResourceURLs: ['/m**'], verbs: ['get'] }, url('/metrics/x'), true],
  ['a URL needs its verb', { nonResourceURLs: ['*'], verbs: ['post'] }, url('/metrics'), false],
  [
    'a rule on resources allows no URL',
    one({ apiGroups: ['*'], resources: ['*'], verbs: ['*'] }),
    url('/metrics'),
    false,
  ],
  ['a rule on URLs allows no resource', { nonResourceURLs: ['*'], verbs: ['*'] }, get('pods'), false],
]

describe('authorize', it => {
  const alloy = serviceAccount('mon', 'alloy')

  for (const [title, objects, request, expected] of bindings)
    it(title, () => assert.is(authorize(objects, alloy, request), expected))

  for (const [title, rule, request, expected] of rules)
    it(title, () => {
      const objects = [clusterRole('r', [rule]), bindCluster('ClusterRole', 'r', account)]
      assert.is(authorize(objects, alloy, request), expected)
    })

  it('URLs are allowed by cluster bindings only', () => {
    const rule = clusterRole('r', [{ nonResourceURLs: ['/metrics'], verbs: ['get'] }])
    assert.is(authorize([rule, bind('mon', 'ClusterRole', 'r', account)], alloy, url('/metrics')), false)
    assert.is(authorize([rule, bindCluster('ClusterRole', 'r', account)], alloy, url('/metrics')), true)
  })

  it('a name tells what groups a user is in', () => {
    assert.equal(userNamed('system:serviceaccount:mon:alloy'), alloy)
    assert.equal(userNamed('jane').groups, ['system:authenticated'])
    assert.equal(userNamed('system:serviceaccount:mon').groups, ['system:authenticated'])
  })

  it('a grant on everything is asked for without names', () => {
    const [everything, one, path] = grantsIn(['cluster pods/log get', 'a pods[x] get', 'url /x get']).map(requestFor)
    const pods = { kind: 'resource', verb: 'get', group: '' }
    assert.equal(everything, { ...pods, resource: 'pods/log', namespace: '', name: '' })
    assert.equal(one, { ...pods, resource: 'pods', namespace: 'a', name: 'x' })
    assert.equal(path, { kind: 'url', verb: 'get', url: '/x' })
  })

  it('each held rule says whose it is', () => {
    const objects = [
      clusterRole('c', [...readPods, { nonResourceURLs: ['/metrics'], verbs: ['get'] }]),
      role('x', 'r'),
      bindCluster('ClusterRole', 'c', account),
      bind('x', 'Role', 'r', account),
    ]
    const held = rulesFor(objects, alloy)
    assert.equal(
      held.map(({ role, index, namespace }) => `${role.kind} ${role.metadata.name} ${index} ${namespace}`),
      ['ClusterRole c 0 null', 'ClusterRole c 1 null', 'Role r 0 x'],
    )
    const grants = held.flatMap(({ rule, namespace }) => grantsOf(rule, namespace))
    assert.equal(grantLines(grants), ['cluster pods get', 'x pods get', 'url /metrics get'])
  })
})
