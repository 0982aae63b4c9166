import * as assert from 'uvu/assert'
import { holdingsOf } from '../../src/access/holdings.ts'
import { accessObjectOf } from '../../src/access/object.ts'
import type { Identity } from '../../src/access/reach.ts'
import { readYaml } from '../../src/input/yaml/parse-yaml.ts'
import { data } from '../../src/input/yaml/tree.ts'
import { mostGrants } from '../../src/kubernetes/rule.ts'
import { describe } from '../harness.ts'

const role = (kind: string, name: string, resource: string, more = ''): string =>
  `apiVersion: rbac.authorization.k8s.io/v1\nkind: ${kind}\nmetadata: {name: ${name}${more}}\nrules: [{apiGroups: [""], resources: [${resource}], verbs: [get]}]\n---\n`

const binding = (kind: string, role: string, subjects: string, more = ''): string =>
  `apiVersion: rbac.authorization.k8s.io/v1\nkind: ${kind}\nmetadata: {name: b${more}}\nroleRef: {apiGroup: rbac.authorization.k8s.io, kind: ${role.split('/')[0]}, name: ${role.split('/')[1]}}\nsubjects: [${subjects}]\n---\n`

const openshift = (role: string, subjects: string, more = ''): string =>
  `apiVersion: authorization.openshift.io/v1\nkind: ${more === '' ? 'ClusterRoleBinding' : 'RoleBinding'}\nmetadata: {name: o${more}}\nroleRef: {name: ${role}}\n${subjects}\n---\n`

const account = '{kind: ServiceAccount, name: a, namespace: obs}'
const inObs = ', namespace: obs'
const inShop = ', namespace: shop'

function access(text: string, identity: Partial<Identity> = {}, kubernetes = '1.34') {
  const objects = readYaml({ path: 'r.yaml', text }).value.flatMap(tree => accessObjectOf(data(tree), tree) ?? [])
  return holdingsOf(objects, { name: 'a', namespace: 'obs', ...identity }, kubernetes)
}

/** Where it holds, what is bound and which role holds the rule, what it names; then what is not known. */
const summary = ({ held, doubts }: ReturnType<typeof access>): readonly string[] => [
  ...held.map(({ namespace, bound, kind, name, rule, builtIn }) => {
    const from = name === bound.name ? '' : ` of ${kind}/${name}`
    const what = [...(rule.resources ?? []), ...(rule.nonResourceURLs ?? [])].join('+')
    return `${namespace ?? 'cluster'} ${bound.kind}/${bound.name}${from}: ${what}${builtIn ? ' standing' : ''}`
  }),
  ...doubts.map(({ kind, binding, namespace }) =>
    [kind, ...(namespace === null ? [] : [namespace]), `${binding.roleRef.kind}/${binding.roleRef.name}`].join(' '),
  ),
]

