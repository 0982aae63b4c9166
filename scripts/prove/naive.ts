import type { Request, User } from '../../src/kubernetes/authorize.ts'
import type { Grant } from '../../src/kubernetes/grant.ts'
import type { PolicyRule, RbacObject } from '../../src/kubernetes/rule.ts'

// Kubernetes' RBAC once more, written from its documentation and without a line of src/: slow, plain, and wrong in other places.

/** Says whether RBAC allows a request: some binding of the user leads to a role one of whose rules matches. */
export function allows(objects: readonly RbacObject[], user: User, request: Request): boolean {
  for (const binding of objects) {
    if (binding.kind === 'ClusterRoleBinding' || binding.kind === 'RoleBinding') {
      const here = binding.kind === 'RoleBinding' ? (binding.metadata.namespace ?? '') : ''
      if (binding.kind === 'RoleBinding' && (request.kind === 'url' || request.namespace !== here)) continue
      const bound = (binding.subjects ?? []).filter(subject => isUser(subject, user, here))
      if (bound.length === 0) continue
      if (rulesBehind(binding, objects, here).some(rule => matches(rule, request))) return true
    }
  }
  return false
}

type Binding = Extract<RbacObject, { readonly kind: 'RoleBinding' | 'ClusterRoleBinding' }>

function isUser({ kind, name, namespace }: NonNullable<Binding['subjects']>[number], user: User, here: string) {
  if (kind === 'User') return name === user.name
  if (kind === 'Group') return user.groups.indexOf(name) >= 0
  if (kind !== 'ServiceAccount') return false
  const home = namespace ? namespace : here
  return home !== '' && `system:serviceaccount:${home}:${name}` === user.name
}

/** The rules of the first object that a binding names as its role. */
function rulesBehind(binding: Binding, objects: readonly RbacObject[], here: string): readonly PolicyRule[] {
  for (const role of objects) {
    if (role.kind !== binding.roleRef.kind || role.metadata.name !== binding.roleRef.name) continue
    if (role.kind === 'Role' && (binding.kind !== 'RoleBinding' || (role.metadata.namespace ?? '') !== here)) continue
    if (role.kind === 'Role' || role.kind === 'ClusterRole') return role.rules ?? []
  }
  return []
}

/** Says whether a rule matches a request, one factor after the other. */
export function matches(rule: PolicyRule, request: Request): boolean {
  const one = (list: readonly string[] | undefined, test: (value: string) => boolean) =>
    (list ?? []).filter(test).length > 0
  if (!one(rule.verbs, verb => verb === '*' || verb === request.verb)) return false
  if (request.kind === 'url') return one(rule.nonResourceURLs, url => matchesUrl(url, request.url))
  if (!one(rule.apiGroups, group => group === '*' || group === request.group)) return false
  const [, subresource] = /^[^/]*\/(.*)$/s.exec(request.resource) ?? []
  const named = (resource: string): boolean =>
    resource === '*' || resource === request.resource || (subresource !== undefined && resource === `*/${subresource}`)
  if (!one(rule.resources, named)) return false
  return (rule.resourceNames ?? []).length === 0 || one(rule.resourceNames, name => name === request.name)
}

function matchesUrl(pattern: string, url: string): boolean {
  if (pattern === url) return true
  if (pattern.charAt(pattern.length - 1) !== '*') return false
  let stem = pattern
  while (stem.endsWith('*')) stem = stem.slice(0, -1)
  return url.indexOf(stem) === 0
}

/** Says whether a set of grants allows a request, each a rule of one. */
export function grantsAllow(grants: readonly Grant[], request: Request): boolean {
  return grants.some(grant => {
    if (grant.kind === 'url')
      return request.kind === 'url' && matches({ nonResourceURLs: [grant.url], verbs: [grant.verb] }, request)
    if (request.kind === 'url' || (grant.namespace !== null && grant.namespace !== request.namespace)) return false
    const { group, resource, name, verb } = grant
    const rule = {
      apiGroups: [group],
      resources: [resource],
      resourceNames: name === null ? [] : [name],
      verbs: [verb],
    }
    return matches(rule, request)
  })
}
