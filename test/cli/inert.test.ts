// A hostile text in every place that names something: no command in any format may print what a terminal or a job log obeys.
import * as assert from 'uvu/assert'
import { describe } from '../harness.ts'
import { command } from './io.ts'
import { hostile, obeyed } from './obeyed.ts'
import { workloadOf } from './secret.ts'

interface Plant {
  readonly title: string
  readonly files: Readonly<Record<string, string>>
  readonly input?: string
  readonly options?: readonly string[]
}

/** The hostile text as a string of JSON, and so of YAML and of Alloy except for half a pair. */
const quoted = JSON.stringify(hostile)
const literal = quoted.replaceAll(/\\ud83d/gi, '')
const alloy = (title: string, text: string, options: readonly string[] = []): Plant => ({
  title,
  files: { 'config.alloy': text },
  options,
})
const values = (title: string, text: string, options: readonly string[] = []): Plant => ({
  title,
  files: { 'values.yaml': text },
  input: 'values.yaml',
  options,
})
const settings = (text: string): string =>
  `${text}\nalloy:\n  configMap:\n    content: |\n      discovery.kubernetes "k" { role = "pod" }\n`
const manifests = (name: string, inside = '', template = ''): string => `apiVersion: v1
kind: ConfigMap
metadata: {name: alloy}
data: {config.alloy: "discovery.kubernetes \\"k\\" { role = \\"pod\\" }"}
---
${workloadOf(inside, template).replace('metadata: {name: alloy}', `metadata: {name: ${name}, namespace: ${name}}`)}`
const role = (rule: string): string => `${manifests('alloy')}---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata: {name: ${quoted}}
rules: [${rule}]
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata: {name: b}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: ${quoted}}
subjects: [{kind: ServiceAccount, name: default}]
`

const plants: readonly Plant[] = [
  alloy('a namespace', `discovery.kubernetes "k" {\n  role = "pod"\n  namespaces { names = [${literal}] }\n}\n`),
  alloy(
    'the name of an object',
    `remote.kubernetes.secret "k" {\n  namespace = ${literal}\n  name = ${literal}\n}\nremote.kubernetes.configmap "c" {\n  namespace = "::error::"\n  name = "x"\n}\n`,
  ),
  alloy('a value that is listed', `discovery.kubernetes "k" { role = ${literal} }\n`),
  alloy(
    'the path of a file',
    `local.file "k" { filename = "/x" + ${literal} }\nloki.source.file "f" {\n  targets = [{__path__ = "/var/log/" + ${literal}}]\n  forward_to = []\n}\n`,
  ),
  alloy('the path of a module', `import.file "m" { filename = ${literal} }\nm.x "y" { }\n`),
  alloy('the place of a module', `import.git "m" {\n  repository = ${literal}\n  path = ${literal}\n}\nm.x "y" { }\n`),
  alloy('a variable', `local.file "k" { filename = sys.env(${literal}) }\n`, ['--env', `${hostile}=x`]),
  alloy(
    'a metrics path',
    `prometheus.scrape "s" {\n  targets = [{__address__ = "kubernetes.default.svc:443", ${literal} = ${literal}}]\n  metrics_path = "/" + ${literal}\n  scheme = "https"\n  bearer_token_file = "/var/run/secrets/kubernetes.io/serviceaccount/token"\n  forward_to = []\n}\n`,
  ),
  alloy('a key', `prometheus.scrape "s" {\n  targets = [{${literal} = ${literal}}]["x"]\n  forward_to = [] )\n}\n`),
  alloy('a line at fault', `a = ${hostile} )\n`),
  alloy('a string at fault', `a "s" {\n  b = "${hostile.replaceAll('\n', '')}" )\n}\n`),
  values('an image', settings(`image: {tag: ${quoted}, repository: ${quoted}}`)),
  values('names', settings(`fullnameOverride: ${quoted}\nnameOverride: ${quoted}\nnamespaceOverride: ${quoted}`)),
  values('a service account', settings(`serviceAccount: {name: ${quoted}, create: false}`)),
  values(
    'rules',
    settings(
      `rbac: {rules: [{apiGroups: [${quoted}], resources: [${quoted}], verbs: [${quoted}, "get"]}], clusterRules: [{nonResourceURLs: [${quoted.replace('"', '"/')}], verbs: [get]}]}`,
    ),
    ['--keep-extra'],
  ),
  values(
    'objects',
    settings(
      `extraObjects: [{apiVersion: v1, kind: ${quoted}, metadata: {name: ${quoted}}, ${quoted}: ${quoted}}, ${quoted}]`,
    ),
  ),
  values(
    'a controller',
    settings(`controller: {type: ${quoted}, volumes: {extra: [{name: ${quoted}, hostPath: {path: ${quoted}}}]}}`),
  ),
  values(
    'mounts',
    settings(`controller: {volumes: {extra: [{name: x, hostPath: {path: ${quoted}}}]}}`).replace(
      'alloy:\n',
      `alloy:\n  mounts: {extra: [{name: x, mountPath: ${quoted}}]}\n  extraArgs: [${quoted}]\n  storagePath: ${quoted}\n`,
    ),
  ),
  values('a workload', manifests(quoted)),
  values(
    'a workload that needs nothing beside what an old chart makes',
    manifests(quoted)
      .replace(/^data: .*/m, 'data: {config.alloy: "logging { }"}')
      .replace('      containers', `      serviceAccountName: ${quoted}\n      containers`),
    ['--chart-version', '0.6.0'],
  ),
  values('a container', manifests('alloy').replace('- name: alloy', `- name: ${quoted}`)),
  values(
    'capabilities',
    manifests('alloy', `securityContext: {capabilities: {add: [${quoted}]}, seccompProfile: {type: ${quoted}}}`),
  ),
  values('labels', manifests('alloy', '', `metadata: {labels: {${quoted}: ${quoted}, helm.sh/chart: ${quoted}}}`)),
  values(
    'the image of a workload',
    manifests('alloy')
      .replace('grafana/alloy:v1.18.1', 'grafana/alloy:v1.18.1')
      .replace('image: ', `imagePullPolicy: ${quoted}\n          image: `),
  ),
  values('a role', role(`{apiGroups: [""], resources: [secrets], verbs: [get]}`)),
  values(
    'rules of a role',
    role(
      `{apiGroups: [${quoted}], resources: [${quoted}], resourceNames: [${quoted}], verbs: [${quoted}]}, {nonResourceURLs: [${quoted.replace('"', '"/')}], verbs: [get]}`,
    ),
  ),
  values('a role that is not there', role('').replace(/---\n.*\nkind: ClusterRole\n(?:.*\n){2}/, '')),
  values('a key given twice', settings(`${quoted}: 1\n${quoted}: 1`)),
  {
    title: 'a file',
    files: { [`x${hostile}.alloy`]: 'discovery.kubernetes "k" { role = "pod" }\nwrong = )\n' },
    input: `x${hostile}.alloy`,
  },
  {
    title: 'a file that is a command',
    files: { '::error file=x::boom/config.alloy': 'discovery.kubernetes "k" { role = "pod" }\n' },
    input: '::error file=x::boom',
  },
  {
    title: 'a file of values',
    files: { [`${hostile}.yaml`]: settings('rbac: {create: true}') },
    input: `${hostile}.yaml`,
  },
  { title: 'a file that is not there', files: {}, input: hostile },
]

