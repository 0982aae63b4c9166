import * as assert from 'uvu/assert'
import { grantLine, grantLines } from '../../src/kubernetes/grant.ts'
import { describe, source } from '../harness.ts'
import { planned } from './cluster.ts'

/** What a plan contains, with objects that are all there is. */
function asked(config: string, objects: string): readonly string[] {
  const recorded = { id: 'asked', input: ['c.alloy'], files: { 'c.alloy': config }, requests: [] }
  const { plan } = planned(recorded, { objects: { 'o.yaml': objects }, objectsComplete: true })
  const assumed = new Set(
    plan.grants.flatMap(({ grant, certainty }) => (certainty === 'assumed' ? [grantLine(grant)] : [])),
  )
  return grantLines(
    plan.grants.map(({ grant }) => grant),
    grant => assumed.has(grantLine(grant)),
  )
}

const podLogs = (selector: string): string => source`
  apiVersion: monitoring.grafana.com/v1alpha2
  kind: PodLogs
  metadata: { name: logs, namespace: shop }
  spec: { selector: {}, namespaceSelector: ${selector} }
`

describe('the logs that PodLogs ask for', it => {
  const config = 'loki.source.podlogs "p" {\n  forward_to = []\n}\n'
  const table: readonly (readonly [title: string, selector: string, logs: readonly string[]])[] = [
    ['are those of all namespaces where they select all of them', '{}', ['cluster pods/log get']],
    [
      'are those of any namespace where their labels are not known',
      '{ matchLabels: { team: web } }',
      ['cluster pods/log get assumed'],
    ],
    [
      'are those of a namespace that they name',
      '{ matchLabels: { kubernetes.io/metadata.name: web } }',
      ['web pods/log get'],
    ],
    [
      'may be those of a namespace whose other labels are not known',
      '{ matchLabels: { kubernetes.io/metadata.name: web, team: web } }',
      ['web pods/log get assumed'],
    ],
  ]
  for (const [title, selector, logs] of table)
    it(title, () =>
      assert.equal(
        asked(config, podLogs(selector)).filter(line => line.includes('pods/log')),
        logs,
      ),
    )
})

const monitor = (endpoint: string): string => source`
  apiVersion: monitoring.coreos.com/v1
  kind: ServiceMonitor
  metadata: { name: web, namespace: shop }
  spec:
    selector: {}
    endpoints: [{ port: https, scheme: https, bearerTokenFile: /var/run/secrets/kubernetes.io/serviceaccount/token, ${endpoint} }]
`

describe('the paths that ServiceMonitors ask with the token', it => {
  const config = 'prometheus.operator.servicemonitors "s" {\n  forward_to = []\n}\n'
  const table: readonly (readonly [title: string, endpoint: string, urls: readonly string[]])[] = [
    [
      'are /metrics where they name none',
      'interval: 1m',
      ['cluster nodes/metrics get assumed', 'url /metrics get assumed'],
    ],
    [
      'are /metrics where the one they name is empty',
      'path: ""',
      ['cluster nodes/metrics get assumed', 'url /metrics get assumed'],
    ],
    ['are those they name', 'path: /metrics/cadvisor', ['cluster nodes/metrics get assumed']],
    [
      'are any where a variable stands in them',
      'path: "/${P}"',
      ['cluster nodes/metrics get assumed', 'url /metrics get assumed'],
    ],
  ]
  for (const [title, endpoint, urls] of table)
    it(title, () =>
      assert.equal(
        asked(config, monitor(endpoint)).filter(line => /^url|nodes/.test(line)),
        urls,
      ),
    )
})
