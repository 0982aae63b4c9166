import * as assert from 'uvu/assert'
import type { Unknown, Value } from '../../../src/evaluate/value/value.ts'
import { grantLines } from '../../../src/kubernetes/grant.ts'
import type { Arguments } from '../../../src/resolve/use.ts'
import { constant } from '../../../src/rules/map/lookup.ts'
import type { RequestRule } from '../../../src/rules/map/schema.ts'
import { answersOf } from '../../../src/rules/requests/request.ts'
import type { Span } from '../../../src/source.ts'
import { describe } from '../../harness.ts'

const span: Span = { source: { path: 'config.alloy', text: '' }, start: 0, end: 0 }
const unknownText: Unknown = { kind: 'unknown', because: 'environment', origin: span, name: 'X', type: 'string' }

/** A text in which `…` stands for what is not known. */
function text(shown: string): Value {
  const parts = shown.split(/(…)/).filter(part => part !== '')
  if (!parts.includes('…')) return constant(shown)
  return parts.length === 1
    ? unknownText
    : { kind: 'pattern', parts: parts.map(part => (part === '…' ? unknownText : part)) }
}

const body = (attributes: Readonly<Record<string, Value>>): Arguments => ({
  attributes: new Map(
    Object.entries(attributes).map(([name, value]) => [name, { name, value, span, valueSpan: span }]),
  ),
  blocks: [],
})

/** The lines of what requests need that carry the token; assumed ones are marked. */
function needs(rule: RequestRule, attributes: Readonly<Record<string, Value>>): readonly string[] {
  const facts = {
    body: body(attributes),
    defaults: {},
    target: { alloy: '1.18.1', kubernetes: '1.34', kernel: null },
    shared: {},
    environment: new Set<string>(),
  }
  return answersOf(rule, facts).flatMap(({ grants, certain }) => grantLines(grants, () => !certain))
}

describe('who answers a URL', it => {
  const rule: RequestRule = { token: ['bearer_token_file'], url: 'url', method: 'method', evidence: [] }
  const api = 'https://kubernetes.default.svc'
  const table: readonly (readonly [title: string, url: string, expected: readonly string[]])[] = [
    [
      'the API server by its address',
      'https://10.96.0.1/api/v1/namespaces/shop/configmaps/cm',
      ['shop configmaps[cm] get assumed'],
    ],
    ['another server by an address', 'https://10.96.0.1/query', ['url /query get assumed']],
    ['a path that every account may read', 'https://10.96.0.1/api/v1/query', []],
    ['the port of API servers', 'https://master:6443/api/v1/nodes', ['cluster nodes list assumed']],
    ['a Service that is not the API server', 'https://web.shop.svc/api/v1/events', []],
    [
      'a host that is not known, asked for a resource',
      'https://…/api/v1/namespaces/shop/configmaps/cm',
      ['shop configmaps[cm] get assumed'],
    ],
    ['a kubelet by what it alone serves', 'https://10.0.0.1:10251/metrics/cadvisor', ['cluster nodes/metrics get']],
    [
      'a host that is not known, asked for what kubelets alone serve',
      'https://…/metrics/cadvisor',
      ['cluster nodes/metrics get assumed', 'url /metrics/cadvisor get assumed'],
    ],
    ['a slash at the end', `${api}/debug/pprof/`, ['url /debug/pprof/ get']],
    ['a watch', `${api}/api/v1/namespaces/shop/pods?watch=true&timeoutSeconds=1`, ['shop pods watch']],
    [
      'a field selector',
      `${api}/api/v1/namespaces/shop/secrets?fieldSelector=metadata.name%3Dweb`,
      ['shop secrets[web] list'],
    ],
    [
      'an escape in the path',
      `${api}/api/v1/namespaces/shop/services/web%3Ahttp/proxy/`,
      ['shop services/proxy[web:http] get'],
    ],
    ['a fragment, which is not sent', `${api}/metrics#top`, ['url /metrics get']],
    ['what every account may do', `${api}/healthz`, []],
    [
      'a text behind the port is the beginning of the path',
      `${api}:443…services/web/proxy/`,
      ['url /metrics get assumed'],
    ],
    ['a text behind the name is the beginning of the path', `${api}…/metrics`, ['url /metrics get assumed']],
    ['a text behind the port of a kubelet', 'https://10.0.0.1:10250/metrics/…', ['cluster nodes/metrics get']],
    ['a port that is not known', `${api}:…/metrics`, ['url /metrics get']],
    ['plain HTTP', 'http://kubernetes.default.svc/metrics', []],
    ['a server outside of the cluster', 'https://api.example.com/api/v1/nodes', []],
  ]
  for (const [title, url, expected] of table) it(title, () => assert.equal(needs(rule, { url: text(url) }), expected))

  it('a review of oneself needs nothing', () => {
    const url = text(`${api}/apis/authorization.k8s.io/v1/selfsubjectaccessreviews`)
    assert.equal(needs(rule, { url, method: text('POST') }), [])
  })
})

