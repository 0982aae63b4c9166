import * as assert from 'uvu/assert'
import { helpOnly } from '../../scripts/docs/help-only.ts'
import { describe } from '../harness.ts'
import { command, type Ran } from './io.ts'

type Files = Readonly<Record<string, string>>

/** Words that follow an option, and an input for which they change what a command does. */
interface Scenario {
  readonly words?: readonly string[]
  /** The input; `config.alloy` otherwise. */
  readonly inputs?: readonly string[]
  readonly files?: Files | (() => Promise<Files>)
  /** Further words, with the option and without it. */
  readonly besides?: readonly string[]
  /** What `denied` reads. */
  readonly log?: string
  /** What `explain` is asked. */
  readonly thing?: string
  readonly stdin?: string
}

const pods = 'discovery.kubernetes "pods" {\n  role = "pod"\n}\n'

const discovery = (...lines: readonly string[]): Files => ({
  'config.alloy': `discovery.kubernetes "pods" {\n  ${lines.join('\n  ')}\n}\n`,
})

const kubelet = (token: string): string =>
  `discovery.kubelet "node" {\n  url               = "https://10.0.0.9:10250"\n  bearer_token_file = ${token}\n}\n`

const certain = { 'config.alloy': kubelet('"/var/run/secrets/kubernetes.io/serviceaccount/token"') }
const assumed = kubelet('sys.env("TOKEN")')

const values = (content: string, ...lists: readonly string[]): Files => ({
  'values.yaml': [
    'alloy:',
    '  configMap:',
    '    content: |',
    ...content.split('\n').map(line => `      ${line}`),
    ...(lists.length === 0 ? [] : ['rbac:', '  rules:']),
    ...lists.map(rule => `    - ${rule}`),
    '',
  ].join('\n'),
})

const widgets = '{ apiGroups: [acme.io], resources: [widgets], verbs: [get] }'

const refusal = (verb: string, resource: string, where = 'at the cluster scope'): string =>
  `level=error err="${resource} is forbidden: User \\"system:serviceaccount:monitoring:alloy\\" cannot ${verb} resource \\"${resource}\\" in API group \\"\\" ${where}"\n`

const deployment = (name: string, role: string): string => `apiVersion: v1
kind: ConfigMap
metadata: { name: ${name}, namespace: monitoring }
data:
  config.alloy: |
    discovery.kubernetes "x" { role = "${role}" }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: ${name}, namespace: monitoring }
spec:
  selector: { matchLabels: { app: ${name} } }
  template:
    metadata: { labels: { app: ${name} } }
    spec:
      serviceAccountName: ${name}
      containers:
        - name: alloy
          image: docker.io/grafana/alloy:v1.18.1
          args: [run, /etc/alloy/config.alloy]
          volumeMounts: [{ name: config, mountPath: /etc/alloy }]
      volumes: [{ name: config, configMap: { name: ${name} } }]
`

const release = `apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata: { name: alloy, namespace: obs }
spec:
  chart: { spec: { chart: alloy, version: 1.11.1, sourceRef: { kind: HelmRepository, name: grafana } } }
  values:
    alloy:
      configMap:
        content: |
          discovery.kubernetes "x" { role = "\${ROLE}" }
`

const clusterRole = (rules: string): string => `apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata: { name: deployer }
rules: ${rules}
`

/** What the role of the name allows depends on the release of Kubernetes. */
const kubeletBinding = `apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata: { name: a }
roleRef: { apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: "system:kubelet-api-admin" }
subjects: [{ kind: ServiceAccount, name: a, namespace: monitoring }]
`

/** In Alloy since 1.12.0, which chart 1.5.0 ships. */
const newer = {
  'config.alloy': 'mimir.alerts.kubernetes "x" {\n  address       = "http://m"\n  global_config = ""\n}\n',
}
const module = `declare "x" {\n${pods}}\n`
const imports = (file: string): string => `import.file "m" {\n  filename = "${file}"\n}\nm.x "y" { }\n`
const datadog = { 'config.alloy': 'otelcol.exporter.datadog "d" {\n  api {\n    api_key = "hidden"\n  }\n}\n' }

