// A value of the wrong type at every key of values and manifests that the program reads: it is judged or refused in words.
import * as assert from 'uvu/assert'
import { parse, stringify } from 'yaml'
import { describe } from '../harness.ts'
import { command } from './io.ts'

type Key = string | number
const alloy = 'discovery.kubernetes "k" { role = "pod" }\nlocal.file "f" { filename = "/var/log/x" }\n'

const values = `
nameOverride: a
fullnameOverride: a
namespaceOverride: a
global: {image: {registry: a, pullSecrets: []}, podSecurityContext: {fsGroup: 473}}
crds: {create: true}
image: {registry: a, repository: grafana/alloy, tag: v1.9.0, digest: null}
serviceAccount: {create: true, name: a, annotations: {a: b}, automountServiceAccountToken: true}
rbac:
  create: true
  namespaces: []
  rules: [{apiGroups: [""], resources: [pods], verbs: [get], resourceNames: [a]}]
  clusterRules: [{nonResourceURLs: [/metrics], verbs: [get]}]
alloy:
  configMap: {create: true, name: null, key: null, content: ${JSON.stringify(alloy)}}
  clustering: {enabled: false, name: "", portName: http}
  stabilityLevel: generally-available
  storagePath: /tmp/alloy
  listenAddr: 0.0.0.0
  listenPort: 12345
  extraEnv: [{name: A, value: b}]
  envFrom: [{configMapRef: {name: a}}]
  extraArgs: [--a=b]
  extraPorts: [{name: a, port: 1, targetPort: 1}]
  mounts: {varlog: false, dockercontainers: false, extra: [{name: v, mountPath: /v, readOnly: true}]}
  securityContext: {privileged: false, runAsUser: 0, capabilities: {add: [A], drop: [ALL]}}
configReloader: {enabled: true, securityContext: {runAsUser: 1}}
controller:
  type: daemonset
  hostNetwork: false
  hostPID: false
  volumes: {extra: [{name: v, hostPath: {path: /v}}]}
  podAnnotations: {a: b}
  extraContainers: [{name: a}]
  initContainers: [{name: a}]
networkPolicy: {enabled: false}
extraObjects: [{apiVersion: rbac.authorization.k8s.io/v1, kind: ClusterRole, metadata: {name: x}, rules: []}]
`

const manifests = `
kind: List
items:
  - {apiVersion: v1, kind: ConfigMap, metadata: {name: a, namespace: m}, data: {config.alloy: ${JSON.stringify(alloy)}}}
  - {apiVersion: v1, kind: ServiceAccount, metadata: {name: a, namespace: m}, automountServiceAccountToken: true}
  - apiVersion: rbac.authorization.k8s.io/v1
    kind: ClusterRole
    metadata: {name: a, labels: {a: b}}
    rules: [{apiGroups: [""], resources: [pods], verbs: [get], resourceNames: [a]}]
    aggregationRule: {clusterRoleSelectors: [{matchLabels: {a: b}}]}
  - apiVersion: rbac.authorization.k8s.io/v1
    kind: ClusterRoleBinding
    metadata: {name: a}
    roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: a}
    subjects: [{kind: ServiceAccount, name: a, namespace: m}]
  - {apiVersion: v1, kind: Namespace, metadata: {name: m, labels: {pod-security.kubernetes.io/enforce: baseline}}}
  - apiVersion: apps/v1
    kind: DaemonSet
    metadata: {name: a, namespace: m, labels: {helm.sh/chart: alloy-1.11.1}}
    spec:
      template:
        metadata: {labels: {a: b}, annotations: {a: b}}
        spec:
          serviceAccountName: a
          automountServiceAccountToken: true
          hostPID: false
          hostNetwork: false
          securityContext: {fsGroup: 473, runAsUser: 0, seccompProfile: {type: RuntimeDefault}, sysctls: [{name: a, value: b}]}
          initContainers: [{name: i, image: x, securityContext: {privileged: true}}]
          containers:
            - name: a
              image: grafana/alloy:v1.18.1
              args: [run, /etc/alloy/config.alloy, --storage.path=/tmp/alloy]
              env: [{name: A, value: b}, {name: B, valueFrom: {fieldRef: {fieldPath: metadata.namespace}}}]
              envFrom: [{configMapRef: {name: a}}]
              ports: [{containerPort: 12345, hostPort: 1}]
              securityContext: {runAsUser: 473, capabilities: {add: [A], drop: [ALL]}, privileged: false}
              volumeMounts: [{name: c, mountPath: /etc/alloy, readOnly: true}]
          volumes: [{name: c, configMap: {name: a}}, {name: h, hostPath: {path: /var/log}}, {name: e, emptyDir: {}}]
`

/** Each key has the nested map, and one more of these in turn. */
const odd: readonly unknown[] = [null, true, 7, '', [], {}, [{ a: 1 }], 1.5, 'x'.repeat(3000)]
const nested = { a: { b: 1 } }

const pathsOf = (tree: unknown, path: readonly Key[] = []): readonly (readonly Key[])[] =>
  typeof tree === 'object' && tree !== null
    ? Object.entries(tree).flatMap(([key, below]) => [[...path, key], ...pathsOf(below, [...path, key])])
    : []

function withValue(text: string, path: readonly Key[], value: unknown): string {
  const tree: unknown = parse(text)
  let at = tree as Record<Key, unknown>
  for (const key of path.slice(0, -1)) at = at[key] as Record<Key, unknown>
  at[path.at(-1)!] = value
  return stringify(tree)
}

/** What a program prints by mistake. */
const mistakes = /this is a bug|\[object Object\]|\bundefined\b|\bNaN\b/

describe('a value of the wrong type', it => {
  const commands = [['check'], ['generate'], ['diff'], ['upgrade', '--from', '1.5.2', '--to', '1.5.3']]
  for (const [title, text] of [
    ['values', values],
    ['manifests', manifests],
  ] as const) {
    it(`is judged or refused in words at every key of ${title}`, async () => {
      for (const [at, path] of pathsOf(parse(text)).entries()) {
        const others = commands[at % commands.length]!
        for (const [argv, value] of [
          [['check'], nested],
          [others, odd[at % odd.length]],
        ] as const) {
          const { code, stdout, stderr } = await command([...argv, 'in.yaml'], {
            'in.yaml': withValue(text, path, value),
          })
          const told = `${argv.join(' ')}: ${path.join('.')} = ${JSON.stringify(value)}`
          assert.not.match(stdout + stderr, mistakes, told)
          assert.ok(code === 0 || stdout !== '' || stderr !== '', told)
        }
      }
    })
  }

  it('is refused in words in an exotic spelling', async () => {
    for (const spelt of ['!!binary aGVsbG8=', '&a [*a]', '!!set {a, b}', '!own x', '!!float .nan'])
      for (const [name] of commands) {
        if (name === 'upgrade') continue
        const text = `fullnameOverride: ${spelt}\nalloy:\n  storagePath: ${spelt}\n  configMap: {content: ""}\n`
        const { stdout, stderr } = await command([name!, 'in.yaml'], { 'in.yaml': text })
        assert.not.match((stdout + stderr).replaceAll(spelt, ''), mistakes, `${name}: ${spelt}`)
      }
  })
})
