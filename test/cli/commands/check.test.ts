import * as assert from 'uvu/assert'
import { describe } from '../../harness.ts'
import { command } from '../io.ts'

const pods = 'discovery.kubernetes "pods" {\n  role = "pod"\n}\n'
const logs = `${pods}loki.source.kubernetes "logs" {\n  targets    = discovery.kubernetes.pods.targets\n  forward_to = []\n}\n`

const indent = (text: string, by: number): string => text.replace(/^(?=.)/gm, ' '.repeat(by))

interface Options {
  readonly rules?: string
  readonly clusterRules?: string
  readonly automount?: boolean
  readonly enforce?: string
  readonly context?: string
  readonly config?: string
}

const hardened = `runAsUser: 473
runAsGroup: 473
runAsNonRoot: true
readOnlyRootFilesystem: true
allowPrivilegeEscalation: false
capabilities:
  drop: [ALL]
seccompProfile:
  type: RuntimeDefault
`

const needed = [
  '- {apiGroups: [""], resources: [pods], verbs: [get, list, watch]}',
  '- {apiGroups: [""], resources: [pods/log], verbs: [get]}',
].join('\n')

/** What Helm renders of the chart, in short. */
function stream({
  rules = needed,
  automount = true,
  enforce,
  context = hardened,
  config = logs,
}: Options = {}): string {
  return `apiVersion: v1
kind: Namespace
metadata:
  name: monitoring
${enforce === undefined ? '' : `  labels: {pod-security.kubernetes.io/enforce: ${enforce}}\n`}---
apiVersion: v1
kind: ServiceAccount
metadata: {name: alloy, namespace: monitoring}
automountServiceAccountToken: ${automount}
---
apiVersion: v1
kind: ConfigMap
metadata: {name: alloy, namespace: monitoring}
data:
  config.alloy: |
${indent(config, 4)}---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata: {name: alloy}
rules:
${indent(rules, 2)}
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata: {name: alloy}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: alloy}
subjects: [{kind: ServiceAccount, name: alloy, namespace: monitoring}]
---
apiVersion: apps/v1
kind: DaemonSet
metadata: {name: alloy, namespace: monitoring}
spec:
  template:
    spec:
      serviceAccountName: alloy
      containers:
        - name: alloy
          image: docker.io/grafana/alloy:v1.11.0
          args: [run, /etc/alloy/config.alloy, --storage.path=/tmp/alloy]
          securityContext:
${indent(context, 12)}          volumeMounts:
            - {name: config, mountPath: /etc/alloy}
            - {name: data, mountPath: /tmp/alloy}
      volumes:
        - {name: config, configMap: {name: alloy}}
        - {name: data, emptyDir: {}}
`
}

interface Said {
  readonly code: string
  readonly severity: string
  readonly message: string
  readonly help?: string
  readonly path?: string
  readonly line?: number
}

async function checked(text: string, ...more: readonly string[]) {
  const { code, stdout } = await command(['check', '-', '--format', 'json', ...more], {}, { stdin: text })
  const document = JSON.parse(stdout)
  const said: readonly Said[] = [
    ...document.diagnostics,
    ...document.workloads.flatMap((each: { diagnostics: readonly Said[] }) => each.diagnostics),
  ]
  return { code, document, said, codes: [...new Set(said.map(each => each.code))] }
}

