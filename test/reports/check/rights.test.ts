import * as assert from 'uvu/assert'
import { check } from '../../../src/index.ts'
import { describe } from '../../harness.ts'
import { type CleanDeployment, cleanDeployment, type Fields, objectsOf, streamOf } from './deployment.ts'

const rbac = 'rbac.authorization.k8s.io'
const own = { kind: 'ServiceAccount', name: 'alloy', namespace: 'monitoring' }
const subject = (fields: Fields): Fields => ({ ...own, ...fields })

function binding(subjects: unknown = [own], fields: Fields = {}): Fields {
  return {
    apiVersion: `${rbac}/v1`,
    kind: 'ClusterRoleBinding',
    metadata: { name: 'more' },
    roleRef: { apiGroup: rbac, kind: 'ClusterRole', name: 'alloy' },
    subjects,
    ...fields,
  }
}

const referring = (fields: Fields): Fields => ({
  roleRef: { apiGroup: rbac, kind: 'ClusterRole', name: 'alloy', ...fields },
})
const wrapped = (manifest: Fields): Fields => ({
  apiVersion: 'kubernetes.crossplane.io/v1alpha2',
  kind: 'Object',
  metadata: { name: 'o' },
  spec: { forProvider: { manifest } },
})

/** What a check says of the clean deployment beside some objects, with some of its own changed: the names of its diagnostics. */
function found(more: readonly Fields[], change: (deployment: CleanDeployment) => void = () => {}): readonly string[] {
  const deployment = cleanDeployment()
  change(deployment)
  const { status, workloads } = check({ 'm.yaml': streamOf([...objectsOf(deployment), ...more]) })
  const names = workloads.flatMap(({ findings }) => findings.map(({ diagnostic }) => diagnostic.name))
  return status === 'clean' ? ['clean', ...names] : [...new Set(names)]
}

const addRule =
  (rule: Fields) =>
  ({ role }: CleanDeployment): void =>
    void (role['rules'] as Fields[]).push(rule)
const annotated =
  (annotations: Fields) =>
  ({ binding: of }: CleanDeployment): void =>
    void Object.assign(of['metadata'] as Fields, { annotations })

