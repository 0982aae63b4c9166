import type { Grant, ResourceGrant } from './grant.ts'
import { type HttpRequest, type ResourceAttributes, requestAttributes, unknownPart } from './request-attributes.ts'
import { served } from './resources.ts'

/** What the Service of the API server is called in every cluster. */
export const apiServerHost = 'kubernetes.default.svc'

/** Kubernetes tells every container the address of the API server in this variable. */
export const isApiServerVariable = (name: string | null): boolean => name === 'KUBERNETES_SERVICE_HOST'

/** Says whether a host is the API server by the name of its Service. */
export const isApiServerHost = (host: string): boolean => /^kubernetes(\.default(\.svc(\..+)?)?)?$/.test(host)

/** Kinds of the core group that have a proxy at the API server. */
const proxied: readonly string[] = ['nodes', 'services', 'pods']

/** What a request to what is behind the API server may be about. */
export const proxyResources: readonly string[] = proxied.map(each => `${each}/proxy`)

/**
 * What the API server authorizes for a request. Where an unknown end leaves open what is asked, what comes after the known beginning;
 * where that tells nothing, `/metrics`.
 */
export function apiServerGrants(request: HttpRequest): readonly Grant[] {
  const rooted = { ...request, path: request.path.startsWith('/') ? request.path : `/${request.path}` }
  const attributes = requestAttributes(rooted)
  if (attributes.kind === 'resource' && attributes.resource !== null && attributes.group !== null)
    return resourceGrants(attributes, attributes.group, attributes.resource)
  const verb = request.method.toLowerCase()
  const [known = '', ...unknown] = rooted.path.split(unknownPart)
  if (unknown.length === 0) return [{ kind: 'url', url: rooted.path, verb }]
  const telling = known !== '/' && !/^\/apis?(\/|$)/.test(known)
  return [{ kind: 'url', url: telling ? `${known}*` : '/metrics', verb }]
}

function resourceGrants(attributes: ResourceAttributes, group: string, resource: string): readonly Grant[] {
  const { verb, subresource, namespace, name, isOpenEnded } = attributes
  const grant = (verb: string, below: string | null): ResourceGrant => ({
    kind: 'resource',
    namespace: namespace === '' ? null : namespace,
    group,
    resource: below ? `${resource}/${below}` : resource,
    name: name === '' ? null : name,
    verb,
  })
  return (verb === null ? ['list', 'watch'] : [verb]).flatMap(each => {
    const mayReachProxy = isOpenEnded && group === '' && proxied.includes(resource)
    return mayReachProxy ? [grant(each, subresource), grant(each, 'proxy')] : [grant(each, subresource)]
  })
}

/** Says whether an unknown part leaves open what the API server is asked. */
export function isOpenEnded(request: HttpRequest): boolean {
  const attributes = requestAttributes(request)
  if (attributes.kind === 'url' || attributes.resource === null || attributes.group === null)
    return request.path.includes(unknownPart)
  return attributes.isOpenEnded || attributes.verb === null
}

/** Says whether only an API server has a path: one below a group with a version, or the proxy of a node, service or pod. */
export function isApiServerPath(path: string): boolean {
  const attributes = requestAttributes({ method: 'GET', path, query: '' })
  if (attributes.kind === 'url' || attributes.resource === null || attributes.group === null) return false
  if (attributes.group !== '') return attributes.group.includes('.') && /^\/*apis\/[^/]+\/v\d/.test(path)
  return attributes.subresource === 'proxy' && proxied.includes(attributes.resource)
}

/** Says whether a path is that of a resource that Kubernetes is known to serve. Other servers may have one that reads alike. */
export function isResourcePath(path: string): boolean {
  const attributes = requestAttributes({ method: 'GET', path, query: '' })
  if (attributes.kind === 'url' || attributes.resource === null || attributes.group === null) return false
  return served(attributes.group, attributes.resource)
}

/** What is left of a path behind the proxy of a node; null for any other path. */
export function behindNodeProxy(path: string): string | null {
  return path.match(/^\/?api\/[^/]+\/nodes\/[^/]+\/proxy(\/.*)?$/)?.[1] ?? null
}
