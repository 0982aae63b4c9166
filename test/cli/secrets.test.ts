// A marked secret in every place that may hold one; no format of any command may show a part of it.
import * as assert from 'uvu/assert'
import { describe } from '../harness.ts'
import { command } from './io.ts'
import { hides, workloadOf } from './secret.ts'

/** A place for a secret: the inputs that hold it, `§` for the secret itself, `¤` for its base64. */
interface Plant {
  readonly title: string
  readonly files: Readonly<Record<string, string>>
  readonly options?: readonly string[]
}

const alloy = (title: string, text: string, options: readonly string[] = []): Plant => ({
  title,
  files: { 'config.alloy': text },
  options,
})
const values = (title: string, text: string, options: readonly string[] = []): Plant => ({
  title,
  files: { 'values.yaml': text },
  options,
})
/** A scrape with its forwarding done; what is given is on one line. */
const scrape = (inside: string): string => `prometheus.scrape "s" { ${inside} }\n`
/** The variable PASS holds the secret, by the command line. */
const given = ['--env', 'PASS=§']

const literals: readonly Plant[] = [
  alloy('a password beside an unknown argument', scrape('basic_auth { password = "§", wrong = 1 }')),
  alloy(
    'a password on the line of an unknown argument',
    'prometheus.scrape "s" {\n  basic_auth { password = "§" }  wrong = 1\n}\n',
  ),
  alloy('a password before a syntax error', 'a "s" {\n  password = "§" )\n}\n'),
  alloy('a password in a string that is not closed', 'a "s" {\n  password = "§\n}\n'),
  alloy('a password in a raw string that is not closed', 'a "s" {\n  password = `§\n}\n'),
  alloy('an unknown argument in a string that an error began', 'a "s" {\n  b`c = 1\n\n  d { e = "§" }'),
  alloy('an unknown argument in a string between two errors', 'a "s" {\n  b`c = 1\n\n  d { e = "§" } ` )'),
  alloy('an unknown argument in a comment that nothing ends', 'a "s" {\n  /* c\n\n  d { e = "§" }'),
  alloy('an unknown argument in a comment of several lines', 'a "s" {\n  /* c\n\n  d { e = "§" } */ )'),
  alloy('a password in single quotes', 'a "s" {\n  password = \'§\'\n}\n'),
  alloy('a password without quotes', 'a "s" {\n  password = §\n}\n'),
  alloy('a password without a sign', 'a "s" {\n  password "§"\n}\n'),
  alloy('a password after a colon', 'a "s" {\n  password: "§"\n}\n'),
  alloy('a password over several lines', 'a "s" {\n  password = `x\n§\ny` )\n}\n'),
  alloy('a password with a bad escape', 'a "s" {\n  password = "§\\q"\n}\n'),
  alloy('a password that is put together', 'a "s" {\n  password = "x" + "§" + )\n}\n'),
  alloy('a password in a list', 'prometheus.scrape "s" {\n  basic_auth {\n    password = ["§"]\n  }\n}\n'),
  alloy('a password in an object', 'prometheus.scrape "s" {\n  basic_auth {\n    password = { x = "§" }\n  }\n}\n'),
  alloy(
    'a password in a call',
    'prometheus.scrape "s" {\n  basic_auth {\n    password = string.join("§", 1)\n  }\n}\n',
  ),
  alloy(
    'a block of secrets written as an attribute',
    'prometheus.scrape "s" {\n  basic_auth = { username = "u", password = "§" }\n}\n',
  ),
  alloy('a secret for a whole block', 'prometheus.scrape "s" {\n  basic_auth = "§"\n}\n'),
  alloy('credentials', 'prometheus.scrape "s" {\n  authorization {\n    credentials = "§" )\n  }\n}\n'),
  alloy('a bearer token', 'prometheus.scrape "s" {\n  bearer_token = [ "§" ]\n}\n'),
  alloy('a bearer token that is a number by mistake', 'prometheus.scrape "s" {\n  bearer_token = "§" - 1\n}\n'),
  alloy('a client secret', 'prometheus.scrape "s" {\n  oauth2 {\n    client_secret = "§" + 1\n  }\n}\n'),
  alloy(
    'a private key',
    'prometheus.scrape "s" {\n  tls_config {\n    key_pem = `-----BEGIN\n§\n-----END` x\n  }\n}\n',
  ),
  alloy('headers', 'prometheus.scrape "s" {\n  http_headers = { "X-Scope" = ["§"] } )\n}\n'),
  alloy('headers of the wrong type', 'prometheus.scrape "s" {\n  http_headers = { "X-Scope" = [["§"]] }\n}\n'),
  alloy(
    'headers of an exporter',
    'otelcol.exporter.otlp "o" {\n  client {\n    headers = { "x" = "§" }  wrong = 1\n  }\n}\n',
  ),
  alloy(
    'the data source of an exporter',
    'prometheus.exporter.mysql "m" {\n  data_source_name = "root:§@tcp(db)/"  wrong = 1\n}\n',
  ),
  alloy(
    'the URI of an exporter',
    'prometheus.exporter.mongodb "m" {\n  mongodb_uri = "mongodb://u:§@db"  wrong = 1\n}\n',
  ),
  alloy(
    'the token of a vault',
    'remote.vault "v" {\n  server = "https://vault"\n  path = "x"\n  auth.token { token = "§" wrong = 1 }\n}\n',
  ),
  alloy(
    'the configuration of a secret component',
    'prometheus.exporter.blackbox "b" {\n  config = "§"  wrong = 1\n}\n',
  ),
  alloy('the password of a URL', 'prometheus.remote_write "w" {\n  endpoint {\n    url = "https://u:§@h/" )\n  }\n}\n'),
  alloy('the password of a URL in a wrong argument', 'prometheus.remote_write "w" {\n  wrong = "https://u:§@h/"\n}\n'),
  alloy('the password of a URL that settings come from', 'remotecfg {\n  url = "https://u:§@h/"\n}\n'),
  alloy(
    'the password of a repository',
    'import.git "g" {\n  repository = "https://u:§@h/r"\n  path = "m.alloy"\n}\ng.x "y" { }\n',
  ),
  alloy('the password of an imported file', 'import.http "g" {\n  url = "https://u:§@h/m.alloy"\n}\ng.x "y" { }\n'),
  alloy(
    'a token in the query of an imported file',
    'import.http "g" {\n  url = "https://h/m.alloy?token=§"\n}\ng.x "y" { }\n',
  ),
  alloy(
    'the password in the address of a target',
    'prometheus.scrape "s" {\n  targets = [{ __address__ = "u:§@kubernetes.default.svc:443", __scheme__ = "https" }]\n  bearer_token_file = "/var/run/secrets/kubernetes.io/serviceaccount/token"\n  forward_to = []\n}\n',
  ),
  alloy(
    'the replacement of a rule',
    'discovery.relabel "r" {\n  targets = []\n  rule {\n    target_label = "__param_token"\n    replacement = "https://u:§@h" )\n  }\n}\n',
  ),
  alloy('an argument of a module', 'declare "m" {\n  argument "password" { }\n}\nm "x" { password = "§" wrong = 1 }\n'),
  alloy(
    'a secret within a module',
    'declare "m" {\n  prometheus.scrape "s" { targets = [] forward_to = [] basic_auth { password = "§" } wrong = 1 }\n}\nm "x" { }\n',
  ),
  alloy(
    'a secret handed through a module to an argument that lists its values',
    'declare "m" {\n  argument "password" { }\n  discovery.kubernetes "k" {\n    role = argument.password.value\n  }\n}\nm "x" {\n  password = "§"\n}\n',
  ),
  alloy(
    'a collection of secrets',
    'foreach "f" {\n  collection = [{ user = "u", password = "§" }] )\n  var = "x"\n  template { }\n}\n',
  ),
  alloy(
    'a secret as an element',
    'foreach "f" {\n  collection = [{ password = "§" }]\n  var = "each"\n  template {\n    discovery.kubernetes "k" { role = each.password }\n  }\n}\n',
  ),
  alloy(
    'a secret in the text of a module',
    'import.string "i" {\n  content = "declare \\"m\\" {\\n  a \\"s\\" { password = \\"§\\" ) }\\n}\\n"\n}\n',
  ),
  alloy(
    'a secret in a raw text of a module',
    'import.string "i" {\n  content = `declare "m" {\n  a "s" { password = "§" ) }\n}`\n}\n',
  ),
  alloy('a secret in a comment', 'a = ) // password = "§"\n'),
  alloy('a secret in an unknown component', 'foo.bar "x" { api_key = "§" }\n'),
  alloy('a secret that is named as an index', 'a "s" {\n  x = { password = "§" }["nothing"]\n}\n'),
  alloy('a secret beside a missing field', 'local.file "f" {\n  filename = { password = "§" }.nothing\n}\n'),
  alloy('a secret decoded', 'local.file "f" {\n  filename = encoding.from_json(`{"password":"§"`)\n}\n'),
  alloy('a secret decoded from YAML', 'local.file "f" {\n  filename = encoding.from_yaml("password: [§")\n}\n'),
]

