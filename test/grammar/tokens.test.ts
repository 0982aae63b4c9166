import fc from 'fast-check'
import * as assert from 'uvu/assert'
import { vocabulary } from '../../grammar/tokens.ts'
import { describe } from '../harness.ts'

const piece = fc.oneof(
  fc.constantFrom(
    ...'abtfn_09.+-*/%^|&=!<>()[]{},"\'`\\ \t\r\n#$éΩ',
    '//',
    '/*',
    '*/',
    'true',
    'false',
    'null',
    '1e',
    '.5',
  ),
  fc.string({ unit: 'binary', maxLength: 1 }),
)
const text = fc.array(piece, { minLength: 1, maxLength: 5 }).map(pieces => pieces.join(''))

describe('a token', it => {
  for (const { name, PATTERN, START_CHARS_HINT } of vocabulary) {
    if (!(PATTERN instanceof RegExp) || START_CHARS_HINT === undefined) continue
    it(`begins with a character that is told: ${name}`, () => {
      const sticky = new RegExp(PATTERN.source, 'y')
      fc.assert(
        fc.property(text, each => {
          sticky.lastIndex = 0
          if (sticky.test(each)) assert.ok(START_CHARS_HINT.includes(each[0]!), JSON.stringify(each))
        }),
        { numRuns: 1_000 },
      )
    })
  }
  it('has its first characters told, whatever matches it', () => {
    const untold = vocabulary.filter(
      ({ PATTERN, START_CHARS_HINT }) => typeof PATTERN !== 'string' && !START_CHARS_HINT,
    )
    assert.equal(
      untold.map(({ name }) => name),
      ['Terminator'],
    )
  })
})
