import fc from 'fast-check'
import * as assert from 'uvu/assert'
import { unknownsOf } from '../../../src/evaluate/value/contents.ts'
import { covers } from '../../../src/evaluate/value/cover.ts'
import { text } from '../../../src/evaluate/value/string-pattern.ts'
import { unknown } from '../../../src/evaluate/value/unknown.ts'
import type { Value } from '../../../src/evaluate/value/value.ts'
import { describe } from '../../harness.ts'
import { evaluated, expressions, somewhere } from '../expressions.ts'

const anything = unknown('argument', somewhere)
const someText = unknown('environment', somewhere, { type: 'string' })
const list = (items: readonly Value[], rest: readonly Value[] = []): Value => ({
  kind: 'array',
  items,
  openElements: rest,
})
const object = (entries: Readonly<Record<string, Value>>, open = false): Value => ({
  kind: 'object',
  entries: new Map(Object.entries(entries)),
  open,
})
const number = (value: bigint): Value => ({ kind: 'number', type: 'int', value })
const secret = (of: Value | null): Value => ({ kind: 'capsule', type: 'secret', of })

/** What each name of the generated expressions may be, and some of the values that it stands for. */
const names: Readonly<Record<string, { readonly partial: Value; readonly full: readonly Value[] }>> = {
  u: {
    partial: anything,
    full: [
      text(''),
      text('pod'),
      number(0n),
      number(3n),
      { kind: 'null' },
      list([text('z')]),
      object({ a: text('x') }),
      secret(text('q')),
    ],
  },
  s: { partial: someText, full: ['', 'a', ' a ', 'pod', 'a,b', 'B\u00e9', '%41', '{"a":2}'].map(text) },
  c: { partial: { ...someText, candidates: ['', 'a', 'pod'].map(text) }, full: ['', 'a', 'pod'].map(text) },
  l: { partial: list([text('a')], [someText]), full: [list([text('a')]), list([text('a'), text('b'), text('')])] },
  m: {
    partial: list([], [object({ a: someText }, true)]),
    full: [
      list([]),
      list([object({ a: text('x'), k: text('y') })]),
      list([object({ a: text('a') }), object({ a: text('') })]),
    ],
  },
  f: { partial: { ...someText, nonEmpty: true }, full: ['a', ' ', 'pod'].map(text) },
  o: {
    partial: object({ a: anything }, true),
    full: [
      object({ a: text('x') }),
      object({ a: number(1n), b: text('') }),
      object({ a: { kind: 'null' }, k: text('x') }),
    ],
  },
  p: {
    partial: { kind: 'pattern', parts: ['a/', someText, '/b'] },
    full: ['a//b', 'a/x/b', 'a/A b/b'].map(text),
  },
  t: { partial: secret(null), full: [secret(text('')), secret(text('hidden'))] },
}

describe('cover', it => {
  const table: readonly (readonly [string, Value, Value, boolean])[] = [
    ['an unknown covers everything', anything, number(1n), true],
    ['an unknown string covers a string', someText, text('x'), true],
    ['an unknown string covers no number', someText, number(1n), false],
    ['candidates cover one of them', { ...someText, candidates: [text('a')] }, text('a'), true],
    ['candidates cover nothing else', { ...someText, candidates: [text('a')] }, text('b'), false],
    ['a pattern covers what fits', { kind: 'pattern', parts: ['a', someText] }, text('ab'), true],
    ['a pattern covers nothing that does not fit', { kind: 'pattern', parts: ['a', someText] }, text('b'), false],
    ['a filled string covers no empty one', { ...someText, nonEmpty: true }, text(''), false],
    [
      'a pattern leaves room for a filled part',
      { kind: 'pattern', parts: ['a', { ...someText, nonEmpty: true }] },
      text('a'),
      false,
    ],
    ['an open list covers more elements', list([text('a')], [someText]), list([text('a'), text('b')]), true],
    ['an open list covers elements of its shapes only', list([], [someText]), list([number(1n)]), false],
    ['a list covers no longer one', list([text('a')]), list([text('a'), text('b')]), false],
    ['a list covers no shorter one', list([text('a')], [someText]), list([]), false],
    [
      'a list without order covers any',
      { kind: 'array', items: [text('a'), text('b')], openElements: [], unordered: true },
      list([text('b'), text('a')]),
      true,
    ],
    ['an open object covers more keys', object({}, true), object({ a: text('x') }), true],
    ['an object covers no further key', object({}), object({ a: text('x') }), false],
    ['an object covers no missing key', object({ a: someText }, true), object({}), false],
    ['a known value covers itself only', number(1n), { kind: 'number', type: 'float', value: 1 }, false],
    ['a secret of unknown content covers any', secret(null), secret(text('x')), true],
  ]
  for (const [title, partial, full, expected] of table) it(title, () => assert.is(covers(partial, full), expected))

  const arbitrary = fc.record({
    source: expressions({ string: ['s', 'c', 'f', 'p', 't'], list: ['l', 'm'], object: ['o'], any: ['u'] }),
    choices: fc.record(
      Object.fromEntries(Object.entries(names).map(([name, { full }]) => [name, fc.constantFrom(...full)])),
    ),
  })

  it('a partial result covers the result for whatever the unknowns turn out to be', () => {
    fc.assert(
      fc.property(arbitrary, ({ source, choices }) => {
        const partial = evaluated(
          source,
          new Map(Object.entries(names).map(([name, { partial: value }]) => [name, value])),
        )
        const full = evaluated(source, new Map(Object.entries(choices)))
        // What is refused with unknowns is refused whatever they are; the other way round, nothing runs.
        if (full.diagnostics.length > 0) return
        assert.equal(partial.diagnostics, [])
        // Where formatting a secret or a library function is left out, the unknown may lie elsewhere.
        if (unknownsOf(full.value).length === 0) assert.ok(covers(partial.value, full.value), source)
      }),
      { numRuns: Number(process.env['RUNS'] ?? 3_000) },
    )
  })
})
