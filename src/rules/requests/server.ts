import {
  apiServerGrants,
  isApiServerHost,
  isApiServerPath,
  isOpenEnded,
  isResourcePath,
} from '../../kubernetes/api-server.ts'
import { isEveryones } from '../../kubernetes/everyone.ts'
import type { Grant } from '../../kubernetes/grant.ts'
import { isKubeletPath, kubeletGrants } from '../../kubernetes/kubelet.ts'
import { type HttpRequest, unknownPart } from '../../kubernetes/request-attributes.ts'
import { withoutCredentials } from '../../text/credentials.ts'
import type { Endpoint } from './endpoint.ts'

/** Who answers: each decides differently what a token must be allowed. */
export type Server = 'kubelet' | 'api server' | 'other' | 'outside' | 'plain http'

/** What a request is, for readers. `unknown`: who answers, or what is asked, is known only at run time. */
export type RequestClass =
  | 'kubelet'
  | 'node proxy'
  | 'service proxy'
  | 'pod proxy'
  | 'aggregated API'
  | 'API object'
  | 'API server URL'
  | 'other server'
  | 'outside the cluster'
  | 'plain HTTP'
  | 'unknown'

/** What a request needs that carries the service account's token. */
export interface Answer {
  readonly endpoint: Endpoint
  readonly server: Server
  readonly class: RequestClass
  readonly grants: readonly Grant[]
  /** False where who answers, or what it asks for, depends on what is known only at run time. */
  readonly certain: boolean
}

/** Tells who answers at an endpoint and what that needs, with any of the methods that a request may have. */
export function answerAt(endpoint: Endpoint, methods: readonly [string, ...string[]], kubernetes: string): Answer {
  const server = serverOf(endpoint)
  const [first, ...others] = methods
  const asked = (method: string) => grantsOf(server, endpoint, method, kubernetes)
  const { grants, certain } = asked(first)
  const all = new Map(
    [grants, ...others.map(each => asked(each).grants)].flat().map(grant => [JSON.stringify(grant), grant]),
  )
  return {
    endpoint,
    server,
    class: classOf(server, endpoint, grants),
    grants: [...all.values()].filter(grant => !isEveryones(grant, kubernetes)).map(withoutSecret),
    certain: certain && all.size === grants.length,
  }
}

/** A question mark that belongs to the path may have a secret behind it, which a role must not tell: a star stands for it. */
function withoutSecret(grant: Grant): Grant {
  if (grant.kind === 'url') {
    const isTold = withoutCredentials(grant.url) !== grant.url
    return isTold ? { ...grant, url: `${grant.url.slice(0, grant.url.indexOf('?') + 1)}*` } : grant
  }
  return grant.name !== null && withoutCredentials(grant.name) !== grant.name ? { ...grant, name: null } : grant
}

function serverOf({ scheme, host, path, wellKnownServer }: Endpoint): Server {
  const name = nameOf(host)
  if (scheme === 'http') return 'plain http'
  if (isApiServerHost(name) || wellKnownServer === 'api server') return 'api server'
  if (/:10250$/.test(host) || wellKnownServer === 'kubelet') return 'kubelet'
  if (isOutside(name)) return 'outside'
  if (isApiServerPath(path)) return 'api server'
  // By an address either may be asked: what is asked for tells which.
  if (isAddress(name) && isKubeletPath(path)) return 'kubelet'
  return (isAddress(name) || /:6443$/.test(host)) && isResourcePath(path) ? 'api server' : 'other'
}

const isAddress = (name: string): boolean =>
  !name.includes(unknownPart) && (/^[\d.]+$/.test(name) || name.includes('['))

/** A host without its port, which may be unknown. */
const nameOf = (host: string): string => host.replace(new RegExp(`:[\\d${unknownPart}]*$`), '')

const publicDomain = /\.(com|net|org|io|dev|app|cloud|info|biz|edu|gov|mil|int|co|ai|tech|systems|online|site|xyz)$/

/**
 * A known name with a public domain. Names of the cluster have one label, or two, a service's and its namespace's, or end in `.svc`
 * and its domain; addresses may be anyone's.
 */
function isOutside(host: string): boolean {
  if (host.includes(unknownPart) || !host.includes('.') || /^[\d.]+$/.test(host) || host.includes('[')) return false
  if (host.split('.').length === 2) return publicDomain.test(host)
  return !/\.svc(\.|$)|\.(local|internal|cluster)$|\.pod(\.|$)/.test(host)
}

function grantsOf(
  server: Server,
  endpoint: Endpoint,
  method: string,
  kubernetes: string,
): Pick<Answer, 'grants' | 'certain'> {
  const { scheme, host, wellKnownServer } = endpoint
  const request = { ...endpoint, method }
  switch (server) {
    case 'kubelet': {
      const grants = kubeletGrants(request, kubernetes)
      return { grants, certain: grants.length === 1 && scheme === 'https' }
    }
    case 'api server': {
      const named = isApiServerHost(nameOf(host)) || wellKnownServer === 'api server'
      return { grants: apiServerGrants(request), certain: named && scheme === 'https' && !isOpenEnded(request) }
    }
    case 'other':
      return { grants: grantsOfUnknown(endpoint, method, kubernetes), certain: false }
    case 'outside':
    case 'plain http':
      return { grants: [], certain: true }
    default:
      return server satisfies never
  }
}

/** What a server may ask for that is neither known to be of Kubernetes nor known not to be. */
function grantsOfUnknown(
  { path, host, query, isUnconstrained }: Endpoint,
  method: string,
  kubernetes: string,
): readonly Grant[] {
  const known = path.includes(unknownPart) ? '/metrics' : path
  const url: Grant = { kind: 'url', url: known.startsWith('/') ? known : `/${known}`, verb: method.toLowerCase() }
  const isOpen = host.includes(unknownPart)
  const kubelets =
    isUnconstrained || (isOpen && isKubeletPath(known)) ? kubeletGrants({ path: known, method }, kubernetes) : []
  const resources = isOpen && isResourcePath(path) ? apiServerGrants({ path, query, method }) : []
  return [url, ...kubelets, ...resources]
}

function classOf(server: Server, endpoint: Endpoint, grants: readonly Grant[]): RequestClass {
  switch (server) {
    case 'kubelet':
      return grants.length > 1 ? 'unknown' : 'kubelet'
    case 'api server':
      return apiServerClass({ ...endpoint, method: 'GET' }, grants[0])
    case 'other':
      return endpoint.isUnconstrained ? 'unknown' : 'other server'
    case 'outside':
      return 'outside the cluster'
    case 'plain http':
      return 'plain HTTP'
    default:
      return server satisfies never
  }
}

function apiServerClass(request: HttpRequest, grant: Grant | undefined): RequestClass {
  if (isOpenEnded(request)) return 'unknown'
  if (grant?.kind !== 'resource') return 'API server URL'
  const [, proxied] = grant.group === '' ? (grant.resource.match(/^(node|service|pod)s\/proxy$/) ?? []) : []
  if (proxied !== undefined) return `${proxied as 'node' | 'service' | 'pod'} proxy`
  return grant.group.includes('.') && !grant.group.endsWith('.k8s.io') ? 'aggregated API' : 'API object'
}
