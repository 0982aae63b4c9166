import * as assert from 'uvu/assert'
import { diagnostic, type Label } from '../../src/diagnostic/diagnostic.ts'
import { frame, oneLine } from '../../src/render/frame.ts'
import type { Source, Span } from '../../src/source.ts'
import { parse } from '../../src/syntax/parse.ts'
import { describe, source } from '../harness.ts'

const of = (text: string): Source => ({ path: 'config.alloy', text })
const at = (text: Source, part: string): Span => {
  const start = text.text.indexOf(part)
  return { source: text, start, end: start + part.length }
}
const found = (span: Span | null, related: readonly Label[] = []) =>
  diagnostic('unexpected-token', span, { expected: 'this', found: 'that' }, { related })
const drawn = (span: Span | null, related: readonly Label[] = []): string =>
  frame(found(span, related), { color: false })
/** The line that is shown, and the one with the marks. */
const shown = (span: Span): readonly string[] =>
  drawn(span)
    .split('\n')
    .slice(3, 5)
    .map(line => line.slice(4))

describe('render/frame', it => {
  it('lines up a help of several lines', () => {
    const edit = { kind: 'generate' } as const
    const made = diagnostic('phantom-grant', null, { grant: 'url /a get', rule: 'rules[0]', edit, all: ['a', 'b'] })
    const lines = frame(made, { color: false }).split('\n')
    assert.equal(lines.slice(1), [
      '  = help: merge the values that alloy-rbac generate prints; all 2:',
      '    - a',
      '    - b',
      '',
    ])
  })

  it('says what and where, shows the line, marks the place and says what to do', () => {
    const text = of('a = 1\nb {\n  c = 2 3\n}\n')
    const made = diagnostic('statements-on-one-line', at(text, '3'), { found: 'a number' })
    assert.is(
      frame(made, { color: false }),
      source`
        error[ARB002]: expected the end of the line after a statement, found a number
         --> config.alloy:3:9
          |
        3 |   c = 2 3
          |         ^
          |
          = help: put each statement on a line of its own
        `,
    )
  })

  it('marks a related place on the same line below, and one elsewhere in a part of its own', () => {
    const text = of(`first\n${'\n'.repeat(8)}second third\n`)
    assert.is(
      drawn(at(text, 'third'), [
        { span: at(text, 'second'), text: 'near' },
        { span: at(text, 'first'), text: 'far' },
      ]),
      source`
        error[ARB001]: expected this, found that
          --> config.alloy:10:8
           |
        10 | second third
           |        ^^^^^
           | ------ near
          ::: config.alloy:1:1
           |
         1 | first
           | ----- far
        `,
    )
  })

  it('is one line where there is no place', () => {
    assert.is(drawn(null), 'error[ARB001]: expected this, found that\n')
    assert.is(oneLine(found(null)), 'error[ARB001]: expected this, found that')
  })

  it('names the place before the message on one line', () => {
    assert.is(oneLine(found(at(of('a\n b'), 'b'))), 'config.alloy:2:2: error[ARB001]: expected this, found that')
  })

  it('keeps the mark below its place behind tabs', () => {
    assert.equal(shown(at(of('\t\ta\tbc'), 'bc')), ['        a    bc', '             ^^'])
  })

  it('marks a place at the end of the text, and the first line of one that goes on', () => {
    assert.equal(shown({ source: of('ab'), start: 2, end: 2 }), ['ab', '  ^'])
    assert.equal(shown({ source: of('abc\ndef'), start: 1, end: 7 }), ['abc', ' ^^'])
    assert.equal(shown({ source: of('a\n'), start: 2, end: 2 }), ['', '^'])
  })

  it('shows of a wide line the part around the place', () => {
    const [line, marks] = shown(at(of(`${'x'.repeat(500)}here${'y'.repeat(500)}`), 'here'))
    assert.is(line!.length, 162)
    assert.is(line!.indexOf('here'), marks!.indexOf('^'))
    assert.is(marks!.trim(), '^^^^')
    assert.match(line!, /^….*…$/)
    const [start] = shown(at(of(`here${'y'.repeat(500)}`), 'here'))
    assert.match(start!, /^here.*y…$/)
  })

  it('shows no character that a terminal obeys', () => {
    assert.equal(shown(at(of('a\u001b[31m\u202eb\u0000c'), 'c')), [
      'a\\u001b[31m\\u202eb\\u0000c',
      '                        ^',
    ])
  })

  it('shows an embedded text where it stands in its file', () => {
    const outer = { path: 'values.yaml', text: 'content: |\n  a = 1\n  b = 2 3\n' }
    const inner: Source = {
      path: 'inner',
      text: 'a = 1\nb = 2 3\n',
      outer: { source: outer, offset: offset => offset + (offset < 6 ? 13 : 15) },
    }
    assert.match(drawn(at(inner, '3')), / --> values\.yaml:3:9\n {2}\|\n3 \| {3}b = 2 3\n {2}\| {9}\^\n/)
    assert.match(oneLine(found(at(inner, '3'))), /^values\.yaml:3:9: /)
  })

  it('colors what rustc colors', () => {
    const text = of('a b')
    const made = frame(found(at(text, 'a'), [{ span: at(text, 'b'), text: 'there' }]), { color: true })
    assert.match(made, /^\u001b\[1;31merror\[ARB001\]\u001b\[0m/)
    assert.match(made, /\u001b\[1;31m\^\u001b\[0m/)
    assert.match(made, /\u001b\[1;34m-\u001b\[0m/)
    assert.is(made.replaceAll(/\u001b\[[\d;]*m/g, ''), drawn(at(text, 'a'), [{ span: at(text, 'b'), text: 'there' }]))
  })
})

/** Every line that the frames of a broken text show. */
const leaked = (text: string): string =>
  parse(of(text))
    .diagnostics.map(each => `${frame(each, { color: true })}${oneLine(each)}`)
    .join('')

describe('render/frame keeps secrets', it => {
  const hidden: readonly (readonly [title: string, text: string])[] = [
    ['on the line of their name', 'password = "hunter2" 5'],
    ['in another case', 'client_Secret = "hunter2" 5'],
    ['below their name', 'password =\n  "hunter2" 5'],
    ['in a list', 'tokens = [\n  "a",\n  "hunter2" 5,\n]'],
    ['in an object', 'http_headers = {\n  "X-Scope" = ["hunter2" 5],\n}'],
    ['in a key that sounds like one', 'x = { "api-key" = "1", api_key = "hunter2" 5 }'],
    ['in an argument of a function', 'password = coalesce("hunter2" 5)'],
    ['after a function', 'password = f("x") + "hunter2" 5'],
    ['in a string over several lines', 'key_pem = `\n  hunter2 \u0000\n`'],
    ['in a string that does not end', 'password = "hunter2'],
    ['in single quotes', "password = 'hunter2'"],
    ['without quotes', 'password = hunter2!'],
    ['in a URL', 'url = "http://me:hunter2@host/" 5'],
    ['whose name is an ordinary word to others', 'header { value = "hunter2" 5 }'],
    ['that name a database', 'data_source_name = "hunter2" 5'],
  ]
  for (const [title, text] of hidden) {
    it(title, () => {
      const all = leaked(text)
      assert.match(all, /error/)
      assert.not.match(all, /hunter2/)
    })
  }

  it('in digits', () => assert.not.match(leaked('password = 480911 5'), /480911/))

  const open: readonly (readonly [title: string, text: string])[] = [
    ['the values of other names', 'role = "visible" 5'],
    ['the path of a secret', 'password_file = "visible" 5'],
    ['what comes after a secret', 'password = "x"\nrole = "visible" 5'],
    ['the label of a block after a secret', 'password = "x"\nfoo "visible" 5 {}'],
    ['the variable that holds a secret', 'password = sys.env("visible") 5'],
    ['the key of a map that holds a secret', 'password = remote.vault.x.data["visible"] 5'],
    ['a reference to a secret', 'password = local.file.visible.content 5'],
    ['a statement after the brackets of a secret', 'tokens = ["x"]\nrole = "visible" 5'],
  ]
  for (const [title, text] of open) it(`shows ${title}`, () => assert.match(leaked(text), /visible/))
})