/** Secrets are needed for what the cluster has. */
const monitored = {
  'config.alloy': 'prometheus.operator.probes "p" {\n  forward_to = []\n}\n',
  'web.yaml':
    'apiVersion: monitoring.coreos.com/v1\nkind: Probe\nmetadata: { name: web, namespace: shop }\nspec:\n  bearerTokenSecret: { name: token, key: token }\n',
}

/** Loads pipelines beside what it needs itself. */
const remote = { 'config.alloy': `remotecfg {\n  url = "https://fleet.example.com"\n}\n${pods}` }

/** An attribute decides whether the only pipeline is loaded. */
const decided: Scenario = {
  words: ['team=web'],
  files: {
    'config.alloy': 'remotecfg {\n  url = "https://fleet.example.com"\n}\n',
    'p.alloy': pods,
    'p.yaml': 'pipelines: [{ file: p.alloy, matchers: [team=ops] }]\n',
  },
  besides: ['--remote', 'p.yaml', '--remote-complete'],
}

/** A baseline of all findings, which expires. */
async function expiring(): Promise<Files> {
  const { written } = await command(['check', 'config.alloy', '--write-baseline', 'all.json'], { 'config.alloy': pods })
  const text = written.get('/work/all.json') ?? ''
  return { 'all.json': text.replaceAll('"reason": ""', '"reason": "known", "expires": "2027-01-01"') }
}

/** A rule of which no component can use all. */
const wide = '{ apiGroups: [""], resources: ["pods", "pods/exec"], verbs: ["list"] }'

