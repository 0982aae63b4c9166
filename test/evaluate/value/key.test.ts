import * as assert from 'uvu/assert'
import { valueKeys } from '../../../src/evaluate/value/key.ts'
import type { Value } from '../../../src/evaluate/value/value.ts'
import { describe } from '../../harness.ts'
import { evaluated } from '../expressions.ts'

const valued = (text: string): Value => evaluated(text).value
const many = (last: string): string => `[${'1, '.repeat(100)}${last}]`

const different: readonly (readonly [title: string, left: string, right: string])[] = [
  ['null and a text', 'null', '"null"'],
  ['a boolean and a text', 'true', '"true"'],
  ['a number and a text', '1', '"1"'],
  ['kinds of number', '1', '1.0'],
  ['texts', '"a"', '"b"'],
  ['text that looks like a part of a key', '"a" ', '"text:0"'],
  ['nested lists', '[["a"], "b"]', '[["a", "b"]]'],
  ['the names of fields', '{a = 1}', '{b = 1}'],
  ['a list and an object', '[]', '{}'],
  ['long lists', many('1'), many('2')],
  ['bytes and their text', 'encoding.from_base64("YQ==")', '"a"'],
  ['two unknown values', 'sys.env("A")', 'sys.env("A")'],
  ['texts with unknown parts', '"a" + sys.env("A")', '"b" + sys.env("A")'],
]

const same: readonly (readonly [title: string, text: string])[] = [
  ['scalars', '1.5'],
  ['texts', '"a b"'],
  ['nested lists', '[["a"], ["b", 2, null]]'],
  ['objects', '{a = {b = [true]}, c = "x"}'],
]

describe('keys of values', it => {
  for (const [title, left, right] of different) {
    it(`tell ${title} apart`, () => {
      const keyOf = valueKeys()
      assert.is.not(keyOf(valued(left)), keyOf(valued(right)))
    })
  }
  for (const [title, text] of same) {
    it(`are equal for equal ${title}`, () => {
      const keyOf = valueKeys()
      assert.is(keyOf(valued(text)), keyOf(valued(text)))
    })
  }
  it('know a long list again, and an unknown value', () => {
    const keyOf = valueKeys()
    for (const value of [valued(many('1')), valued('sys.env("A")')]) assert.is(keyOf(value), keyOf(value))
  })
  it('stay short', () => assert.ok(valueKeys()(valued(many('"a"'))).length < 10))
})