describe('who answers a target', it => {
  const rule: RequestRule = {
    token: ['bearer_token_file'],
    targets: 'targets',
    path: 'path',
    params: 'params',
    evidence: [],
  }
  const scrape = (labels: Readonly<Record<string, string>>, more: Readonly<Record<string, Value>> = {}) => {
    const entries = new Map(
      Object.entries({ __scheme__: 'https', ...labels }).map(([key, value]) => [key, text(value)]),
    )
    return needs(rule, {
      targets: { kind: 'array', items: [{ kind: 'object', entries, open: true }], openElements: [] },
      ...more,
    })
  }
  const api = { __address__: 'kubernetes.default.svc:443' }
  const kubelets: readonly (readonly [title: string, labels: Readonly<Record<string, string>>])[] = [
    ['the port of kubelets', { __address__: '…:10250' }],
    ['a Service called kubelet', { __meta_kubernetes_service_name: 'kubelet' }],
    ['a Service with a release before it', { __meta_kubernetes_service_name: 'kube-prometheus-stack-kubelet' }],
    ['a Service of which only the end is known', { __meta_kubernetes_service_name: '…-kubelet' }],
    ['Endpoints', { __meta_kubernetes_endpoints_name: 'monitoring-kubelet' }],
    ['a slice', { __meta_kubernetes_endpointslice_name: 'monitoring-kubelet-x7k2p' }],
    ['a label of the Service', { __meta_kubernetes_service_label_k8s_app: 'kubelet' }],
    ['a label of the Endpoints', { __meta_kubernetes_endpoints_label_app_kubernetes_io_name: 'kubelet' }],
  ]
  for (const [title, labels] of kubelets)
    it(`is a kubelet by ${title}`, () =>
      assert.equal(scrape({ __address__: '…:…', ...labels }), ['cluster nodes/metrics get']))

  const others: readonly (readonly [title: string, labels: Readonly<Record<string, string>>])[] = [
    ['a Service whose name only holds the word', { __meta_kubernetes_service_name: 'kubelet-proxy' }],
    ['a slice of another Service', { __meta_kubernetes_endpointslice_name: 'web-x7k2p' }],
    ['another label', { __meta_kubernetes_service_label_k8s_app: 'web' }],
  ]
  for (const [title, labels] of others)
    it(`is not known by ${title}`, () =>
      assert.equal(scrape({ __address__: '…:…', ...labels }), ['url /metrics get assumed']))

  it('is asked with its params', () => {
    const params: Value = {
      kind: 'object',
      entries: new Map([['watch', { kind: 'array', items: [text('true')], openElements: [] }]]),
      open: false,
    }
    const labels = { ...api, __metrics_path__: '/api/v1/namespaces/shop/pods' }
    assert.equal(scrape(labels, { params }), ['shop pods watch'])
    assert.equal(scrape({ ...labels, __param_watch: 'false' }, { params }), ['shop pods list'])
    assert.equal(scrape({ ...labels, __param_fieldSelector: 'metadata.name=web' }), ['shop pods[web] list'])
    assert.equal(scrape(labels, { params: unknownText }), ['shop pods list,watch assumed'])
  })
  it('has a question mark in its path', () => {
    assert.equal(scrape({ ...api, __metrics_path__: '/metrics?format=text' }), ['url /metrics?format=text get'])
  })
  it('shows no secret behind it', () => {
    assert.equal(scrape({ ...api, __metrics_path__: '/metrics?token=abcdef' }), ['url /metrics?* get'])
  })
  it('is asked for its path as it is written', () => {
    assert.equal(scrape({ ...api, __metrics_path__: '/a%20b' }), ['url /a%20b get'])
  })
})