/** By the name of the option, or by that of a command and the option where the command needs another. */
const scenarios: Readonly<Record<string, Scenario>> = {
  all: { inputs: ['m.yaml'], files: { 'm.yaml': `${deployment('a', 'pod')}---\n${deployment('b', 'service')}` } },
  'stdin-filename': {
    words: ['named.alloy'],
    inputs: ['-'],
    stdin: 'discovery.kubernetes "pods" {\n  role = "pod"\n  namespaces {\n    names = [sys.env("SHOP")]\n  }\n}\n',
  },
  'allow-outside': {
    inputs: ['sub'],
    files: { 'sub/config.alloy': imports('../m.alloy'), 'm.alloy': module },
  },
  'alloy-version': { words: ['1.2.0'], files: newer },
  arg: {
    words: ['role=service'],
    files: { 'config.alloy': `argument "role" { }\n${pods.replace('"pod"', 'argument.role.value')}` },
  },
  at: { words: ['collectors.alloy-logs'] },
  'audit-chart alloy-version': { words: ['1.2.0'] },
  'audit-chart keep': { words: ['configured'], besides: ['--format', 'values'] },
  'audit-chart write': {
    inputs: ['values.yaml'],
    files: { 'values.yaml': `rbac:\n  rules:\n    - ${wide}\n  clusterRules:\n    - ${wide}\n` },
  },
  assumed: {
    words: ['error'],
    inputs: ['values.yaml'],
    files: { 'values.yaml': `${values(assumed, widgets)['values.yaml']}  clusterRules:\n    - ${widgets}\n` },
  },
  baseline: { words: ['all.json'], files: expiring },
  'chart-version': { words: ['1.4.0'], files: newer },
  color: { words: ['always'], files: { 'config.alloy': `${pods}other.thing "x" { }\n` } },
  'upgrade color': { words: ['always'], files: certain, besides: ['--kube-version', '1.32'] },
  config: { words: ['config.alloy'], inputs: [] },
  'config-file': {
    words: ['ci.yaml'],
    files: {
      'ci.yaml':
        'options: { quiet: true, kube-version: 1.30 }\nexplain: { format: json }\naudit-chart: { format: json }\ndenied: { format: json }\ncompare: { format: json }\ninstaller: { format: json }\n',
    },
  },
  diagnostics: { words: ['found.json'] },
  also: { words: ['json=also.json'] },
  env: { words: ['ROLE=service'], files: discovery('role = sys.env("ROLE")') },
  'check fail-on': { words: ['error'] },
  'compare fail-on': { words: ['new'] },
  'upgrade fail-on': {
    words: ['warning'],
    files: { 'config.alloy': assumed },
    besides: ['--kube-version', '1.32'],
  },
  format: { words: ['json'] },
  from: { words: ['1.2.0'] },
  granularity: { words: ['blocks'] },
  'keep-extra': { inputs: ['values.yaml'], files: values(pods, widgets) },
  kernel: {
    words: ['5.4'],
    files: {
      'config.alloy': 'beyla.ebpf "x" {\n  discovery {\n    services {\n      open_ports = "80"\n    }\n  }\n}\n',
    },
    thing: 'capability BPF',
  },
  'kube-version': { words: ['1.30'], files: certain, thing: 'nodes/proxy get' },
  'denied kube-version': { words: ['1.30'], files: certain, log: refusal('get', 'nodes/proxy') },
  merge: {
    inputs: ['a.yaml', 'b.yaml'],
    files: {
      'a.yaml': values(pods)['values.yaml'] ?? '',
      'b.yaml': values(`${pods}\n${assumed}`)['values.yaml'] ?? '',
    },
  },
  'compare merge': {
    inputs: ['head', 'a.yaml', 'b.yaml'],
    files: {
      'base/a.yaml': values(pods)['values.yaml'] ?? '',
      'head/a.yaml': values(pods)['values.yaml'] ?? '',
      'head/b.yaml': values(`${pods}\n${assumed}`)['values.yaml'] ?? '',
    },
  },
  for: { words: ['flux'] },
  role: { words: ['role.yaml'], files: { 'role.yaml': clusterRole('[]') } },
  'installer chart-version': { words: ['1.0.0'] },
  'installer color': { words: ['always'] },
  'installer kube-version': {
    words: ['1.30'],
    inputs: ['m.yaml'],
    files: { 'm.yaml': `${deployment('a', 'pod')}---\n${kubeletBinding}` },
  },
  'installer merge': {
    inputs: ['a.yaml', 'b.yaml'],
    files: {
      'a.yaml': values(pods)['values.yaml'] ?? '',
      'b.yaml': `${values(`${pods}\n${assumed}`)['values.yaml']}controller: { type: deployment }\n`,
    },
  },
  'installer name': { words: ['robot'] },
  'installer namespace': { words: ['shop'] },
  'installer strict': {
    inputs: ['m.yaml'],
    files: {
      'm.yaml': `${deployment('a', 'pod')}---\n${clusterRole('[{ apiGroups: [rbac.authorization.k8s.io], resources: [roles], verbs: [bind] }]')}`,
    },
  },
  'installer substitute': {
    words: ['KIND=deployment'],
    inputs: ['release.yaml'],
    files: { 'release.yaml': release.replace('alloy:\n', 'controller: { type: "${KIND}" }\n    alloy:\n') },
  },
  'installer stdin-filename': { words: ['named.alloy'], inputs: ['-'], stdin: pods },
  module: {
    words: ['m=m.alloy'],
    files: {
      'config.alloy':
        'import.git "m" {\n  repository = "https://a.io/m.git"\n  path       = "m.alloy"\n}\nm.x "y" { }\n',
      'm.alloy': module,
    },
  },
  name: { words: ['robot'], besides: ['--format', 'manifests', '--namespace', 'monitoring'] },
  namespace: { words: ['shop'], files: discovery('role = "pod"', 'namespaces {', '  own_namespace = true', '}') },
  'upgrade namespace': {
    words: ['shop'],
    inputs: ['values.yaml'],
    files: values(
      'discovery.kubernetes "x" {\n  role = "pod"\n  namespaces {\n    own_namespace = true\n  }\n}',
      widgets,
    ),
  },
  'network-policy': {
    files: { 'config.alloy': 'loki.source.api "x" {\n  http {\n    listen_port = 3100\n  }\n  forward_to = []\n}\n' },
  },
  objects: { words: ['web.yaml'], files: monitored, thing: 'secrets get' },
  'denied objects': {
    words: ['web.yaml'],
    files: monitored,
    log: refusal('get', 'secrets', 'in the namespace "shop"'),
  },
  'objects-complete': { files: monitored, besides: ['--objects', 'web.yaml'], thing: 'secrets get' },
  'denied objects-complete': {
    files: monitored,
    besides: ['--objects', 'web.yaml'],
    log: refusal('get', 'secrets', 'in the namespace "shop"'),
  },
  'on-unknown': { words: ['warn'], files: { 'config.alloy': `${pods}other.thing "x" { }\n` } },
  only: { words: ['pod'] },
  optional: { files: datadog, thing: 'pods get' },
  output: { words: ['out.txt'] },
  platform: { words: ['gke-autopilot'], files: { 'config.alloy': 'beyla.ebpf "x" { }\n' } },
  quiet: { files: { 'config.alloy': assumed } },
  remote: { words: ['p.alloy'], files: { ...remote, 'p.alloy': pods } },
  'remote-complete': { files: remote },
  attribute: {
    words: ['team=ops'],
    files: { ...remote, 'p.alloy': pods, 'p.yaml': 'pipelines: [{ file: p.alloy, matchers: [team=ops] }]\n' },
    besides: ['--remote', 'p.yaml'],
  },
  'denied attribute': decided,
  'compare attribute': decided,
  scope: { words: ['cluster'], files: discovery('role = "pod"', 'namespaces {', '  names = ["shop"]', '}') },
  'upgrade scope': {
    words: ['cluster'],
    inputs: ['values.yaml'],
    files: values('discovery.kubernetes "x" {\n  role = "pod"\n  namespaces {\n    names = ["shop"]\n  }\n}', widgets),
  },
  stability: { words: ['generally-available'], files: newer },
  'explain stability': {
    words: ['generally-available'],
    files: newer,
    thing: 'namespaces list',
    besides: ['--strict'],
  },
  strict: { files: { 'config.alloy': 'beyla.ebpf "x" { }\n' }, besides: ['--stability', 'generally-available'] },
  'check strict': { besides: ['--fail-on', 'error'] },
  substitute: { words: ['ROLE=service'], inputs: ['release.yaml'], files: { 'release.yaml': release } },
  to: { words: ['1.11.1'] },
  today: { words: ['2030-01-01'], besides: ['--baseline', 'all.json'], files: expiring },
  url: { words: ['https://10.0.0.1:10250/metrics/cadvisor'], inputs: [] },
  workdir: { words: ['sub'], files: { 'config.alloy': imports('m.alloy'), 'sub/m.alloy': module } },
  workload: {
    words: ['b'],
    inputs: ['m.yaml'],
    files: { 'm.yaml': `${deployment('a', 'pod')}---\n${deployment('b', 'service')}` },
  },
  'write-baseline': { words: ['accepted.json'] },
}

