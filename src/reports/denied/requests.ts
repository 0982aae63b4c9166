import type { Grant } from '../../kubernetes/grant.ts'

/** A refused request in a text without escapes, where it is told. */
export interface RefusedRequest {
  readonly grant: Grant
  /** Empty where none is named. */
  readonly user: string
  readonly lacking: string | null
  readonly byWarden: boolean
  readonly from: number
  readonly to: number
  /** Where the refusal begins, after what it is about. */
  readonly at: number
}

// pods is forbidden: User "system:serviceaccount:monitoring:alloy" cannot list resource "pods" in API group "" at the cluster scope
// Names have at most 253 characters; without that bound, long words would take time in the square of their length.
const resource =
  /(?:\w[\w.-]{0,252}(?: "(?<object>[^"]{0,253})")? is )?forbidden: User "(?<user>[^"]+)" cannot (?<verb>[\w:-]+) resource "(?<resource>[^"]+)" in API group "(?<group>[^"]*)"(?: in the namespace "(?<namespace>[^"]+)"| at the cluster scope)?(?:: RBAC: \[?(?<lacking>[\w.]+ "[^"]+") not found\]?)?(?<warden>:? GKE Warden authz(?: \[denied by [\w-]{1,100}\])?)?/g
const url =
  /forbidden: User "(?<user>[^"]+)" cannot (?<verb>\w+) path "(?<path>[^"?]+)"?(?<warden>: GKE Warden authz(?: \[denied by [\w-]{1,100}\])?)?/g
// A kubelet: Forbidden (user=system:serviceaccount:monitoring:alloy, verb=get, resource=nodes, subresource(s)=[metrics])
const kubelet =
  /Forbidden \(user=(?<user>[^,]{1,600}), verb=(?<verb>\w+), resource=(?<resource>nodes), subresource(?:\(s\))?=\[?(?<subresource>[\w-]+)[^)]{0,600}\)/g
// A server before the API server answers 403 without a status object; client-go then names the HTTP method, and what it was about:
// unknown (get services), unknown (get replicasets.apps web). k8s.io/apimachinery pkg/api/errors, NewGenericServerResponse.
const unnamed =
  /(?:failed to (?<action>list|watch) \*?[\w.]{1,253}: )?unknown \((?<method>get|post|put|patch|delete) (?<resource>[a-z]{1,63})(?:\.(?<group>[a-z0-9.-]{1,253}))?(?: (?<object>[\w.:-]{1,253}))?\)/gi

type Groups = Readonly<Record<string, string | undefined>>

/** The requests that a text tells were refused. Quotes in it are not escaped. */
export function refusedRequestsIn(text: string): readonly RefusedRequest[] {
  const matches = [resource, url, kubelet, unnamed].flatMap(pattern => [...text.matchAll(pattern)])
  return matches.map(({ 0: whole, index, groups = {} }) => ({
    grant: grantOf(groups),
    user: groups['user'] ?? '',
    lacking: groups['lacking'] ?? null,
    byWarden: groups['warden'] !== undefined,
    from: index,
    to: index + whole.length,
    at: index + Math.max(0, whole.search(/forbidden: User|Forbidden \(user|unknown \(/)),
  }))
}

function grantOf(groups: Groups): Grant {
  const verb = groups['verb'] ?? verbOf(groups)
  if (groups['path'] !== undefined) return { kind: 'url', url: groups['path'], verb }
  const [action = ''] = verb.split(':').slice(-1)
  // A named object is part of the refusal only where the verb is about one object.
  const named = !['list', 'watch', 'create'].includes(action) && groups['object']
  const below = groups['subresource'] === undefined ? '' : `/${groups['subresource']}`
  return {
    kind: 'resource',
    namespace: groups['namespace'] ?? null,
    group: groups['group'] ?? '',
    resource: `${groups['resource'] ?? ''}${below}`,
    name: named || null,
    verb,
  }
}

/** What a method is about: without a name, `get` is a list, or a watch where the client says so. */
function verbOf({ action, method = '', object }: Groups): string {
  if (action !== undefined) return action.toLowerCase()
  const verbs: Readonly<Record<string, string>> = { post: 'create', put: 'update', patch: 'patch', delete: 'delete' }
  return verbs[method.toLowerCase()] ?? (object === undefined ? 'list' : 'get')
}
