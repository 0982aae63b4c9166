import * as assert from 'uvu/assert'
import type { Diagnostic } from '../../src/diagnostic/diagnostic.ts'
import { type Budget, budgetOf } from '../../src/evaluate/budget.ts'
import { text } from '../../src/evaluate/value/string-pattern.ts'
import type { Value } from '../../src/evaluate/value/value.ts'
import { describe } from '../harness.ts'
import { evaluated, somewhere } from './expressions.ts'

const units = (length: number): Value => text('x'.repeat(length))
const list = (length: number): Value => ({ kind: 'array', items: Array(length).fill(text('a')), openElements: [] })
const million = 1_000_000
const mega = 1024 * 1024

describe('a value that is too large counts as unknown, and that is said', it => {
  const names = new Map<string, Value>([
    ['half', units(8 * mega)],
    ['more', units(8 * mega + 1)],
    ['list', list(million / 2 - 50_000)],
    ['few', list(million / 2)],
    ['text', units(1_100_000)],
    ['open', { ...units(0), kind: 'unknown', because: 'argument', origin: somewhere, name: null, type: 'string' }],
  ])
  const table: readonly (readonly [title: string, source: string, type: string])[] = [
    ['texts that are added', 'more + more', 'string'],
    ['texts that are added to what is not known', 'open + more + more', 'string'],
    ['texts that are joined', 'string.join([more, more], "")', 'string'],
    ['the separators of a list', 'string.join(list, string.format("%40s", ""))', 'string'],
    ['texts that are formatted', 'string.format("%s%s", more, more)', 'string'],
    ['texts that are replaced', 'string.replace(text, "x", "0123456789abcdef")', 'string'],
    ['nodes of YAML', 'encoding.from_yaml(string.format("[%s]", string.replace(text, "x", "1,")))', 'any'],
    ['pieces of a text', 'string.split(text, "")', 'array'],
    ['bytes of a text', 'encoding.from_base64(encoding.to_base64(text))', 'array'],
    ['lists one after the other', 'array.concat(few, few)', 'array'],
    ['lists in a list', '[few, few]', 'array'],
    ['lists in an object', '{ a = few, b = few }', 'object'],
    ['pairs of maps', 'array.combine_maps(list, list, ["a"])', 'array'],
    [
      'brackets in JSON',
      'encoding.from_json(string.replace("aaaaaaaaaa", "a", string.replace("aaaaaaaaaa", "a", "[[[[[[")))',
      'any',
    ],
    [
      'brackets in YAML',
      'encoding.from_yaml(string.replace("aaaaaaaaaa", "a", string.replace("aaaaaaaaaa", "a", "[[[[[[")))',
      'any',
    ],
  ]
  for (const [title, source, type] of table) {
    it(title, () => {
      const { value, diagnostics } = evaluated(
        source,
        title === 'pairs of maps' ? new Map([['list', maps(1_001)]]) : names,
      )
      const { kind, because, type: found } = value as Extract<Value, { kind: 'unknown' }>
      assert.equal([kind, because, found], ['unknown', 'size', type])
      assert.equal(
        diagnostics.map(({ code }) => code),
        ['ARB220'],
      )
    })
  }
  it('but not what is as large as may be', () => {
    for (const source of ['half + half', 'array.concat(list, [])', 'string.split(half, "y")']) {
      const { value, diagnostics } = evaluated(source, names)
      assert.equal([value.kind === 'unknown', diagnostics], [false, []], source)
    }
  })
})

const maps = (length: number): Value => ({
  kind: 'array',
  items: Array.from({ length }, () => ({ kind: 'object', entries: new Map([['a', text('x')]]), open: false })),
  openElements: [],
})

describe('the values of a configuration share one budget', it => {
  const run = (budget: Budget, source: string, names: ReadonlyMap<string, Value> = new Map()): Value =>
    evaluated(source, names, { budget }).value

  it('that many small ones use up, which is said once', () => {
    const said: Diagnostic[] = []
    const budget = budgetOf(found => void said.push(found), { computed: 1_000 })
    const kinds = Array.from({ length: 40 }, (_, at) => run(budget, `"${'x'.repeat(30)}" + "${at}"`).kind)
    assert.equal(kinds.indexOf('unknown'), kinds.lastIndexOf('string') + 1)
    assert.ok(kinds.includes('string') && kinds.includes('unknown'))
    assert.equal(
      said.map(({ code }) => code),
      ['ARB221'],
    )
  })
  it('to which what values share counts once', () => {
    const budget = budgetOf(() => assert.unreachable(), { computed: 2_000 })
    const names = new Map<string, Value>([['long', units(1_000)]])
    for (let at = 0; at < 20; at++) assert.is(run(budget, '[long]', names).kind, 'array')
  })
  it('from which texts, lists and objects are taken', () => {
    for (const source of [
      `"${'x'.repeat(50)}" + "${'y'.repeat(50)}"`,
      '[1, 2, 3, 4, 5, 6, 7]',
      '{ a = 1, b = 2, c = 3, d = 4 }',
    ]) {
      const said: Diagnostic[] = []
      assert.is(
        run(
          budgetOf(found => void said.push(found), { computed: 100 }),
          source,
        ).kind,
        'unknown',
        source,
      )
      assert.is(said.length, 1)
      assert.is.not(
        run(
          budgetOf(() => assert.unreachable(), { computed: 300 }),
          source,
        ).kind,
        'unknown',
        source,
      )
    }
  })
  it('and a second one from which is taken whatever is handed to an argument, shared or not', () => {
    const said: Diagnostic[] = []
    const budget = budgetOf(found => void said.push(found), { handed: 10_000 })
    const names = new Map<string, Value>([['long', units(1_000)]])
    const kinds = Array.from({ length: 12 }, () => run(budget, 'long', names).kind)
    assert.equal(kinds, [...Array(9).fill('string'), ...Array(3).fill('unknown')])
    assert.equal(
      said.map(({ code }) => code),
      ['ARB221'],
    )
  })
})
