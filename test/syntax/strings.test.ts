import * as assert from 'uvu/assert'
import { decodeString, escapeFaults } from '../../src/syntax/strings.ts'
import { describe } from '../harness.ts'

describe('decodeString', it => {
  const text: readonly (readonly [title: string, raw: string, value: string])[] = [
    ['is empty for empty quotes', '""', ''],
    ['is empty for empty backquotes', '``', ''],
    ['takes what is not escaped as it stands', '"é 日 😀\t\r"', 'é 日 😀\t\r'],
    ['reads the escapes of one letter', '"\\a\\b\\f\\n\\r\\t\\v\\\\\\""', '\x07\b\f\n\r\t\v\\"'],
    ['reads bytes that are UTF-8 together', '"\\xc3\\xa9\\303\\251"', 'éé'],
    ['reads code points', '"\\u00e9\\U0001F600\\u0041"', 'é😀A'],
    ['reads hexadecimal digits in both cases', '"\\x6a\\x6A"', 'jj'],
    ['keeps a byte order mark', '"\\ufeffa"', '\ufeffa'],
    ['knows no escapes in backquotes', '`\\n\\"`', '\\n\\"'],
    ['drops carriage returns in backquotes', '`a\r\nb\r`', 'a\nb'],
    ['keeps an escaped backslash before a letter', '"\\\\n"', '\\n'],
  ]
  for (const [title, raw, value] of text) it(title, () => assert.equal(decodeString(raw), { value }))

  it('has one unit a byte where the bytes are no UTF-8', () => {
    assert.equal(decodeString('"a\\xff\\u00e9"'), { value: 'a\xff\xc3\xa9', bytes: true })
    assert.equal(decodeString('"\\377"'), { value: '\xff', bytes: true })
  })
})

describe('escapeFaults', it => {
  const faults: readonly (readonly [
    title: string,
    literal: string,
    found: readonly (readonly [number, string, string])[],
  ])[] = [
    ['finds none in what is right', '"\\a\\101\\x41\\u00e9\\U0010FFFF\\""', []],
    ['knows no escaped single quote', `"\\'"`, [[2, 'unknown', "\\'"]]],
    ['knows no escaped slash', '"a\\/b"', [[3, 'unknown', '\\/']]],
    ['wants three octal digits', '"\\0"', [[2, 'malformed', '\\0']]],
    ['wants octal digits below eight', '"\\181"', [[2, 'malformed', '\\1']]],
    ['wants two hexadecimal digits', '"\\x4"', [[2, 'malformed', '\\x4']]],
    ['wants four after u', '"\\u00eg"', [[2, 'malformed', '\\u00e']]],
    ['wants eight after U', '"\\U0010FFF"', [[2, 'malformed', '\\U0010FFF']]],
    ['refuses a byte beyond 255', '"\\400"', [[2, 'range', '\\400']]],
    ['refuses surrogates', '"\\ud800"', [[2, 'range', '\\ud800']]],
    ['refuses what Unicode does not have', '"\\U00110000"', [[2, 'range', '\\U00110000']]],
    [
      'finds several',
      '"\\q \\n \\w"',
      [
        [2, 'unknown', '\\q'],
        [8, 'unknown', '\\w'],
      ],
    ],
    [
      'goes on at the character that ended an escape',
      '"\\x\\q"',
      [
        [2, 'malformed', '\\x'],
        [4, 'unknown', '\\q'],
      ],
    ],
    ['finds a backslash at the end', '"\\', [[2, 'unknown', '\\']]],
  ]
  for (const [title, literal, found] of faults) {
    it(title, () => {
      assert.equal(
        escapeFaults(literal).map(({ offset, kind, escape: sequence }) => [offset, kind, sequence]),
        found,
      )
    })
  }
})