function lineOf(name: string, { inputs = ['config.alloy'], thing = 'pods list' }: Scenario): readonly string[] {
  switch (name) {
    case 'upgrade':
      return ['upgrade', '--from', '1.5.2', '--to', '1.5.3', ...inputs]
    case 'denied':
      return ['denied', 'alloy.log', ...inputs.flatMap(path => ['--config', path])]
    case 'explain':
      return ['explain', thing, ...inputs]
    case 'audit-chart':
      return ['audit-chart', ...inputs.filter(path => path.endsWith('.yaml'))]
    case 'installer':
      return [
        'installer',
        '--for',
        'helm',
        ...(inputs.includes('m.yaml') ? [] : ['--namespace', 'monitoring']),
        ...inputs,
      ]
    case 'compare':
      return ['compare', inputs.length > 1 ? 'base' : 'base.alloy', ...inputs]
    default:
      return [name, ...inputs]
  }
}

const outcome = ({ code, stdout, stderr, written }: Ran): string => JSON.stringify([code, stdout, stderr, [...written]])

describe('options', it => {
  for (const listed of helpOnly().commands)
    for (const option of listed.options)
      it(`--${option.name()} changes what ${listed.name()} does`, async () => {
        const scenario = scenarios[`${listed.name()} ${option.name()}`] ?? scenarios[option.name()]
        assert.ok(scenario, 'there is no scenario')
        if (!scenario) return
        const { words = [], files = {}, besides = [], log = refusal('list', 'pods') } = scenario
        const given = typeof files === 'function' ? await files() : files
        const all = { 'config.alloy': pods, 'base.alloy': 'logging { }\n', 'alloy.log': log, ...given }
        const line = [...lineOf(listed.name(), scenario), ...besides]
        const { stdin = '' } = scenario
        const without = await command(line, all, { stdin })
        const changed = await command([...line, `--${option.name()}`, ...words], all, { stdin })
        assert.is.not(changed.code, 2, changed.stderr)
        assert.is.not(outcome(changed), outcome(without))
      })
})
