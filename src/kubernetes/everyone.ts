import { compareMinors } from '../version.ts'
import { type Grant, implies } from './grant.ts'

const url = (path: string): Grant => ({ kind: 'url', url: path, verb: 'get' })

const resource = (group: string, name: string, verb: string): Grant => ({
  kind: 'resource',
  namespace: null,
  group,
  resource: name,
  name: null,
  verb,
})

/** What Kubernetes' own bindings give every service account: to `system:authenticated` and `system:serviceaccounts`. */
const everyones: readonly Grant[] = [
  ...['/api', '/api/*', '/apis', '/apis/*', '/openapi', '/openapi/*'].map(url),
  ...['/healthz', '/livez', '/readyz', '/version', '/version/'].map(url),
  ...['/.well-known/openid-configuration', '/openid/v1/jwks'].flatMap(path => [url(path), url(`${path}/`)]),
  ...['selfsubjectaccessreviews', 'selfsubjectrulesreviews'].map(name =>
    resource('authorization.k8s.io', name, 'create'),
  ),
  resource('authentication.k8s.io', 'selfsubjectreviews', 'create'),
]

/** From Kubernetes 1.37 on every service account reads these as well, by `system:cluster-trust-bundle-discovery`. */
const trustBundles: readonly Grant[] = ['get', 'list', 'watch'].map(verb =>
  resource('certificates.k8s.io', 'clustertrustbundles', verb),
)

/** Says whether every service account may do something by Kubernetes' own bindings, so that it is not granted again. */
export function isEveryones(grant: Grant, kubernetes: string): boolean {
  const all = compareMinors(kubernetes, '1.37') >= 0 ? [...everyones, ...trustBundles] : everyones
  return all.some(each => implies(each, grant))
}
