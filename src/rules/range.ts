import type { Range } from './inventory.ts'
import { compareVersions } from './version.ts'

/** Says of something that a release lacks when it came and went, as the rest of a sentence whose subject it is. */
export function history(ranges: readonly Range[], release: string): string {
  const later = ranges.find(({ since }) => since !== null && compareVersions(since, release) > 0)
  const before = ranges.findLast(({ until }) => until !== null && compareVersions(until, release) <= 0)
  const left = before ? `was removed in Alloy ${before.until}` : ''
  if (!later) return left
  return left === '' ? `came with Alloy ${later.since}` : `${left} and came back with ${later.since}`
}
