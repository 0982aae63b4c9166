import * as assert from 'uvu/assert'
import { equal } from '../../../src/evaluate/value/equality.ts'
import { text } from '../../../src/evaluate/value/string-pattern.ts'
import type { Truth, Value } from '../../../src/evaluate/value/value.ts'
import { describe } from '../../harness.ts'

const object = (keys: readonly string[], open = false): Value => ({
  kind: 'object',
  entries: new Map(keys.map(key => [key, text(key)])),
  open,
})
const list = (items: readonly string[], more = false): Value => ({
  kind: 'array',
  items: items.map(text),
  openElements: more ? [text('c')] : [],
})

const hidden: Value = { kind: 'capsule', type: 'secret', of: null }
const receiver: Value = { kind: 'capsule', type: 'capsule("loki.LogsReceiver")', of: null }

const cases: readonly (readonly [title: string, left: Value, right: Value, truth: Truth])[] = [
  ['objects with the same keys and values', object(['a']), object(['a']), true],
  ['an object without a key that the other has', object(['a']), object([]), false],
  ['an object that may have the key that the other has', object(['a']), object([], true), null],
  ['an object with a key that the open one lacks so far', object(['a', 'b']), object(['a'], true), null],
  ['an open object with a key that the closed one lacks', object(['a'], true), object([]), false],
  ['two open objects', object(['a'], true), object(['b'], true), null],
  ['lists of the same elements', list(['a', 'b']), list(['a', 'b']), true],
  ['a list that is longer', list(['a', 'b']), list(['a']), false],
  ['a list that may be as long', list(['a', 'b']), list(['a'], true), null],
  ['a list that may be longer with another first element', list(['a', 'b']), list(['b'], true), false],
  ['a secret that is not known, and a text', hidden, text('a'), null],
  ['a secret that is not known, and what is not a text', hidden, { kind: 'bool', value: true }, false],
  ['what is neither a secret nor a text, and a text', receiver, text('a'), false],
]

describe('equality of what is known in part', it => {
  for (const [title, left, right, truth] of cases)
    it(title, () => {
      assert.is(equal(left, right), truth)
      assert.is(equal(right, left), truth)
    })
})
