import * as assert from 'uvu/assert'
import { accessOf, type Identity } from '../../../src/input/manifests/access.ts'
import { objectsOf } from '../../../src/input/manifests/objects.ts'
import { readYaml } from '../../../src/input/yaml/parse-yaml.ts'
import { describe } from '../../harness.ts'
import { at } from '../given.ts'

const role = (kind: string, name: string, resource: string, more = ''): string =>
  `apiVersion: rbac.authorization.k8s.io/v1\nkind: ${kind}\nmetadata: {name: ${name}${more}}\nrules: [{apiGroups: [""], resources: [${resource}], verbs: [get]}]\n---\n`

const binding = (kind: string, role: string, subjects: string, more = ''): string =>
  `apiVersion: rbac.authorization.k8s.io/v1\nkind: ${kind}\nmetadata: {name: b${more}}\nroleRef: {apiGroup: rbac.authorization.k8s.io, kind: ${role.split('/')[0]}, name: ${role.split('/')[1]}}\nsubjects: [${subjects}]\n---\n`

const account = '{kind: ServiceAccount, name: a, namespace: obs}'
const inObs = ', namespace: obs'
const inShop = ', namespace: shop'

function access(text: string, identity: Partial<Identity> = {}) {
  const { value } = readYaml({ path: 'r.yaml', text })
  return accessOf(
    value.flatMap(tree => objectsOf(tree) ?? []),
    { name: 'a', namespace: 'obs', span: null, ...identity },
  )
}

/** Where it holds, what is bound and how, and what the rules name. */
const summary = ({ roles, missing }: ReturnType<typeof access>): readonly string[] => [
  ...roles.map(
    each =>
      `${each.namespace ?? 'cluster'} ${each.kind}/${each.name} through ${each.through}: ${each.rules.map(rule => [...rule.resources, ...rule.nonResourceURLs].join('+')).join(', ')}`,
  ),
  ...missing.map(
    each =>
      `missing ${each.namespace === null ? '' : `${each.namespace}/`}${each.kind}/${each.name} at ${at(each.span)}`,
  ),
]

