import { compareMinors } from '../version.ts'
import type { Grant, ResourceGrant } from './grant.ts'

/** Stands for an unknown part in the texts of this file; no path holds it. */
export const unknownPart = '\u0000'

/** What the Service of the API server is called in every cluster. */
export const apiServerHost = 'kubernetes.default.svc'

/** Kubernetes tells every container the address of the API server in this variable. */
export const isApiServerVariable = (name: string | null): boolean => name === 'KUBERNETES_SERVICE_HOST'

/** Says whether a host is the API server by the name of its Service. */
export const isApiServerHost = (host: string): boolean => /^kubernetes(\.default(\.svc(\..+)?)?)?$/.test(host)

const verbs: Readonly<Record<string, string>> = {
  GET: 'get',
  HEAD: 'get',
  POST: 'create',
  PUT: 'update',
  PATCH: 'patch',
  DELETE: 'delete',
}

/** The methods that a resource is asked with. */
export const methods: readonly string[] = Object.keys(verbs)

/** The resource verb that a method stands for, as the API server and the kubelet map it. */
export const verbOf = (method: string): string => verbs[method.toUpperCase()] ?? method.toLowerCase()

/** Paths that every authenticated user may read: bound by default to `system:discovery` and `system:public-info-viewer`. */
const open =
  /^\/((api|apis|openapi)(\/.*)?|healthz|livez|readyz|version\/?|\.well-known\/openid-configuration\/?|openid\/v1\/jwks\/?)$/

const cluster = (group: string, resource: string, name: string | null, verb: string): Grant => ({
  kind: 'resource',
  namespace: null,
  group,
  resource,
  name,
  verb,
})

/** The part of a kubelet's API that a path belongs to, by the kubelet's own table; `fine` with fine-grained authorisation. */
const kubeletParts: readonly { path: string; resource: string; fine?: boolean }[] = [
  { path: '/metrics', resource: 'nodes/metrics' },
  { path: '/stats', resource: 'nodes/stats' },
  { path: '/logs', resource: 'nodes/log' },
  { path: '/checkpoint', resource: 'nodes/checkpoint' },
  { path: '/statusz', resource: 'nodes/statusz' },
  { path: '/flagz', resource: 'nodes/configz' },
  { path: '/pods', resource: 'nodes/pods', fine: true },
  { path: '/runningpods', resource: 'nodes/pods', fine: true },
  { path: '/healthz', resource: 'nodes/healthz', fine: true },
  { path: '/configz', resource: 'nodes/configz', fine: true },
]

/** What a request to a kubelet, or to what stands behind the API server, may be about. */
export const requestedResources: ReadonlySet<string> = new Set([
  ...kubeletParts.map(({ resource }) => resource),
  ...['nodes', 'pods', 'services'].map(each => `${each}/proxy`),
])

/**
 * What the kubelet asks the API server for before it answers a request (SubjectAccessReview). Fine-grained authorisation is on by
 * default from Kubernetes 1.33. An unknown path gives every part that can be read.
 */
export function kubeletGrants(path: string, method: string, kubernetes: string): readonly Grant[] {
  const verb = verbOf(method)
  const fine = compareMinors(kubernetes, '1.33') >= 0
  const known = path.split(unknownPart)[0]!
  const parts = kubeletParts.filter(part => !part.fine || fine)
  const hit = parts.find(part => path === part.path || known.startsWith(`${part.path}/`))
  if (hit) return [cluster('', hit.resource, null, verb)]
  if (!path.includes(unknownPart)) return [cluster('', 'nodes/proxy', null, verb)]
  const possible = parts.filter(part => `${part.path}/`.startsWith(known) && !part.fine)
  return [...possible.map(({ resource }) => cluster('', resource, null, verb)), cluster('', 'nodes/proxy', null, verb)]
}

/**
 * What the API server authorises for a request to one of its paths, as its own request parser reads it: paths below `/api/v1` and
 * `/apis/GROUP/VERSION` are resources, all others URLs. Empty for what every authenticated user may read. Where an unknown end leaves
 * open what is asked, what comes after the known beginning; where that tells nothing, `/metrics`.
 */