describe('holdingsOf finds what is bound to an account', it => {
  const table: readonly [title: string, text: string, summary: readonly string[]][] = [
    [
      'a ClusterRole everywhere',
      role('ClusterRole', 'r', 'pods') + binding('ClusterRoleBinding', 'ClusterRole/r', account),
      ['cluster ClusterRole/r: pods'],
    ],
    [
      'a ClusterRole in one namespace',
      role('ClusterRole', 'r', 'pods') + binding('RoleBinding', 'ClusterRole/r', account, inShop),
      ['shop ClusterRole/r: pods'],
    ],
    [
      'but no rules of more grants than are told apart',
      role('ClusterRole', 'r', Array.from({ length: mostGrants + 1 }, (_, at) => `r${at}`).join()) +
        binding('ClusterRoleBinding', 'ClusterRole/r', account),
      ['large ClusterRole/r'],
    ],
    [
      'a Role of its namespace',
      role('Role', 'r', 'pods', inShop) + binding('RoleBinding', 'Role/r', account, inShop),
      ['shop Role/r: pods'],
    ],
    [
      'not the Role of another namespace',
      role('Role', 'r', 'pods', inObs) + binding('RoleBinding', 'Role/r', account, inShop),
      ['absent shop Role/r'],
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
      ['obs Role/r: pods'],
    ],
    [
      'objects without namespaces',
      role('Role', 'r', 'pods') + binding('RoleBinding', 'Role/r', '{kind: ServiceAccount, name: a}'),
      ['obs Role/r: pods'],
    ],
    [
      'the account as a user',
      role('ClusterRole', 'r', 'pods') +
        binding('ClusterRoleBinding', 'ClusterRole/r', '{kind: User, name: "system:serviceaccount:obs:a"}'),
      ['cluster ClusterRole/r: pods'],
    ],
    [
      'all accounts',
      role('ClusterRole', 'r', 'pods') +
        binding('ClusterRoleBinding', 'ClusterRole/r', '{kind: Group, name: "system:serviceaccounts"}'),
      ['cluster ClusterRole/r: pods'],
    ],
    [
      'all accounts of the namespace',
      role('ClusterRole', 'r', 'pods') +
        binding('ClusterRoleBinding', 'ClusterRole/r', '{kind: Group, name: "system:serviceaccounts:obs"}'),
      ['cluster ClusterRole/r: pods'],
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
      ['cluster ClusterRole/r: pods'],
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
      ['cluster ClusterRole/r: pods'],
    ],
    [
      'a role that is not in the input',
      binding('ClusterRoleBinding', 'ClusterRole/other', account),
      ['absent ClusterRole/other'],
    ],
    [
      'roles that every cluster has',
      binding('ClusterRoleBinding', 'ClusterRole/cluster-admin', account) +
        binding('RoleBinding', 'ClusterRole/system:auth-delegator', account, inObs) +
        binding('RoleBinding', 'Role/extension-apiserver-authentication-reader', account, ', namespace: kube-system'),
      [
        'cluster ClusterRole/cluster-admin: *',
        'cluster ClusterRole/cluster-admin: *',
        'obs ClusterRole/system:auth-delegator: tokenreviews',
        'obs ClusterRole/system:auth-delegator: subjectaccessreviews',
        'kube-system Role/extension-apiserver-authentication-reader: configmaps',
      ],
    ],
    [
      'not a Role called like one of them',
      binding('RoleBinding', 'Role/cluster-admin', account, inObs),
      ['absent obs Role/cluster-admin'],
    ],
    [
      'no Role through a ClusterRoleBinding',
      role('Role', 'r', 'pods', inObs) + binding('ClusterRoleBinding', 'Role/r', account),
      ['absent obs Role/r'],
    ],
    [
      'not objects of another group',
      role('ClusterRole', 'r', 'pods').replace(/rbac[^/]*/, 'example.com') +
        binding('ClusterRoleBinding', 'ClusterRole/r', account),
      ['absent ClusterRole/r'],
    ],
    [
      "objects of OpenShift's group, which are the same",
      role('ClusterRole', 'r', 'pods').replace(/rbac[^/]*/, 'authorization.openshift.io') +
        binding('ClusterRoleBinding', 'ClusterRole/r', account),
      ['cluster ClusterRole/r: pods'],
    ],
    [
      'what OpenShift calls user names and group names',
      role('Role', 'r', 'pods', inShop) +
        openshift('r, namespace: shop', 'userNames: ["system:serviceaccount:obs:a"]', inShop) +
        openshift('cluster-admin', 'groupNames: ["system:serviceaccounts:obs"]') +
        openshift('cluster-admin', 'subjects: [{kind: SystemUser, name: "system:serviceaccount:obs:b"}]'),
      ['shop Role/r: pods', 'cluster ClusterRole/cluster-admin: *', 'cluster ClusterRole/cluster-admin: *'],
    ],
    [
      'more through a name of a role that every cluster has',
      role('ClusterRole', 'system:auth-delegator', 'secrets') +
        binding('ClusterRoleBinding', 'ClusterRole/system:auth-delegator', account),
      [
        'cluster ClusterRole/system:auth-delegator: secrets',
        'cluster ClusterRole/system:auth-delegator: tokenreviews',
        'cluster ClusterRole/system:auth-delegator: subjectaccessreviews',
      ],
    ],
  ]
  for (const [title, text, expected] of table) it(title, () => assert.equal(summary(access(text)), expected))

  it('bindings of account and group are in the order of the input, each once', () => {
    const group = '{kind: Group, name: "system:authenticated"}'
    const text =
      role('ClusterRole', 'r', 'pods') +
      binding('ClusterRoleBinding', 'ClusterRole/r', group) +
      binding('RoleBinding', 'ClusterRole/r', account, inShop) +
      binding('RoleBinding', 'ClusterRole/r', `${group}, ${account}`, inObs)
    assert.equal(summary(access(text)), [
      'cluster ClusterRole/r: pods',
      'shop ClusterRole/r: pods',
      'obs ClusterRole/r: pods',
    ])
  })

  it('a namespace that nobody says leaves open what names one', () => {
    const text = role('ClusterRole', 'r', 'pods')
    const bound = (subject: string) =>
      summary(access(text + binding('ClusterRoleBinding', 'ClusterRole/r', subject), { namespace: null }))
    assert.equal(bound(account), ['namespace obs ClusterRole/r'])
    assert.equal(bound('{kind: User, name: "system:serviceaccount:obs:a"}'), ['namespace obs ClusterRole/r'])
    assert.equal(bound('{kind: User, name: "system:serviceaccount:obs:b"}'), [])
    assert.equal(bound('{kind: Group, name: "system:serviceaccounts:shop"}'), ['namespace shop ClusterRole/r'])
    assert.equal(bound('{kind: Group, name: "system:serviceaccounts"}'), ['cluster ClusterRole/r: pods'])
    assert.equal(bound('{kind: ServiceAccount, name: a}'), ['cluster ClusterRole/r: pods'])
  })

  it('what every cluster gives to everyone is builtIn, by its name and no label', () => {
    const discovery = (name: string, group = 'system:authenticated') =>
      binding('ClusterRoleBinding', `ClusterRole/${name}`, `{kind: Group, name: "${group}"}`).replace(
        'metadata: {name: b}',
        `metadata: {name: "${name}", labels: {kubernetes.io/bootstrapping: rbac-defaults}}`,
      )
    const labeled = ', labels: {kubernetes.io/bootstrapping: rbac-defaults}'
    assert.equal(summary(access(discovery('system:basic-user'))), [
      'cluster ClusterRole/system:basic-user: selfsubjectaccessreviews+selfsubjectrulesreviews standing',
      'cluster ClusterRole/system:basic-user: selfsubjectreviews standing',
    ])
    assert.equal(summary(access(role('ClusterRole', 'r', 'pods', labeled) + discovery('r'))), [
      'cluster ClusterRole/r: pods',
    ])
    assert.equal(
      summary(access(discovery('system:node-proxier', 'system:serviceaccounts')))[0],
      ['cluster ClusterRole/system:node-proxier: endpoints+services'][0],
    )
    assert.equal(
      summary(access(role('ClusterRole', 'system:basic-user', 'secrets') + discovery('system:basic-user'))).slice(0, 2),
      ['cluster ClusterRole/system:basic-user: secrets standing', 'cluster ClusterRole/system:basic-user: secrets'],
    )
    assert.equal(summary(access(discovery('system:cluster-trust-bundle-discovery', 'system:serviceaccounts'))), [
      'absent ClusterRole/system:cluster-trust-bundle-discovery',
    ])
    assert.equal(
      summary(access(discovery('system:cluster-trust-bundle-discovery', 'system:serviceaccounts'), {}, '1.37')),
      ['cluster ClusterRole/system:cluster-trust-bundle-discovery: clustertrustbundles standing'],
    )
  })

  it('a role that every cluster binds to everyone grants what the input adds, without the binding', () => {
    assert.equal(summary(access(role('ClusterRole', 'system:basic-user', 'secrets'))).slice(0, 2), [
      'cluster ClusterRole/system:basic-user: secrets standing',
      'cluster ClusterRole/system:basic-user: secrets',
    ])
    assert.equal(summary(access(role('ClusterRole', 'system:monitoring', 'secrets'))), [])
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
    const [first, second] = access(text).held
    assert.equal(first!.rule, {
      apiGroups: ['apps'],
      resources: ['deployments'],
      resourceNames: ['x'],
      nonResourceURLs: [],
      verbs: ['get', 'list'],
    })
    assert.equal([second!.rule.nonResourceURLs, second!.rule.verbs, second!.index], [['/metrics'], ['get'], 1])
    assert.is(first!.origin, second!.origin)
  })
})