describe('accessOf finds what is bound to an account', it => {
  const table: readonly [title: string, text: string, summary: readonly string[]][] = [
    [
      'a ClusterRole everywhere',
      role('ClusterRole', 'r', 'pods') + binding('ClusterRoleBinding', 'ClusterRole/r', account),
      ['cluster ClusterRole/r through account: pods'],
    ],
    [
      'a ClusterRole in one namespace',
      role('ClusterRole', 'r', 'pods') + binding('RoleBinding', 'ClusterRole/r', account, inShop),
      ['shop ClusterRole/r through account: pods'],
    ],
    [
      'a Role of its namespace',
      role('Role', 'r', 'pods', inShop) + binding('RoleBinding', 'Role/r', account, inShop),
      ['shop Role/r through account: pods'],
    ],
    [
      'not the Role of another namespace',
      role('Role', 'r', 'pods', inObs) + binding('RoleBinding', 'Role/r', account, inShop),
      ['missing shop/Role/r at r.yaml:9:66'],
    ],
    [
      'not what is bound to another account',
      role('ClusterRole', 'r', 'pods') +
        binding('ClusterRoleBinding', 'ClusterRole/r', '{kind: ServiceAccount, name: b, namespace: obs}'),
      [],
    ],
    [
      'not what is bound to its namesake',
      role('ClusterRole', 'r', 'pods') +
        binding('ClusterRoleBinding', 'ClusterRole/r', '{kind: ServiceAccount, name: a, namespace: shop}'),
      [],
    ],
    [
      'a subject without a namespace',
      role('Role', 'r', 'pods', inObs) + binding('RoleBinding', 'Role/r', '{kind: ServiceAccount, name: a}', inObs),
      ['obs Role/r through account: pods'],
    ],
    [
      'objects without namespaces',
      role('Role', 'r', 'pods') + binding('RoleBinding', 'Role/r', '{kind: ServiceAccount, name: a}'),
      ['obs Role/r through account: pods'],
    ],
    [
      'the account as a user',
      role('ClusterRole', 'r', 'pods') +
        binding('ClusterRoleBinding', 'ClusterRole/r', '{kind: User, name: "system:serviceaccount:obs:a"}'),
      ['cluster ClusterRole/r through account: pods'],
    ],
    [
      'all accounts',
      role('ClusterRole', 'r', 'pods') +
        binding('ClusterRoleBinding', 'ClusterRole/r', '{kind: Group, name: "system:serviceaccounts"}'),
      ['cluster ClusterRole/r through system:serviceaccounts: pods'],
    ],
    [
      'all accounts of the namespace',
      role('ClusterRole', 'r', 'pods') +
        binding('ClusterRoleBinding', 'ClusterRole/r', '{kind: Group, name: "system:serviceaccounts:obs"}'),
      ['cluster ClusterRole/r through system:serviceaccounts:obs: pods'],
    ],
    [
      'not all accounts of another namespace',
      role('ClusterRole', 'r', 'pods') +
        binding('ClusterRoleBinding', 'ClusterRole/r', '{kind: Group, name: "system:serviceaccounts:shop"}'),
      [],
    ],
    [
      'everybody who is known',
      role('ClusterRole', 'r', 'pods') +
        binding('ClusterRoleBinding', 'ClusterRole/r', '{kind: Group, name: "system:authenticated"}'),
      ['cluster ClusterRole/r through system:authenticated: pods'],
    ],
    [
      'not those who are not',
      role('ClusterRole', 'r', 'pods') +
        binding('ClusterRoleBinding', 'ClusterRole/r', '{kind: Group, name: "system:unauthenticated"}'),
      [],
    ],
    [
      'the account before its group',
      role('ClusterRole', 'r', 'pods') +
        binding('ClusterRoleBinding', 'ClusterRole/r', `{kind: Group, name: "system:authenticated"}, ${account}`),
      ['cluster ClusterRole/r through account: pods'],
    ],
    [
      'a role that is not in the input',
      binding('ClusterRoleBinding', 'ClusterRole/view', account),
      ['missing ClusterRole/view at r.yaml:4:73'],
    ],
    [
      'roles that every cluster has',
      binding('ClusterRoleBinding', 'ClusterRole/cluster-admin', account) +
        binding('RoleBinding', 'ClusterRole/system:auth-delegator', account, inObs),
      [
        'cluster ClusterRole/cluster-admin through account: *, *',
        'obs ClusterRole/system:auth-delegator through account: tokenreviews, subjectaccessreviews',
      ],
    ],
    [
      'not a Role called like one of them',
      binding('RoleBinding', 'Role/cluster-admin', account, inObs),
      ['missing obs/Role/cluster-admin at r.yaml:4:66'],
    ],
    [
      'not objects of another group',
      role('ClusterRole', 'r', 'pods').replace(/rbac[^/]*/, 'authorization.openshift.io') +
        binding('ClusterRoleBinding', 'ClusterRole/r', account),
      ['missing ClusterRole/r at r.yaml:9:73'],
    ],
  ]
  for (const [title, text, expected] of table) it(title, () => assert.equal(summary(access(text)), expected))

  it('a namesake of another group does not hide a role', () => {
    const other = role('ClusterRole', 'r', 'nodes').replace(/rbac[^/]*/, 'authorization.openshift.io')
    const text = other + role('ClusterRole', 'r', 'pods') + binding('ClusterRoleBinding', 'ClusterRole/r', account)
    assert.equal(summary(access(text)), ['cluster ClusterRole/r through account: pods'])
  })

  it('bindings of account and group are in the order of the input, each once', () => {
    const group = '{kind: Group, name: "system:authenticated"}'
    const text =
      role('ClusterRole', 'r', 'pods') +
      binding('ClusterRoleBinding', 'ClusterRole/r', group) +
      binding('RoleBinding', 'ClusterRole/r', account, inShop) +
      binding('RoleBinding', 'ClusterRole/r', `${group}, ${account}`, inObs)
    assert.equal(summary(access(text)), [
      'cluster ClusterRole/r through system:authenticated: pods',
      'shop ClusterRole/r through account: pods',
      'obs ClusterRole/r through account: pods',
    ])
  })

  it('nothing is bound to an account without a name but what all have', () => {
    const text = role('ClusterRole', 'r', 'pods')
    assert.equal(summary(access(text + binding('ClusterRoleBinding', 'ClusterRole/r', account), { name: null })), [])
    assert.equal(
      summary(
        access(text + binding('ClusterRoleBinding', 'ClusterRole/r', '{kind: Group, name: "system:authenticated"}'), {
          name: null,
        }),
      ).length,
      1,
    )
  })

  it('an account whose namespace nobody says fits its name', () => {
    const text = role('ClusterRole', 'r', 'pods') + binding('ClusterRoleBinding', 'ClusterRole/r', account)
    assert.equal(summary(access(text, { namespace: null })).length, 1)
  })

  it('rules keep all their parts and their place', () => {
    const text = `apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata: {name: r}
rules:
  - apiGroups: [apps]
    resources: [deployments]
    resourceNames: [x]
    verbs: [get, list]
  - nonResourceURLs: [/metrics]
    verbs: [get]
---
${binding('ClusterRoleBinding', 'ClusterRole/r', account)}`
    const [first, second] = access(text).roles[0]!.rules
    assert.equal(
      [first!.apiGroups, first!.resources, first!.resourceNames, first!.verbs, first!.index],
      [['apps'], ['deployments'], ['x'], ['get', 'list'], 0],
    )
    assert.equal([second!.nonResourceURLs, second!.verbs, second!.index], [['/metrics'], ['get'], 1])
    assert.is(at(first!.span), 'r.yaml:5:5')
    assert.is(at(second!.span), 'r.yaml:9:5')
  })
})

