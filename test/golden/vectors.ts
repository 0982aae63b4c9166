import { existsSync } from 'node:fs'
import * as assert from 'uvu/assert'
import { describe, jsonLines, root } from '../harness.ts'

/**
 * Holds the vectors of `test/golden/NAME.jsonl`, a part of what was recorded from the real implementation; all of them where
 * `ALLOY_GOLDEN` points at a folder that has the file.
 */
export function vectors<V>(name: string, check: (vector: V) => string | null): void {
  const own = `${root}test/golden/${name}.jsonl`
  const whole = `${process.env['ALLOY_GOLDEN'] ?? ''}/${name}.jsonl`
  const file = existsSync(whole) ? whole : own
  describe(`${name} vectors`, it => {
    const all = jsonLines<V>(file)
    it(`all ${all.length} hold`, () => {
      const failing = all.flatMap((vector, at) => {
        const problem = check(vector)
        return problem === null ? [] : [`line ${at + 1}: ${problem}`]
      })
      assert.ok(all.length > 0)
      assert.is(failing.slice(0, 5).join('\n'), '')
    })
  })
}
