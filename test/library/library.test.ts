import * as assert from 'uvu/assert'
import { analyze, check, explain, locate, outermost, parse, render } from '../../src/index.ts'
import { command } from '../cli/io.ts'
import { describe } from '../harness.ts'
import { fits } from '../schemas.ts'

const pods = 'discovery.kubernetes "pods" { role = "pod" }\n'
const importing = 'import.file "m" { filename = "modules" }\nm.pods "x" { }\n'
const module = 'declare "pods" { discovery.kubernetes "x" { role = "pod" } }\n'

describe('library', it => {
  it('prints what the command prints, in every format', async () => {
    const { value } = analyze({ 'config.alloy': pods }, { namespace: 'monitoring' })
    assert.ok(value)
    const documents = [
      [['generate'], render.values(value)],
      [['generate', '--only', 'rbac', '--at', 'alloy'], render.values(value, { only: 'rbac', at: 'alloy' })],
      [['generate', '--granularity', 'blocks'], render.values(value, { granularity: 'blocks' })],
      [['generate', '--scope', 'cluster'], render.values(value, { scope: 'cluster' })],
      [['generate', '--format', 'json'], render.json(value)],
      [['generate', '--format', 'can-i'], render.canI(value)],
      [['generate', '--format', 'html'], render.html(value)],
      [['diff', '--format', 'html'], render.diff(value, { format: 'html' })],
      [['generate', '--format', 'manifests', '--name', 'a'], render.manifests(value, { name: 'a' })],
      [['generate', '--platform', 'openshift'], render.values(value, { platform: 'openshift' })],
      [
        ['generate', '--platform', 'openshift', '--format', 'manifests'],
        render.manifests(value, { platform: 'openshift' }),
      ],
      [
        ['generate', '--platform', 'gke-autopilot', '--format', 'json'],
        render.json(value, { platform: 'gke-autopilot' }),
      ],
      [['generate', '--network-policy'], render.values(value, { networkPolicy: true })],
      [['generate', '--network-policy', '--format', 'json'], render.json(value, { networkPolicy: true })],
      [['diff'], render.diff(value)],
      [['diff', '--format', 'json'], render.diff(value, { format: 'json' })],
      [['diff', '--format', 'markdown'], render.diff(value, { format: 'markdown' })],
    ] as const
    for (const [[name, ...flags], made] of documents) {
      const { stdout } = await command([name, 'config.alloy', '--namespace', 'monitoring', ...flags], {
        'config.alloy': pods,
      })
      assert.is(made.value, stdout, flags.join(' '))
    }
  })
  it('checks as the command checks, in every format', async () => {
    const result = check({ 'config.alloy': pods })
    assert.is(result.status, 'findings')
    for (const format of ['text', 'json', 'sarif', 'github', 'junit', 'markdown', 'html'] as const) {
      const { stdout } = await command(['check', 'config.alloy', '--format', format], { 'config.alloy': pods })
      assert.is(render.check(result, { format }), stdout)
    }
  })
  it('checks for a platform as the command does', async () => {
    const files = { 'config.alloy': pods }
    const { stdout } = await command(['check', 'config.alloy', '--platform', 'gke-autopilot'], files)
    assert.match(stdout, 'ARB567')
    assert.is(render.check(check(files, { platform: 'gke-autopilot' })), stdout)
  })
  it('checks for a wider scope as the command does', async () => {
    const files = {
      'config.alloy': 'discovery.kubernetes "p" {\n  role = "pod"\n  namespaces { names = ["shop"] }\n}\n',
    }
    const shown = async (...more: readonly string[]) =>
      (await command(['check', 'config.alloy', ...more], files)).stdout
    assert.is(render.check(check(files)), await shown())
    assert.is(render.check(check(files, { scope: 'cluster' })), await shown('--scope', 'cluster'))
    assert.is.not(await shown('--scope', 'cluster'), await shown())
  })
  it('honours the baseline that it writes, until the day it expires', () => {
    const text = render.baseline(check({ 'config.alloy': pods }))
    const dated = text.replaceAll('"reason": ""', '"reason": "", "expires": "2026-01-31"')
    const statusOf = (today: string) =>
      check({ 'config.alloy': pods }, { baseline: { path: 'b', text: dated }, today }).status
    assert.is(check({ 'config.alloy': pods }, { baseline: { path: 'b', text } }).status, 'clean')
    assert.is(statusOf('2026-01-31'), 'clean')
    assert.is(statusOf('2026-02-01'), 'findings')
  })
  it('gives no verdict with a baseline that is none', () => {
    const { status, findings } = check({ 'config.alloy': pods }, { baseline: { path: 'b', text: 'version: 2' } })
    assert.is(status, 'no-plan')
    assert.equal(
      findings.map(({ diagnostic }) => diagnostic.code),
      ['ARB422'],
    )
  })
  it('fails from the severity on that it is told', () => {
    assert.is(check({ 'config.alloy': pods }, { failOn: 'warning' }).status, 'findings')
    assert.is(check({ 'config.alloy': pods }, { failOn: 'error' }).status, 'clean')
  })
  it('reads modules from the further files, and nothing from elsewhere', () => {
    const { value } = analyze({ 'config.alloy': importing }, { files: { 'modules/a.alloy': module } })
    assert.equal(
      value?.plan.grants.map(({ grant }) => grant.verb),
      ['list', 'watch'],
    )
    const alone = analyze({ 'config.alloy': importing })
    assert.is(alone.value, null)
    assert.ok(alone.diagnostics.some(({ code }) => code === 'ARB106'))
  })
  it('takes a copy of a remote module', () => {
    const remote = importing.replace(
      'import.file "m" { filename = "modules" }',
      'import.http "m" { url = "http://x/" }',
    )
    const { value } = analyze(
      { 'config.alloy': remote },
      { files: { 'copy.alloy': module }, modules: { 'http://x/': 'copy.alloy' } },
    )
    assert.is(value?.plan.grants.length, 2)
  })
  it('narrows by values that are given', () => {
    const texts = { 'config.alloy': 'discovery.kubernetes "x" { role = sys.env("ROLE") }\n' }
    const all = analyze(texts).value!.plan.grants.length
    assert.ok(all > 2)
    assert.is(analyze(texts, { env: { ROLE: 'node' } }).value?.plan.grants.length, 2)
  })
  it('merges values files in the order of their keys, with the Alloy file as their configuration', () => {
    const base = 'alloy:\n  configMap:\n    content: ""\nserviceAccount:\n  automountServiceAccountToken: true\n'
    const { value } = analyze({ 'values.yaml': base, 'more.yaml': 'alloy: {}\n', 'config.alloy': pods })
    assert.equal(
      value?.configuration.sources.map(({ path }) => path),
      ['config.alloy'],
    )
  })
  it('says where a fault is, in the file that the user can open', () => {
    const values = 'alloy:\n  configMap:\n    content: |\n      a = )\n'
    const { value, diagnostics } = analyze({ 'values.yaml': values })
    assert.is(value, null)
    const { source, start } = outermost(diagnostics[0]!.span!)
    assert.is(source.path, 'values.yaml')
    assert.is(locate(source, start).line, 4)
    assert.match(render.diagnostic(diagnostics[0]!), 'values.yaml:4')
    assert.is(JSON.parse(render.diagnostics(diagnostics)).diagnostics[0].line, 4)
  })
  it('colors a frame when asked to', () => {
    const [found] = parse({ path: 'x', text: 'a = ' }).diagnostics
    assert.not(render.diagnostic(found!).includes('\u001b'))
    assert.ok(render.diagnostic(found!, { color: true }).includes('\u001b'))
  })
  it('explains as the command does', async () => {
    for (const thing of [
      'discovery.kubernetes',
      'secrets get',
      'loki.source.kubernetes#log',
      'ARB201',
      'nonsense x y z',
    ]) {
      const { stdout, stderr } = await command(['explain', thing])
      assert.is(render.explanation(explain(thing)), stdout === '' ? stderr : stdout)
    }
    const { stdout } = await command(['explain', 'ARB201', '--format', 'json'])
    assert.is(render.explanation(explain('ARB201'), { format: 'json' }), stdout)
  })
  it('explains by the schema, what is not known too', () => {
    for (const thing of [null, 'discovery.kubernetes', 'secrets get', 'capability SYS_PTRACE', 'nonsense'])
      fits('explain', render.explanation(explain(thing), { format: 'json' }))
  })
  it('has nothing to add where a plan is incomplete but the widening that was asked for', () => {
    const texts = { 'config.alloy': 'remotecfg { url = "https://x" }\n' }
    const { value } = analyze(texts, { onUnknown: 'defaults' })
    assert.is(value?.plan.complete, false)
    const { diagnostics } = render.values(value!)
    assert.ok(diagnostics.some(({ code }) => code === 'ARB508'))
  })
})
