import * as assert from 'uvu/assert'
import { describe } from '../../harness.ts'
import { command } from '../io.ts'

const pods = 'discovery.kubernetes "pods" {\n  role = "pod"\n}\n'
const faulty = 'a = 1 2\nb "x" {\n  c = [1,,2]\n  d = {e: 1}\n}\n'

/** An Alloy custom resource with these values. */
const objectOf = (values: string) =>
  `apiVersion: collectors.grafana.com/v1alpha1\nkind: Alloy\nmetadata: {name: logs}\nspec: {${values}}\n`

describe('generate', it => {
  it('prints values on stdout and exits 0', async () => {
    const { code, stdout, stderr } = await command(['generate', 'config.alloy'], { 'config.alloy': pods })
    assert.is(code, 0)
    assert.match(stdout, /^# What this Alloy configuration needs/)
    assert.is(stderr, '')
  })
  it('prints frames on stderr, nothing on stdout and exits 1 on a syntax error', async () => {
    const { code, stdout, stderr } = await command(['generate', 'config.alloy'], { 'config.alloy': faulty })
    assert.is(code, 1)
    assert.is(stdout, '')
    assert.is(stderr.match(/^error\[ARB0\d\d\]/gm)?.length, 3)
    assert.match(stderr, /--> config\.alloy:1:7/)
  })
  it('suggests the component that a misspelt one stands for', async () => {
    const { code, stderr } = await command(['generate', 'config.alloy'], {
      'config.alloy': pods.replace('kubernetes', 'kuberntes'),
    })
    assert.is(code, 1)
    assert.match(stderr, /ARB301/)
    assert.match(stderr, /did you mean discovery\.kubernetes\?/)
  })
  it('holds the diagnostics in a JSON document and leaves stderr silent', async () => {
    const text = 'discovery.kubernetes "p" {\n  role = sys.env("ROLE")\n}\n'
    const { code, stdout, stderr } = await command(['generate', 'config.alloy', '--format', 'json'], {
      'config.alloy': text,
    })
    assert.is(code, 0)
    assert.is(stderr, '')
    const document = JSON.parse(stdout)
    assert.is(document.version, 1)
    assert.ok(document.diagnostics.some(({ code: each }: { code: string }) => each === 'ARB201'))
  })
  it('nests values as those handed in nest the chart, and as --at says', async () => {
    const content = 'alloy: {configMap: {content: \'discovery.kubernetes "p" { role = "pod" }\'}}'
    const files = { 'values.yaml': `telemetry: {${content}}\n`, 'alloy.yaml': objectOf(content) }
    const keysOf = async (...args: readonly string[]) => {
      const { stdout } = await command(['generate', '--only', 'rbac', ...args], files)
      return stdout.match(/^[\w-]+:$/gm)
    }
    assert.equal(await keysOf('values.yaml'), ['telemetry:'])
    assert.equal(await keysOf('values.yaml', '--at', 'collectors.alloy-logs'), ['collectors:'])
    assert.equal(await keysOf('values.yaml', '--at', ''), ['rbac:'])
    assert.equal(await keysOf('alloy.yaml'), ['metadata:', 'spec:'])
    assert.equal(await keysOf('alloy.yaml', '--at', ''), ['rbac:'])
    assert.equal(await keysOf('alloy.yaml', '--at', 'spec'), ['spec:'])
    const refused = await command(['generate', 'values.yaml', '--at', 'a..b'], files)
    assert.is(refused.code, 2)
    assert.match(refused.stderr, /expected keys such as collectors\.alloy-metrics/)
  })
  it('asks for the account that --name names', async () => {
    const { stdout } = await command(['generate', 'c.alloy', '--format', 'can-i', '--name', 'robot'], {
      'c.alloy': pods,
    })
    assert.match(stdout, /^account=\$\{2:-robot\}$/m)
  })
  it('narrows by --env', async () => {
    const text = 'discovery.kubernetes "p" {\n  role = sys.env("ROLE")\n}\n'
    const { stdout } = await command(['generate', '-', '--format', 'json', '--env', 'ROLE=node'], {}, { stdin: text })
    assert.equal(
      JSON.parse(stdout).grants.map(({ resource }: { resource: string }) => resource),
      ['nodes', 'nodes'],
    )
  })
  it('prints notes on stderr beside values, none with --quiet', async () => {
    const text = `declare "unused" { }\n${pods}`
    const loud = await command(['generate', 'c.alloy'], { 'c.alloy': text })
    assert.match(loud.stderr, /note\[ARB116\]/)
    assert.is((await command(['generate', 'c.alloy', '--quiet'], { 'c.alloy': text })).stderr, '')
  })
  it('counts warnings as errors with --strict', async () => {
    const text = 'import.git "x" {\n  repository = "https://git.example.com/x.git"\n  path = "a.alloy"\n}\n'
    assert.is((await command(['generate', 'c.alloy'], { 'c.alloy': text })).code, 0)
    const strict = await command(['generate', 'c.alloy', '--strict'], { 'c.alloy': text })
    assert.is(strict.code, 1)
    assert.is(strict.stdout, '')
  })
  it('writes the document where -o says', async () => {
    const { stdout, written } = await command(['generate', 'c.alloy', '-o', 'out.yaml'], { 'c.alloy': pods })
    assert.is(stdout, '')
    assert.match(written.get('/work/out.yaml') ?? '', /^# What this/)
  })
  it('leaves the file of -o untouched without a plan', async () => {
    const { written } = await command(['generate', 'c.alloy', '-o', 'out.yaml'], { 'c.alloy': faulty })
    assert.is(written.size, 0)
  })
  it('writes diagnostics as JSON, plan or not', async () => {
    const { written } = await command(['generate', 'c.alloy', '--diagnostics', 'd.json'], { 'c.alloy': faulty })
    assert.is(JSON.parse(written.get('/work/d.json') ?? '{}').diagnostics.length, 3)
  })
  it('exits 2 on an option that does not exist', async () => {
    const { code, stdout } = await command(['generate', 'c.alloy', '--no-such-option'], { 'c.alloy': pods })
    assert.is(code, 2)
    assert.is(stdout, '')
  })
  it('exits 2 on a version that is none', async () =>
    assert.is((await command(['generate', 'c.alloy', '--kube-version', 'new'], { 'c.alloy': pods })).code, 2))
  it('exits 2 without input', async () => assert.is((await command(['generate'])).code, 2))
  it('exits 3 on a file that is not there, in one line', async () => {
    const { code, stderr } = await command(['generate', 'gone.alloy'])
    assert.is(code, 3)
    assert.is(stderr, 'error: gone.alloy cannot be read: there is no such file or folder\n')
  })
  it('exits 3 on a file that cannot be written', async () => {
    const { code, stderr } = await command(['generate', 'c.alloy', '-o', 'no/out.yaml'], { 'c.alloy': pods })
    assert.is(code, 3)
    assert.match(stderr, /no\/out\.yaml cannot be written/)
  })
  it('prints help and version and exits 0', async () => {
    assert.match((await command(['--help'])).stdout, /Exit codes/)
    assert.match(
      (await command(['--version'])).stdout,
      /^alloy-rbac \d+\.\d+\.\d+\nknows Alloy to 1\.\d+\.\d+ \(default 1\.\d+\.\d+\), chart grafana\/alloy to 1\.\d+\.\d+, Kubernetes to 1\.\d+\n$/,
    )
  })
  it('prints help as wide as COLUMNS says', async () => {
    const widest = async (env: Readonly<Record<string, string>>): Promise<number> => {
      const { stdout } = await command(['check', '--help'], {}, { env })
      return Math.max(
        ...stdout
          .split('\nExamples:')[0]!
          .split('\n')
          .map(line => line.length),
      )
    }
    assert.ok((await widest({})) <= 80)
    assert.ok((await widest({ COLUMNS: '60' })) <= 60)
    assert.ok((await widest({ COLUMNS: '200' })) > 100)
    assert.is(await widest({ COLUMNS: 'wide' }), await widest({}))
  })
  it('colors frames by flag, NO_COLOR and FORCE_COLOR, in this order', async () => {
    const colored = async (argv: readonly string[], env: Readonly<Record<string, string>>) =>
      (await command(['generate', 'c.alloy', ...argv], { 'c.alloy': faulty }, { env })).stderr.includes('\u001b[')
    assert.is(await colored([], {}), false)
    assert.is(await colored([], { FORCE_COLOR: '1' }), true)
    assert.is(await colored([], { FORCE_COLOR: '1', NO_COLOR: '1' }), false)
    assert.is(await colored(['--color', 'always'], { NO_COLOR: '1' }), true)
    assert.is(await colored(['--color', 'never'], { FORCE_COLOR: '1' }), false)
  })
  it('the same input gives the same bytes', async () => {
    const once = await command(['generate', 'c.alloy', '--format', 'json'], { 'c.alloy': pods })
    assert.is((await command(['generate', 'c.alloy', '--format', 'json'], { 'c.alloy': pods })).stdout, once.stdout)
  })
  it('refuses modules that multiply beyond the limit, however far beyond', async () => {
    const text = Array.from({ length: 40 }, (_, at) => {
      const inside = at === 39 ? 'local.file "f" { filename = "a" }' : `d${at + 1} "x" { }\n  d${at + 1} "y" { }`
      return `declare "d${at}" {\n  ${inside}\n}\n`
    })
    const { code, stderr } = await command(['generate', 'c.alloy'], { 'c.alloy': `${text.join('')}d0 "x" { }\n` })
    assert.is(code, 1)
    assert.match(stderr, /^error\[ARB115\]/)
  })
  it('renders over values whose settings are of no type that Kubernetes takes', async () => {
    const values = 'alloy:\n  configMap: {content: ""}\n  securityContext: {privileged: yep, runAsUser: x}\n'
    const { code, stdout } = await command(['generate', 'v.yaml'], { 'v.yaml': values })
    assert.is(code, 0)
    assert.match(stdout, /privileged: false/)
  })
  it('takes an empty namespace for none', async () => {
    const stream = `apiVersion: v1
kind: ConfigMap
metadata: {name: a}
data: {config.alloy: 'discovery.kubernetes "k" { role = "node" }'}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: a}
spec: {template: {spec: {serviceAccountName: s, containers: [{image: grafana/alloy, volumeMounts: [{name: c, mountPath: /etc/alloy}]}], volumes: [{name: c, configMap: {name: a}}]}}}
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
subjects: [{kind: ServiceAccount, name: s, namespace: ""}]
`
    const { code, stderr } = await command(['generate', 'm.yaml'], { 'm.yaml': stream })
    assert.is(code, 0, stderr)
  })
})