const environment: readonly Plant[] = [
  alloy('a variable where values are listed', 'discovery.kubernetes "k" {\n  role = sys.env("PASS")\n}\n', given),
  alloy('a variable as an index', 'local.file "f" {\n  filename = { a = "x" }[sys.env("PASS")]\n}\n', given),
  alloy('a variable in arithmetic', 'local.file "f" {\n  filename = sys.env("PASS") - 1\n}\n', given),
  alloy(
    'a variable where a number is wanted',
    'prometheus.scrape "s" {\n  targets = []\n  forward_to = []\n  sample_limit = sys.env("PASS")\n}\n',
    given,
  ),
  alloy('a variable that is decoded', 'local.file "f" {\n  filename = encoding.from_json(sys.env("PASS"))\n}\n', given),
  alloy(
    'a variable that is decoded as base64',
    'local.file "f" {\n  filename = encoding.from_base64(sys.env("PASS") + "!")\n}\n',
    given,
  ),
  alloy(
    'a variable as a format',
    'local.file "f" {\n  filename = string.format(sys.env("PASS") + "%d", "x")\n}\n',
    given,
  ),
  alloy(
    'a variable as a JSON path',
    'local.file "f" {\n  filename = json_path(`{}`, sys.env("PASS") + "[")\n}\n',
    given,
  ),
  alloy('a variable as the name of another', 'local.file "f" {\n  filename = sys.env(sys.env("PASS"))\n}\n', given),
  alloy(
    'a variable as a regular expression',
    'discovery.relabel "r" {\n  targets = [{ a = "b" }]\n  rule {\n    source_labels = ["a"]\n    regex = sys.env("PASS") + "("\n    action = "keep"\n  }\n}\n',
    given,
  ),
  alloy(
    'a variable as the text of a module',
    'import.string "i" {\n  content = sys.env("PASS") + " = )"\n}\ni.x "y" { }\n',
    given,
  ),
  alloy(
    'a variable as the place of a module',
    'import.file "i" {\n  filename = sys.env("PASS")\n}\ni.x "y" { }\n',
    given,
  ),
  alloy(
    'a variable as the URL of a module',
    'import.http "i" {\n  url = "https://h/" + sys.env("PASS")\n}\ni.x "y" { }\n',
    given,
  ),
  alloy('a variable as the place of settings', 'remotecfg {\n  url = "https://h/" + sys.env("PASS")\n}\n', given),
  alloy(
    'a variable as the address of a target',
    'prometheus.scrape "s" {\n  targets = [{ __address__ = sys.env("PASS") + ".example.com", __scheme__ = "https" }]\n  bearer_token_file = "/var/run/secrets/kubernetes.io/serviceaccount/token"\n  forward_to = []\n}\n',
    given,
  ),
  alloy('a variable in capitals', 'discovery.kubernetes "k" {\n  role = string.to_upper(sys.env("PASS"))\n}\n', given),
  alloy('a variable in base64', 'discovery.kubernetes "k" {\n  role = encoding.to_base64(sys.env("PASS"))\n}\n', given),
  alloy(
    'a variable in a longer text in base64',
    'discovery.kubernetes "k" {\n  role = encoding.to_base64("u:" + sys.env("PASS") + "@h")\n}\n',
    given,
  ),
  alloy(
    'a variable in a longer text of another length in base64',
    'discovery.kubernetes "k" {\n  role = encoding.to_base64("u" + sys.env("PASS"))\n}\n',
    given,
  ),
  alloy(
    'a variable in base64 for URLs',
    'remotecfg {\n  url = "https://h/" + encoding.to_URLbase64(sys.env("PASS"))\n}\n',
    given,
  ),
  alloy(
    'a variable in a URL',
    'import.http "i" {\n  url = "https://h/" + encoding.url_encode(sys.env("PASS"))\n}\ni.x "y" { }\n',
    given,
  ),
  alloy(
    'a variable joined with other words',
    'discovery.kubernetes "k" {\n  role = string.join(["a", sys.env("PASS"), "b"], "-")\n}\n',
    given,
  ),
  alloy(
    'a variable within a collection',
    'foreach "f" {\n  collection = [sys.env("PASS")]\n  var = "each"\n  template {\n    discovery.kubernetes "k" { role = each }\n  }\n}\n',
    given,
  ),
  alloy(
    'an argument of the module that is the input',
    'argument "password" { }\ndiscovery.kubernetes "k" {\n  role = argument.password.value\n}\n',
    ['--arg', 'password=§'],
  ),
  values(
    'a variable of the values',
    'alloy:\n  extraEnv:\n    - name: PASS\n      value: §\n  configMap:\n    content: |\n      discovery.kubernetes "k" {\n        role = sys.env("PASS")\n      }\n',
  ),
  values(
    'a variable of the values that fits',
    'alloy:\n  extraEnv:\n    - name: PASS\n      value: §\n  configMap:\n    content: |\n      local.file "f" { filename = "/x" is_secret = sys.env("PASS") == "a" }\n',
  ),
  values(
    'a variable in a flag',
    'alloy:\n  extraEnv:\n    - {name: PASS, value: §}\n  extraArgs: ["--stability.level=$(PASS)", "--cluster.join-addresses=$(PASS)"]\n  configMap: {content: ""}\n',
  ),
]

