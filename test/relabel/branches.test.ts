import * as assert from 'uvu/assert'
import { branchesOf } from '../../src/relabel/branches.ts'
import { describe } from '../harness.ts'

const gap = ({ nonEmpty }: { readonly nonEmpty: boolean }): string => (nonEmpty ? '+' : '*')

/** Gaps are `*`, or `+` where something must be there; what a group holds follows its number. */
function shown(regex: string): readonly string[] | null {
  const text = (elements: readonly (string | { readonly nonEmpty: boolean })[]): string =>
    elements.map(each => (typeof each === 'string' ? each : gap(each))).join('')
  const branches = branchesOf(regex)?.map(({ elements, groups }) =>
    [
      text(elements),
      ...[...groups]
        .filter(([group]) => group > 0)
        .sort(([a], [b]) => a - b)
        .map(([group, [from, to]]) => `${group}:${text(elements.slice(from, to))}`),
    ].join(' '),
  )
  return branches ?? null
}

describe('branchesOf', it => {
  const table: readonly (readonly [regex: string, expected: readonly string[] | null])[] = [
    ['', ['']],
    ['^ab$', ['ab']],
    ['a\\.b', ['a.b']],
    ['(.*)', ['* 1:*']],
    ['(.+):10250', ['+:10250 1:+']],
    ['a|b', ['a', 'b']],
    ['x_(a|b)_(.+)', ['x_a_+ 1:a 2:+', 'x_b_+ 1:b 2:+']],
    ['(?:a|b)c', ['ac', 'bc']],
    ['(?P<n>a)b', ['ab 1:a']],
    ['ab?c', ['ac', 'abc']],
    ['(a)?b', ['b', 'ab 1:a']],
    ['[^:]+:(80|443)', ['+:80 1:80', '+:443 1:443']],
    ['\\d{2,}x', ['*x']],
    ['(ab)+', ['+ 1:+']],
    ['(a(b))c', ['abc 1:ab 2:b']],
    ['a(?i)b', null],
    ['\\bword', null],
    ['(unclosed', null],
    ['unopened)', null],
    ['(a|b)(a|b)(a|b)(a|b)(a|b)(a|b)', null],
    ['('.repeat(2_000), null],
  ]
  for (const [regex, expected] of table)
    it(JSON.stringify(regex.slice(0, 40)), () => assert.equal(shown(regex), expected))
})
