import * as assert from 'uvu/assert'
import { describe } from '../harness.ts'
import { at, given, listed, only, said } from './given.ts'

/** A workload of one container, and a ConfigMap `alloy` with two keys. */
interface Parts {
  readonly kind?: string
  readonly container?: string
  readonly pod?: string
  readonly volumes?: string
  readonly metadata?: string
}

const map = `apiVersion: v1
kind: ConfigMap
metadata: {name: alloy, namespace: obs}
data: {config.alloy: 'x { }', lib.alloy: 'lib', notes.txt: 'text'}
binaryData: {bin.alloy: YmluIHsgfQ==}
---
apiVersion: v1
kind: Secret
metadata: {name: keys, namespace: obs}
data: {config.alloy: c2VjcmV0IHsgfQ==, password: aHVudGVyMg==}
stringData: {more.alloy: 'more { }', token: hunter2}
`

function workload({
  kind = 'DaemonSet',
  container,
  pod = '',
  volumes,
  metadata = 'name: alloy, namespace: obs',
}: Parts): string {
  return `apiVersion: apps/v1
kind: ${kind}
metadata: {${metadata}}
spec:
  template:
    spec:
      ${pod}
      containers:
        - name: reloader
          image: quay.io/prometheus-operator/prometheus-config-reloader:v0.81.0
          args: [--watched-dir=/etc/alloy]
        - {${container ?? 'name: alloy, image: "grafana/alloy:v1.18.1", volumeMounts: [{name: config, mountPath: /etc/alloy}]'}}
      volumes: [${volumes ?? '{name: config, configMap: {name: alloy}}'}]
---
`
}

const read = (parts: Parts) => given({ 'm.yaml': workload(parts) + map })
const mounts = 'volumeMounts: [{name: config, mountPath: /etc/alloy}]'
const usual = 'obs/ConfigMap/alloy:config.alloy "x { }"'

