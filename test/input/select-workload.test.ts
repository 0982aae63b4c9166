import * as assert from 'uvu/assert'
import { selectWorkload } from '../../src/input/select-workload.ts'
import { describe } from '../harness.ts'
import { given, said } from './given.ts'

const workload = (kind: string, namespace: string | null, name: string): string => `
apiVersion: apps/v1
kind: ${kind}
metadata: {name: ${name}${namespace === null ? '' : `, namespace: ${namespace}`}}
spec: {template: {spec: {containers: [{name: alloy, image: grafana/alloy, volumeMounts: [{name: c, mountPath: /etc/alloy}]}],
  volumes: [{name: c, configMap: {name: alloy}}]}}}
---
apiVersion: v1
kind: ConfigMap
metadata: {name: alloy${namespace === null ? '' : `, namespace: ${namespace}`}}
data: {config.alloy: ""}
`

const stream = [
  workload('DaemonSet', 'logs', 'alloy'),
  workload('Deployment', 'logs', 'alloy'),
  workload('Deployment', 'logs', 'events'),
  workload('StatefulSet', 'metrics', 'alloy'),
  workload('StatefulSet', null, 'lost'),
].join('---')

describe('selectWorkload finds what a name means', it => {
  const { value } = given({ 'all.yaml': stream })
  const table: readonly [wanted: string, found: string][] = [
    ['events', 'logs/Deployment/events'],
    ['logs/events', 'logs/Deployment/events'],
    ['logs/Deployment/events', 'logs/Deployment/events'],
    ['deployment/events', 'logs/Deployment/events'],
    ['deploy/events', 'logs/Deployment/events'],
    ['daemonsets/alloy', 'logs/DaemonSet/alloy'],
    ['logs/ds/alloy', 'logs/DaemonSet/alloy'],
    ['metrics/alloy', 'metrics/StatefulSet/alloy'],
    ['sts/alloy', 'metrics/StatefulSet/alloy'],
    ['lost', 'StatefulSet/lost'],
    ['StatefulSet/lost', 'StatefulSet/lost'],
  ]
  for (const [wanted, found] of table) {
    it(wanted, () => assert.is(selectWorkload(value, wanted).value?.name, found))
  }

  it('an ambiguous name lists what it may mean', () =>
    assert.equal(said(selectWorkload(value, 'logs/alloy').diagnostics), [
      'ARB562 - the input contains several configurations: logs/DaemonSet/alloy, logs/Deployment/alloy',
    ]))

  it('an unknown name lists what there is', () =>
    assert.equal(said(selectWorkload(value, 'default/events').diagnostics), [
      'ARB561 - the input contains no workload default/events; it contains logs/DaemonSet/alloy, logs/Deployment/alloy, logs/Deployment/events, metrics/StatefulSet/alloy, StatefulSet/lost',
    ]))

  it('several configurations ask for a name, one does not', () => {
    assert.is(selectWorkload(value, null).diagnostics[0]!.code, 'ARB562')
    assert.is(selectWorkload(value.slice(0, 1), null).value, value[0])
    assert.equal(selectWorkload([], null), { value: null, diagnostics: [] })
  })

  it('values are named by where they nest the chart', () => {
    const values = given({
      'values.yaml': 'logs: {alloy: {configMap: {content: " "}}}\nmetrics: {alloy: {configMap: {content: " "}}}',
    })
    assert.is(selectWorkload(values.value, 'metrics').value?.name, 'metrics')
  })
})