export function apiServerGrants(path: string, method: string): readonly Grant[] {
  const [bare = '/'] = path.split('?')
  const segments = bare.split('/').filter(segment => segment !== '')
  const asked = resourceRequest(segments, method)
  if (asked) return asked.isOpenEnded ? [asked.grant, ...proxiesOf(asked.grant)] : [asked.grant]
  const url = bare.startsWith('/') ? bare : `/${bare}`
  const verb = method.toLowerCase()
  const [known = '', ...unknown] = url.split(unknownPart)
  if (unknown.length === 0) {
    return open.test(url) && method.toUpperCase() === 'GET' ? [] : [{ kind: 'url', url, verb }]
  }
  const telling = known !== '/' && !/^\/apis?(\/|$)/.test(known)
  return [{ kind: 'url', url: telling ? `${known}*` : '/metrics', verb }]
}

/** Says whether an unknown part leaves open what the API server is asked: a name that may have more behind it, a subresource, a URL. */
export function isOpenEnded(path: string): boolean {
  const segments = path.split('/').filter(segment => segment !== '')
  return resourceRequest(segments, 'GET')?.isOpenEnded ?? path.includes(unknownPart)
}

/** What an unknown rest of a path behind the name of an object may reach. */
function proxiesOf({ group, resource, ...rest }: ResourceGrant): readonly ResourceGrant[] {
  const proxied = group === '' && ['nodes', 'services', 'pods'].includes(resource)
  return proxied ? [{ ...rest, group, resource: `${resource}/proxy` }] : []
}

/** Says whether only an API server has a path: one below a group with a version, or the proxy of a node, service or pod. */
export function isApiServerPath(path: string): boolean {
  const segments = path.split('/').filter(segment => segment !== '')
  const grant = resourceRequest(segments, 'GET')?.grant
  if (grant === undefined) return false
  if (segments[0] === 'apis') return segments[1]!.includes('.') && /^v\d/.test(segments[2]!)
  return grant.resource.endsWith('/proxy') && grant.group === ''
}

/** What is left of a path behind the proxy of a node; null for any other path. */
export function behindNodeProxy(path: string): string | null {
  return path.match(/^\/?api\/[^/]+\/nodes\/[^/]+\/proxy(\/.*)?$/)?.[1] ?? null
}

/** A request for a resource: the grant of what is known of it, and whether an unknown end may ask for more. */
interface ResourceRequest {
  readonly grant: ResourceGrant
  readonly isOpenEnded: boolean
}

function resourceRequest(segments: readonly string[], method: string): ResourceRequest | null {
  const core = segments[0] === 'api' && segments.length > 2
  const grouped = segments[0] === 'apis' && segments.length > 3
  if (!core && !grouped) return null
  const group = core ? '' : text(segments[1]!)
  if (group === null) return null
  let rest = segments.slice(core ? 2 : 3)
  let namespace: string | null = null
  if (rest[0] === 'namespaces' && rest.length > 1) {
    namespace = text(rest[1]!)
    // `namespaces/NAME` and its own subresources are about the namespace; longer paths are about something in it.
    if (rest.length > 2 && !(rest.length === 3 && ['status', 'finalize'].includes(rest[2]!))) rest = rest.slice(2)
  }
  const [kind, name, ...sub] = rest
  if (kind === undefined || text(kind) === null) return null
  const known = sub[0] === undefined ? null : text(sub[0])
  const grant: ResourceGrant = {
    kind: 'resource',
    namespace,
    group,
    resource: known === null ? kind : `${kind}/${known}`,
    name: name === undefined ? null : text(name),
    verb: name === undefined ? collectionVerb(method) : verbOf(method),
  }
  return { grant, isOpenEnded: known === null && (sub[0] !== undefined || name?.endsWith(unknownPart) === true) }
}

const text = (segment: string): string | null => (segment.includes(unknownPart) ? null : segment)

function collectionVerb(method: string): string {
  const verb = verbOf(method)
  return verb === 'get' ? 'list' : verb === 'delete' ? 'deletecollection' : verb
}