describe('a workload runs Alloy', it => {
  const table: readonly [title: string, parts: Parts, listed: readonly string[]][] = [
    ['by its image alone', {}, [`obs/DaemonSet/alloy in obs: ${usual}`]],
    [
      'by an image of another registry with a digest',
      { container: `name: a, image: "registry:5000/mirror/grafana-alloy@sha256:00", ${mounts}` },
      [`obs/DaemonSet/alloy in obs: ${usual}`],
    ],
    [
      'by its command',
      { container: `name: a, image: mine/agent, command: [/bin/alloy, run, /etc/alloy/config.alloy], ${mounts}` },
      [`obs/DaemonSet/alloy in obs: ${usual}`],
    ],
    [
      'by its arguments',
      { container: `name: a, image: mine/agent, args: [run, /etc/alloy/config.alloy], ${mounts}` },
      [`obs/DaemonSet/alloy in obs: ${usual}`],
    ],
    [
      'by a shell',
      {
        container: `name: a, image: mine/agent, command: [sh, -c, "sleep 1; exec alloy run '/etc/alloy/lib.alloy' --storage.path=/d && echo"], ${mounts}`,
      },
      ['obs/DaemonSet/alloy in obs: obs/ConfigMap/alloy:lib.alloy "lib"'],
    ],
    [
      'by an entrypoint that hands on',
      {
        container: `name: a, image: mine/agent, command: [tini, --, /bin/alloy], args: [run, /etc/alloy/config.alloy], ${mounts}`,
      },
      [`obs/DaemonSet/alloy in obs: ${usual}`],
    ],
    ['as a StatefulSet', { kind: 'StatefulSet' }, [`obs/StatefulSet/alloy in obs: ${usual}`]],
    ['as a Deployment', { kind: 'Deployment' }, [`obs/Deployment/alloy in obs: ${usual}`]],
    ['as a Job', { kind: 'Job' }, [`obs/Job/alloy in obs: ${usual}`]],
    [
      'in a sidecar that starts first',
      {
        pod: `initContainers: [{name: a, image: grafana/alloy, restartPolicy: Always, args: [run, /etc/alloy/lib.alloy], ${mounts}}]`,
        container: 'name: app, image: app',
      },
      ['obs/DaemonSet/alloy in obs: obs/ConfigMap/alloy:lib.alloy "lib"'],
    ],
    [
      'not in a container that starts first and ends',
      { pod: `initContainers: [{name: a, image: grafana/alloy, ${mounts}}]`, container: 'name: app, image: app' },
      [],
    ],
    [
      'not when it only formats',
      { container: `name: a, image: grafana/alloy, args: [fmt, /etc/alloy/config.alloy], ${mounts}` },
      [],
    ],
    ['not as the operator', { container: 'name: a, image: "ghcr.io/grafana/alloy-operator:1.6.2", args: [run]' }, []],
    ['not as another program that runs', { container: 'name: a, image: mine/app, args: [run, /app.conf]' }, []],
    [
      'though something that is not in the input made the workload',
      { metadata: 'name: alloy, namespace: obs, ownerReferences: [{kind: Deployment, name: alloy}]' },
      [`obs/DaemonSet/alloy in obs: ${usual}`],
    ],
    ['as a kind of another project', { kind: 'Rollout' }, [`obs/Rollout/alloy in obs: ${usual}`]],
  ]
  for (const [title, parts, expected] of table) it(title, () => assert.equal(listed(read(parts)), expected))

  it('twice in one pod, named by container', () => {
    const second = `{name: two, image: grafana/alloy, args: [run, /etc/alloy/lib.alloy], ${mounts}}`
    const outcome = read({ container: `name: one, image: grafana/alloy, ${mounts}}\n        - ${second.slice(0, -1)}` })
    assert.equal(listed(outcome), [
      `obs/DaemonSet/alloy/one in obs: ${usual}`,
      'obs/DaemonSet/alloy/two in obs: obs/ConfigMap/alloy:lib.alloy "lib"',
    ])
  })

  it('as a CronJob and as a Pod', () => {
    const pod = `spec: {containers: [{name: a, image: grafana/alloy, ${mounts}}], volumes: [{name: config, configMap: {name: alloy}}]}`
    const cron = `apiVersion: batch/v1\nkind: CronJob\nmetadata: {name: c, namespace: obs}\nspec: {jobTemplate: {spec: {template: {${pod}}}}}\n---\n`
    const bare = `apiVersion: v1\nkind: Pod\nmetadata: {name: p, namespace: obs}\n${pod}\n---\n`
    assert.equal(listed(given({ 'm.yaml': cron + bare + map })), [
      `obs/CronJob/c in obs: ${usual}`,
      `obs/Pod/p in obs: ${usual}`,
    ])
  })
})