describe('check says of rights that cannot be read', it => {
  const refused: readonly (readonly [title: string, object: Fields])[] = [
    ['a kind in other letters', binding([own], { kind: 'clusterrolebinding' })],
    ['a kind with a blank', binding([own], { kind: 'ClusterRoleBinding ' })],
    ['a group that has no such kind', binding([own], { apiVersion: 'v1' })],
    ['a subject of another kind', binding([subject({ kind: 'serviceaccount' })])],
    ['a subject with a group', binding([subject({ apiGroup: rbac })])],
    ['a subject without a namespace', binding([{ kind: 'ServiceAccount', name: 'alloy' }])],
    ['a role in other letters', binding([own], referring({ kind: 'clusterrole' }))],
    ['a role of another group', binding([own], referring({ apiGroup: 'v1' }))],
    ['a namespace that is a number', binding([own], { kind: 'RoleBinding', metadata: { name: 'more', namespace: 1 } })],
    ['no name', binding([own], { metadata: {} })],
  ]
  for (const [title, object] of refused)
    it(`the API server refuses ${title}`, () => assert.ok(found([object]).includes('object-refused'), title))

  const rules: readonly (readonly [title: string, rule: Fields])[] = [
    ['verbs that are no list', { apiGroups: [''], resources: ['pods'], verbs: 'get' }],
    ['resources that are no list', { apiGroups: [''], resources: 'pods', verbs: ['get'] }],
    ['no verbs', { apiGroups: [''], resources: ['pods'], verbs: [] }],
    ['no groups', { resources: ['pods'], verbs: ['get'] }],
    ['a field in other letters', { apigroups: [''], apiGroups: [''], resources: ['pods'], verbs: ['get'] }],
    ['resources beside URLs', { apiGroups: [''], resources: ['pods'], nonResourceURLs: ['/metrics'], verbs: ['get'] }],
    ['a verb that is a number', { apiGroups: [''], resources: ['pods'], verbs: ['get', 1] }],
  ]
  for (const [title, rule] of rules)
    it(`the API server refuses a rule with ${title}`, () =>
      assert.ok(found([], addRule(rule)).includes('object-refused'), title))

  const hidden: readonly (readonly [title: string, object: Fields, expected: string])[] = [
    ['a binding in a custom resource', wrapped(binding()), 'rights-in-another-object'],
    [
      'a binding in one of the account and of a namesake',
      wrapped(binding([subject({ namespace: 'web' }), own])),
      'rights-in-another-object',
    ],
    [
      'a binding in one of the account and of another',
      wrapped(binding([own, subject({ name: 'web' })])),
      'rights-in-another-object',
    ],
    [
      'a binding in one that names users instead of subjects',
      wrapped(binding([], { userNames: ['system:serviceaccount:monitoring:alloy'] })),
      'rights-in-another-object',
    ],
    [
      'a role in one that the account is bound to',
      wrapped({ apiVersion: `${rbac}/v1`, kind: 'ClusterRole', metadata: { name: 'alloy' } }),
      'rights-in-another-object',
    ],
    [
      'a binding in a list of other letters',
      { apiVersion: 'v1', kind: 'list', items: [binding()] },
      'rights-in-another-object',
    ],
    [
      'a binding in a list that is a map',
      { apiVersion: 'v1', kind: 'List', items: { a: binding() } },
      'rights-in-another-object',
    ],
    [
      'a custom resource with roles for the account',
      {
        apiVersion: 'x.example.com/v1',
        kind: 'Grants',
        metadata: { name: 'g' },
        bindings: [{ subjects: [own], clusterRole: 'view' }],
      },
      'resource-names-account',
    ],
    [
      'a custom resource with roles for an account without a namespace',
      {
        apiVersion: 'x.example.com/v1',
        kind: 'Grants',
        metadata: { name: 'g' },
        bindings: [{ subjects: [{ kind: 'ServiceAccount', name: 'alloy' }], clusterRole: 'view' }],
      },
      'resource-names-account',
    ],
    [
      'a group that the account is in',
      {
        apiVersion: 'user.openshift.io/v1',
        kind: 'Group',
        metadata: { name: 'g' },
        users: ['system:serviceaccount:monitoring:alloy'],
      },
      'resource-names-account',
    ],
    [
      'a binding to everyone',
      binding([{ apiGroup: rbac, kind: 'Group', name: 'system:unauthenticated' }]),
      'bound-to-everyone',
    ],
    [
      'a binding to the anonymous user',
      binding([{ apiGroup: rbac, kind: 'User', name: 'system:anonymous' }]),
      'bound-to-everyone',
    ],
  ]
  for (const [title, object, expected] of hidden) it(title, () => assert.equal(found([object]), [expected]))

  const role = (name: string, fields: Fields = {}): Fields => ({
    apiVersion: `${rbac}/v1`,
    kind: 'ClusterRole',
    metadata: { name },
    rules: [{ apiGroups: [''], resources: ['pods'], verbs: ['get', 'list', 'watch'] }],
    ...fields,
  })
  const beside: readonly (readonly [title: string, objects: readonly Fields[], isSaid: boolean])[] = [
    [
      'one of the roles it is bound to',
      [role('more'), binding([own], referring({ name: 'more' })), wrapped(role('alloy'))],
      true,
    ],
    [
      'a role that one of them gathers',
      [
        role('more', { aggregationRule: { clusterRoleSelectors: [{ matchLabels: { part: 'yes' } }] }, rules: [] }),
        role('part', { metadata: { name: 'part', labels: { part: 'yes' } } }),
        binding([own], referring({ name: 'more' })),
        wrapped(role('part')),
      ],
      true,
    ],
    ['no role that it is not bound to', [wrapped(role('more'))], false],
  ]
  for (const [title, objects, isSaid] of beside)
    it(`in a custom resource there is ${title}`, () =>
      assert.is(found(objects).includes('rights-in-another-object'), isSaid))

  const passing: readonly (readonly [title: string, annotations: Fields])[] = [
    [
      'a hook of Helm that is deleted',
      { 'helm.sh/hook': 'pre-install', 'helm.sh/hook-delete-policy': 'before-hook-creation,hook-succeeded' },
    ],
    ['a hook of Helm for tests', { 'helm.sh/hook': 'test' }],
    [
      'a hook of Argo CD that is deleted',
      { 'argocd.argoproj.io/hook': 'PreSync', 'argocd.argoproj.io/hook-delete-policy': 'HookSucceeded' },
    ],
    ['what Argo CD skips', { 'argocd.argoproj.io/hook': 'Skip' }],
    ['what kustomize leaves out', { 'config.kubernetes.io/local-config': 'true' }],
    ['what Flux leaves out', { 'kustomize.toolkit.fluxcd.io/reconcile': 'Disabled' }],
  ]
  for (const [title, annotations] of passing)
    it(`the rights are ${title}`, () => assert.equal(found([], annotated(annotations)), ['rights-do-not-last']))
})

describe('check has nothing against', it => {
  const fine: readonly (readonly [title: string, object: Fields])[] = [
    [
      'a binding of other accounts that the API server refuses',
      binding([subject({ name: 'web', kind: 'serviceaccount' })]),
    ],
    ['a binding of another account in a custom resource', wrapped(binding([subject({ name: 'web' })]))],
    ['a namesake of another namespace in one', wrapped(binding([subject({ namespace: 'web' })]))],
    [
      'a custom resource that names the account and no role',
      { apiVersion: 'x.example.com/v1', kind: 'Store', metadata: { name: 's' }, spec: { auth: own } },
    ],
    [
      'a custom resource with roles for a namesake of another namespace',
      {
        apiVersion: 'x.example.com/v1',
        kind: 'Grants',
        metadata: { name: 'g' },
        bindings: [{ subjects: [subject({ namespace: 'web' })], clusterRole: 'view' }],
      },
    ],
    ['a binding that the cluster printed', binding([own], { metadata: { name: 'more', uid: '1' } })],
    [
      'what every cluster tells everyone',
      {
        ...binding([{ kind: 'Group', name: 'system:unauthenticated' }]),
        metadata: { name: 'system:public-info-viewer' },
        ...referring({ name: 'system:public-info-viewer' }),
      },
    ],
  ]
  for (const [title, object] of fine) it(title, () => assert.equal(found([object]), ['clean']))
  it('a hook that stays', () =>
    assert.equal(found([], annotated({ 'helm.sh/hook': 'pre-install,pre-upgrade' })), ['clean']))
})
