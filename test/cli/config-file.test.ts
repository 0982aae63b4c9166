import * as assert from 'uvu/assert'
import { describe } from '../harness.ts'
import { schemaOf } from '../schemas.ts'
import { command } from './io.ts'

const files = {
  'config.alloy': 'discovery.kubernetes "pods" {\n  role = sys.env("ROLE")\n}\n',
  'alloy-rbac.yaml':
    'options:\n  env: { ROLE: pod }\n  kube-version: 1.30\n  quiet: true\ngenerate:\n  only: rbac\n  kube-version: 1.34\ncheck:\n  fail-on: error\n',
}

/** A file of options, and a part of what is said of it: it is wrong usage. */
const wrong: readonly (readonly [title: string, text: string, said: RegExp])[] = [
  [
    'a command that does not exist',
    'options: {}\ngenerat: {}\n',
    /generat is not a command[\s\S]*did you mean generate\?/,
  ],
  ['an option that no command has', 'options:\n  kube: 1.34\n', /kube is not an option that/],
  ['an option of another command', 'generate:\n  fail-on: error\n', /fail-on is not an option of generate/],
  [
    'where to write',
    'generate:\n  output: x.yaml\n',
    /output is not an option[\s\S]*pass --output on the command line/,
  ],
  [
    'a choice that does not exist',
    'generate:\n  only: half\n',
    /the value of only is not valid: Allowed choices are rbac, pod/,
  ],
  [
    'a value that an option refuses',
    'generate:\n  kube-version: new\n',
    /the value of kube-version is not valid: expected a version/,
  ],
  ['a value for a switch', 'generate:\n  strict: 3\n', /the value of strict is not valid: expected true or false/],
  ['a list for a map', 'generate:\n  env: [A]\n', /the value of env is not valid: expected a map/],
  ['a map for a text', 'generate:\n  only: { a: 1 }\n', /the value of only is not valid: expected a text/],
  ['what is not YAML', 'generate: [\n', /alloy-rbac\.yaml:/],
]

describe('the configuration file', it => {
  it('gives every command its options', async () => {
    const { stdout } = await command(['diff', 'config.alloy'], files)
    assert.match(stdout, /needed/)
    assert.match(
      (await command(['generate', 'config.alloy', '--format', 'json'], files)).stdout,
      /"kubernetes": "1\.34"/,
    )
  })
  it('gives a command its own options, which count more', async () => {
    const { stdout } = await command(['generate', 'config.alloy'], files)
    assert.match(stdout, /Kubernetes 1\.34/)
    assert.not.match(stdout, /securityContext/)
  })
  it('counts less than the command line', async () => {
    const { stdout } = await command(['generate', 'config.alloy', '--only', 'pod', '--env', 'ROLE=service'], files)
    assert.match(stdout, /securityContext/)
    assert.not.match(stdout, /rbac:/)
    const both = await command(['generate', 'config.alloy', '--env', 'OTHER=1', '--format', 'json'], files)
    assert.match(both.stdout, /"pods"/)
  })
  it('is the one that is named', async () => {
    const { stdout } = await command(['generate', 'config.alloy', '--config-file', 'ci/options.yaml'], {
      ...files,
      'ci/options.yaml': 'generate:\n  format: json\n',
    })
    assert.is(JSON.parse(stdout).target.kubernetes, '1.37')
  })
  it('starts its paths at its own folder', async () => {
    const { code, stderr } = await command(['check', 'config.alloy', '--config-file', 'ci/options.yaml'], {
      ...files,
      'ci/options.yaml': 'check:\n  baseline: accepted.json\n',
      'ci/accepted.json': '{"version": 1, "findings": []}',
    })
    assert.is(code, 1, stderr)
  })
  it('starts the paths of modules there too', async () => {
    const { code, stderr } = await command(['generate', 'config.alloy', '--config-file', 'ci/options.yaml'], {
      'config.alloy': 'import.git "lib" {\n  repository = "https://g/r.git"\n  path = "m.alloy"\n}\nlib.x "y" { }\n',
      'ci/options.yaml': 'generate:\n  module: { lib: copies/m.alloy }\n',
      'ci/copies/m.alloy': 'declare "x" {\n  discovery.kubernetes "pods" { role = "pod" }\n}\n',
    })
    assert.is(code, 0, stderr)
  })
  it('is refused where it sets nothing, and is to be renamed where it is a file of something else', async () => {
    const { code, stderr } = await command(['generate', 'config.alloy'], { ...files, 'alloy-rbac.yaml': 'rbac: {}\n' })
    assert.is(code, 2)
    assert.match(stderr, /error\[ARB581\][\s\S]*rename it/)
  })
  it('names the option that another way of writing means', async () => {
    for (const name of ['failOn', 'fail_on']) {
      const { code, stderr } = await command(['check', 'config.alloy'], {
        ...files,
        'alloy-rbac.yaml': `check:\n  ${name}: error\n`,
      })
      assert.is(code, 2)
      assert.match(stderr, /did you mean fail-on\?/)
    }
  })
  it('cannot be missing where it is named', async () => {
    const { code, stderr } = await command(['generate', 'config.alloy', '--config-file', 'none.yaml'], files)
    assert.is(code, 3)
    assert.match(stderr, /none\.yaml cannot be read/)
  })
  for (const [title, text, said] of wrong)
    it(`is wrong usage with ${title}`, async () => {
      const { code, stdout, stderr } = await command(['generate', 'config.alloy'], {
        ...files,
        'alloy-rbac.yaml': text,
      })
      assert.is(code, 2)
      assert.is(stdout, '')
      assert.match(stderr, said)
    })
  it('fits its schema', () => {
    const fits = schemaOf('config')
    assert.ok(fits({ options: { env: { A: '1' }, quiet: true }, check: { 'fail-on': 'note', baseline: 'a.json' } }))
    assert.not.ok(fits({ check: { 'fail-on': 'never' } }))
    assert.not.ok(fits({ generate: { output: 'x' } }))
  })
  it('is shown by explain, without the values of variables', async () => {
    const { stdout } = await command(['explain', 'config'], {
      ...files,
      'alloy-rbac.yaml': 'options:\n  env: { PASSWORD: hunter2 }\ngenerate:\n  only: rbac\n',
    })
    assert.match(stdout, /^alloy-rbac\.yaml\n/)
    assert.match(
      stdout,
      /\ngenerate\n {2}--env PASSWORD {2}\(alloy-rbac\.yaml:2\)\n {2}--only rbac {2}\(alloy-rbac\.yaml:4\)\n/,
    )
    assert.not.match(stdout, /hunter2/)
    const json = JSON.parse((await command(['explain', 'config', '--format', 'json'], files)).stdout)
    assert.equal(json.commands.find((each: { command: string }) => each.command === 'check').options.at(-1), {
      option: 'fail-on',
      value: 'error',
      place: 'alloy-rbac.yaml:9',
    })
  })
  it('need not exist', async () => {
    const { code, stdout } = await command(['explain', 'config'])
    assert.is(code, 0)
    assert.match(stdout, /no options are set/)
  })
})