describe('a workload reads its configuration where it is mounted', it => {
  const run = (path: string, mount = mounts): string => `name: a, image: grafana/alloy, args: [run, ${path}], ${mount}`
  const missing = (what: string): string =>
    `${what}, which contains the configuration of obs/DaemonSet/alloy, is not in the input`
  const table: readonly [title: string, parts: Parts, listed: readonly string[], said: readonly string[]][] = [
    [
      'a folder',
      { container: run('/etc/alloy') },
      [
        'obs/DaemonSet/alloy in obs: obs/ConfigMap/alloy:bin.alloy "bin { }" + obs/ConfigMap/alloy:config.alloy "x { }" + obs/ConfigMap/alloy:lib.alloy "lib"',
      ],
      [],
    ],
    [
      'a folder with a slash',
      { container: run('/etc/alloy/') },
      [
        'obs/DaemonSet/alloy in obs: obs/ConfigMap/alloy:bin.alloy "bin { }" + obs/ConfigMap/alloy:config.alloy "x { }" + obs/ConfigMap/alloy:lib.alloy "lib"',
      ],
      [],
    ],
    [
      'a path relative to the working directory',
      { container: `workingDir: /etc, ${run('alloy/./config.alloy')}` },
      [`obs/DaemonSet/alloy in obs: ${usual}`],
      [],
    ],
    [
      'a path behind flags',
      {
        container: `name: a, image: grafana/alloy, args: [run, --cluster.enabled, --storage.path, /d, /etc/alloy/lib.alloy], ${mounts}`,
      },
      ['obs/DaemonSet/alloy in obs: obs/ConfigMap/alloy:lib.alloy "lib"'],
      [],
    ],
    [
      'a path with a variable',
      { container: `env: [{name: DIR, value: /etc}], ${run('$(DIR)/alloy/config.alloy')}` },
      [`obs/DaemonSet/alloy in obs: ${usual}`],
      [],
    ],
    [
      'one key as a file',
      { container: run('/c.alloy', 'volumeMounts: [{name: config, mountPath: /c.alloy, subPath: lib.alloy}]') },
      ['obs/DaemonSet/alloy in obs: obs/ConfigMap/alloy:lib.alloy "lib"'],
      [],
    ],
    [
      'keys under other names',
      {
        container: run('/etc/alloy/dir/main'),
        volumes: '{name: config, configMap: {name: alloy, items: [{key: config.alloy, path: dir/main}]}}',
      },
      [`obs/DaemonSet/alloy in obs: ${usual}`],
      [],
    ],
    [
      'a projected volume',
      {
        container: run('/etc/alloy/config.alloy'),
        volumes:
          '{name: config, projected: {sources: [{serviceAccountToken: {path: token}}, {configMap: {name: alloy}}]}}',
      },
      [`obs/DaemonSet/alloy in obs: ${usual}`],
      [],
    ],
    [
      'a Secret',
      { container: run('/etc/alloy/config.alloy'), volumes: '{name: config, secret: {secretName: keys}}' },
      ['obs/DaemonSet/alloy in obs: obs/Secret/keys:config.alloy "secret { }"'],
      [],
    ],
    [
      'a ConfigMap that is not there',
      { volumes: '{name: config, configMap: {name: gone}}' },
      [],
      [`ARB540 m.yaml:13:17 ${missing('the ConfigMap obs/gone')}`],
    ],
    [
      'a Secret that is not there',
      { volumes: '{name: config, secret: {secretName: gone}}' },
      [],
      [`ARB540 m.yaml:13:17 ${missing('the Secret obs/gone')}`],
    ],
    [
      'a key that is not there',
      { container: run('/etc/alloy/gone.alloy') },
      [],
      [`ARB540 m.yaml:12:55 ${missing('the file /etc/alloy/gone.alloy')}`],
    ],
    [
      'a volume of another kind',
      { volumes: '{name: config, hostPath: {path: /etc/alloy}}' },
      [],
      [`ARB540 m.yaml:13:17 ${missing('the volume config')}`],
    ],
    [
      'a projected volume of which a part is not there',
      {
        container: run('/etc/alloy'),
        volumes: '{name: config, projected: {sources: [{configMap: {name: alloy}}, {configMap: {name: gone}}]}}',
      },
      [],
      [`ARB540 m.yaml:13:17 ${missing('the ConfigMap obs/gone')}`],
    ],
    [
      'a part that is not there, but chosen as another file',
      {
        container: run('/etc/alloy/config.alloy'),
        volumes:
          '{name: config, projected: {sources: [{configMap: {name: alloy}}, {configMap: {name: gone, items: [{key: a, path: a.txt}]}}]}}',
      },
      [`obs/DaemonSet/alloy in obs: ${usual}`],
      [],
    ],
    [
      'a file of the folder that is not there',
      {
        container: run(
          '/etc/alloy',
          `${mounts.slice(0, -1)}, {name: more, mountPath: /etc/alloy/m.alloy, subPath: m}]`,
        ),
        volumes: '{name: config, configMap: {name: alloy}}, {name: more, configMap: {name: gone}}',
      },
      [],
      [`ARB540 m.yaml:13:59 ${missing('the ConfigMap obs/gone')}`],
    ],
    [
      'a folder below it that is not there',
      {
        container: run('/etc/alloy/config.alloy', `${mounts.slice(0, -1)}, {name: more, mountPath: /etc/alloy/certs}]`),
        volumes: '{name: config, configMap: {name: alloy}}, {name: more, secret: {secretName: gone}}',
      },
      [`obs/DaemonSet/alloy in obs: ${usual}`],
      [],
    ],
    [
      'a volume laid over the file, whatever the order',
      {
        container: run(
          '/etc/alloy/config.alloy',
          'volumeMounts: [{name: more, mountPath: /etc/alloy/config.alloy, subPath: c}, {name: config, mountPath: /etc/alloy}]',
        ),
        volumes: '{name: config, configMap: {name: alloy}}, {name: more, emptyDir: {}}',
      },
      [],
      [`ARB540 m.yaml:13:59 ${missing('the volume more')}`],
    ],
    [
      'a claim of the StatefulSet laid over the folder',
      {
        kind: 'StatefulSet',
        container: run(
          '/etc/alloy/conf/config.alloy',
          'volumeMounts: [{name: config, mountPath: /etc/alloy}, {name: claim, mountPath: /etc/alloy/conf}]',
        ),
      },
      [],
      [
        'ARB540 m.yaml:12:140 a volume that the pod does not define, which contains the configuration of obs/StatefulSet/alloy, is not in the input',
      ],
    ],
    [
      'a path from a Secret',
      {
        container: `env: [{name: CFG, valueFrom: {secretKeyRef: {name: s, key: k}}}], ${run('$(CFG)')}`,
      },
      [],
      [`ARB540 m.yaml:12:121 ${missing('the file that $(CFG) names')}`],
    ],
    [
      'two runs of a shell',
      {
        container: `name: a, image: grafana/alloy, command: [sh, -c, "alloy run /etc/alloy/lib.alloy & alloy run /etc/alloy/config.alloy"], ${mounts}`,
      },
      [],
      [
        'ARB554 m.yaml:3:18 the command line of obs/DaemonSet/alloy runs Alloy 2 times, with one configuration or another',
      ],
    ],
    [
      'nothing mounted',
      { container: 'name: a, image: grafana/alloy' },
      [],
      [`ARB540 m.yaml:12:11 ${missing('the file /etc/alloy/config.alloy')}`],
    ],
    [
      'another format',
      { container: run('/etc/alloy/config.alloy, --config.format=promtail') },
      [],
      ['ARB537 m.yaml:12:80 this is a configuration for Promtail, not for Alloy'],
    ],
    [
      'the engine of the Collector',
      { container: `name: a, image: grafana/alloy, args: [otel, --config=/c.yaml], ${mounts}` },
      [],
      [
        'ARB599 m.yaml:12:56 obs/DaemonSet/alloy runs the OpenTelemetry engine of Alloy, and what its pipelines need is not covered',
      ],
    ],
  ]
  for (const [title, parts, expected, messages] of table) {
    it(title, () => {
      const outcome = read(parts)
      assert.equal(listed(outcome), expected)
      assert.equal(said(outcome.diagnostics), messages)
    })
  }

  it('all keys of ConfigMaps are files, of Secrets only configurations', () => {
    const [found] = read({
      container: `name: a, image: grafana/alloy, volumeMounts: [{name: config, mountPath: /etc/alloy}, {name: keys, mountPath: /keys/}]`,
      volumes: '{name: config, configMap: {name: alloy}}, {name: keys, secret: {secretName: keys}}',
    }).value
    assert.equal(
      [...found!.files.keys()],
      [
        '/etc/alloy/config.alloy',
        '/etc/alloy/lib.alloy',
        '/etc/alloy/notes.txt',
        '/etc/alloy/bin.alloy',
        '/keys/config.alloy',
        '/keys/more.alloy',
      ],
    )
    assert.is(found!.modulePath, '/etc/alloy')
  })

  it('the place of an encoded configuration shows nothing of the Secret', () => {
    const [found] = read({ volumes: '{name: config, secret: {secretName: keys}}' }).value
    const { source } = found!.sources[0]!.outer!
    assert.not.match(source.text, /c2Vjcm|hunter2|aHVudGVyMg/)
    assert.match(source.text, /lib\.alloy: 'lib'/)
  })

  it('a workload that fails does not hide the others', () => {
    const outcome = given({ 'm.yaml': workload({ volumes: '' }) + workload({ kind: 'Deployment' }) + map })
    assert.equal(listed(outcome), [`obs/Deployment/alloy in obs: ${usual}`])
    assert.equal(
      outcome.diagnostics.map(({ code }) => code),
      ['ARB540'],
    )
  })
})

