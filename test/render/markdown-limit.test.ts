import * as assert from 'uvu/assert'
import { boundedMarkdown } from '../../src/render/markdown.ts'
import { describe } from '../harness.ts'

/** GitHub refuses a longer comment. */
const limit = 65_536

describe('markdown for a comment', it => {
  const rows: readonly (readonly [string, readonly string[], readonly string[], number])[] = [
    ['keeps all that fits', ['title'], ['a', 'b'], 0],
    ['leaves out the last blocks', ['title'], Array.from({ length: 10 }, () => 'x'.repeat(20_000)), 7],
    ['leaves out a single block that is too long', ['title'], ['x'.repeat(limit)], 1],
    ['says so even of what comes first', ['x'.repeat(limit)], ['a'], 2],
    ['counts a block at the limit', ['title'], ['x'.repeat(limit - 8)], 1],
  ]
  for (const [title, first, others, left] of rows) {
    it(title, () => {
      const text = boundedMarkdown(first, others)
      assert.ok(text.length < limit, `${text.length} characters`)
      assert.is(/^(\d+) more are left out/m.exec(text)?.[1] ?? '0', String(left))
    })
  }
})
