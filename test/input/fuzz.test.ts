import fc from 'fast-check'
import * as assert from 'uvu/assert'
import { outermost, type Span } from '../../src/source.ts'
import { describe } from '../harness.ts'
import { given, listed } from './given.ts'

const texts = [
  `alloy: &a
  configMap:
    create: true
    content: |-
      discovery.kubernetes "d" { role = "{{ .Values.role }}" }
  extraEnv: [{name: A, value: $(B)}, {name: NS, valueFrom: {fieldRef: {fieldPath: metadata.namespace}}}]
  extraArgs: ["--cluster.discover-peers=provider=k8s", --stability.level, experimental]
  mounts: {extra: [{name: m, mountPath: /m, subPath: a}]}
other: {alloy: {<<: *a, storagePath: /d}, enabled: false}
controller: {volumes: {extra: [{name: m, configMap: {name: m}}]}}
extraObjects: [{apiVersion: v1, kind: ConfigMap, metadata: {name: m}, data: {a: "b\\n\\u0041", c.alloy: 'd'}}]
image: {tag: v1.18.1}
`,
  `apiVersion: v1
kind: List
items:
  - apiVersion: apps/v1
    kind: DaemonSet
    metadata: {name: alloy, namespace: obs, labels: {helm.sh/chart: alloy-1.4.0}}
    spec:
      template:
        spec:
          serviceAccountName: a
          containers:
            - name: alloy
              image: grafana/alloy:v1.18.1
              args: [run, /etc/alloy/config.alloy, --storage.path=/tmp/alloy]
              volumeMounts: [{name: c, mountPath: /etc/alloy}]
          volumes: [{name: c, projected: {sources: [{configMap: {name: alloy, items: [{key: k, path: config.alloy}]}}]}}]
  - {apiVersion: v1, kind: ConfigMap, metadata: {name: alloy, namespace: obs}, data: {k: "x { }"}}
  - apiVersion: rbac.authorization.k8s.io/v1
    kind: ClusterRoleBinding
    metadata: {name: b}
    roleRef: {kind: ClusterRole, name: r}
    subjects: [{kind: ServiceAccount, name: a, namespace: obs}]
  - apiVersion: rbac.authorization.k8s.io/v1
    kind: ClusterRole
    metadata: {name: r}
    aggregationRule: {clusterRoleSelectors: [{matchLabels: {a: b}}]}
    rules: [{apiGroups: [""], resources: [pods], verbs: [get]}]
`,
  `apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: {name: logs}
spec:
  source:
    chart: alloy
    helm:
      parameters: [{name: alloy.clustering.enabled, value: "true"}]
      values: |
        alloy:
          configMap:
            content: "x { }\\n"
---
apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata: {name: alloy}
spec: {chart: {spec: {chart: alloy}}, valuesFrom: [{kind: ConfigMap, name: v, targetPath: a.b}], values: {agent: {}}}
---
apiVersion: collectors.grafana.com/v1alpha1
kind: Alloy
metadata: {name: x}
spec: {alloy: {configMap: {create: false}}}
`,
]

/** A change somewhere in a text: a place between 0 and 1, how much goes, and what comes. */
const change = fc.record({
  at: fc.double({ min: 0, max: 1, noNaN: true }),
  length: fc.nat({ max: 12 }),
  put: fc.constantFrom(
    '',
    ' ',
    '\n',
    ':',
    '"',
    "'",
    '- ',
    '{',
    '}',
    '[',
    ']',
    '*a',
    '&a ',
    'null',
    '1',
    '\t',
    '|',
    '{{',
    '\u0000',
    '\ud800',
  ),
})

describe('whatever is handed in', it => {
  const inside = ({ source, start, end }: Span): boolean => start >= 0 && start <= end && end <= source.text.length

  it('is read or refused, and every place lies in its text', () => {
    fc.assert(
      fc.property(fc.constantFrom(...texts), fc.array(change, { minLength: 1, maxLength: 4 }), (text, changes) => {
        const changed = changes.reduce((before, { at, length, put }) => {
          const from = Math.floor(at * before.length)
          return before.slice(0, from) + put + before.slice(from + length)
        }, text)
        const { value, diagnostics } = given({ 'input.yaml': changed })
        assert.ok(value.length > 0 || diagnostics.some(({ severity }) => severity === 'error'))
        for (const { span, related } of diagnostics) {
          for (const each of [span, ...related.map(label => label.span)]) {
            if (each) assert.ok(inside(each) && inside(outermost(each)), JSON.stringify(changed))
          }
        }
        for (const { sources, span } of value) {
          assert.ok(sources.length > 0 && inside(span))
          for (const source of sources) {
            assert.ok(inside(outermost({ source, start: 0, end: source.text.length })), JSON.stringify(changed))
          }
        }
      }),
      { numRuns: 400 },
    )
  })
  for (const before of [
    '\n',
    '\n\n',
    '\r\n',
    ' \n',
    '# c\n',
    '\n# c\n',
    '---\n',
    '\n---\n',
    '\n---\n# c\n',
    '\ufeff',
    '\ufeff\n',
  ])
    it(`is read as without what comes before it: ${JSON.stringify(before)}`, () => {
      for (const text of texts)
        assert.equal(listed(given({ 'input.yaml': before + text })), listed(given({ 'input.yaml': text })))
    })
})
