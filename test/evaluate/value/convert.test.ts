import * as assert from 'uvu/assert'
import { convert, type TargetType } from '../../../src/evaluate/value/convert.ts'
import { parseDuration } from '../../../src/evaluate/value/duration.ts'
import { text } from '../../../src/evaluate/value/string-pattern.ts'
import { unknown } from '../../../src/evaluate/value/unknown.ts'
import type { Value } from '../../../src/evaluate/value/value.ts'
import { describe } from '../../harness.ts'
import { evaluated, somewhere } from '../expressions.ts'
import { show } from '../show.ts'

const string: TargetType = { kind: 'string' }
const number: TargetType = { kind: 'number' }
const open = unknown('argument', somewhere)
const names: ReadonlyMap<string, Value> = new Map<string, Value>([
  ['any', open],
  ['one', { ...open, candidates: [text('5'), { kind: 'bool', value: true }] }],
  ['none', { ...open, candidates: [{ kind: 'bool', value: true }] }],
  ['secret', { kind: 'capsule', type: 'secret', of: text('s') }],
  ['optional', { kind: 'capsule', type: 'optional_secret', of: text('s') }],
  ['plain', { kind: 'capsule', type: 'optional_text', of: text('7') }],
  ['receiver', { kind: 'capsule', type: 'LogsReceiver', of: null }],
  ['few', { kind: 'array', items: [text('a')], openElements: [open, { kind: 'bool', value: true }] }],
])

const table: readonly (readonly [source: string, wanted: TargetType, result: string])[] = [
  ['"a"', string, '"a"'],
  ['5', string, '"5"'],
  ['1.0', string, '"1"'],
  ['1e21', string, '"1000000000000000000000"'],
  ['null', string, '""'],
  ['encoding.from_base64("YWJj")', string, '"abc"'],
  ['"a" + any', string, '"a" + ?'],
  ['plain', string, '"7"'],
  ['secret', string, 'is a secret, expected string'],
  ['optional', string, 'is a secret, expected string'],
  ['receiver', string, 'is of type capsule, expected string'],
  ['true', string, 'is of type bool, expected string'],
  ['["a"]', string, 'is of type array, expected string'],
  ['any', string, '?string'],
  ['one', string, '"5"'],
  ['none', string, 'is of type bool, expected string'],
  ['true', { kind: 'bool' }, 'true'],
  ['null', { kind: 'bool' }, 'false'],
  ['"true"', { kind: 'bool' }, 'is of type string, expected bool'],
  ['1', { kind: 'bool' }, 'is of type number, expected bool'],
  ['1.9', { kind: 'number', as: 'int' }, '1'],
  ['-1', { kind: 'number', as: 'uint' }, '18446744073709551615'],
  ['3', { kind: 'number', as: 'float' }, '3'],
  ['1.5', number, '1.5'],
  ['null', number, '0'],
  ['"-5"', number, '-5'],
  ['"1.5"', number, '1.5'],
  ['"2e3"', number, '2000'],
  ['"18446744073709551615"', number, '18446744073709551615'],
  ['plain', number, '7'],
  ['"+1"', number, 'is a string that is not a number, expected number'],
  ['" 1"', number, 'is a string that is not a number, expected number'],
  ['"0x1"', number, 'is a string that is not a number, expected number'],
  ['"-1.5"', number, 'is a string that is not a number, expected number'],
  ['""', number, 'is a string that is not a number, expected number'],
  ['"1" + any', number, '?number'],
  ['true', number, 'is of type bool, expected number'],
  ['"1m30s"', { kind: 'duration' }, '"1m30s"'],
  ['0', { kind: 'duration' }, '"0"'],
  ['null', { kind: 'duration' }, '"0s"'],
  ['5', { kind: 'duration' }, 'is not a valid duration, expected a number with a unit as in 30s or 1h30m'],
  ['"1d"', { kind: 'duration' }, 'is not a valid duration, expected a number with a unit as in 30s or 1h30m'],
  ['[]', { kind: 'duration' }, 'is of type array, expected duration'],
  ['"a"', { kind: 'secret' }, 'secret("a")'],
  ['optional', { kind: 'secret' }, 'secret("s")'],
  ['null', { kind: 'secret' }, 'secret("")'],
  ['5', { kind: 'secret' }, 'is of type number, expected string or secret'],
  ['receiver', { kind: 'secret' }, 'is of type capsule, expected string or secret'],
  ['secret', { kind: 'optional_secret' }, 'optional_secret("s")'],
  ['"a"', { kind: 'optional_secret' }, 'optional_text("a")'],
  ['["a", 5, null]', { kind: 'array', of: string }, '["a", "5", ""]'],
  ['null', { kind: 'array', of: string }, '[]'],
  ['"a"', { kind: 'array', of: string }, 'is of type string, expected array'],
  ['["a", true]', { kind: 'array', of: string }, '[1] is of type bool, expected string'],
  ['few', { kind: 'array', of: string }, '["a", ...(?string)]'],
  ['{a = 1}', { kind: 'map', of: string }, '{a: "1"}'],
  ['{a = true}', { kind: 'map', of: string }, '.a is of type bool, expected string'],
  ['[]', { kind: 'map', of: string }, 'is of type array, expected object'],
  ['{a = 1}', { kind: 'object', fields: new Map([['a', string]]) }, '{a: "1"}'],
  ['{b = 1}', { kind: 'object', fields: new Map([['a', string]]) }, '.b is a field that does not exist'],
  ['{a = 1}', { kind: 'capsule', type: 'Target' }, '{a: "1"}'],
  ['receiver', { kind: 'capsule', type: 'LogsReceiver' }, 'LogsReceiver(not known)'],
  ['secret', { kind: 'capsule', type: 'LogsReceiver' }, 'is a secret, expected LogsReceiver'],
  ['"a"', { kind: 'capsule', type: 'LogsReceiver' }, 'is of type string, expected LogsReceiver'],
  ['null', { kind: 'capsule', type: 'LogsReceiver' }, 'null'],
  ['[null]', { kind: 'any' }, '[null]'],
]

describe('convert', it => {
  for (const [source, wanted, result] of table)
    it(`takes ${source} for ${wanted.kind}`, () => {
      const converted = convert(evaluated(source, names).value, wanted)
      if (converted.kind !== 'mismatch') return assert.is(show(converted), result)
      const place = converted.path.map(step => (typeof step === 'number' ? `[${step}] ` : `.${step} `)).join('')
      assert.is(place + converted.text, result)
    })

  const durations: readonly (readonly [string, bigint | null])[] = [
    ['0', 0n],
    ['-0', 0n],
    ['1h30m', 5_400_000_000_000n],
    ['1.5s', 1_500_000_000n],
    ['.5ms', 500_000n],
    ['-2us', -2_000n],
    ['3µs', 3_000n],
    ['+1ns', 1n],
    ['9223372036854775807ns', 2n ** 63n - 1n],
    ['9223372036854775808ns', null],
    ['-9223372036854775808ns', -(2n ** 63n)],
    ['', null],
    ['-', null],
    ['1', null],
    ['.s', null],
    ['1d', null],
    ['1h 2m', null],
  ]
  for (const [source, nanoseconds] of durations)
    it(`reads the duration "${source}"`, () => assert.is(parseDuration(source), nanoseconds))
})
