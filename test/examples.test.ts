import { existsSync, readdirSync } from 'node:fs'
import * as assert from 'uvu/assert'
import { commandHere } from './cli/io.ts'
import { describe, golden, root } from './harness.ts'

describe('examples', it => {
  for (const name of readdirSync(`${root}examples`).sort()) {
    it(`${name} holds the values that are generated now`, async () => {
      const { code, stdout } = await commandHere(['generate', `examples/${name}`, '--quiet'])
      assert.is(code, 0)
      golden(`examples/${name}/values.yaml`, stdout)
    })
    it(`${name} says what it is`, () => assert.ok(existsSync(`${root}examples/${name}/README.md`)))
  }
})