const secretObject = 'apiVersion: v1\nkind: Secret\nmetadata: {name: s}\nstringData:\n  k: §\ndata:\n  j: ¤\n'
const workload = (env: string, content: string): string => `apiVersion: v1
kind: ConfigMap
metadata: {name: alloy}
data:
  other: §
  settings.yaml: |
    password: §
  config.alloy: |
${content.replaceAll(/^/gm, '    ')}
---
${workloadOf(`env: ${env}`, 'metadata: {annotations: {note: §}}')}`
const fits = 'discovery.kubernetes "k" {\n  role = "pod"\n}\n'

const objects: readonly Plant[] = [
  values('data of objects beside a workload', `${workload('[{name: P, value: §}]', fits)}---\n${secretObject}`),
  values(
    'a variable of a workload',
    workload('[{name: PASS, value: §}]', 'discovery.kubernetes "k" {\n  role = sys.env("PASS")\n}\n'),
  ),
  values('a secret in the configuration of a workload', workload('[]', 'a "s" {\n  password = "§" )\n}\n')),
  values('a Secret that is no YAML', `${secretObject}  : [§\n`),
  values('a Secret with a key given twice', `${secretObject}  j: §\n`),
  values('a Secret with a tab', `${secretObject}\tx: §\n`),
  values('a Secret in a list', JSON.stringify({ kind: 'List', items: [{ kind: 'Secret', data: { k: '§' } }, 3] })),
  values('a Secret in broken JSON', '{"kind": "List", "items": [{"kind": "Secret", "data": {"k": "§"} "x"]}'),
  values(
    'annotations on the line of a name',
    workload('[]', fits).replaceAll('{name: alloy}', '{name: alloy, annotations: {a: "x", b: §}}'),
  ),
  values('a Secret alone', secretObject),
  values('a ConfigMap whose data is no YAML', 'apiVersion: v1\nkind: ConfigMap\ndata:\n  password: "§\n  x: [\n'),
  values(
    'data of a ConfigMap on the line of a fault',
    'apiVersion: v1\nkind: ConfigMap\ndata: {setting: §, setting: §}\n',
  ),
  values('an alias in a Secret', `${secretObject}  l: *§\n`),
  values(
    'data of a Secret among the values',
    `alloy:\n  configMap: {content: ""}\nextraObjects:\n  - kind: Secret\n    stringData: {k: §}\n  - "{{ § }}"\n`,
  ),
  values('a password among the values', 'alloy:\n  configMap: {content: ""}\n  password: §\n  password: §\n'),
  values('a variable on the line of a fault', 'alloy:\n  extraEnv: [{name: TOKEN, value: §}, ]]\n'),
  values('a variable below a fault', 'alloy:\n  extraEnv:\n    - name: TOKEN\n      value: "§\n'),
  values(
    'a password in the content of the values',
    'alloy:\n  configMap:\n    content: |\n      a "s" {\n        password = "§" )\n      }\n',
  ),
  values(
    'a password in the content on one line',
    'alloy: {configMap: {content: "a \\"s\\" {\\n password = \\"§\\" )\\n}\\n"}}\n',
  ),
  values(
    'a password in a template action',
    'alloy:\n  configMap:\n    content: |\n      a "s" { password = "{{ print "§" }}" wrong = ) }\n',
  ),
  values(
    'a password in a configuration on the line that findings point at',
    `{alloy: {configMap: {content: "remote.http \\"s\\" {\\n url = \\"http://x\\"\\n client {\\n basic_auth {\\n password = \\"§\\"\\n }\\n }\\n}\\n"}}}\n`,
  ),
  values(
    'a header in a configuration on the line that findings point at, in single quotes',
    `{alloy: {configMap: {content: 'remote.http "s" { headers = { "x" = "§" }

      }'}}}\n`,
  ),
  values('the configuration of another tool', 'scrape_configs:\n  - job_name: x\n    basic_auth: {password: §}\n'),
  values('a text that is nothing', 'password = §\n'),
  values('a list that is nothing', '- password: §\n- §\n'),
]

