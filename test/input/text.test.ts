import * as assert from 'uvu/assert'
import { decodeText } from '../../src/input/text.ts'
import { oneLine } from '../../src/render/frame.ts'
import { maxBytes } from '../../src/source.ts'
import { describe } from '../harness.ts'

const decoded = (...bytes: readonly number[]): string => {
  const { value, diagnostics } = decodeText('a.alloy', Uint8Array.from(bytes))
  assert.is(value === null, diagnostics.length > 0)
  return value === null ? diagnostics.map(oneLine).join('\n') : `text ${value.text}`
}
const utf8 = (text: string): readonly number[] => [...new TextEncoder().encode(text)]

describe('decodeText', it => {
  it('reads UTF-8', () => assert.is(decoded(...utf8('é日😀\r\n\0')), 'text é日😀\r\n\0'))
  it('reads nothing as nothing', () => assert.is(decoded(), 'text '))
  it('drops a byte order mark at the start, and only there', () => {
    assert.is(decoded(0xef, 0xbb, 0xbf, 0x61, 0xef, 0xbb, 0xbf), 'text a\ufeff')
  })
  const refused: readonly (readonly [title: string, bytes: readonly number[], message: string])[] = [
    [
      'UTF-16, little end first',
      [0xff, 0xfe, 0x61, 0],
      '1:1: error[ARB023]: the file is encoded in UTF-16, expected UTF-8',
    ],
    [
      'UTF-16, big end first',
      [0xfe, 0xff, 0, 0x61],
      '1:1: error[ARB023]: the file is encoded in UTF-16, expected UTF-8',
    ],
    [
      'UTF-32, little end first',
      [0xff, 0xfe, 0, 0, 0x61, 0, 0, 0],
      '1:1: error[ARB023]: the file is encoded in UTF-32, expected UTF-8',
    ],
    [
      'UTF-32, big end first',
      [0, 0, 0xfe, 0xff, 0, 0, 0, 0x61],
      '1:1: error[ARB023]: the file is encoded in UTF-32, expected UTF-8',
    ],
    [
      'a byte that begins nothing',
      [...utf8('é\nab'), 0xff, 0x63],
      '2:3: error[ARB024]: the bytes at offset 5 are not valid UTF-8',
    ],
    [
      'a sequence that breaks off',
      [...utf8('a\n'), 0xe6, 0x97, 0x61],
      '2:1: error[ARB024]: the bytes at offset 2 are not valid UTF-8',
    ],
    [
      'a sequence that the end breaks off',
      [...utf8('ab'), 0xf0, 0x9f, 0x98],
      '1:3: error[ARB024]: the bytes at offset 2 are not valid UTF-8',
    ],
    ['an overlong form', [0x61, 0xc0, 0x80], '1:2: error[ARB024]: the bytes at offset 1 are not valid UTF-8'],
    ['a surrogate', [0x61, 0xed, 0xa0, 0x80], '1:2: error[ARB024]: the bytes at offset 1 are not valid UTF-8'],
  ]
  for (const [title, bytes, message] of refused) {
    it(`refuses ${title}`, () => assert.is(decoded(...bytes), `a.alloy:${message}`))
  }
  it('refuses what is too large, and nothing smaller', () => {
    assert.is(decodeText('a', new Uint8Array(maxBytes)).diagnostics.length, 0)
    const { value, diagnostics } = decodeText('a', new Uint8Array(maxBytes + 1))
    assert.equal([value, diagnostics.map(({ code }) => code)], [null, ['ARB022']])
  })
})
