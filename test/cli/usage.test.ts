import * as assert from 'uvu/assert'
import { describe } from '../harness.ts'
import { command } from './io.ts'

const files = { 'config.alloy': 'discovery.kubernetes "pods" {\n  role = "pod"\n}\n' }

/** Options that every command over an input has, and values that none of them takes. */
const common: readonly (readonly [option: string, ...values: readonly string[]])[] = [
  ['--namespace', '', 'Monitoring', 'a b', 'a.b', '-a', 'a-', 'x'.repeat(64)],
  ['--workload', ''],
  ['--workdir', ''],
  ['--output', ''],
  ['--diagnostics', '', '-'],
  ['--env', '', '=x', 'A'],
  ['--arg', '', '=x', 'a'],
  ['--module', '', '=x', 'a'],
  ['--kernel', '', 'abc', '5.', '1.2.3.4'],
  ['--kube-version', '', 'abc'],
  ['--chart-version', '', 'latest'],
  ['--alloy-version', '', 'v'],
  ['--stability', ''],
  ['--on-unknown', ''],
  ['--scope', ''],
  ['--color', ''],
  ['--format', ''],
]

const own: readonly (readonly [command: string, option: string, ...values: readonly string[]])[] = [
  ['generate', '--name', '', 'Alloy', 'a b', 'a..b', 'a/b', '.a', 'x'.repeat(254)],
  ['generate', '--at', 'a..b', '.', 'a.', '.a'],
  ['generate', '--only', ''],
  ['generate', '--granularity', ''],
  ['generate', '--platform', ''],
  ['check', '--baseline', ''],
  ['check', '--write-baseline', '', '-'],
  ['check', '--today', '', '2026-02-30', 'today'],
  ['check', '--fail-on', ''],
  ...['generate', 'diff', 'check'].map(
    name => [name, '--also', '', 'json', 'json=', 'json=-', '=x', 'yaml=x', '-'] as const,
  ),
]

describe('usage', it => {
  const wrong = async (words: readonly string[]) => {
    const { code, stdout, stderr, written } = await command(words, files)
    assert.is(code, 2, words.join(' '))
    assert.is(stdout, '')
    assert.match(
      stderr,
      new RegExp(
        `^error: option '.*' argument '.*' is invalid\\. .*\n(\\(.*\n)?run alloy-rbac ${words[0]} --help for the options\n$`,
      ),
    )
    assert.is(written.size, 0)
  }
  for (const [option, ...values] of common) {
    it(`is wrong where ${option} is given what it does not take`, async () => {
      for (const name of ['generate', 'diff', 'check'])
        for (const value of values) await wrong([name, 'config.alloy', option, value])
    })
  }
  for (const [name, option, ...values] of own) {
    it(`is wrong where ${option} of ${name} is given what it does not take`, async () => {
      for (const value of values) await wrong([name, 'config.alloy', option, value])
    })
  }
  it('is wrong without a name for a file of denied, audit-chart and upgrade', async () => {
    await wrong(['denied', 'x.log', '--config', ''])
    await wrong(['audit-chart', '--output', ''])
    await wrong(['upgrade', 'config.alloy', '--from', '', '--to', '1.11.1'])
  })
  it('is right for what looks odd and is not', async () => {
    for (const words of [
      ['--namespace', 'a'],
      ['--namespace', '0-1'],
      ['--name', 'a.b-c'],
      ['--at', ''],
      ['--env', 'A='],
      ['--kernel', '5'],
      ['--chart-version', 'v1.11.1'],
    ]) {
      const { code } = await command(['generate', 'config.alloy', ...words], files)
      assert.is(code, 0, words.join(' '))
    }
  })
})