const formats: readonly (readonly string[])[] = [
  ['generate', '--format', 'values'],
  ['generate', '--format', 'values', '--granularity', 'blocks', '--keep-extra', '--optional'],
  ['generate', '--format', 'manifests', '--namespace', 'obs'],
  ['generate', '--format', 'json', '--on-unknown', 'warn'],
  ['generate', '--format', 'can-i', '--on-unknown', 'defaults'],
  ['generate', '--format', 'html', '--on-unknown', 'warn'],
  ['diff', '--format', 'text'],
  ['diff', '--format', 'json'],
  ['diff', '--format', 'markdown'],
  ['diff', '--format', 'html'],
  ['check', '--format', 'text'],
  ['check', '--format', 'json'],
  ['check', '--format', 'sarif'],
  ['check', '--format', 'github'],
  ['check', '--format', 'junit'],
  ['check', '--format', 'markdown'],
  ['check', '--format', 'html'],
  ['check', '--format', 'text', '--write-baseline', 'made.json', '--fail-on', 'note'],
  ['upgrade', '--format', 'text', '--from', '1.4.0', '--to', '1.11.1'],
  ['upgrade', '--format', 'json', '--from', '1.4.0', '--to', '1.11.1'],
  ['compare', 'else/empty.alloy', '--format', 'text'],
  ['compare', 'else/empty.alloy', '--format', 'json'],
  ['compare', 'else/empty.alloy', '--format', 'html'],
]

