import * as assert from 'uvu/assert'
import { grantLines } from '../../src/kubernetes/grant.ts'
import { compare } from '../../src/plan/compare.ts'
import { describe } from '../harness.ts'
import { grantsIn } from '../kubernetes/lines.ts'

interface Expected {
  readonly missing?: readonly string[]
  readonly excess?: readonly string[]
}

const cases: readonly [title: string, needed: readonly string[], granted: readonly string[], expected: Expected][] = [
  ['equal sets differ in nothing', ['cluster pods list'], ['cluster pods list'], {}],
  [
    'what is not granted is missing',
    ['cluster pods list,watch'],
    ['cluster pods list'],
    { missing: ['cluster pods watch'] },
  ],
  ['what is not needed is excess', ['cluster pods list'], ['cluster pods get,list'], { excess: ['cluster pods get'] }],
  [
    'what is granted too widely is excess, and nothing is missing',
    ['a pods list', 'b secrets[x] get'],
    ['cluster pods list', 'b secrets get'],
    { excess: ['cluster pods list', 'b secrets get'] },
  ],
  [
    'what is granted too narrowly is missing, and nothing is excess',
    ['cluster pods list'],
    ['a pods list', 'b pods[x] list'],
    { missing: ['cluster pods list'] },
  ],
  ['a star on a URL holds what is below', ['url /apis/x get'], ['url /apis/* get'], { excess: ['url /apis/* get'] }],
]

describe('compare', it => {
  for (const [title, needed, granted, { missing = [], excess = [] }] of cases)
    it(title, () => {
      const found = compare(grantsIn(needed), grantsIn(granted))
      assert.equal({ missing: grantLines(found.missing), excess: grantLines(found.excess) }, { missing, excess })
    })
})