describe('accessOf gathers aggregated roles', it => {
  const aggregated = (selector: string, more = ''): string =>
    `apiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRole\nmetadata: {name: all${more}}\naggregationRule: {clusterRoleSelectors: [${selector}]}\nrules: [{resources: [own], verbs: [get]}]\n---\n`
  const parts =
    role('ClusterRole', 'one', 'pods', ', labels: {to: all, tier: a}') +
    role('ClusterRole', 'two', 'nodes', ', labels: {to: all}') +
    role('ClusterRole', 'three', 'secrets', ', labels: {to: none}') +
    role('Role', 'four', 'events', ', labels: {to: all}')
  const rules = (text: string) =>
    access(`${text}${parts}${binding('ClusterRoleBinding', 'ClusterRole/all', account)}`).roles[0]!.rules
  const resources = (text: string) => rules(text).flatMap(each => each.resources)
  const table: readonly [title: string, selector: string, resources: readonly string[]][] = [
    ['by labels', '{matchLabels: {to: all}}', ['pods', 'nodes']],
    ['by all of several labels', '{matchLabels: {to: all, tier: a}}', ['pods']],
    ['by one of several selectors', '{matchLabels: {tier: a}}, {matchLabels: {to: none}}', ['pods', 'secrets']],
    ['by In', '{matchExpressions: [{key: to, operator: In, values: [none, x]}]}', ['secrets']],
    ['by NotIn', '{matchExpressions: [{key: tier, operator: NotIn, values: [a]}]}', ['nodes', 'secrets']],
    ['by Exists', '{matchExpressions: [{key: tier, operator: Exists}]}', ['pods']],
    ['by DoesNotExist', '{matchExpressions: [{key: tier, operator: DoesNotExist}]}', ['nodes', 'secrets']],
    ['by nothing that is known', '{matchExpressions: [{key: tier, operator: Gt, values: ["1"]}]}', []],
    ['all of them', '{}', ['pods', 'nodes', 'secrets']],
  ]
  for (const [title, selector, expected] of table)
    it(title, () => assert.equal(resources(aggregated(selector)), expected))

  it('what a cluster hands out is complete already', () => {
    assert.equal(resources(aggregated('{matchLabels: {to: all}}', ', uid: 00000000')), ['own'])
  })

  it('a rule stands where it is written', () => {
    const [first] = rules(aggregated('{matchLabels: {to: all}}'))
    assert.is(first!.role!.name, 'one')
  })
})

describe('accessOf looks around the account', it => {
  const namespace = (labels: string): string =>
    `apiVersion: v1\nkind: Namespace\nmetadata:\n  name: obs\n  labels: {${labels}}\n`

  it('its ServiceAccount', () => {
    const text = 'apiVersion: v1\nkind: ServiceAccount\nmetadata: {name: a, namespace: obs}\n'
    assert.is(access(text).account.object!.name, 'a')
    assert.is(access(text, { namespace: 'shop' }).account.object, null)
  })

  it('the Pod Security Standards of its namespace', () => {
    const { podSecurity } = access(
      namespace('pod-security.kubernetes.io/enforce: restricted, pod-security.kubernetes.io/warn: baseline'),
    )
    assert.is(podSecurity!.enforce!.value, 'restricted')
    assert.is(at(podSecurity!.enforce!.span), 'r.yaml:5:48')
    assert.is(podSecurity!.warn!.value, 'baseline')
    assert.is(podSecurity!.audit, null)
    assert.is(access(namespace(''), { namespace: 'shop' }).podSecurity, null)
    assert.is(access(namespace(''), { namespace: null }).podSecurity, null)
  })
})
