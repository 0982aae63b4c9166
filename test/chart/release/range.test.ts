import * as assert from 'uvu/assert'
import { newestIn } from '../../../src/chart/release/range.ts'
import { chartVersions } from '../../../src/chart/release/releases.ts'
import { describe, jsonLines, root } from '../../harness.ts'

/** What Masterminds/semver v3.5.0, which Helm reads ranges by, made of a range over the charts from 0.1.0 to 1.11.1. */
interface Recorded {
  readonly range: string
  readonly valid?: false
  readonly holds?: number
  readonly newest?: string | null
}

const recorded = jsonLines<Recorded>(`${root}test/golden/chart-ranges.jsonl`)
const known = chartVersions.filter(version => newestIn('<=1.11.1', [version]))

describe('a range of chart releases', it => {
  it('is read as Helm reads it', () => {
    for (const { range, valid, holds, newest } of recorded) {
      const found = newestIn(range, known)
      assert.is(found, valid === false ? null : (newest ?? undefined), range)
      if (valid !== false) assert.is(known.filter(version => newestIn(range, [version])).length, holds, range)
    }
  })
  it('costs no more than its length', () => {
    for (const long of [
      ' '.repeat(600),
      '1'.repeat(600),
      '1 '.repeat(300),
      '>=1.0.0 - '.repeat(60),
      '1.x.'.repeat(128),
    ])
      assert.is(newestIn(long, known), null)
  })
})
