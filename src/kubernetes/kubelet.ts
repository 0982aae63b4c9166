import { liesIn, type ReleaseRange } from '../version.ts'
import type { Grant } from './grant.ts'
import { type HttpRequest, unknownPart } from './request-attributes.ts'

/** The verbs that methods stand for at a kubelet. Every other method, HEAD too, leaves the verb empty there. */
const verbs: Readonly<Record<string, string>> = {
  GET: 'get',
  POST: 'create',
  PUT: 'update',
  PATCH: 'patch',
  DELETE: 'delete',
}

/** A part of a kubelet's API, in the releases of Kubernetes for which `nodes/proxy` is not needed. */
interface Part extends ReleaseRange {
  readonly path: string
  readonly resource: string
}

/** The parts of a kubelet's API, by its own table; fine-grained authorization is on by default from Kubernetes 1.33. */
const parts: readonly Part[] = [
  { path: '/metrics', resource: 'nodes/metrics' },
  { path: '/stats', resource: 'nodes/stats' },
  { path: '/logs', resource: 'nodes/log' },
  { path: '/checkpoint', resource: 'nodes/checkpoint' },
  { path: '/statusz', resource: 'nodes/statusz', since: '1.33' },
  { path: '/flagz', resource: 'nodes/configz', since: '1.33' },
  { path: '/pods', resource: 'nodes/pods', since: '1.33' },
  { path: '/runningpods', resource: 'nodes/pods', since: '1.33' },
  { path: '/healthz', resource: 'nodes/healthz', since: '1.33' },
  { path: '/configz', resource: 'nodes/configz', since: '1.33' },
  { path: '/allocatedPods', resource: 'nodes/pods', since: '1.37' },
]

/** What a request to a kubelet may be about. */
export const kubeletResources: readonly string[] = [...new Set(parts.map(({ resource }) => resource)), 'nodes/proxy']

/** Paths that nothing but a kubelet serves. */
export const isKubeletPath = (path: string): boolean =>
  /^\/(metrics\/(cadvisor|probes|resource)|stats\/summary|runningpods)\/?$/.test(path)

/**
 * What the kubelet asks the API server for before it answers a request (SubjectAccessReview). An unknown path gives every part that
 * can be read.
 */
export function kubeletGrants(
  { path: asked, method }: Pick<HttpRequest, 'path' | 'method'>,
  kubernetes: string,
): readonly Grant[] {
  // A path that is not clean is answered with the clean one, which is asked for then.
  const path = `/${asked}`.replaceAll(/\/(\.?\/)+/g, '/')
  const grant = (resource: string): Grant => ({
    kind: 'resource',
    namespace: null,
    group: '',
    resource,
    name: null,
    verb: verbs[method] ?? '',
  })
  const [known = ''] = path.split(unknownPart)
  const served = parts.filter(part => liesIn(kubernetes, part))
  const hit = served.find(part => path === part.path || known.startsWith(`${part.path}/`))
  if (hit) return [grant(hit.resource)]
  if (!path.includes(unknownPart)) return [grant('nodes/proxy')]
  // What is there from a release on only is covered by `nodes/proxy`, but what that does not cover.
  const possible = served.filter(part => `${part.path}/`.startsWith(known) && !isCovered(part.path))
  return [...new Set(possible.map(({ resource }) => resource)), 'nodes/proxy'].map(grant)
}

/** Says whether a kubelet that refuses a part asks for `nodes/proxy` next. */
const isCovered = (path: string): boolean =>
  ['/pods', '/runningpods', '/healthz', '/configz', '/allocatedPods'].includes(path)
