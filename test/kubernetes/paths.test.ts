import * as assert from 'uvu/assert'
import type { Grant } from '../../src/kubernetes/grant.ts'
import { apiServerGrants, isApiServerPath, kubeletGrants, unknownPart, verbOf } from '../../src/kubernetes/paths.ts'
import { isInTokenFolder, isTokenFile } from '../../src/kubernetes/token.ts'
import { describe } from '../harness.ts'

const line = (grant: Grant): string =>
  grant.kind === 'url'
    ? `url ${grant.url} ${grant.verb}`
    : `${grant.namespace ?? 'cluster'} ${grant.resource}${grant.group ? `.${grant.group}` : ''}${grant.name ? `[${grant.name}]` : ''} ${grant.verb}`

describe('apiServerGrants', it => {
  const cases: readonly [string, string, string, readonly string[]][] = [
    ['metrics are a URL', '/metrics', 'GET', ['url /metrics get']],
    ['what is public needs nothing', '/healthz', 'GET', []],
    ['a check below a public path is not public', '/livez/etcd', 'GET', ['url /livez/etcd get']],
    ['documents below /openapi are public', '/openapi/v2', 'GET', []],
    ['discovery of an API group needs nothing', '/apis/apps/v1', 'GET', []],
    ['a public path is not public for writing', '/healthz', 'POST', ['url /healthz post']],
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
    ['a path without its first slash', 'metrics', 'HEAD', ['url /metrics head']],
  ]
  for (const [title, path, method, expected] of cases) {
    it(title, () => assert.equal(apiServerGrants(path, method).map(line), expected))
  }
})

describe('kubeletGrants', it => {
  const cases: readonly [string, string, string, readonly string[]][] = [
    ['/metrics', '/metrics', '1.34', ['nodes/metrics']],
    ['below /metrics', '/metrics/cadvisor', '1.34', ['nodes/metrics']],
    ['a longer first segment is another path', '/metricsx', '1.34', ['nodes/proxy']],
    ['the beginning of a path is another path', '/met', '1.34', ['nodes/proxy']],
    ['/stats/summary', '/stats/summary', '1.34', ['nodes/stats']],
    ['/logs', '/logs/x', '1.34', ['nodes/log']],
    ['/checkpoint', '/checkpoint/a/b/c', '1.34', ['nodes/checkpoint']],
    ['/statusz', '/statusz', '1.34', ['nodes/statusz']],
    ['/flagz', '/flagz', '1.34', ['nodes/configz']],
    ['/pods with fine-grained authorisation', '/pods', '1.33', ['nodes/pods']],
    ['/pods before it', '/pods', '1.32', ['nodes/proxy']],
    ['/runningpods', '/runningpods/', '1.34', ['nodes/pods']],
    ['/healthz', '/healthz/ping', '1.34', ['nodes/healthz']],
    ['/configz', '/configz', '1.34', ['nodes/configz']],
    ['/configz before 1.33', '/configz', '1.9', ['nodes/proxy']],
    ['profiles', '/debug/pprof/heap', '1.34', ['nodes/proxy']],
    ['an unknown part below /metrics', `/metrics/${unknownPart}`, '1.34', ['nodes/metrics']],
    [
      'nothing known of the path',
      unknownPart,
      '1.34',
      [
        'nodes/metrics',
        'nodes/stats',
        'nodes/log',
        'nodes/checkpoint',
        'nodes/statusz',
        'nodes/configz',
        'nodes/proxy',
      ],
    ],
  ]
  for (const [title, path, kubernetes, expected] of cases) {
    it(title, () =>
      assert.equal(
        kubeletGrants(path, 'GET', kubernetes).map(each => (each.kind === 'resource' ? each.resource : '')),
        expected,
      ),
    )
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

describe('verbOf', it => {
  const verbs = {
    GET: 'get',
    head: 'get',
    POST: 'create',
    PUT: 'update',
    PATCH: 'patch',
    DELETE: 'delete',
    OPTIONS: 'options',
  }
  for (const [method, verb] of Object.entries(verbs)) it(`${method} is ${verb}`, () => assert.is(verbOf(method), verb))
})

describe('isTokenFile', it => {
  const cases: readonly [string, boolean][] = [
    ['/var/run/secrets/kubernetes.io/serviceaccount/token', true],
    ['/run/secrets/kubernetes.io/serviceaccount/token', true],
    ['/var/run/secrets/kubernetes.io/serviceaccount/..data/token', true],
    ['/var/run/secrets/kubernetes.io/serviceaccount/ca.crt', false],
    ['/etc/token', false],
  ]
  for (const [path, expected] of cases) it(path, () => assert.is(isTokenFile(path), expected))
  it('the certificate lies in the folder', () =>
    assert.ok(isInTokenFolder('/run/secrets/kubernetes.io/serviceaccount/ca.crt')))
})
