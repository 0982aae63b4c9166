import * as assert from 'uvu/assert'
import { documented } from '#rulemap/documented'
import { newestChart } from '../../src/chart/release/releases.ts'
import { componentNames } from '../../src/inventory/inventory.ts'
import { newestRead } from '../../src/rules/map/readings.ts'
import { olderThan } from '../../src/version.ts'
import { command } from '../cli/io.ts'
import { describe } from '../harness.ts'

const values = `sdkInjectionController: { enabled: true }
rbac: { create: false }
alloy:
  configMap:
    content: logging { }
`

describe('what is documented and was not read', it => {
  for (const { component, key, since, source } of documented) {
    it(`is of a release that was not read: ${component ?? key} ${since}`, () => {
      assert.is((component === undefined) === (key === undefined), false)
      assert.ok(olderThan(component === undefined ? newestChart : newestRead, since))
      if (component !== undefined) assert.ok(componentNames.includes(component))
      assert.match(source, /^https:\/\//)
    })
  }

  // The newest chart that was read does not know the key at all: what is documented of it is for a later one.
  for (const [version, said, unsaid] of [
    [newestChart, 'ARB521', 'ARB595'],
    ['1.14.0', 'ARB595', 'ARB521'],
  ] as const)
    it(`is ${said} of values that switch it on with chart ${version}, which are not clean`, async () => {
      const argv = ['check', 'values.yaml', '--chart-version', version, '--format', 'json', '--kube-version', '1.37']
      const pod = (await command([...argv.with(0, 'generate').slice(0, 4), '--only', 'pod'], { 'values.yaml': values }))
        .stdout
      const ran = await command([...argv.slice(0, 1), 'values.yaml', 'pod.yaml', ...argv.slice(2)], {
        'values.yaml': values,
        'pod.yaml': pod,
      })
      assert.ok(ran.stdout.includes(said))
      assert.not.ok(ran.stdout.includes(unsaid))
      assert.is(ran.code, 1)
    })

  it('is repeated for a component of a release that was not read', async () => {
    const ran = await command(['generate', 'a.alloy', '--alloy-version', '1.22.0'], { 'a.alloy': 'beyla.ebpf "a" { }' })
    assert.match(ran.stderr, 'DAC_OVERRIDE')
    const before = await command(['generate', 'a.alloy', '--alloy-version', '1.21.3'], {
      'a.alloy': 'beyla.ebpf "a" { }',
    })
    assert.not.match(before.stderr, 'DAC_OVERRIDE')
  })
})
