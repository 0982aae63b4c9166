import * as assert from 'uvu/assert'
import { apiServerGrants, isApiServerPath, isResourcePath } from '../../src/kubernetes/api-server.ts'
import type { Grant } from '../../src/kubernetes/grant.ts'
import { unknownPart } from '../../src/kubernetes/request-attributes.ts'
import { describe } from '../harness.ts'

const line = (grant: Grant): string =>
  grant.kind === 'url'
    ? `url ${grant.url} ${grant.verb}`
    : `${grant.namespace ?? 'cluster'} ${grant.resource}${grant.group ? `.${grant.group}` : ''}${grant.name ? `[${grant.name}]` : ''} ${grant.verb}`

const asked = (method: string, whole: string) => {
  const [path = '', query = ''] = whole.split('?')
  return { method, path, query }
}

describe('apiServerGrants', it => {
  const cases: readonly [string, string, string, readonly string[]][] = [
    ['metrics are a URL', '/metrics', 'GET', ['url /metrics get']],
    ['the node proxy, with its name', '/api/v1/nodes/a/proxy/metrics', 'GET', ['cluster nodes/proxy[a] get']],
    ['the node proxy of any node', `/api/v1/nodes/${unknownPart}/proxy/metrics`, 'GET', ['cluster nodes/proxy get']],
    [
      'a service proxy keeps its port',
      '/api/v1/namespaces/shop/services/web:http/proxy/x',
      'GET',
      ['shop services/proxy[web:http] get'],
    ],
    [
      'a pod proxy in any namespace',
      `/api/v1/namespaces/${unknownPart}/pods/a/proxy`,
      'GET',
      ['cluster pods/proxy[a] get'],
    ],
    ['a collection is listed', '/api/v1/pods', 'GET', ['cluster pods list']],
    ['a collection in a namespace', '/api/v1/namespaces/shop/secrets', 'GET', ['shop secrets list']],
    ['all namespaces', '/api/v1/namespaces', 'GET', ['cluster namespaces list']],
    ['one namespace is authorised inside of it', '/api/v1/namespaces/shop', 'GET', ['shop namespaces[shop] get']],
    ['the status of a namespace', '/api/v1/namespaces/shop/status', 'GET', ['shop namespaces/status[shop] get']],
    [
      'an object of a group',
      '/apis/apps/v1/namespaces/shop/deployments/web',
      'GET',
      ['shop deployments.apps[web] get'],
    ],
    [
      'an aggregated API is a resource',
      '/apis/metrics.eks.amazonaws.com/v1/ksh/container/metrics',
      'GET',
      ['cluster ksh/metrics.metrics.eks.amazonaws.com[container] get'],
    ],
    ['a deep URL that is like one', '/a/metrics.k8s.io/v1/pods', 'GET', ['url /a/metrics.k8s.io/v1/pods get']],
    ['a query is no part of the path', '/metrics?a=1', 'GET', ['url /metrics get']],
    ['POST to a collection creates', '/api/v1/namespaces/shop/pods', 'POST', ['shop pods create']],
    ['DELETE of a collection', '/api/v1/namespaces/shop/pods', 'DELETE', ['shop pods deletecollection']],
    ['an unknown rest of a URL is a wildcard', `/metrics/${unknownPart}`, 'GET', ['url /metrics/* get']],
    ['a URL of which nothing is known', unknownPart, 'GET', ['url /metrics get']],
    ['a resource of which nothing is known', `/api/v1/${unknownPart}`, 'GET', ['url /metrics get']],
    ['a group of which nothing is known', `/apis/${unknownPart}/v1/x`, 'GET', ['url /metrics get']],
    [
      'an unknown rest behind nodes may be a proxy',
      `/api/v1/nodes/${unknownPart}`,
      'GET',
      ['cluster nodes get', 'cluster nodes/proxy get'],
    ],
    [
      'an unknown subresource may be a proxy',
      `/api/v1/namespaces/shop/services/web/${unknownPart}/metrics`,
      'GET',
      ['shop services[web] get', 'shop services/proxy[web] get'],
    ],
    ['an unknown rest behind a proxy', `/api/v1/nodes/a/proxy/${unknownPart}`, 'GET', ['cluster nodes/proxy[a] get']],
    [
      'an unknown name of an object without a proxy',
      `/apis/apps/v1/namespaces/shop/deployments/${unknownPart}`,
      'GET',
      ['shop deployments.apps get'],
    ],
    [
      'an unknown rest behind the pods of another group, which have no proxy',
      `/apis/metrics.k8s.io/v1beta1/namespaces/shop/pods/${unknownPart}`,
      'GET',
      ['shop pods.metrics.k8s.io get'],
    ],
    [
      'an unknown rest behind a kind without a proxy',
      `/api/v1/namespaces/shop/configmaps/${unknownPart}`,
      'GET',
      ['shop configmaps get'],
    ],
    ['a slash at the end belongs to a URL', '/debug/pprof/', 'GET', ['url /debug/pprof/ get']],
    ['a watch by its query', '/api/v1/namespaces/shop/pods?watch=true', 'GET', ['shop pods watch']],
    ['a watch by an old path', '/api/v1/watch/namespaces/shop/pods', 'GET', ['shop pods watch']],
    [
      'a field selector names the object',
      '/api/v1/namespaces/shop/secrets?fieldSelector=metadata.name%3Dweb',
      'GET',
      ['shop secrets[web] list'],
    ],
    [
      'a field selector that is not known names none',
      `/api/v1/namespaces/shop/secrets?fieldSelector=metadata.name%3D${unknownPart}`,
      'GET',
      ['shop secrets list'],
    ],
    [
      'a query of which nothing is known may watch',
      `/api/v1/namespaces/shop/secrets?${unknownPart}`,
      'GET',
      ['shop secrets list', 'shop secrets watch'],
    ],
    [
      'a watch that is not known to be one',
      `/api/v1/nodes?watch=${unknownPart}`,
      'GET',
      ['cluster nodes list', 'cluster nodes watch'],
    ],
    [
      'a limit that is not known leaves the verb alone',
      `/api/v1/nodes?limit=${unknownPart}`,
      'GET',
      ['cluster nodes list'],
    ],
    ['a method that stands for no verb', '/api/v1/nodes', 'OPTIONS', ['cluster nodes ']],
    ['a path without its first slash', 'metrics', 'HEAD', ['url /metrics head']],
  ]
  for (const [title, path, method, expected] of cases) {
    it(title, () => assert.equal(apiServerGrants(asked(method, path)).map(line), expected))
  }
})

describe('isApiServerPath', it => {
  const table: readonly (readonly [path: string, expected: boolean])[] = [
    ['/apis/metrics.k8s.io/v1beta1/pods', true],
    ['/apis/metrics.k8s.io/latest/pods', false],
    ['/apis/metrics/v1/pods', false],
    ['/apis/metrics.k8s.io/v1', false],
    ['/other/metrics.k8s.io/v1/pods', false],
    ['/api/v1/nodes/n/proxy/metrics', true],
    ['/api/v1/namespaces/n/services/s/proxy/', true],
    ['/api/v1/nodes/n', false],
    ['/api/v1', false],
    ['/metrics', false],
  ]
  for (const [path, expected] of table) it(path, () => assert.is(isApiServerPath(path), expected))
})

describe('isResourcePath', it => {
  const table: readonly (readonly [path: string, expected: boolean])[] = [
    ['/api/v1/namespaces/shop/configmaps/cm', true],
    ['/api/v1/nodes', true],
    ['/apis/apps/v1/deployments', true],
    ['/api/v1/query', false],
    ['/api/v1/namespaces/shop/orders', false],
    ['/metrics', false],
  ]
  for (const [path, expected] of table) it(path, () => assert.is(isResourcePath(path), expected))
})
