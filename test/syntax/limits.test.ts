import * as assert from 'uvu/assert'
import { configurations } from '../../scripts/fuzz/corpus.ts'
import { beyondTokens, maxStatement, maxTokens } from '../../src/syntax/limits.ts'
import { parse } from '../../src/syntax/parse.ts'
import { scan } from '../../src/syntax/scan.ts'
import { describe } from '../harness.ts'

const codes = (text: string): string =>
  parse({ path: 'a.alloy', text })
    .diagnostics.map(({ code, span }) => `${code}@${span!.start}`)
    .join(' ')
const within = (open: string, close: string, times: number): string =>
  `a = ${open.repeat(times)}1${close.repeat(times)}`

describe('limits', it => {
  const nested: readonly (readonly [title: string, make: (times: number) => string, at: number])[] = [
    ['lists', times => within('[', ']', times), 4 + 128],
    ['parentheses', times => within('(', ')', times), 4 + 128],
    ['objects', times => within('{a=', '}', times), 4 + 128 * 3],
    ['calls', times => within('f(', ')', times), 4 + 128 * 2 + 1],
    ['indices', times => within('a[', ']', times), 4 + 128 * 2 + 1],
    ['negations', times => within('-', '', times), 4 + 128],
    ['nots', times => within('!', '', times), 4 + 128],
    ['blocks', times => `${'b{'.repeat(times)}${'}'.repeat(times)}`, 128 * 2 + 1],
    ['negated parentheses', times => within('-(', ')', times / 2), 4 + 128],
    ['blocks on lines', times => `${'b {\n'.repeat(times)}${'}\n'.repeat(times)}`, 128 * 4 + 2],
  ]
  for (const [title, make, at] of nested) {
    it(`reads ${title} 128 deep and no deeper`, () => {
      assert.is(codes(make(128)), '')
      assert.is(codes(make(130)), `ARB020@${at}`)
      assert.is(codes(make(100_000)), `ARB020@${at}`)
    })
  }

  it('counts what is open, not what has been', () => {
    assert.is(codes(`a = [${'[1],'.repeat(1_000)}]`), '')
    assert.is(codes(`a = [${'-1, !b, '.repeat(1_000)}]`), '')
    assert.is(codes('b { c { } }\n'.repeat(1_000)), '')
    assert.is(codes('a = -1\n'.repeat(1_000)), '')
  })

  it('counts brackets that nothing closes, and survives closers that nothing opened', () => {
    assert.is(codes('['.repeat(200)), 'ARB020@128')
    assert.ok(codes(`a = ${']'.repeat(100_000)}`).startsWith('ARB001@4'))
  })

  const chained: readonly (readonly [title: string, make: (times: number) => string])[] = [
    ['operators', times => `a = 1${' + 1'.repeat(times)}`],
    ['powers', times => `a = 1${' ^ 1'.repeat(times)}`],
    ['minuses', times => `a = 1${' - 1'.repeat(times)}`],
    ['names', times => `a = b${'.c'.repeat(times)}`],
    ['calls', times => `a = b${'()'.repeat(times)}`],
    ['indices', times => `a = b${'[0]'.repeat(times)}`],
    ['operators in lists', times => `a = ${'1 + ['.repeat(10)}1${' + 1'.repeat(times - 20)}${']'.repeat(10)}`],
  ]
  for (const [title, make] of chained) {
    it(`reads chains of 1000 ${title} and no longer ones`, () => {
      assert.is(codes(make(1_000)), '')
      assert.match(codes(make(1_001)), /^ARB021@\d+$/)
      assert.match(codes(make(100_000)), /^ARB021@\d+$/)
    })
  }

  it('counts the chains of each element and statement by itself', () => {
    assert.is(codes(`a = [${'1 + 1,\n'.repeat(2_000)}]\n${'b = 1 + 1\n'.repeat(2_000)}`), '')
  })

  it('reads files of 16 MiB of UTF-8, and no larger ones', () => {
    const size = 16 * 1024 * 1024
    assert.is(codes(`//${'x'.repeat(size - 2)}`), '')
    assert.is(codes(`//${'x'.repeat(size - 1)}`), 'ARB022@0')
    assert.is(codes(`//${'é'.repeat(size / 2 - 1)}`), '')
    assert.is(codes(`//${'é'.repeat(size / 2)}`), 'ARB022@0')
  })

  it('reads so many tokens of a text and of a statement, and no more', () => {
    const list = (count: number): string => `a = [${'1,'.repeat((count - 4) / 2)}]`
    assert.is(codes(list(50_000)), '')
    assert.is(codes(list(maxStatement + 2)), 'ARB027@0')
    assert.match(codes('a = 1\n'.repeat(maxTokens / 4 + 1)), /^ARB027@/)
    assert.is(codes('a = 1\n'.repeat(20_000)), '')
  })
  it('counts as many tokens as there are, or a few more', () => {
    for (const text of [...configurations, '1a2b3c\u20ac\u20ac-1e5 "a" `b', '"\\', 'a\n\n\n// x\nb /* y */ c']) {
      const { tokens } = scan({ path: 'a.alloy', text }, [])
      const isCounted =
        tokens.length === 0 || text.length < tokens.length || beyondTokens(text, tokens.length - 1) !== null
      assert.ok(isCounted, text)
      assert.is(beyondTokens(text, tokens.length * 3 + 10), null)
    }
  })

  // V8 remembers every step of a repetition with a choice, and gives up after some millions.
  const million = 1_000_000
  const long: readonly (readonly [title: string, text: string])[] = [
    ['digits', '9'.repeat(12 * million)],
    ['a name', 'a'.repeat(12 * million)],
    ['blank lines', ' \n'.repeat(6 * million)],
    ['a string', `"${'x'.repeat(12 * million)}"`],
    ['a string without an end', `"${'x'.repeat(12 * million)}`],
    ['escapes', `"${'\\n'.repeat(6 * million)}"`],
    ['a string beyond the first plane', `"${'😀'.repeat(6 * million)}"`],
    ['a raw string', `\`${'\n'.repeat(12 * million)}\``],
    ['a comment', `//${'😀'.repeat(6 * million)}`],
    ['a comment of several lines', `/*${'*\n'.repeat(6 * million)}*/`],
  ]
  for (const [title, text] of long)
    it(`counts the tokens beside ${title}, however long`, () => {
      assert.is(beyondTokens(`a = 1 ${text}\nb`), null)
      assert.ok(beyondTokens(`a ${text}\n${'- '.repeat(30)}`.slice(0, text.length + 40), 20) !== null)
    })

  it('says a hundred things about one text at most', () => {
    assert.is(parse({ path: 'a.alloy', text: 'a = )\n'.repeat(5_000) }).diagnostics.length, 100)
    assert.is(parse({ path: 'a.alloy', text: 'a = @\n'.repeat(5_000) }).diagnostics.length, 100)
  })
})
