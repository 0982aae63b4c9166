// A marked secret beside the configuration, or changed by its functions: no command that reads it may show a part of it.
import { describe } from '../harness.ts'
import { hides, workloadOf } from './secret.ts'

/** Inputs that hold a secret, `§`, or its base64, `¤`, and the command lines that read them. */
interface Plant {
  readonly title: string
  readonly files: Readonly<Record<string, string>>
  readonly argv: readonly (readonly string[])[]
}

const deployment = (options: readonly string[] = []): Plant['argv'] => [
  ['generate', 'values.yaml', '--format', 'values', '--keep-extra', '--network-policy', ...options],
  ['generate', 'values.yaml', '--format', 'manifests', '--platform', 'openshift', ...options],
  ['generate', 'values.yaml', '--format', 'json', '--platform', 'gke-autopilot', ...options],
  ['generate', 'values.yaml', '--format', 'can-i', ...options],
  ['generate', 'values.yaml', '--format', 'html', ...options],
  ['diff', 'values.yaml', '--format', 'markdown', ...options],
  ['check', 'values.yaml', '--format', 'text', '--fail-on', 'note', ...options],
  ['check', 'values.yaml', '--format', 'json', '--platform', 'gke-autopilot', ...options],
  ['check', 'values.yaml', '--format', 'sarif', ...options],
  ['check', 'values.yaml', '--format', 'html', ...options],
  ['check', 'values.yaml', '--format', 'junit', '--write-baseline', 'made.json', '--fail-on', 'note', ...options],
  ['upgrade', 'values.yaml', '--from', '1.4.0', '--to', '1.11.1', ...options],
  ['compare', 'values.yaml', '-', ...options],
  ['installer', 'values.yaml', '--for', 'flux', '--namespace', 'obs', '--format', 'json'],
]
const values = (title: string, text: string): Plant => ({ title, files: { 'values.yaml': text }, argv: deployment() })

const scrape = `prometheus.scrape "s" {
  targets           = discovery.relabel.r.output
  scheme            = "https"
  bearer_token_file = "/var/run/secrets/kubernetes.io/serviceaccount/token"
  forward_to        = []
}
`
/** What `explain` says of a scrape whose targets pass the rules given. */
const explained = (title: string, targets: string, rules: string, options: readonly string[] = []): Plant => ({
  title,
  files: {
    'config.alloy': `discovery.relabel "r" {\n  targets = ${targets}\n${rules}\n}\n${scrape}`,
  },
  argv: [
    ['explain', 'prometheus.scrape.s', 'config.alloy', ...options],
    ['explain', 'prometheus.scrape.s', 'config.alloy', '--format', 'json', ...options],
    ['explain', 'discovery.relabel.r', 'config.alloy', ...options],
  ],
})
const given = ['--env', 'PASS=§']
const rule = (inside: string): string => `  rule {\n    ${inside.replaceAll('; ', '\n    ')}\n  }`
const node = 'target_label = "__address__"; replacement = "kubernetes.default.svc:443"'

