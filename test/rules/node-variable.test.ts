import * as assert from 'uvu/assert'
import { command } from '../cli/io.ts'
import { describe } from '../harness.ts'

const detector = (block: string): string => `
      otelcol.processor.resourcedetection "r" {
        detectors = ["kubernetes_node"]
        kubernetes_node {
          auth_type = "serviceAccount"
          ${block}
        }
        output { traces = [otelcol.exporter.debug.d.input] }
      }
      otelcol.exporter.debug "d" { }`

const values = (more: string, block = ''): string => `alloy:
  ${more}
  configMap:
    content: |${detector(block)}
`

const manifests = (env: string, more = ''): string => `apiVersion: v1
kind: ConfigMap
metadata: {name: alloy, namespace: obs}
data:
  config.alloy: |${detector('').replaceAll('\n      ', '\n    ')}
---
apiVersion: apps/v1
kind: DaemonSet
metadata: {name: alloy, namespace: obs}
spec:
  template:
    spec:
      containers:
        - name: alloy
          image: grafana/alloy:v1.18.1
          args: [run, /etc/alloy/config.alloy]
          env: ${env}
          ${more}
          volumeMounts: [{name: config, mountPath: /etc/alloy}]
      volumes: [{name: config, configMap: {name: alloy}}]
`

const bare = `${detector('').replaceAll('\n      ', '\n')}\n`
const variable = '{name: K8S_NODE_NAME, valueFrom: {fieldRef: {fieldPath: spec.nodeName}}}'

const rows: readonly [title: string, files: Record<string, string>, options: readonly string[], isRead: boolean][] = [
  ['is read with a chart that sets the variable', { 'v.yaml': values('') }, ['--chart-version', '1.7.0'], true],
  ['is not with the chart before it', { 'v.yaml': values('') }, ['--chart-version', '1.6.2'], false],
  ['is where the values set it', { 'v.yaml': values(`extraEnv: [${variable}]`) }, ['--chart-version', '1.6.2'], true],
  [
    'is not where they set it to nothing',
    { 'v.yaml': values("extraEnv: [{name: K8S_NODE_NAME, value: ''}]") },
    [],
    false,
  ],
  [
    'is where it may come from elsewhere',
    { 'v.yaml': values('envFrom: [{configMapRef: {name: node}}]') },
    ['--chart-version', '1.6.2'],
    true,
  ],
  [
    'is where the user says so',
    { 'v.yaml': values('') },
    ['--chart-version', '1.6.2', '--env', 'K8S_NODE_NAME=one'],
    true,
  ],
  ['is not where the user denies it', { 'v.yaml': values('') }, ['--env', 'K8S_NODE_NAME='], false],
  [
    'is by another variable that the container has',
    { 'v.yaml': values('', 'node_from_env_var = "HOSTNAME"') },
    ['--chart-version', '1.6.2'],
    true,
  ],
  ['is not by another variable that no one sets', { 'v.yaml': values('', 'node_from_env_var = "MY_NODE"') }, [], false],
  [
    'is by a variable of an unknown name',
    { 'v.yaml': values('', 'node_from_env_var = sys.env("WHICH")') },
    ['--chart-version', '1.6.2'],
    true,
  ],
  [
    'is for an Alloy file alone, of which no container is known',
    { 'c.alloy': bare },
    ['--chart-version', '1.6.2'],
    true,
  ],
  ['is not by a rendered container without the variable', { 'm.yaml': manifests('[]') }, [], false],
  ['is by one with it', { 'm.yaml': manifests(`[${variable}]`) }, [], true],
  [
    'is by one that takes variables from elsewhere',
    { 'm.yaml': manifests('[]', 'envFrom: [{secretRef: {name: node}}]') },
    [],
    true,
  ],
]

describe('a node that a detector finds by the name in a variable', it => {
  for (const [title, files, options, isRead] of rows) {
    it(`${title}, and a warning says so where it is not`, async () => {
      const { code, stdout } = await command(['generate', ...Object.keys(files), '--format', 'json', ...options], files)
      assert.is(code, 0, stdout)
      const { grants, diagnostics } = JSON.parse(stdout)
      assert.equal(
        grants.map(({ resource, verb }: { resource: string; verb: string }) => `${resource} ${verb}`),
        isRead ? ['nodes get'] : [],
      )
      assert.is(/which the container does not set/.test(JSON.stringify(diagnostics)), !isRead)
    })
  }
})
