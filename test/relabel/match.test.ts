import * as assert from 'uvu/assert'
import type { Unknown } from '../../src/evaluate/value/value.ts'
import type { Text } from '../../src/relabel/label-text.ts'
import { listOf, match } from '../../src/relabel/match.ts'
import { wildcardOf } from '../../src/relabel/wildcards.ts'
import { describe } from '../harness.ts'

const origin = { source: { path: 'config.alloy', text: '' }, start: 0, end: 0 }
const unknownText: Unknown = { kind: 'unknown', because: 'export', origin, name: null, type: 'string' }
const filled: Unknown = { ...unknownText, nonEmpty: true }

describe('listOf', it => {
  const cases: readonly (readonly [string, readonly string[] | null])[] = [
    ['a', ['a']],
    ['a|b', ['a', 'b']],
    ['^a$', ['a']],
    ['(a|b);c', ['a;c', 'b;c']],
    ['(?:a)b', ['ab']],
    ['a\\.b', ['a.b']],
    ['a\\$', ['a$']],
    ['', ['']],
    ['^a|b$', null],
    ['a.*', null],
    ['[ab]', null],
    ['(a|b)?c', ['c', 'ac', 'bc']],
    ['https?', ['http', 'https']],
    ['a?\\.?', ['', '.', 'a', 'a.']],
    ['a??', null],
    ['a?*', null],
    ['a+', null],
    ['\\d', null],
    ['(?i)a', null],
    ['(?P<n>a)', null],
  ]
  for (const [regex, expected] of cases)
    it(`${regex || 'the empty expression'}`, () => assert.equal(listOf(regex), expected))
})

describe('wildcardOf', it => {
  const cases: readonly (readonly [string, string | null])[] = [
    ['(.*)', ' .*1 '],
    ['^.+$', ' .+ '],
    ['a\\.b(.+):80', 'a.b .+1 :80'],
    ['(?P<n>.+):80', ' .+1 :80'],
    ['.*a\\\\$', ' .* a\\'],
    ['.*a\\$', ' .* a$'],
    ['(.*);(.*)', null],
    ['a|.*', null],
    ['.*?', null],
    ['(a.*)', null],
  ]
  for (const [regex, expected] of cases)
    it(regex, () => {
      const found = wildcardOf(regex)
      const shown = found && `${found.before} ${found.nonEmpty ? '.+' : '.*'}${found.group ? '1' : ''} ${found.after}`
      assert.is(shown, expected)
    })
})

describe('match', it => {
  const cases: readonly (readonly [string, string | null, Text, boolean | null])[] = [
    ['a wildcard takes anything', '(.*)', [unknownText], true],
    ['a filled wildcard wants something', '(.+)', [unknownText], null],
    ['what is filled is something', '(.+)', [filled], true],
    ['a known part is something', '.+', [unknownText, 'x'], true],
    ['nothing is not something', '.+', [], false],
    ['a beginning that is known', 'a(.*)', ['ab', unknownText], true],
    ['a beginning that differs', 'a(.*)', ['b', unknownText], false],
    ['a beginning that may go on', 'abc(.*)', ['ab', unknownText], null],
    ['an end that is known', '.*:80', [unknownText, ':80'], true],
    ['an end that differs', '.*:80', [unknownText, ':81'], false],
    ['an end that may begin before', '.*:8080', [unknownText, '80'], null],
    ['a list without what it may be', 'x|y', ['z', unknownText], false],
    ['a list with what it may be', 'x|y', ['x', unknownText], null],
    ['other expressions are open', '[ab]+', [unknownText], null],
    ['wildcards take whole parts', '(.+);(.*)', [filled, ';', unknownText], true],
    ['a wildcard that wants something may find nothing', '(.+);(.+)', [filled, ';', unknownText], null],
    ['wildcards between literals', '^a-(?P<n>.+)/.*\\.b$', ['a-', filled, '/', unknownText, '.b'], true],
    ['a literal that an unknown part may hold', '.*x.*', [unknownText, 'y'], null],
    ['a lazy wildcard is not read', '(.+?);.*', [filled, ';'], null],
    ['a known text is matched', '[ab]+', ['ab'], true],
    ['an unknown expression is open', null, ['ab'], null],
  ]
  for (const [title, regex, text, truth] of cases)
    it(title, () => assert.is(match(regex, text, unknownText).truth, truth))

  it('tells the groups of each text of a list', () => {
    const { ways } = match('(x)|(y);z', [unknownText], unknownText)
    assert.equal(
      ways.map(({ texts }) => texts),
      [
        [['x'], ['x'], []],
        [['y;z'], [], ['y']],
      ],
    )
  })
})
