import * as assert from 'uvu/assert'
import { library } from '../../../src/evaluate/stdlib/stdlib.ts'
import type { Value } from '../../../src/evaluate/value/value.ts'
import { carriesToken } from '../../../src/rules/carries-token.ts'
import { evaluated, somewhere } from '../../evaluate/expressions.ts'
import { describe } from '../../harness.ts'

const token: Value = {
  kind: 'unknown',
  because: 'secret',
  origin: somewhere,
  name: null,
  type: 'string',
  token: true,
}
const capsule = (type: string): Value => ({ kind: 'capsule', type, of: token })
const names = new Map([
  ['text', token],
  ['content', capsule('optional_text')],
  ['hidden', capsule('optional_secret')],
])
const truth = (source: string) => carriesToken(evaluated(source, names).value)

describe('what is made of the token', it => {
  for (const name of ['text', 'content']) {
    for (const [called, { function: standard }] of library) {
      for (const [at, { kind }] of standard.parameters.entries()) {
        if (kind !== 'string' && kind !== 'secret') continue
        if (standard.parameters.some(each => !['string', 'secret'].includes(each.kind))) continue
        // What a variable holds has nothing to do with its name.
        if (['env', 'sys.env'].includes(called)) continue
        for (const beside of ['"x"', 'sys.env("X")']) {
          const args = standard.parameters.map((_, other) => (other === at ? name : beside))
          const source = `${called}(${args.join(', ')})`
          it(`may be the token: ${source}`, () => assert.is.not(truth(source), false))
        }
      }
    }
  }
  const table: readonly (readonly [source: string, truth: boolean | null])[] = [
    ['content', true],
    ['hidden', true],
    ['string.trim_space(content)', true],
    ['convert.nonsensitive(hidden)', true],
    ['string.format("%s", text)', true],
    ['string.format("Bearer %s", text)', true],
    ['string.format("%s", content)', true],
    ['string.format("%1s", text)', null],
    ['string.format("%.4096s", content)', null],
    ['string.replace(content, "\\n", "")', null],
    ['string.split(content, "\\n")[0]', null],
    ['string.join([content, "x"], "")', true],
    ['encoding.from_json("{\\"a\\": \\"" + text + "\\"}")["a"]', null],
    ['array.concat([content], ["x"])[0]', true],
    ['coalesce(content, "x")', null],
    ['"x"', false],
  ]
  for (const [source, expected] of table)
    it(`${source} carries it: ${expected ?? 'perhaps'}`, () => assert.is(truth(source), expected))
})