describe('a workload sets the process', it => {
  const settings = (parts: Parts) => {
    const { storagePath, stability, cluster, listen, alloyVersion, chartVersion, communityComponents } =
      read(parts).value[0]!.settings
    return [
      storagePath.value,
      stability!.value,
      communityComponents.value,
      cluster.enabled.value,
      cluster.discoverPeers?.value ?? null,
      `${listen.address.value}:${listen.port.value}`,
      alloyVersion?.value ?? null,
      chartVersion?.value ?? null,
    ]
  }
  const run = (args: string, image = 'grafana/alloy'): Parts => ({
    container: `name: a, image: "${image}", args: [run, /etc/alloy/config.alloy${args}], ${mounts}`,
  })
  const table: readonly [title: string, parts: Parts, settings: readonly unknown[]][] = [
    [
      'the image says all',
      {},
      ['/var/lib/alloy/data', 'generally-available', false, false, null, '127.0.0.1:12345', 'v1.18.1', null],
    ],
    [
      'arguments without flags',
      run(''),
      ['data-alloy/', 'generally-available', false, false, null, '127.0.0.1:12345', 'latest', null],
    ],
    [
      'flags of the chart',
      run(
        ', --storage.path=/tmp/alloy, "--server.http.listen-addr=0.0.0.0:80", --cluster.enabled=true, --stability.level=experimental, --feature.community-components.enabled',
      ),
      ['/tmp/alloy', 'experimental', true, true, null, '0.0.0.0:80', 'latest', null],
    ],
    [
      'peers',
      run(', --cluster.discover-peers, provider=k8s namespace=obs'),
      [
        'data-alloy/',
        'generally-available',
        false,
        false,
        'provider=k8s namespace=obs',
        '127.0.0.1:12345',
        'latest',
        null,
      ],
    ],
    [
      'a tag beside a digest',
      run('', 'docker.io/grafana/alloy:v1.5.1@sha256:00'),
      ['data-alloy/', 'generally-available', false, false, null, '127.0.0.1:12345', 'v1.5.1', null],
    ],
    [
      'the label of the chart',
      { metadata: 'name: alloy, namespace: obs, labels: {helm.sh/chart: alloy-1.4.0}' },
      ['/var/lib/alloy/data', 'generally-available', false, false, null, '127.0.0.1:12345', 'v1.18.1', '1.4.0'],
    ],
    [
      'a digest alone',
      run('', 'docker.io/grafana/alloy@sha256:00'),
      ['data-alloy/', 'generally-available', false, false, null, '127.0.0.1:12345', 'sha256:00', null],
    ],
    [
      'the label of the chart with metadata of the build, at the template',
      {
        metadata:
          'name: alloy, namespace: obs, labels: {helm.sh/chart: alloy-1.4.0_own.1, app.kubernetes.io/version: v1.11.3}',
      },
      ['/var/lib/alloy/data', 'generally-available', false, false, null, '127.0.0.1:12345', 'v1.18.1', '1.4.0+own.1'],
    ],
  ]
  for (const [title, parts, expected] of table) it(title, () => assert.equal(settings(parts), expected))

  it('its environment', () => {
    const [found] = read({
      container: `name: a, image: grafana/alloy, ${mounts}, envFrom: [{configMapRef: {name: more}}],
          env: [{name: A, value: "1"}, {name: EMPTY}, {name: B, value: "$(GONE)"}, {name: C, value: "$$(A)"}, {name: NS, valueFrom: {fieldRef: {fieldPath: metadata.namespace}}},
            {name: MY, value: $(NS)}, {name: NODE, valueFrom: {fieldRef: {fieldPath: spec.nodeName}}}, {name: M, valueFrom: {configMapKeyRef: {name: m, key: k}}}, {name: CPU, valueFrom: {resourceFieldRef: {resource: limits.cpu}}}]`,
    }).value
    assert.is(found!.envOpen, true)
    assert.equal(Object.fromEntries(found!.env), {
      A: { kind: 'literal', value: '1' },
      EMPTY: { kind: 'literal', value: '' },
      B: { kind: 'unknown', from: '$(GONE)' },
      C: { kind: 'literal', value: '$(A)' },
      NS: { kind: 'namespace' },
      MY: { kind: 'namespace' },
      NODE: { kind: 'unknown', from: 'the field spec.nodeName of the pod' },
      M: { kind: 'unknown', from: 'the ConfigMap m' },
      CPU: { kind: 'unknown', from: 'a resource limit' },
    })
  })

  it('a variable that nothing sets stays as it is written', () => {
    const [found] = read({
      container: `name: a, image: grafana/alloy, ${mounts}, env: [{name: B, value: "$(GONE)"}]`,
    }).value
    assert.equal(found!.env.get('B'), { kind: 'literal', value: '$(GONE)' })
    assert.is(found!.envOpen, false)
  })
})