const traces: readonly Plant[] = [
  explained('the label of a target', '[{ __address__ = "kubernetes.default.svc:443", password = "§" }]', ''),
  explained('a parameter of a target', '[{ __address__ = "kubernetes.default.svc:443", __param_token = "§" }]', ''),
  explained(
    'a variable in a label',
    '[{ __address__ = "kubernetes.default.svc:443", team = sys.env("PASS") }]',
    '',
    given,
  ),
  explained(
    'a variable that became base64',
    '[{ __address__ = "kubernetes.default.svc:443", team = encoding.to_base64(sys.env("PASS")) }]',
    '',
    given,
  ),
  explained(
    'a variable in upper case',
    '[{ __address__ = "kubernetes.default.svc:443", team = string.to_upper(sys.env("PASS")) }]',
    '',
    given,
  ),
  explained('a replacement', '[{ a = "b" }]', `${rule('target_label = "password"; replacement = "§"')}\n${rule(node)}`),
  explained(
    'a variable as a replacement',
    '[{ a = "b" }]',
    `${rule('target_label = "x"; replacement = sys.env("PASS")')}\n${rule(node)}`,
    given,
  ),
  explained(
    'a label copied from a secret one',
    '[{ password = "§" }]',
    `${rule('source_labels = ["password"]; target_label = "x"')}\n${rule(node)}`,
  ),
  explained(
    'a label mapped from a secret one',
    '[{ a_password = "§" }]',
    `${rule('action = "labelmap"; regex = "a_pass(.*)"; replacement = "x"')}\n${rule(node)}`,
  ),
  explained(
    'a secret label that decides',
    '[{ password = "§" }]',
    rule('source_labels = ["password"]; regex = "§"; action = "drop"'),
  ),
  explained(
    'a secret label that decides with another',
    '[{ password = "§", a = "b" }]',
    rule('source_labels = ["a", "password"]; regex = "b;§"; action = "keep"'),
  ),
  explained(
    'a variable that decides',
    '[{ a = "b" }]',
    rule('source_labels = ["a"]; regex = sys.env("PASS"); action = "keep"'),
    given,
  ),
  explained(
    'a variable as the name of a label',
    '[{ a = "b" }]',
    `${rule('target_label = sys.env("PASS"); replacement = "x"')}\n${rule(node)}`,
    given,
  ),
  explained(
    'a variable as a label that is removed',
    '[{ a = "b" }]',
    `${rule('regex = sys.env("PASS"); action = "labeldrop"')}\n${rule(node)}`,
    given,
  ),
  explained(
    'a variable as a separator',
    '[{ a = "b", c = "d" }]',
    `${rule('source_labels = ["a", "c"]; separator = sys.env("PASS"); target_label = "x"')}\n${rule(node)}`,
    given,
  ),
  explained('a password in the address', '[{ __address__ = "u:§@kubernetes.default.svc:443" }]', ''),
  explained(
    'a token in the path',
    '[{ __address__ = "kubernetes.default.svc:443", __metrics_path__ = "/metrics?token=§" }]',
    '',
  ),
]

const configuration = 'discovery.kubernetes "k" {\n  role = "node"\n}\n'
const log = (title: string, text: string): Plant => ({
  title,
  files: { 'alloy.log': text, 'config.alloy': configuration },
  argv: [
    ['denied', 'alloy.log'],
    ['denied', 'alloy.log', '--format', 'json'],
    ['denied', 'alloy.log', '--config', 'config.alloy'],
    ['denied', 'alloy.log', '--config', 'config.alloy', '--format', 'json'],
  ],
})
const refusal =
  'pods is forbidden: User "system:serviceaccount:monitoring:alloy" cannot list resource "pods" in API group "" at the cluster scope'
const path = 'forbidden: User "system:serviceaccount:monitoring:alloy" cannot get path "/metrics?token=§"'

const logs: readonly Plant[] = [
  log('a header before a refusal', `level=error headers="Authorization: Bearer §" err="${refusal}"\n`),
  log('a header behind a refusal', `level=error err="${refusal}" authorization="Bearer §"\n`),
  log('a header after the refusal without quotes', `${refusal} Authorization: Bearer §\n`),
  log('a word of no meaning behind a refusal', `${refusal} (§)\n`),
  log('a word of no meaning before a refusal', `§ ${refusal}\n`),
  log('a basic header', `err="${refusal}" header="Authorization: Basic ¤"\n`),
  log('a token in a URL', `level=error url="https://h/?access_token=§" err="${refusal}"\n`),
  log('a password in a URL', `level=error err="${refusal}" url=https://u:§@h/\n`),
  log('a token in a JSON field', `${JSON.stringify({ token: '§', err: refusal, session: '§' })}\n`),
  log('a token on another line', `token=§\n${refusal}\nBearer §\n`),
  log('a token in the path', `${path}\n`),
  log('a token in the URL of a refusal', `Get "https://10.0.0.1/api?token=§": ${refusal}\n`),
  log('a token in no refusal', 'token=§ Unauthorized\n'),
  {
    title: 'a configuration of denied that is at fault',
    files: { 'alloy.log': refusal, 'config.alloy': 'a "s" {\n  password = "§" )\n}\n' },
    argv: [['denied', 'alloy.log', '--config', 'config.alloy']],
  },
]