describe('a secret', it => {
  for (const { title, files, options = [] } of [...literals, ...environment, ...objects]) {
    it(`is shown by no format: ${title}`, async () => {
      for (const [name = '', ...more] of formats) {
        const isComparing = name === 'compare'
        const inputs = isComparing ? [...more.splice(0, 1), Object.keys(files)[0] ?? ''] : Object.keys(files)
        await hides([name, ...inputs, ...more, ...options], isComparing ? { ...files, 'else/empty.alloy': '' } : files)
      }
    })
  }
})

describe('a secret in what other commands read', it => {
  const token = '/var/run/secrets/kubernetes.io/serviceaccount/token'
  const traced = `prometheus.scrape "s" {
  targets = [{ __address__ = "kubernetes.default.svc:443", __scheme__ = "https", __param_token = "§", password = "§" }]
  metrics_path = "/metrics?token=§"
  params = { token = ["§"] }
  bearer_token_file = "${token}"
  forward_to = []
}
`
  const refused =
    'pods is forbidden: User "system:serviceaccount:m:alloy" cannot list resource "pods" in API group "" at the cluster scope'
  const log = [
    `level=error authorization="Bearer §" err="${refused.replaceAll('"', '\\"')}" url=https://u:§@h/?token=§`,
    JSON.stringify({ authorization: 'Bearer §', err: refused, token: '§' }),
    `GET https://u:§@h/x?token=§: ${refused}`,
  ].join('\n')
  const files = { 'config.alloy': traced, 'alloy.log': log }
  for (const argv of [
    ['explain', 'prometheus.scrape.s', 'config.alloy'],
    ['explain', 'prometheus.scrape.s', 'config.alloy', '--format', 'json'],
    ['denied', 'alloy.log'],
    ['denied', 'alloy.log', '--format', 'json'],
    ['denied', 'alloy.log', '--config', 'config.alloy'],
  ])
    it(`is not shown by ${argv.join(' ')}`, async () => assert.is(await hides(argv, files), 0))
})

