import * as assert from 'uvu/assert'
import { describe } from '../../harness.ts'
import { given, listed, said } from '../given.ts'

const map = (text: string, namespace = 'obs'): string =>
  `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: alloy${namespace && `, namespace: ${namespace}`}}\ndata: {config.alloy: "${text} { }"}\n---\n`

const workload = (name = 'alloy'): string =>
  `apiVersion: apps/v1\nkind: DaemonSet\nmetadata: {name: ${name}, namespace: obs}\nspec: {template: {spec: {containers: [{name: a, image: grafana/alloy, volumeMounts: [{name: c, mountPath: /etc/alloy}]}], volumes: [{name: c, configMap: {name: alloy}}]}}}\n---\n`

const other = 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: other, namespace: obs}\ndata: {a: b}\n---\n'

const lines = (files: Readonly<Record<string, string>>, namespace?: string): readonly string[] => {
  const outcome = given(files, undefined, namespace === undefined ? {} : { namespace })
  return [...listed(outcome), ...said(outcome.diagnostics)]
}

describe('of several objects with one identity', it => {
  const last = 'obs/DaemonSet/alloy in obs: obs/ConfigMap/alloy:config.alloy "two { }"'
  const repeated = 'is defined 2 times with different content: the last one counts, as kubectl apply has it'

  it('the last one of a file counts', () => {
    assert.equal(lines({ 'm.yaml': map('one') + workload() + map('two') }), [
      last,
      `ARB551 m.yaml:13:18 obs/ConfigMap/alloy ${repeated}`,
    ])
  })

  it('those that say the same are one', () => {
    assert.equal(lines({ 'm.yaml': map('two') + workload() + map('two') }), [last])
    assert.equal(lines({ 'm.yaml': map('two') + workload(), 'n.yaml': map('two') + workload() }), [last])
  })

  it('what counts for nothing is no matter', () => {
    assert.equal(lines({ 'm.yaml': map('two') + workload() + other + other.replace('a: b', 'a: c') }), [last])
    assert.equal(lines({ 'm.yaml': map('two') + workload() + other, 'n.yaml': other.replace('a: b', 'a: c') }), [last])
  })

  it('a namespace that is left out may be the same', () => {
    assert.equal(lines({ 'm.yaml': map('two') + workload() + map('one', '') }), [
      last,
      `ARB551 m.yaml:13:18 obs/ConfigMap/alloy ${repeated}`,
    ])
    assert.equal(lines({ 'm.yaml': map('one', '') + workload() + map('two') }, 'obs').length, 2)
    assert.equal(lines({ 'm.yaml': map('two') + workload() + map('one', '') }, 'shop'), [last])
  })
})

describe('files that hold one identity with different content', it => {
  it('are deployments of their own', () => {
    assert.equal(lines({ 'a.yaml': map('one') + workload(), 'b.yaml': map('two') + workload() }), [
      'a.yaml:obs/DaemonSet/alloy in obs: obs/ConfigMap/alloy:config.alloy "one { }"',
      'b.yaml:obs/DaemonSet/alloy in obs: obs/ConfigMap/alloy:config.alloy "two { }"',
      'ARB552 b.yaml:3:18 a.yaml, b.yaml define obs/ConfigMap/alloy differently: each is judged as a deployment of its own',
    ])
  })

  it('are completed by what no other file repeats', () => {
    assert.equal(
      lines({ 'ds.yaml': workload(), 'a.yaml': map('one'), 'b.yaml': map('two') }).filter(line =>
        line.startsWith('ds'),
      ),
      [
        'ds.yaml:obs/DaemonSet/alloy in obs: obs/ConfigMap/alloy:config.alloy "one { }"',
        'ds.yaml:obs/DaemonSet/alloy#2 in obs: obs/ConfigMap/alloy:config.alloy "two { }"',
      ],
    )
  })

  it('are not completed by what another deployment brings along', () => {
    const role = (resource: string): string =>
      `apiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRole\nmetadata: {name: r}\nrules: [{apiGroups: [""], resources: [${resource}], verbs: [get]}]\n---\n`
    const { value } = given({
      'a.yaml': map('one') + workload() + role('pods'),
      'b.yaml': map('two') + workload(),
      'shared.yaml': other,
    })
    const held = value.map(({ objects }) => objects.map(({ kind, name }) => `${kind}/${name}`).join(' '))
    assert.equal(held, [
      'ConfigMap/alloy DaemonSet/alloy ClusterRole/r ConfigMap/other',
      'ConfigMap/alloy DaemonSet/alloy ConfigMap/other',
    ])
  })

  it('leave the other deployments to themselves', () => {
    const alone =
      map('three').replace('name: alloy', 'name: third') + workload('third').replace('{name: alloy}', '{name: third}')
    const found = lines({ 'a.yaml': map('one') + workload(), 'b.yaml': map('two') + workload(), 'c.yaml': alone })
    assert.equal(
      found.map(line => line.replace(/ .*/, '')),
      ['a.yaml:obs/DaemonSet/alloy', 'b.yaml:obs/DaemonSet/alloy', 'obs/DaemonSet/third', 'ARB552'],
    )
  })
})
