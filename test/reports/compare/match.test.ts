import * as assert from 'uvu/assert'
import { type Identity, match } from '../../../src/reports/compare/match.ts'
import { describe } from '../../harness.ts'

/** `file|name` on one side. */
const identity = (text: string): Identity => {
  const [file = '', name = ''] = text.split('|')
  return { file, name }
}

const rows: readonly (readonly [
  title: string,
  old: readonly string[],
  now: readonly string[],
  pairs: readonly string[],
])[] = [
  ['a collector is the same in the same file', ['a|x', 'b|x'], ['b|x', 'a|x'], ['a|x = a|x', 'b|x = b|x']],
  ['a collector may move to another file', ['a|x', 'a|y'], ['b|y', 'c|x'], ['a|x = c|x', 'a|y = b|y']],
  ['two of one name are not guessed at', ['a|x', 'b|x'], ['c|x'], ['a|x = -', 'b|x = -', '- = c|x']],
  [
    'a workload may become one of another kind',
    ['a|m/DaemonSet/x', 'a|m/DaemonSet/y'],
    ['a|m/StatefulSet/x'],
    ['a|m/DaemonSet/x = a|m/StatefulSet/x', 'a|m/DaemonSet/y = -'],
  ],
  [
    'a namespace is part of the name',
    ['a|m/DaemonSet/x', 'a|y'],
    ['a|n/DaemonSet/x'],
    ['a|m/DaemonSet/x = -', 'a|y = -', '- = a|n/DaemonSet/x'],
  ],
  ['one collector on each side is the same', ['a|x'], ['b|y'], ['a|x = b|y']],
  ['whole files are told apart by their path', ['a|', 'b|'], ['a|', 'c|'], ['a| = a|', 'b| = -', '- = c|']],
  ['nothing is new where nothing was', [], ['a|x'], ['- = a|x']],
]

const shown = (old: readonly string[], now: readonly string[]): readonly string[] =>
  match(old, now, identity)
    .map(pair => `${pair.old ?? '-'} = ${pair.new ?? '-'}`)
    .sort()

describe('match', it => {
  for (const [title, old, now, pairs] of rows) {
    it(title, () => assert.equal(shown(old, now), [...pairs].sort()))
    it(`${title}, in any order`, () => assert.equal(shown([...old].reverse(), [...now].reverse()), [...pairs].sort()))
    it(`${title}, the other way around`, () => {
      const swapped = shown(now, old).map(text => text.split(' = ').reverse().join(' = '))
      assert.equal(swapped.sort(), [...pairs].sort())
    })
  }
})