const checked = 'alloy:\n  configMap:\n    content: |\n      discovery.kubernetes "k" { role = "node" }\n'
const baseline = (title: string, text: string): Plant => ({
  title,
  files: { 'values.yaml': checked, 'accepted.json': text },
  argv: ['text', 'json', 'sarif', 'github', 'junit', 'markdown', 'html'].map(format => [
    'check',
    'values.yaml',
    '--format',
    format,
    '--baseline',
    'accepted.json',
  ]),
})
const accepted = { version: 1, findings: [{ code: 'ARB401', subject: 'cluster pods list' }] }
const entry = accepted.findings[0]

const baselines: readonly Plant[] = [
  baseline('an unknown key of a baseline', JSON.stringify({ ...accepted, password: '§' }, null, 2)),
  baseline('an unknown key of an entry', JSON.stringify({ version: 1, findings: [{ ...entry, token: '§' }] })),
  baseline('a key that is the secret', JSON.stringify({ version: 1, findings: [{ ...entry, '§': 1 }] })),
  baseline('a date that is none', JSON.stringify({ version: 1, findings: [{ ...entry, expires: '§' }] })),
  baseline('a version that is none', JSON.stringify({ version: '§', findings: [] })),
  baseline('an entry that is a text', '{"version": 1, "findings": ["§"]}'),
  baseline('an entry on the line of a token', '{"version": 1, "findings": [{"subject": 1, "token": "§"}]}'),
  baseline('a baseline that is no YAML', '{"version": 1, "token": "§", "findings": [}'),
  baseline('a baseline that is a Secret', 'kind: Secret\ndata: {k: ¤}\n'),
  baseline('a baseline that is a text', '§\n'),
]

const pod = (inside: string, more = ''): string => `apiVersion: v1
kind: ConfigMap
metadata: {name: alloy}
data:
  config.alloy: |
    discovery.kubernetes "k" {
      role = "pod"
    }
---
${workloadOf(inside, more)}`
const chart = (settings: string, content = 'discovery.kubernetes "k" { role = "pod" }'): string =>
  `${settings}alloy:\n  configMap:\n    content: |\n${content.replaceAll(/^/gm, '      ')}\n`
const extra = (object: string): string => chart(`extraObjects:\n  - ${object}\n`)

