import * as assert from 'uvu/assert'
import { areTooMany, ELEMENT, isTooLarge, LONGEST_TEXT } from '../../../src/evaluate/value/size.ts'
import { text } from '../../../src/evaluate/value/string-pattern.ts'
import type { Value } from '../../../src/evaluate/value/value.ts'
import { describe } from '../../harness.ts'

/** A list in a list, so many times; a text at the bottom. */
function nested(depth: number): Value {
  let value: Value = text('')
  for (let at = 1; at < depth; at++) value = { kind: 'array', items: [value], openElements: [] }
  return value
}

const cases: readonly (readonly [title: string, value: Value, tooLarge: boolean])[] = [
  ['the longest text', text('x'.repeat(LONGEST_TEXT)), false],
  ['a longer text', text('x'.repeat(LONGEST_TEXT + 1)), true],
  ['the deepest value', nested(1_000), false],
  ['a deeper value, which weighs little', nested(1_001), true],
]

describe('size of a value', it => {
  for (const [title, value, tooLarge] of cases) it(title, () => assert.is(isTooLarge(value), tooLarge))
  it('as many elements as weigh what the longest text does', () => {
    assert.is(areTooMany(LONGEST_TEXT / 2 / ELEMENT), false)
    assert.is(areTooMany(LONGEST_TEXT / 2 / ELEMENT + 1), true)
  })
})
