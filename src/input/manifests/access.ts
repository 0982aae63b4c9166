import type { Span } from '../../source.ts'
import type { Access, BoundRole, BoundRule, KubernetesObject, Label, MissingRole, PodSecurity } from '../deployment.ts'
import { itemsAt, type Mapping, mapAt, scalarAt, type Tree, textAt, textsAt } from '../yaml/tree.ts'
import { bindingsOf, find, groupOf, labelsOf, ofKind, rbacGroup, type Stream } from './objects.ts'

/** Roles that every cluster has and whose rules do not change with what is installed. */
const clusterRoles: Readonly<
  Record<string, readonly Pick<BoundRule, 'apiGroups' | 'resources' | 'nonResourceURLs' | 'verbs'>[]>
> = {
  'cluster-admin': [
    { apiGroups: ['*'], resources: ['*'], nonResourceURLs: [], verbs: ['*'] },
    { apiGroups: [], resources: [], nonResourceURLs: ['*'], verbs: ['*'] },
  ],
  'system:auth-delegator': [
    { apiGroups: ['authentication.k8s.io'], resources: ['tokenreviews'], nonResourceURLs: [], verbs: ['create'] },
    {
      apiGroups: ['authorization.k8s.io'],
      resources: ['subjectaccessreviews'],
      nonResourceURLs: [],
      verbs: ['create'],
    },
  ],
}

/** The account that a pod runs as. */
export interface Identity {
  /** Null: only `helm install` decides. Nothing is bound to it then. */
  readonly name: string | null
  readonly namespace: string | null
  readonly span: Span | null
}

/** Collects what the objects of a stream grant to an account, directly or through the groups it is in. */
export function accessOf(stream: Stream, identity: Identity): Access {
  const roles: BoundRole[] = []
  const missing: MissingRole[] = []
  const groups = [
    'system:serviceaccounts',
    'system:authenticated',
    `system:serviceaccounts:${identity.namespace ?? ''}`,
  ]
  const user = `system:serviceaccount:${identity.namespace ?? ''}:${identity.name ?? ''}`
  const names = identity.name === null ? groups : [...groups, user, identity.name]
  for (const binding of bindingsOf(stream, names)) {
    const through = boundThrough(binding, identity, { groups, user })
    const reference = mapAt(binding.tree, 'roleRef')
    if (through === null || reference === null) continue
    const kind = textAt(reference, 'kind') === 'Role' ? 'Role' : 'ClusterRole'
    const name = textAt(reference, 'name') ?? ''
    const namespace = binding.kind === 'RoleBinding' ? (binding.namespace ?? identity.namespace) : null
    const object = findRole(stream, kind, binding.namespace, name)
    const span = scalarAt(reference, 'name')?.span ?? reference.span
    const rules = object ? rulesOf(object, stream) : builtIn(kind, name, span)
    if (rules === null) missing.push({ kind, namespace: kind === 'Role' ? namespace : null, name, span })
    else roles.push({ object, kind, name, namespace, binding, through, rules })
  }
  return {
    account: accountOf(stream, identity),
    roles,
    missing,
    podSecurity: podSecurityOf(stream, identity.namespace),
  }
}

function accountOf(stream: Stream, { name, namespace, span }: Identity): Access['account'] {
  return { name, namespace, object: find(stream, 'ServiceAccount', namespace, name), span }
}

function findRole(stream: Stream, kind: string, namespace: string | null, name: string): KubernetesObject | null {
  return find(stream, kind, kind === 'Role' ? namespace : null, name, rbacGroup)
}

/** How a binding reaches the account: `account`, the name of a group, or not at all. */
function boundThrough(
  binding: KubernetesObject,
  { name, namespace }: Identity,
  { groups, user }: { groups: readonly string[]; user: string },
): string | null {
  let group: string | null = null
  for (const subject of itemsAt(binding.tree, 'subjects')) {
    const subjectName = textAt(subject, 'name')
    if (subjectName === null) continue
    const kind = textAt(subject, 'kind')
    if (kind === 'ServiceAccount' && subjectName === name && sameNamespace(subject, binding, namespace))
      return 'account'
    if (kind === 'User' && name !== null && subjectName === user) return 'account'
    if (kind === 'Group' && groups.includes(subjectName)) group ??= subjectName
  }
  return group
}

/** Namespaces that are left out are filled in by whoever applies the objects, alike in all of them. */
function sameNamespace(subject: Tree, binding: KubernetesObject, namespace: string | null): boolean {
  const named = textAt(subject, 'namespace') || binding.namespace
  return named === null || namespace === null || named === namespace
}

function builtIn(kind: string, name: string, span: Span): readonly BoundRule[] | null {
  const rules = kind === 'ClusterRole' ? clusterRoles[name] : undefined
  return rules?.map((rule, index) => ({ ...rule, resourceNames: [], role: null, index, span, tree: null })) ?? null
}

function rulesOf(role: KubernetesObject, stream: Stream): readonly BoundRule[] {
  const selectors = itemsAt(role.tree, 'aggregationRule', 'clusterRoleSelectors')
  // The controller writes the union into the role: what a cluster hands out is complete, what a chart says there is overwritten.
  const live = scalarAt(role.tree, 'metadata', 'uid') !== null
  if (selectors.length === 0 || live) return ownRules(role)
  return ofKind(stream, 'ClusterRole')
    .filter(object => groupOf(object) === rbacGroup && object !== role)
    .filter(object => selectors.some(selector => selects(selector, labelsOf(object))))
    .flatMap(ownRules)
}

function ownRules(role: KubernetesObject): readonly BoundRule[] {
  return itemsAt(role.tree, 'rules').map((tree, index) => ({
    role,
    index,
    apiGroups: textsAt(tree, 'apiGroups'),
    resources: textsAt(tree, 'resources'),
    resourceNames: textsAt(tree, 'resourceNames'),
    nonResourceURLs: textsAt(tree, 'nonResourceURLs'),
    verbs: textsAt(tree, 'verbs'),
    span: tree.span,
    tree,
  }))
}

/** Label selectors of Kubernetes; an empty one selects everything. */
function selects(selector: Tree, labels: ReadonlyMap<string, string>): boolean {
  const wanted = [...(mapAt(selector, 'matchLabels')?.entries ?? [])]
  if (wanted.some(([key, { value }]) => labels.get(key) !== textAt(value))) return false
  return itemsAt(selector, 'matchExpressions').every(expression => {
    const key = textAt(expression, 'key') ?? ''
    const values = textsAt(expression, 'values')
    const label = labels.get(key)
    switch (textAt(expression, 'operator')) {
      case 'In':
        return label !== undefined && values.includes(label)
      case 'NotIn':
        return label === undefined || !values.includes(label)
      case 'Exists':
        return label !== undefined
      case 'DoesNotExist':
        return label === undefined
      default:
        return false
    }
  })
}

function podSecurityOf(stream: Stream, namespace: string | null): PodSecurity | null {
  const object = namespace === null ? null : find(stream, 'Namespace', null, namespace)
  if (!object) return null
  const labels = mapAt(object.tree, 'metadata', 'labels')
  return { enforce: label(labels, 'enforce'), audit: label(labels, 'audit'), warn: label(labels, 'warn') }
}

function label(labels: Mapping | null, mode: string): Label | null {
  const found = scalarAt(labels, `pod-security.kubernetes.io/${mode}`)
  return typeof found?.value === 'string' ? { value: found.value, span: found.span } : null
}