const commands: readonly (readonly string[])[] = [
  ['generate', '--format', 'values'],
  ['generate', '--format', 'values', '--granularity', 'blocks', '--network-policy', '--platform', 'openshift'],
  ['generate', '--format', 'manifests', '--namespace', 'here'],
  ['generate', '--format', 'json'],
  ['generate', '--format', 'can-i'],
  ['generate', '--format', 'html'],
  ['diff', '--format', 'text'],
  ['diff', '--format', 'markdown'],
  ['diff', '--format', 'json'],
  ['diff', '--format', 'html'],
  ['check', '--format', 'text', '--fail-on', 'note'],
  ['check', '--format', 'json', '--write-baseline', 'made.json'],
  ['check', '--format', 'sarif'],
  ['check', '--format', 'github'],
  ['check', '--format', 'html'],
  ['check', '--format', 'junit'],
  ['check', '--format', 'markdown', '--platform', 'gke-autopilot'],
  ['upgrade', '--from', '1.4.0', '--to', '1.11.1', '--format', 'text'],
  ['upgrade', '--from', '1.4.0', '--to', '1.11.1', '--format', 'markdown'],
  ['installer', '--for', 'flux', '--namespace', 'obs'],
  ['installer', '--for', 'helm', '--namespace', 'obs', '--format', 'json'],
  ['compare', '--format', 'text'],
  ['compare', '--format', 'markdown'],
  ['compare', '--format', 'github'],
  ['compare', '--format', 'sarif'],
  ['compare', '--format', 'html'],
  ['explain', 'prometheus.scrape.s'],
]

const refusal = (user: string): string =>
  `level=error err="pods is forbidden: User \\"${user}\\" cannot list resource \\"pods\\" in API group \\"\\" at the cluster scope"`

async function holds(argv: readonly string[], files: Readonly<Record<string, string>>): Promise<void> {
  const { stdout, stderr, written } = await command(argv, files)
  assert.not.match(stderr, /this is a bug/)
  for (const text of [stdout, stderr, ...written.values()])
    assert.is(obeyed(text), null, `${JSON.stringify(argv)}: ${JSON.stringify(obeyed(text))}`)
}

describe('a hostile text', it => {
  for (const { title, files, input = 'config.alloy', options = [] } of plants)
    it(`is shown escaped: ${title}`, async () => {
      for (const [name = '', ...words] of commands) {
        const inputs = words.includes('prometheus.scrape.s') ? [...words, input] : [input, ...words]
        const before = name === 'compare' ? { 'else/empty.alloy': '' } : {}
        const line = [name, ...Object.keys(before), ...inputs, ...options, '--diagnostics', 'said.json']
        await holds(line, { ...files, ...before })
      }
    })
  it('is shown escaped: a log', async () => {
    const log = `${refusal(`system:serviceaccount:a:${hostile.replaceAll('\n', '')}`)}\n${refusal('x')} ${hostile}\n`
    for (const more of [[], ['--format', 'json']]) await holds(['denied', 'alloy.log', ...more], { 'alloy.log': log })
  })
  it('is shown escaped: words of the command line', async () => {
    await holds(['generate', `--${hostile}`], {})
    await holds(['generate', 'x', '--format', hostile], {})
    await holds([hostile], {})
    await holds(['explain', hostile], {})
    await holds(['explain', hostile, 'config.alloy'], { 'config.alloy': '' })
  })
  it('is told from words of the program', () => {
    assert.is(obeyed('one\ntwo é 😀\n'), null)
    for (const text of [
      '\u001b',
      '\u007f',
      '\u0085',
      'a\r\nb',
      '\u2028',
      '\u202e',
      '\ud83d',
      '\ufffe',
      '\u{1ffff}',
      '\ufdd0',
      'a\n ::error::boom',
      'a ##[error]boom',
    ])
      assert.is.not(obeyed(text), null, JSON.stringify(text))
  })
})