describe('cli/check', it => {
  it('finds a rendered chart with just what is needed clean', async () => {
    const { code, document, said } = await checked(stream())
    assert.equal(said, [])
    assert.is(code, 0)
    assert.is(document.status, 'clean')
    assert.is(document.workloads[0].name, 'monitoring/DaemonSet/alloy')
  })

  const grants = [
    ['pods get', 'get, list, watch', 'list, watch', 'get on pods cluster-wide'],
    ['pods list', 'get, list, watch', 'get, watch', 'list on pods cluster-wide'],
    ['pods watch', 'get, list, watch', 'get, list', 'watch on pods cluster-wide'],
    ['pods/log get', 'pods/log], verbs: [get]', 'pods], verbs: [get]', 'get on pods/log cluster-wide'],
  ] as const
  for (const [title, from, to, line] of grants) {
    it(`names exactly ${title} when that is taken away`, async () => {
      const { code, document, said } = await checked(stream({ rules: needed.replace(from, to) }))
      assert.is(code, 1)
      assert.is(document.workloads[0].missing.length, 1)
      assert.equal(
        said.map(each => each.code),
        ['ARB401'],
      )
      assert.ok(said[0]!.message.includes(`needs ${line},`), said[0]!.message)
    })
  }

  const cases: readonly (readonly [string, Options, readonly string[], number])[] = [
    [
      'a grant that nothing needs',
      { rules: `${needed}\n- {apiGroups: [""], resources: [secrets], verbs: [get]}` },
      ['ARB402'],
      1,
    ],
    [
      'a resource that no API serves',
      { rules: `${needed}\n- {apiGroups: [networking.k8s.io], resources: [pods], verbs: [get]}` },
      ['ARB403'],
      1,
    ],
    ['a wildcard', { rules: '- {apiGroups: ["*"], resources: ["*"], verbs: ["*"]}' }, ['ARB404'], 1],
    ['a token without need', { config: 'logging {\n  level = "info"\n}\n', rules: '[]' }, ['ARB409'], 1],
    ['a token that is not mounted', { automount: false }, ['ARB410'], 1],
    ['a pod that may escalate', { context: hardened.replace('Escalation: false', 'Escalation: true') }, ['ARB408'], 1],
    [
      'a pod that the namespace refuses',
      { enforce: 'restricted', context: hardened.replace('Escalation: false', 'Escalation: true') },
      ['ARB411', 'ARB408'],
      1,
    ],
    ['nothing in a namespace that admits the pod', { enforce: 'restricted' }, [], 0],
  ]
  for (const [title, options, codes, exit] of cases) {
    it(`finds ${title}`, async () => {
      const found = await checked(stream(options))
      assert.equal(found.codes, codes)
      assert.is(found.code, exit)
    })
  }

  it('lists the excess of the default rules, secrets first', async () => {
    const { code, stdout } = await command(['check', 'config.alloy', '--format', 'json'], { 'config.alloy': logs })
    const [workload] = JSON.parse(stdout).workloads
    assert.is(code, 1)
    assert.equal(workload.missing, [])
    assert.is(workload.excess[0].resource, 'secrets')
    assert.match(workload.diagnostics.find((each: Said) => each.code === 'ARB402').message, /secrets/)
  })

  it('finds values with what generate prints clean', async () => {
    const values = `alloy:\n  configMap:\n    content: |\n${indent(logs, 6)}`
    const { stdout } = await command(['generate', 'values.yaml'], { 'values.yaml': values })
    const files = { 'values.yaml': values, 'rbac.yaml': stdout }
    const { code, stdout: text } = await command(['check', 'values.yaml', 'rbac.yaml'], files)
    assert.match(text, /check: clean\n$/)
    assert.is(code, 0)
  })

  it('gives no verdict when a bound role is not in the input', async () => {
    const { code, document, said } = await checked(
      stream().replace('kind: ClusterRole, name: alloy}', 'kind: ClusterRole, name: other}'),
    )
    assert.is(code, 3)
    assert.is(document.status, 'no-plan')
    assert.equal(
      said.map(each => each.code),
      ['ARB406'],
    )
  })

  it('prints its document and exits 3 when the configuration is at fault', async () => {
    const { code, document, said } = await checked(stream({ config: 'a = 1 2\n' }))
    assert.is(code, 3)
    assert.is(document.status, 'no-plan')
    assert.is(said[0]!.path, '-')
  })

  it('passes below --fail-on', async () => {
    const rules = `${needed}\n- {apiGroups: [""], resources: [secrets], verbs: [get]}`
    assert.is((await checked(stream({ rules }), '--fail-on', 'error')).code, 0)
  })

  const excess = stream({ rules: `${needed}\n- {apiGroups: [""], resources: [secrets], verbs: [get]}` })
  const entry = { code: 'ARB402', workload: 'monitoring/DaemonSet/alloy', path: '-', reason: 'a sidecar reads it' }
  const subject = 'ClusterRole/alloy: cluster secrets get'
  const baselines: readonly (readonly [string, object, readonly string[], number])[] = [
    ['accepts what a baseline names', { ...entry, subject }, [], 0],
    ['accepts it on the last day', { ...entry, subject, expires: '2026-06-15' }, [], 0],
    ['reports an entry that has expired', { ...entry, subject, expires: '2026-06-14' }, ['ARB420', 'ARB402'], 1],
    ['reports an entry that matches nothing', { ...entry, subject: 'x' }, ['ARB421', 'ARB402'], 1],
    ['refuses an entry of another shape', { ...entry, subject, expires: 'soon' }, ['ARB422', 'ARB402'], 3],
  ]
  for (const [title, finding, codes, exit] of baselines) {
    it(title, async () => {
      const files = { 'baseline.json': JSON.stringify({ version: 1, findings: [finding] }) }
      const argv = ['check', '-', '--format', 'json', '--baseline', 'baseline.json']
      const { code, stdout } = await command(argv, files, { stdin: excess })
      const document = JSON.parse(stdout)
      const said: readonly Said[] = [...document.diagnostics, ...document.workloads[0].diagnostics]
      assert.equal(
        said.map(each => each.code),
        codes,
      )
      assert.is(code, exit)
    })
  }

  it('writes a baseline that accepts what it found', async () => {
    const { code, written } = await command(['check', '-', '--write-baseline', 'b.json'], {}, { stdin: excess })
    assert.is(code, 0)
    const text = written.get('/work/b.json')!
    assert.is(JSON.parse(text).findings[0].subject, subject)
    const again = await command(['check', '-', '--baseline', 'b.json'], { 'b.json': text }, { stdin: excess })
    assert.is(again.code, 0)
  })

  it('takes the day from --today', async () => {
    const finding = { ...entry, subject, expires: '2026-06-20' }
    const files = { 'b.json': JSON.stringify({ version: 1, findings: [finding] }) }
    const argv = ['check', '-', '--baseline', 'b.json', '--today']
    assert.is((await command([...argv, '2026-06-20'], files, { stdin: excess })).code, 0)
    assert.is((await command([...argv, '2026-06-21'], files, { stdin: excess })).code, 1)
    assert.is((await command([...argv, 'soon'], files, { stdin: excess })).code, 2)
  })

  it('finds rules in a Role that have no namespace', async () => {
    const rules =
      '- {apiGroups: [""], resources: [nodes], verbs: [list]}\n- {nonResourceURLs: [/metrics], verbs: [get]}'
    const role = stream({ rules, automount: true }).replaceAll('kind: ClusterRole', 'kind: Role')
    const { said } = await checked(
      role.replaceAll('metadata: {name: alloy}', 'metadata: {name: alloy, namespace: monitoring}'),
    )
    const wrong = said.filter(each => each.code === 'ARB405')
    assert.is(wrong.length, 2)
    assert.is(wrong[0]!.severity, 'warning')
  })

  it('places findings in the YAML of the pod and of the values', async () => {
    const mounts =
      '            - {name: logs, mountPath: /var/log}\n      volumes:\n        - {name: logs, hostPath: {path: /var/log}}\n'
    const text = stream().replace('      volumes:\n', mounts)
    const { said } = await checked(text)
    assert.equal(
      said.map(({ code, message }) => `${code} ${message}`),
      ['ARB408 the pod mounts /var/log writable, but no component needs it'],
    )
    assert.match(text.split('\n')[said[0]!.line! - 1]!, /name: logs, mountPath/)
    const values = `alloy:\n  configMap:\n    content: |\n${indent(pods, 6)}rbac:\n  rules:\n    - apiGroups: [""]\n      resources: [secrets, pods]\n      verbs: [list, watch]\n  clusterRules:\n    - nonResourceURLs: [/metrics]\n      verbs: [get]\n`
    const ofValues = await checked(values)
    const places = ofValues.said
      .filter(each => each.code === 'ARB402')
      .map(each => values.split('\n')[each.line! - 1]!.trim())
    assert.equal(places, ['- apiGroups: [""]', '- nonResourceURLs: [/metrics]'])
  })

  it('names what the pod lacks', async () => {
    const config =
      'prometheus.exporter.unix "node" {\n  rootfs_path = "/host/root"\n  procfs_path = "/host/proc"\n  sysfs_path = "/host/sys"\n}\n'
    const { document, said } = await checked(stream({ config, rules: '[]', automount: false }))
    assert.ok(document.workloads[0].pod.missing.some((line: string) => line.startsWith('mount /')))
    assert.ok(said.some(each => each.code === 'ARB407' && each.severity === 'error'))
  })

  it('judges several workloads one by one, or the one that is named', async () => {
    const other = stream({ rules: needed.replace('list, watch', 'list') })
      .replaceAll('monitoring', 'shop')
      .replace(/(metadata: \{|ClusterRole, )name: alloy\}/g, '$1name: alloy-shop}')
    const both = `${stream()}---\n${other}`
    const { document } = await checked(both)
    assert.equal(
      document.workloads.map((each: { missing: readonly unknown[] }) => each.missing.length),
      [0, 1],
    )
    const one = await checked(both, '--workload', 'monitoring/alloy')
    assert.is(one.document.workloads.length, 1)
    assert.is(one.code, 0)
  })

  it('refuses an unknown format', async () => {
    assert.is((await command(['check', '-', '--format', 'xml'])).code, 2)
  })
})
