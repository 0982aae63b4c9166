import * as assert from 'uvu/assert'
import { lineStart, lineText, locate, outermost, type Source } from '../src/source.ts'
import { describe } from './harness.ts'

const source: Source = { path: 'a.alloy', text: 'one\ntwo\r\n\n日x' }

describe('locate', it => {
  const cases: readonly [string, number, number, number][] = [
    ['the start is line 1, column 1', 0, 1, 1],
    ['a line feed belongs to the line it ends', 3, 1, 4],
    ['the character after a line feed starts a line', 4, 2, 1],
    ['a carriage return does not end a line', 8, 2, 5],
    ['columns count UTF-16 units', 11, 4, 2],
    ['beyond the end is the end', 99, 4, 3],
    ['before the start is the start', -1, 1, 1],
  ]
  for (const [title, offset, line, column] of cases) {
    it(title, () => assert.equal(locate(source, offset), { line, column }))
  }
})

describe('lineStart', it => {
  const cases: readonly [title: string, text: string, offset: number, start: number][] = [
    ['the first line starts with the text', 'one\ntwo', 2, 0],
    ['a line starts behind the line feed before it', 'one\ntwo', 5, 4],
    ['a line feed belongs to the line it ends', 'one\ntwo', 3, 0],
    ['the start is the start of its line', 'one\ntwo', 0, 0],
    ['a text that starts with a line feed has its first line before it', '\none', 0, 0],
    ['behind it, there is the second', '\none', 1, 1],
    ['before the start is the start', '\none', -1, 0],
  ]
  for (const [title, text, offset, start] of cases) it(title, () => assert.is(lineStart(text, offset), start))
})

describe('lineText', it => {
  it('leaves the end of the line out', () => assert.is(lineText(source, 2), 'two'))
  it('reads the last line', () => assert.is(lineText(source, 4), '日x'))
  it('is empty beyond the last line', () => assert.is(lineText(source, 9), ''))
})

describe('outermost', it => {
  const outer: Source = { path: 'values.yaml', text: 'content: |-\n  abc\n' }
  const inner: Source = { path: 'config.alloy', text: 'abc', outer: { source: outer, offset: at => 14 + at } }
  it('maps a span of an embedded text to the text that holds it', () => {
    const { source: found, start, end } = outermost({ source: inner, start: 1, end: 3 })
    assert.is(found, outer)
    assert.is(outer.text.slice(start, end), 'bc')
  })
  it('keeps an empty span empty', () => {
    const { start, end } = outermost({ source: inner, start: 1, end: 1 })
    assert.is(end - start, 0)
  })
})