describe('a workload brings its pod', it => {
  it('with container, template and place', () => {
    const found = only(`${workload({ pod: 'hostPID: true', metadata: 'name: alloy, namespace: obs' })}${map}`)
    const { deployment } = found
    assert.ok(deployment!.pod.entries.has('hostPID'))
    assert.is(at(deployment!.container.span), 'input.yaml:12:11')
    assert.is(at(found.span), 'input.yaml:3:18')
    assert.is(deployment!.podMetadata, null)
  })

  const account = (text: string): string =>
    `apiVersion: v1\nkind: ServiceAccount\nmetadata: {name: a, namespace: obs}\n${text}\n---\n`
  const table: readonly [title: string, pod: string, account: string, automount: string][] = [
    ['mounts the token', 'serviceAccountName: a', '', 'true by default'],
    [
      'not when the account says no',
      'serviceAccountName: a',
      account('automountServiceAccountToken: false'),
      'false by account',
    ],
    [
      'when the pod says yes',
      'serviceAccountName: a\n      automountServiceAccountToken: true',
      account('automountServiceAccountToken: false'),
      'true by pod',
    ],
    [
      'whatever another account says',
      'serviceAccountName: b',
      account('automountServiceAccountToken: false'),
      'true by default',
    ],
  ]
  for (const [title, pod, objects, expected] of table) {
    it(title, () => {
      const { value, by } = only(`${objects}${workload({ pod })}${map}`).deployment!.automount
      assert.is(`${value} by ${by}`, expected)
    })
  }
})

