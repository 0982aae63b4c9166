import fc from 'fast-check'
import * as assert from 'uvu/assert'
import { occurrence, SecretIndex, shortest } from '../../src/secrets/secret-index.ts'
import { describe } from '../harness.ts'

const word = fc
  .array(fc.constantFrom('a', 'B', 'b', 'ä', 'Ä', 'ß', 'ς', 'Σ', 'ı', 'I', 'K', '\u212a', '1', '.', '$', ' ', '"'), {
    minLength: 1,
    maxLength: 9,
  })
  .map(units => units.join(''))

/** One secret after the other, each looked for in all of the text. */
function naively(secrets: readonly string[], text: string): string {
  const ordered = [...new Set(secrets)].sort((a, b) => b.length - a.length)
  return ordered.reduce((shown: string, secret) => {
    const literal = secret.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')
    const pattern = secret.length >= shortest ? new RegExp(literal, 'gi') : new RegExp(`(?<!\\w)${literal}(?!\\w)`, 'g')
    return shown.replaceAll(pattern, '***')
  }, text)
}

describe('an index of secrets', it => {
  it('leaves nothing that a look for each of them finds, and knows where none can be', () => {
    fc.assert(
      fc.property(fc.array(word, { maxLength: 6 }), fc.array(word, { maxLength: 6 }), (secrets, others) => {
        const text = [...others, ...secrets.map(each => each.toUpperCase()), ...secrets].join(' ')
        const index = new SecretIndex()
        for (const each of new Set(secrets)) index.add(each, [each])
        const expected = naively(secrets, text)
        assert.is(index.blanked(text), expected)
        const mayOccur = occurrence([text])
        for (const each of secrets) assert.ok(mayOccur(each), each)
      }),
    )
  })
  it('looks at no secret that begins otherwise', () => {
    const mayOccur = occurrence(['the password is wrong'])
    const found = Array.from({ length: 10_000 }, (_, at) => mayOccur(`secret-${at}`)).filter(Boolean)
    assert.is(found.length, 0)
  })
})
