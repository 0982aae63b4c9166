/**
 * Compares two releases `1.18.1`, `v1.17.0-rc.0` or `1.34`: negative when the first is older. A missing part counts as 0, a
 * pre-release is older than its release.
 */
export function compareVersions(a: string, b: string): number {
  const [x, y] = [parts(a), parts(b)]
  for (let at = 0; at < Math.max(x.numbers.length, y.numbers.length); at++) {
    const difference = (x.numbers[at] ?? 0) - (y.numbers[at] ?? 0)
    if (difference !== 0) return difference
  }
  if (x.rest === y.rest) return 0
  if (x.rest === '') return 1
  if (y.rest === '') return -1
  return x.rest < y.rest ? -1 : 1
}

/** Says whether release `a` came before release `b`. */
export function olderThan(a: string, b: string): boolean {
  return compareVersions(a, b) < 0
}

interface Parts {
  readonly numbers: readonly number[]
  readonly rest: string
}

/** The rule map names the same few releases again and again. */
const read = new Map<string, Parts>()

function parts(version: string): Parts {
  const known = read.get(version)
  if (known) return known
  const match = version.match(/^v?(\d+(?:\.\d+)*)(?:-([^+]*))?/)
  const found = { numbers: (match?.[1] ?? '0').split('.').map(Number), rest: match?.[2] ?? '' }
  read.set(version, found)
  return found
}

/** Says whether a release lies in a range: `>=1.13.0`, `<1.33`, or several separated by blanks, which all must hold. */
export function inRange(version: string, range: string): boolean {
  return range.split(' ').every(part => {
    const [, operator, bound] = part.match(/^(>=|<=|>|<|=)(.+)$/) ?? []
    if (!bound) throw new Error(`the rule map holds a range that does not exist: ${range}`)
    const order = compareVersions(version, bound)
    switch (operator) {
      case '>=':
        return order >= 0
      case '<=':
        return order <= 0
      case '>':
        return order > 0
      case '<':
        return order < 0
      default:
        return order === 0
    }
  })
}

/** Says whether a release lies in `[since, until)`; an absent bound is open. */
export function within(version: string, since: string | undefined, until: string | undefined): boolean {
  return (
    (since === undefined || compareVersions(version, since) >= 0) &&
    (until === undefined || compareVersions(version, until) < 0)
  )
}