describe('real streams', it => {
  it('kubectl get -o yaml: a List with what the cluster added', () => {
    const found = only(`
apiVersion: v1
kind: List
metadata: {resourceVersion: ""}
items:
- apiVersion: apps/v1
  kind: Deployment
  metadata:
    annotations:
      deployment.kubernetes.io/revision: "3"
      kubectl.kubernetes.io/last-applied-configuration: |
        {"apiVersion":"apps/v1","kind":"Deployment","metadata":{"name":"alloy-events"}}
    creationTimestamp: "2024-01-01T00:00:00Z"
    name: alloy-events
    namespace: monitoring
    uid: 00000000-0000-0000-0000-000000000000
  spec:
    template:
      metadata: {labels: {app: alloy}}
      spec:
        containers:
        - args: [run, /etc/alloy/config.alloy, --storage.path=/tmp/alloy]
          image: grafana/alloy:v1.9.0
          name: alloy
          volumeMounts:
          - {mountPath: /etc/alloy, name: config}
        volumes:
        - configMap: {defaultMode: 420, name: alloy-events}
          name: config
  status: {readyReplicas: 1}
- apiVersion: apps/v1
  kind: ReplicaSet
  metadata: {name: alloy-events-1, namespace: monitoring, ownerReferences: [{kind: Deployment, name: alloy-events}]}
  spec: {template: {spec: {containers: [{name: alloy, image: "grafana/alloy:v1.9.0"}]}}}
- apiVersion: v1
  kind: ConfigMap
  metadata: {name: alloy-events, namespace: monitoring}
  data:
    config.alloy: "loki.source.kubernetes_events \\"e\\" {\\n  namespaces = []\\n}\\n"
`)
    assert.is(found.name, 'monitoring/Deployment/alloy-events')
    assert.is(found.account!.name, 'default')
    assert.is(found.settings.alloyVersion!.value, 'v1.9.0')
    assert.is(at({ source: found.sources[0]!, start: 38, end: 39 }), 'input.yaml:39:61')
  })

  it('kubectl get -o json of one kind', () => {
    const pod = { spec: { containers: [{ name: 'a', image: 'grafana/alloy' }] } }
    const items = [{ metadata: { name: 'x', namespace: 'obs' }, spec: { template: pod } }]
    const { diagnostics } = given({ '-': JSON.stringify({ apiVersion: 'apps/v1', kind: 'DaemonSetList', items }) })
    assert.equal(
      diagnostics.map(({ message }) => message),
      ['the file /etc/alloy/config.alloy, which contains the configuration of obs/DaemonSet/x, is not in the input'],
    )
  })

  it('kustomize build: names with hashes', () => {
    const found = only(`
apiVersion: v1
data:
  config.alloy: |
    logging { }
  modules.alloy: |
    declare "m" { }
kind: ConfigMap
metadata: {name: alloy-config-7g2k9c5fmb, namespace: obs}
---
apiVersion: apps/v1
kind: DaemonSet
metadata: {name: alloy, namespace: obs}
spec:
  template:
    spec:
      containers:
      - {image: "grafana/alloy:v1.10.0", name: alloy, args: [run, /etc/alloy/config.alloy], volumeMounts: [{name: c, mountPath: /etc/alloy}]}
      volumes:
      - {name: c, configMap: {name: alloy-config-7g2k9c5fmb}}
`)
    assert.equal([...found.files.keys()], ['/etc/alloy/config.alloy', '/etc/alloy/modules.alloy'])
    assert.equal(
      found.sources.map(({ text }) => text),
      ['logging { }\n'],
    )
  })

  it('an old chart: the workload names no namespace, its account does', () => {
    const found = only(`${workload({ metadata: 'name: alloy', pod: 'serviceAccountName: r' })}
apiVersion: v1
kind: ServiceAccount
metadata: {name: r, namespace: obs}
---
${map}`)
    assert.is(found.name, 'obs/DaemonSet/alloy')
    assert.is(found.namespace, 'obs')
  })

  it('the namespace of a workload is its own, else that of the user', () => {
    const namespace = (metadata: string) =>
      given({ 'm.yaml': workload({ metadata }) + map.replaceAll(', namespace: obs', '') }, undefined, {
        namespace: 'given',
      }).value[0]!.namespace
    assert.is(namespace('name: alloy, namespace: own'), 'own')
    assert.is(namespace('name: alloy'), 'given')
  })
})
