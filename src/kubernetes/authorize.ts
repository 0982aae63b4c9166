import { anyOf, type Grant, urlCovers } from './grant.ts'
import type { PolicyRule, RbacObject, RoleRef, ScopedRule, Subject } from './rule.ts'

/** Who asks. */
export interface User {
  readonly name: string
  readonly groups: readonly string[]
}

/** What is asked of the API server: one verb on a resource or on a URL. */
export type Request = ResourceRequest | UrlRequest

/** One verb on a resource, or on one of its objects. */
export interface ResourceRequest {
  readonly kind: 'resource'
  readonly verb: string
  readonly group: string
  /** With its subresource: `pods/log`. */
  readonly resource: string
  /** Empty for all namespaces and for cluster-scoped resources. */
  readonly namespace: string
  /** Empty for a request that names no object. */
  readonly name: string
}

/** One verb on a path that is not a resource: `get /metrics`. */
export interface UrlRequest {
  readonly kind: 'url'
  readonly verb: string
  readonly url: string
}

/** The request that only a user with this grant or a wider one may make. */
export function requestFor(grant: Grant): Request {
  if (grant.kind === 'url') return grant
  return { ...grant, namespace: grant.namespace ?? '', name: grant.name ?? '' }
}

const accountPrefix = 'system:serviceaccount:'

/** A service account as the API server sees it after it has read the account's token. */
export function serviceAccount(namespace: string, name: string): User {
  return {
    name: `${accountPrefix}${namespace}:${name}`,
    groups: ['system:serviceaccounts', `system:serviceaccounts:${namespace}`, 'system:authenticated'],
  }
}

/** The user of a name, with the groups that authentication gives it. */
export function userNamed(name: string): User {
  const [namespace, account] = name.startsWith(accountPrefix) ? name.slice(accountPrefix.length).split(':') : []
  return namespace !== undefined && account !== undefined
    ? serviceAccount(namespace, account)
    : { name, groups: ['system:authenticated'] }
}

/** Says whether RBAC allows a request, as the RBAC authorizer of Kubernetes 1.34 does. */
export function authorize(objects: readonly RbacObject[], user: User, request: Request): boolean {
  const namespace = request.kind === 'url' ? '' : request.namespace
  return rulesFor(objects, user).some(
    scoped => (scoped.namespace === null || scoped.namespace === namespace) && ruleAllows(scoped.rule, request),
  )
}

/** A rule that a user has, with the role that holds it and the binding that gives it. */
export interface HeldRule extends ScopedRule {
  readonly role: RbacObject
  /** Position in the rules of the role. */
  readonly index: number
  readonly binding: RbacObject
}

/** Every rule that bindings give to a user. Those of a RoleBinding hold in its namespace, whatever it refers to. */
export function rulesFor(objects: readonly RbacObject[], user: User): readonly HeldRule[] {
  const roles = new Map(
    objects.map(each => {
      const namespace = each.kind === 'ClusterRole' ? '' : (each.metadata.namespace ?? '')
      return [roleKey(each.kind, namespace, each.metadata.name), each]
    }),
  )
  return objects.flatMap(binding => {
    if (binding.kind !== 'RoleBinding' && binding.kind !== 'ClusterRoleBinding') return []
    const namespace = binding.kind === 'RoleBinding' ? (binding.metadata.namespace ?? '') : null
    if (!(binding.subjects ?? []).some(subject => isUser(subject, user, namespace ?? ''))) return []
    const role = roles.get(referred(binding.roleRef, namespace ?? ''))
    if (role?.kind !== 'Role' && role?.kind !== 'ClusterRole') return []
    return (role.rules ?? []).map((rule, index) => ({ namespace, rule, role, index, binding }))
  })
}

const roleKey = (kind: string, namespace: string, name: string): string => `${kind}\0${namespace}\0${name}`

/** A Role is looked up in the binding's namespace, so that a ClusterRoleBinding finds none. */
function referred({ kind, name }: RoleRef, namespace: string): string {
  return roleKey(kind, kind === 'Role' ? namespace : '', name)
}

function isUser(subject: Subject, user: User, namespace: string): boolean {
  switch (subject.kind) {
    case 'User':
      return subject.name === user.name
    case 'Group':
      return user.groups.includes(subject.name)
    case 'ServiceAccount': {
      const home = subject.namespace || namespace
      return home !== '' && user.name === `${accountPrefix}${home}:${subject.name}`
    }
    default:
      return false
  }
}

/** The factors of a rule as sets: a rule may name thousands of objects. */
interface Factors {
  readonly verbs: ReadonlySet<string>
  readonly groups: ReadonlySet<string>
  readonly resources: ReadonlySet<string>
  readonly names: ReadonlySet<string>
  readonly urls: ReadonlySet<string>
  readonly stars: readonly string[]
}

const known = new WeakMap<PolicyRule, Factors>()

function factorsOf(rule: PolicyRule): Factors {
  let factors = known.get(rule)
  if (!factors) {
    const urls = rule.nonResourceURLs ?? []
    factors = {
      verbs: new Set(rule.verbs),
      groups: new Set(rule.apiGroups),
      resources: new Set(rule.resources),
      names: new Set(rule.resourceNames),
      urls: new Set(urls),
      stars: urls.filter(url => url.endsWith('*')),
    }
    known.set(rule, factors)
  }
  return factors
}

/** Says whether one rule, held where the request is made, allows it. */
export function ruleAllows(rule: PolicyRule, request: Request): boolean {
  const { verbs, groups, resources, names, urls, stars } = factorsOf(rule)
  if (!verbs.has('*') && !verbs.has(request.verb)) return false
  if (request.kind === 'url') return urls.has(request.url) || stars.some(star => urlCovers(star, request.url))
  const any = anyOf(request.resource)
  return (
    (groups.has('*') || groups.has(request.group)) &&
    (resources.has('*') || resources.has(request.resource) || (any !== null && resources.has(any))) &&
    (names.size === 0 || names.has(request.name))
  )
}
