import * as assert from 'uvu/assert'
import { describe } from '../harness.ts'
import { given, listed } from './given.ts'

const extension = (config: string, used = 'alloyengine'): string => `extensions:
  alloyengine:
    config: ${config}
    flags: {stability.level: experimental}
receivers: {otlp: {protocols: {grpc: {}}}}
exporters: {debug: {}}
service:
  extensions: [${used}]
  pipelines: {traces: {receivers: [otlp], exporters: [debug]}}
`

const workload = (container: string, keys: Readonly<Record<string, string>>): string => `apiVersion: v1
kind: ConfigMap
metadata: {name: alloy, namespace: obs}
data: ${JSON.stringify(keys)}
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
          ${container}
          volumeMounts: [{name: config, mountPath: /etc/alloy}]
      volumes: [{name: config, configMap: {name: alloy}}]
`

const inline = '{inline: {content: "logging { }"}}'
const path = '{path: /etc/alloy/config.alloy}'
const args = 'args: [otel, --config=/etc/alloy/config.yaml]'

/** What is run of Alloy, and how what is not covered is said. */
const cases: readonly (readonly [title: string, text: string, run: number, severity: 'error' | 'warning'])[] = [
  ['a workload without the extension', workload(args, { 'config.yaml': extension(inline, '') }), 0, 'error'],
  ['a workload with an inline configuration', workload(args, { 'config.yaml': extension(inline) }), 1, 'warning'],
  [
    'a workload with a mounted path',
    workload(args, { 'config.yaml': extension(path), 'config.alloy': 'logging { }' }),
    1,
    'warning',
  ],
  [
    'a path by its former name',
    workload(args, { 'config.yaml': extension('{file: /etc/alloy/config.alloy}'), 'config.alloy': 'logging { }' }),
    1,
    'warning',
  ],
  [
    'a path that is not mounted',
    workload(args, { 'config.yaml': extension('{path: /else/config.alloy}') }),
    0,
    'error',
  ],
  [
    'the script of the image',
    workload('command: [/bin/otelcol]\n          args: [--config=/etc/alloy/config.yaml]', {
      'config.yaml': extension(inline),
    }),
    1,
    'warning',
  ],
  ['a configuration that is elsewhere', workload('args: [otel, --config=env:CONFIG]', {}), 0, 'error'],
  ['a bare configuration with the extension', extension(inline), 1, 'warning'],
  ['a bare configuration with a path', extension(path), 0, 'error'],
  [
    'values of the collector chart',
    `image: {repository: grafana/alloy}\ncommand: {name: bin/otelcol}\nconfig:\n${extension(path).replaceAll(/^(?=.)/gm, '  ')}`,
    0,
    'error',
  ],
  [
    'values of the collector chart with the extension',
    `image: {repository: grafana/alloy, tag: v1.18.1}\ncommand: {name: bin/otelcol}\nconfig:\n${extension(inline).replaceAll(/^(?=.)/gm, '  ')}`,
    1,
    'warning',
  ],
  [
    'a resource of the collector operator',
    'apiVersion: opentelemetry.io/v1beta1\nkind: OpenTelemetryCollector\nmetadata: {name: a}\nspec: {image: "grafana/alloy:v1.18.1"}\n',
    0,
    'error',
  ],
  [
    'values of the Alloy chart with a command',
    'alloy: {command: [/bin/alloy, otel], configMap: {content: "logging { }"}}',
    0,
    'error',
  ],
  [
    'the same in an umbrella chart',
    `opentelemetry-collector:\n  image: {repository: docker.io/grafana/alloy}\n  command: {name: bin/otelcol}\n  config: {}\n`,
    0,
    'error',
  ],
]

describe('the OpenTelemetry engine of Alloy', it => {
  for (const [title, text, run, severity] of cases)
    it(`is not covered in ${title}`, () => {
      const outcome = given({ 'input.yaml': text })
      assert.is(listed(outcome).length, run)
      const found = outcome.diagnostics.filter(({ name }) => name === 'otel-engine')
      assert.equal(
        found.map(each => each.severity),
        [severity],
        JSON.stringify(outcome.diagnostics.map(each => each.message)),
      )
      for (const { message, help } of outcome.diagnostics) assert.not.match(`${message} ${help}`, 'alloy convert')
    })

  it('runs the extension with the flags that are written for it', () => {
    const [found] = given({ 'm.yaml': workload(args, { 'config.yaml': extension(inline) }) }).value
    assert.is(found?.settings.stability?.value, 'experimental')
    assert.is(found?.sources[0]?.text, 'logging { }')
  })

  it('is none of a collector that is not Alloy', () => {
    const text = workload('args: [--config=/etc/alloy/config.yaml]', {}).replace(
      'grafana/alloy',
      'otel/opentelemetry-collector',
    )
    assert.not.ok(given({ 'm.yaml': text }).diagnostics.some(({ name }) => name === 'otel-engine'))
  })
})