describe('holdingsOf gathers aggregated roles', it => {
  const aggregated = (selector: string, more = ''): string =>
    `apiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRole\nmetadata: {name: all${more}}\naggregationRule: {clusterRoleSelectors: [${selector}]}\nrules: [{resources: [own], verbs: [get]}]\n---\n`
  const parts =
    role('ClusterRole', 'one', 'pods', ', labels: {to: all, tier: a}') +
    role('ClusterRole', 'two', 'nodes', ', labels: {to: all}') +
    role('ClusterRole', 'three', 'secrets', ', labels: {to: none}') +
    role('Role', 'four', 'events', ', labels: {to: all}')
  const all = (text: string) => access(`${text}${parts}${binding('ClusterRoleBinding', 'ClusterRole/all', account)}`)
  const resources = (text: string) => all(text).held.flatMap(each => each.rule.resources ?? [])
  const table: readonly [title: string, selector: string, resources: readonly string[]][] = [
    ['by labels', '{matchLabels: {to: all}}', ['pods', 'nodes']],
    ['by all of several labels', '{matchLabels: {to: all, tier: a}}', ['pods']],
    ['by one of several selectors', '{matchLabels: {tier: a}}, {matchLabels: {to: none}}', ['pods', 'secrets']],
    ['by In', '{matchExpressions: [{key: to, operator: In, values: [none, x]}]}', ['secrets']],
    ['by Exists', '{matchExpressions: [{key: tier, operator: Exists}]}', ['pods']],
    ['by nothing that is known', '{matchExpressions: [{key: tier, operator: Gt, values: ["1"]}]}', []],
    ['nothing without a selector', '', []],
  ]
  for (const [title, selector, expected] of table)
    it(title, () => assert.equal(resources(aggregated(selector)), expected))

  it('what a cluster hands out holds at least its rules', () => {
    assert.equal(resources(aggregated('{matchLabels: {to: all}}', ', uid: 00000000')), ['own', 'pods', 'nodes'])
  })

  it('a rule is where it is written', () => {
    assert.equal(
      all(aggregated('{matchLabels: {to: all}}')).held.map(({ name }) => name),
      ['one', 'two'],
    )
  })

  it('over several levels, around in a circle too', () => {
    const inner = aggregated('{matchLabels: {to: all}}, {matchLabels: {to: outer}}').replace(
      'name: all',
      'name: inner, labels: {to: outer}',
    )
    assert.equal(resources(aggregated('{matchLabels: {to: outer}}') + inner), ['pods', 'nodes'])
  })

  it('each rule once, however many ways lead to it', () => {
    const text = Array.from({ length: 40 }, (_, at) =>
      aggregated('{matchLabels: {to: all}}').replace('name: all', `name: g${at}, labels: {to: all}`),
    ).join('')
    assert.equal(resources(aggregated('{matchLabels: {to: all}}') + text), ['pods', 'nodes'])
  })

  it('what lies behind a role that a cluster printed is open where another way leads there', () => {
    const view = 'rbac.authorization.k8s.io/aggregate-to-view: "true"'
    const behind = (name: string, more = ''): string =>
      aggregated(`{matchLabels: {to: last}}`).replace('name: all', `name: ${name}, labels: {to: first}${more}`)
    const last = aggregated(`{matchLabels: {${view}}}`).replace('name: all', 'name: last, labels: {to: last}')
    const doubts = (text: string) =>
      all(aggregated('{matchLabels: {to: first}}') + text + last).doubts.map(({ kind }) => kind)
    assert.equal(doubts(behind('printed', ', uid: "0"')), [])
    assert.equal(doubts(behind('printed', ', uid: "0"') + behind('written')), ['gathers'])
    assert.equal(doubts(behind('written') + behind('printed', ', uid: "0"')), ['gathers'])
  })

  const everything: readonly [title: string, selector: string][] = [
    ['NotIn', '{matchExpressions: [{key: tier, operator: NotIn, values: [a]}]}'],
    ['DoesNotExist', '{matchExpressions: [{key: tier, operator: DoesNotExist}]}'],
    ['an empty selector', '{}'],
  ]
  for (const [title, selector] of everything) {
    it(`${title} selects the roles that every cluster has`, () => {
      const { held, doubts } = all(aggregated(selector))
      assert.ok(held.some(({ name, rule }) => name === 'cluster-admin' && rule.verbs.includes('*')))
      assert.ok(held.some(({ name }) => name === 'two'))
      assert.equal(
        doubts.map(({ kind }) => kind),
        ['gathers'],
      )
    })
  }

  it('labels of roles that every cluster has leave open what else has them', () => {
    const { held, doubts } = all(
      aggregated('{matchLabels: {rbac.authorization.k8s.io/aggregate-to-edit: "true"}}') +
        role('ClusterRole', 'more', 'widgets', ', labels: {rbac.authorization.k8s.io/aggregate-to-view: "true"}'),
    )
    assert.ok(held.some(({ name }) => name === 'system:aggregate-to-edit'))
    // view is gathered by edit, which every cluster has.
    assert.ok(held.some(({ name }) => name === 'more'))
    assert.equal(
      doubts.map(({ kind }) => kind),
      ['gathers'],
    )
  })
})