const beside: readonly Plant[] = [
  values('a variable in a manifest', pod('env: [{name: X, value: §}]')),
  values('a variable of the wrong type', pod('env: [{name: X, value: [§]}]')),
  values('a variable without a name', pod('env: [{value: §}]')),
  values('a variable given twice', pod('env: [{name: X, value: §, value: §}]')),
  values('variables as a map', pod('env: {X: §}')),
  values('variables as a text', pod('env: §')),
  values('a variable made of another', pod('env: [{name: X, value: §}, {name: Y, value: "$(X)/x"}]')),
  values(
    'a variable in an argument',
    pod('env: [{name: X, value: §}]').replace('[run,', '[run, "--storage.path=$(X)",'),
  ),
  values('an argument', pod('').replace('[run,', '[run, "--cluster.join-addresses=https://u:§@h",')),
  values('an argument of no meaning', pod('').replace('[run,', '[run, "--password=§",')),
  values(
    'a probe with a header',
    pod('livenessProbe: {httpGet: {path: /, httpHeaders: [{name: Authorization, value: §}]}}'),
  ),
  values('annotations and labels', pod('', 'metadata: {annotations: {a: §}, labels: {b: §}}')),
  values('annotations given twice', pod('', 'metadata: {annotations: {a: §, a: §}}')),
  values('annotations of the wrong type', pod('', 'metadata: {annotations: §, labels: [§]}')),
  values(
    'extraEnv',
    chart('', 'local.file "f" { filename = sys.env("X") }').replace(
      'alloy:\n',
      'alloy:\n  extraEnv: [{name: X, value: §}]\n',
    ),
  ),
  values('extraEnv as a map', chart('').replace('alloy:\n', 'alloy:\n  extraEnv: {X: §}\n')),
  values('extraEnv as a text', chart('').replace('alloy:\n', 'alloy:\n  extraEnv: §\n')),
  values(
    'extraEnv of nested values',
    chart('').replace('alloy:\n', 'alloy:\n  extraEnv: [{name: X, value: {a: §}}]\n'),
  ),
  values(
    'envFrom with more than a name',
    chart('').replace('alloy:\n', 'alloy:\n  envFrom: [{secretRef: {name: s}, value: §}]\n'),
  ),
  values('envFrom as a text', chart('').replace('alloy:\n', 'alloy:\n  envFrom: §\n')),
  values(
    'labels and annotations in values',
    chart(
      'controller: {podAnnotations: {a: §}, podLabels: {b: §}}\nserviceAccount: {annotations: {x: §}}\nservice: {annotations: {y: §}}\n',
    ),
  ),
  values('an object as a text', extra('|\n    apiVersion: v1\n    kind: Secret\n    stringData: {a: §}')),
  values(
    'a Secret that is mounted',
    `${pod('')}---\nkind: Secret\nmetadata: {name: s}\nstringData:\n  config.alloy: |\n    a = "§" )\ndata: {x: ¤}\n`,
  ),
  values(
    'a variable that a Secret gives',
    `${pod('env: [{name: X, valueFrom: {secretKeyRef: {name: s, key: k}}}]').replace('role = "pod"', 'role = sys.env("X")')}---\nkind: Secret\nmetadata: {name: s}\nstringData: {k: §}\n`,
  ),
  values(
    'a variable that a ConfigMap gives',
    `${pod('envFrom: [{configMapRef: {name: m}}]').replace('role = "pod"', 'role = sys.env("X")')}---\nkind: ConfigMap\nmetadata: {name: m}\ndata: {X: §}\n`,
  ),
  values(
    'a file that a ConfigMap gives',
    `${pod('').replace('  config.alloy: |\n', '  secret.txt: §\n  config.alloy: |\n').replace('role = "pod"', 'role = local.file.f.content').replace('    discovery', '    local.file "f" { filename = "/etc/alloy/secret.txt" }\n    discovery')}`,
  ),
]

const changed = (title: string, expression: string, argument = 'role'): Plant => ({
  title,
  files: { 'values.yaml': chart('', `discovery.kubernetes "k" {\n  ${argument} = ${expression}\n}`) },
  argv: deployment(given),
})
const transformed: readonly Plant[] = [
  changed('in upper case', 'string.to_upper(sys.env("PASS"))'),
  changed('in base64', 'encoding.to_base64(sys.env("PASS"))'),
  changed('in base64 for a URL', 'encoding.to_URLbase64(sys.env("PASS"))'),
  changed('encoded for a URL', 'encoding.url_encode(sys.env("PASS"))'),
  changed('behind another text', '"x" + sys.env("PASS")'),
  changed('formatted', 'string.format("%s-%s", "x", sys.env("PASS"))'),
  changed('joined', 'string.join(["a", sys.env("PASS")], "")'),
  changed('trimmed', 'string.trim_prefix(sys.env("PASS"), "zq")'),
  changed('replaced in part', 'string.replace(sys.env("PASS"), "7", "-")'),
  changed('split', 'string.split(sys.env("PASS"), "7")[0]'),
  changed('as JSON', 'encoding.to_json({ a = sys.env("PASS") })'),
  changed('as a literal that is decoded and changed', 'string.to_upper(encoding.from_base64("¤"))', 'bearer_token'),
  changed('of two literals of a secret argument', '"zqzq" + "7zqzqzqzq" + 1', 'bearer_token'),
  changed('in a wrong argument', 'string.join(sys.env("PASS"), 1)', 'api_server'),
  changed('where a list belongs', 'encoding.to_base64(sys.env("PASS"))', 'namespaces'),
]

describe('a secret', it => {
  for (const { title, files, argv } of [...traces, ...logs, ...baselines, ...beside, ...transformed]) {
    it(`is hidden: ${title}`, async () => {
      for (const words of argv) await hides(words, files)
    })
  }
})
