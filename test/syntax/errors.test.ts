// The files of test/errors state what is wrong with them: a comment `/* ARB001 expected an expression */` demands that
// diagnostic at the token after it. A file has these diagnostics and no others.
import { readdirSync, readFileSync } from 'node:fs'
import * as assert from 'uvu/assert'
import { oneLine } from '../../src/render/frame.ts'
import { locate, type Source } from '../../src/source.ts'
import { parse } from '../../src/syntax/parse.ts'
import { describe, root } from '../harness.ts'

const folder = `${root}test/errors/`
const marker = /\/\* (ARB\d{3}) ([^*]*[^* ]) \*\//g

/**
 * What a text says of itself, one line a diagnostic. A marker that ends its line means the end of the line, whose place is
 * the first comment before it; one that ends the text means the end of the text.
 */
function stated(source: Source): readonly string[] {
  return [...source.text.matchAll(marker)].map(match => {
    const after = match.index + match[0].length
    const blank = /^[ \t]*/.exec(source.text.slice(after))![0].length
    const place = source.text[after + blank] === '\n' ? match.index : after + blank
    const { line, column } = locate(source, place)
    return `${source.path}:${line}:${column}: error[${match[1]}]: ${match[2]}`
  })
}

/** The diagnostics of a text, each cut to as many words as the text states. */
function reported(source: Source, expected: readonly string[]): readonly string[] {
  const lines = parse(source).diagnostics.map(oneLine)
  return lines.map(line => expected.find(start => line.startsWith(start)) ?? line)
}

describe('test/errors', it => {
  for (const file of readdirSync(folder).sort()) {
    it(`${file} has the errors that it states`, () => {
      const source = { path: file, text: readFileSync(`${folder}${file}`, 'utf8') }
      const expected = stated(source)
      assert.ok(expected.length > 0)
      assert.is(reported(source, expected).join('\n'), expected.join('\n'))
    })
  }

  it('would notice another place, another code, other words, one more and one less', () => {
    const check = (text: string): boolean => {
      const source = { path: 'x.alloy', text }
      const expected = stated(source)
      return reported(source, expected).join('\n') === expected.join('\n')
    }
    assert.ok(check('a = /* ARB001 expected an expression */ )'))
    assert.not.ok(check('a /* ARB001 expected an expression */ = )'))
    assert.not.ok(check('a = /* ARB002 expected an expression */ )'))
    assert.not.ok(check('a = /* ARB001 expected nothing */ )'))
    assert.not.ok(check('a = /* ARB001 expected an expression */ )\nb = )'))
    assert.not.ok(check('a = 1 /* ARB001 expected an expression */'))
  })
})
