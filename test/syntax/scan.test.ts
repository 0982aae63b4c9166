import * as assert from 'uvu/assert'
import { oneLine } from '../../src/render/frame.ts'
import { parse } from '../../src/syntax/parse.ts'
import { describe } from '../harness.ts'

/** The diagnostics of a text without its path: `line:column: error[CODE]: message`. */
const said = (text: string): readonly string[] =>
  parse({ path: '', text }).diagnostics.map(each => oneLine(each).slice(1).replace(': error[', ' ').replace(']:', ''))

describe('scan', it => {
  const cases: readonly (readonly [title: string, text: string, said: readonly string[]])[] = [
    [
      'refuses NUL in a string',
      'a = "\0"',
      ['1:6 ARB019 U+0000 is not allowed anywhere in a configuration, not even in strings and comments'],
    ],
    [
      'refuses NUL in a comment',
      '// \0',
      ['1:4 ARB019 U+0000 is not allowed anywhere in a configuration, not even in strings and comments'],
    ],
    [
      'refuses NUL elsewhere, once',
      'a\0 = 1',
      ['1:2 ARB019 U+0000 is not allowed anywhere in a configuration, not even in strings and comments'],
    ],
    [
      'refuses a lone surrogate',
      'a = "\ud800"',
      ['1:6 ARB019 U+D800 is not allowed anywhere in a configuration, not even in strings and comments'],
    ],
    ['reads over a byte order mark at the start', '\ufeffa = 1', []],
    [
      'refuses a byte order mark later',
      'a = 1 // \ufeff',
      ['1:10 ARB019 U+FEFF is not allowed anywhere in a configuration, not even in strings and comments'],
    ],
    [
      'takes a carriage return for a blank, not for a line end',
      'a = 1\rb = 2',
      ['1:7 ARB002 expected the end of the line after a statement, found an identifier'],
    ],
    ['reads Windows line ends', 'a = 1\r\nb = [\r\n  2,\r\n]\r\n', []],
    ['takes no other blank', 'a\u00a0= 1', ['1:2 ARB010 U+00A0 is not a valid character in Alloy syntax']],
    ['knows form feeds no better', 'a = 1\f', ['1:6 ARB010 U+000C is not a valid character in Alloy syntax']],
    [
      'names a character beyond the first plane once',
      'a = 😀',
      ['1:5 ARB010 😀 (U+1F600) is not a valid character in Alloy syntax'],
    ],
    ['wants both halves of an operator', 'a = b |c', ['1:8 ARB011 | alone is not an operator, || is']],
    ['wants both halves at the end of the text', 'a = b &', ['1:8 ARB011 & alone is not an operator, && is']],
    ['wants digits after e', 'a = 1e + 2', ['1:5 ARB012 the exponent of 1e has no digits']],
    ['wants a closing quote', 'a = "x\nb = 1', ['1:5 ARB013 the string that starts here has no closing "']],
    ['wants a closing backquote', 'a = `x\nb = 1', ['1:5 ARB013 the string that starts here has no closing `']],
    ['wants the end of a comment', 'a = 1 /* x\nb = 1', ['1:7 ARB015 the comment that starts here has no closing */']],
    [
      'wants double quotes',
      "a = ['x', 'y']",
      [
        '1:6 ARB014 a string is written in double quotes or backquotes, not in single quotes',
        '1:11 ARB014 a string is written in double quotes or backquotes, not in single quotes',
      ],
    ],
    [
      'reads one apostrophe to the end of the line',
      "a = don't\nb = 1",
      ['1:8 ARB014 a string is written in double quotes or backquotes, not in single quotes'],
    ],
    ['points at what follows the backslash', 'a = "x\\q"', ['1:8 ARB016 \\q is not a valid escape sequence']],
    [
      'says which digits an escape lacks',
      'a = "\\u00"',
      ['1:7 ARB017 \\u must be followed by four hexadecimal digits, found "'],
    ],
    [
      'says so of octal ones',
      'a = "\\08"',
      ['1:7 ARB017 the backslash must be followed by three octal digits, found 8'],
    ],
    [
      'says what an escape may stand for',
      'a = "\\400\\ud800"',
      [
        '1:7 ARB018 \\400 is not a valid character: a byte must be at most \\377',
        '1:11 ARB018 \\ud800 is not a valid character: a code point must be at most 10FFFF and not a surrogate',
      ],
    ],
    [
      'finds escapes where single quotes stand',
      "a = '\\q'",
      [
        '1:5 ARB014 a string is written in double quotes or backquotes, not in single quotes',
        '1:7 ARB016 \\q is not a valid escape sequence',
      ],
    ],
    ['finds no escapes in backquotes', 'a = `\\q`', []],
  ]
  for (const [title, text, wanted] of cases) it(title, () => assert.equal(said(text), wanted))

  it('helps with the characters of other languages', () => {
    const help = (text: string): string | null => parse({ path: '', text }).diagnostics[0]!.help
    assert.match(help('# x')!, /comments after \/\//)
    assert.match(help('a = {b: 1}')!, /= between a key and its value/)
    assert.match(help('a = 1; b = 2')!, /end of the line/)
    assert.is(help('a = @'), null)
  })
})

/** Marks the template actions of a text as the input does. */
function withTemplates(text: string) {
  const templates = [...text.matchAll(/\{\{[\s\S]*?\}\}/g)].map(({ 0: all, index }) => ({
    start: index,
    end: index + all.length,
  }))
  return parse({ path: 'values.yaml', text }, { templates })
}

describe('template actions', it => {
  it('leave the value of a string open, quotes in them or not', () => {
    for (const literal of ['"{{ .x }}"', '"a{{ include "b" . }}c"', '`{{ `x` }}`', '"{{ a\n}}"']) {
      const { value, diagnostics } = withTemplates(`a = ${literal}\nb = "known"\n`)
      assert.equal(diagnostics, [])
      const [first, second] = value!.body.map(each => (each.kind === 'attribute' ? each.value : null))
      assert.ok(first?.kind === 'literal' && second?.kind === 'literal')
      assert.equal([first.raw, first.template, second.template], [literal, true, undefined])
    }
  })
  it('may stand in comments', () => {
    const { value, diagnostics } = withTemplates('// {{ .x }}\n/* {{ */ }} */ a = 1 // {{ "\n" }}\nb = 2\n')
    assert.equal(diagnostics, [])
    assert.is(value!.body.length, 2)
  })
  const outside: readonly (readonly [title: string, text: string])[] = [
    ['for a value', 'a = {{ .x }}\nb = 1\n'],
    ['for a statement', '{{ if .x }}\na = 1\n'],
    ['for a name', '{{ .x }} = 1\n'],
    ['in a name', 'a{{ .x }} = 1\n'],
    ['for a label', 'a "{{ .x }}" { }\n'],
    ['for a key', 'a = { "{{ .x }}" = 1 }\n'],
    ['for an operator', 'a = b {{ .x }} c\n'],
    ['in a list', 'a = [1, {{ .x }}, 2]\n'],
  ]
  for (const [title, text] of outside) {
    it(`are one error ${title}`, () => {
      const { value, diagnostics } = withTemplates(text)
      assert.is(value, null)
      assert.equal(
        diagnostics.map(({ code, help }) => [code, help]),
        [['ARB025', 'render the chart first: helm template … | alloy-rbac check -']],
      )
    })
  }
})
