// What Alloy types as a secret is blanked in every line that is shown: frames go by names, this holds the names to the inventory.
import { readFileSync } from 'node:fs'
import * as assert from 'uvu/assert'
import { isSecret, secretNames } from '../../src/secrets/mask-alloy.ts'
import { describe, root } from '../harness.ts'

const { bodies } = JSON.parse(readFileSync(`${root}rulemap/inventory.json`, 'utf8')) as {
  bodies: Record<string, { attributes?: Record<string, string | readonly string[]> }>
}
const typed = new Set(
  Object.values(bodies).flatMap(({ attributes = {} }) =>
    Object.entries(attributes).flatMap(([name, type]) =>
      /\b(?:optional_)?secret\b/.test([type].flat().join(' ')) ? [name] : [],
    ),
  ),
)
// The text of a module is shown, except for the secrets within it.
typed.delete('content')

describe('what the inventory types as a secret', it => {
  for (const name of typed) it(`is blanked: ${name}`, () => assert.ok(isSecret(name)))
  it('names every ordinary word that is blanked', () =>
    assert.equal(
      [...secretNames].filter(name => !typed.has(name)),
      [],
    ))
})
