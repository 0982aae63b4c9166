// Our own examples and error inputs, broken at random: nothing throws, places lie in the text, an error means no tree.
import { readdirSync, readFileSync } from 'node:fs'
import fc from 'fast-check'
import * as assert from 'uvu/assert'
import { frame } from '../../src/render/frame.ts'
import { parse } from '../../src/syntax/parse.ts'
import { tokenize } from '../../src/syntax/scan.ts'
import { describe, root } from '../harness.ts'

const files = (folder: string): readonly string[] =>
  readdirSync(`${root}${folder}`, { recursive: true, encoding: 'utf8' })
    .filter(file => file.endsWith('.alloy'))
    .sort()
    .map(file => readFileSync(`${root}${folder}/${file}`, 'utf8'))

/** Short pieces break as well as long texts, and faster. */
const texts = [...files('examples'), ...files('test/errors')].flatMap(
  text => text.match(/[\s\S]{1,700}(?:\n|$)/g) ?? [],
)
const pieces = [
  '{',
  '}',
  '[',
  ']',
  '(',
  ')',
  ',',
  '.',
  '=',
  '==',
  '"',
  '`',
  "'",
  '\\',
  '/*',
  '*/',
  '//',
  '\n',
  '\r',
  '-',
]
const oddities = [
  '!',
  '^',
  '|',
  '&',
  '#',
  '1e',
  '\0',
  '\ufeff',
  '\ud800',
  '😀',
  'é',
  '\u2028',
  'true',
  'a.b "c" {',
  '{{ x }}',
]

/** How a text is broken; what chooses is a fraction, so that a seed means the same for every text. */
type Change = readonly [kind: 'delete' | 'double' | 'swap' | 'cut' | 'insert', where: number, what: number]
const change: fc.Arbitrary<Change> = fc.tuple(
  fc.constantFrom('delete' as const, 'double' as const, 'swap' as const, 'cut' as const, 'insert' as const),
  fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
  fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
)

function changed(text: string, [kind, where, what]: Change): string {
  const { tokens } = tokenize(text)
  const spot = Math.floor(where * text.length)
  const all = [...pieces, ...oddities]
  if (kind === 'insert') return text.slice(0, spot) + all[Math.floor(what * all.length)] + text.slice(spot)
  if (kind === 'cut') return what < 0.5 ? text.slice(0, spot) : text.slice(spot)
  const token = tokens[Math.floor(where * tokens.length)]
  const other = tokens[Math.floor(what * tokens.length)]
  if (token === undefined || other === undefined) return text
  const [start, end] = [token.startOffset, token.startOffset + token.image.length]
  const instead = { delete: '', double: `${token.image} ${token.image}`, swap: other.image }[kind]
  return text.slice(0, start) + instead + text.slice(end)
}

function holds(text: string): void {
  const source = { path: 'fuzz.alloy', text }
  const { value, diagnostics } = parse(source)
  assert.is(value === null, diagnostics.length > 0)
  for (const [at, each] of diagnostics.entries()) {
    const { start, end } = each.span!
    assert.ok(0 <= start && start <= end && start <= text.length && end <= text.length + 1, `${start} to ${end}`)
    if (at < 3) assert.match(frame(each, { color: false }), /^error\[ARB0/)
  }
}

describe('parse, on broken texts', it => {
  it('ends, throws nothing, places everything, and has no tree beside an error', () => {
    const changes = fc.array(change, { minLength: 1, maxLength: 4 })
    const broken = fc
      .tuple(fc.constantFrom(...texts), changes)
      .map(([text, list]) => list.reduce((sofar, each) => changed(sofar, each), text))
    fc.assert(fc.property(broken, holds), { numRuns: 1_500, seed: 11 })
  })

  it('does so on texts of pieces without order', () => {
    const piece = fc.constantFrom(...pieces, ...oddities, ' ', 'a', '5', '.5', 'b "l" {', 'x = ')
    const broken = fc.array(piece, { maxLength: 40 }).map(list => list.join(''))
    fc.assert(fc.property(broken, holds), { numRuns: 1_500, seed: 12 })
  })

  it('does so on any characters', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 0xffff })), units => holds(String.fromCharCode(...units))),
      { numRuns: 600, seed: 13 },
    )
  })
})