describe('what is no secret', it => {
  const shown: readonly (readonly [title: string, plant: Plant, part: RegExp])[] = [
    ['a value that the configuration writes', alloy('', 'discovery.kubernetes "k" {\n  role = "pods"\n}\n'), /"pods"/],
    [
      'a value that the configuration writes and a variable repeats',
      alloy('', 'discovery.kubernetes "k" {\n  role = "pods"\n}\n', ['--env', 'X=pods']),
      /cannot be "pods"/,
    ],
    [
      'a word that a short variable is a part of',
      alloy('', 'discovery.kubernetes "k" {\n  role = "nodes"\n}\n', ['--env', 'X=pod']),
      /endpoints, endpointslice/,
    ],
    [
      'a namespace that a variable gives',
      alloy('', 'loki.source.kubernetes_events "k" {\n  namespaces = [sys.env("X")]\n  forward_to = []\n}\n', [
        '--env',
        'X=shopping',
      ]),
      /shopping/,
    ],
    ['the label of a secret', alloy('', 'remote.kubernetes.secret "cloud" { wrong = 1 }\n'), /secret "cloud"/],
    [
      'the data of a ConfigMap that is Alloy',
      values('', 'kind: ConfigMap\ndata:\n  a.alloy: one\n  a.alloy: two\n'),
      /a\.alloy: two/,
    ],
    [
      'the host of a URL',
      alloy('', 'remotecfg {\n  url = "https://u:p@example.com/?token=q&a=b"\n}\n'),
      /https:..\*\*\*@example.com.\?token=\*&a=b/,
    ],
  ]
  for (const [title, { files, options = [] }, expected] of shown) {
    it(`is shown: ${title}`, async () => {
      const { stdout, stderr } = await command(['generate', ...Object.keys(files), ...options], files)
      assert.match(stdout + stderr, expected)
    })
  }
})
