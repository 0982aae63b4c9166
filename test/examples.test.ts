import { existsSync, readdirSync } from 'node:fs'
import * as assert from 'uvu/assert'
import { commandHere } from './cli/io.ts'
import { describe, golden, root } from './harness.ts'

/** Releases around which what is printed changes: no lists, lists that must both be full, other defaults. */
const charts = ['0.11.0', '1.3.1', '1.4.0', '1.5.3', '1.7.0', '1.11.1']

describe('examples', it => {
  it('grant one secret by its name, in one namespace, and nothing else on secrets', async () => {
    const { stdout } = await commandHere(['generate', 'examples/secret-from-kubernetes', '--format', 'json'])
    const { grants } = JSON.parse(stdout) as {
      grants: readonly { resource?: string; namespace?: string; name?: string; verb: string }[]
    }
    const secrets = grants.filter(({ resource }) => resource === 'secrets')
    assert.equal(
      secrets.map(({ namespace, name, verb }) => [typeof namespace, typeof name, verb]),
      [['string', 'string', 'get']],
    )
  })

  for (const name of readdirSync(`${root}examples`).sort()) {
    it(`${name} holds the values that are generated now`, async () => {
      const { code, stdout } = await commandHere(['generate', `examples/${name}`, '--quiet'])
      assert.is(code, 0)
      golden(`examples/${name}/values.yaml`, stdout)
    })
    for (const version of charts) {
      it(`${name} is printed for chart ${version} as in its file`, async () => {
        const { code, stdout } = await commandHere([
          'generate',
          `examples/${name}`,
          '--quiet',
          '--chart-version',
          version,
        ])
        assert.is(code, 0)
        golden(`test/golden/examples/${name}-${version}.yaml`, stdout)
      })
    }
    it(`${name} says what it is`, () => assert.ok(existsSync(`${root}examples/${name}/README.md`)))
  }
})
