/**
 * Compares two releases `1.18.1`, `v1.17.0-rc.0` or `1.34` by the precedence of SemVer 2.0 (section 11): negative when the first
 * is older. A missing part counts as 0, build metadata does not count, and a pre-release is older than its release.
 */
export function compareVersions(a: string, b: string): number {
  const [x, y] = [parts(a), parts(b)]
  return compareNumbers(x.numbers, y.numbers) || comparePreReleases(x.preRelease, y.preRelease)
}

/** Compares two releases by major and minor alone. */
export function compareMinors(a: string, b: string): number {
  return compareNumbers(parts(a).numbers.slice(0, 2), parts(b).numbers.slice(0, 2))
}

/**
 * For which releases something holds: from `since` on, and before `until`. A bound of two parts, such as `1.33`, is a minor: its
 * pre-releases and patches belong to it. Every table and every rule states releases like this.
 */
export interface ReleaseRange {
  readonly since?: string
  readonly until?: string
}

/** Says whether a release lies in a range. */
export function liesIn(version: string, { since, until }: ReleaseRange): boolean {
  return (
    (since === undefined || compareToBound(version, since) >= 0) &&
    (until === undefined || compareToBound(version, until) < 0)
  )
}

const compareToBound = (version: string, bound: string): number =>
  parts(bound).numbers.length > 2 ? compareVersions(version, bound) : compareMinors(version, bound)

/** Reads how conditions of the rule map write a range: `>=1.13.0`, `<1.33`, or both with a blank between them. */
export function rangeOf(text: string): ReleaseRange {
  const [, since, until] = text.match(/^(?:>=(\d\S*))?(?:(?:^| )<(\d\S*))?$/) ?? []
  if (since === undefined && until === undefined)
    throw new Error(`the rule map holds a range that does not exist: ${text}`)
  return { ...(since !== undefined && { since }), ...(until !== undefined && { until }) }
}

function compareNumbers(a: readonly number[], b: readonly number[]): number {
  for (let at = 0; at < Math.max(a.length, b.length); at++) {
    const difference = (a[at] ?? 0) - (b[at] ?? 0)
    if (difference !== 0) return difference
  }
  return 0
}

/** Numbers by value and before names; of two lists of which one starts with the other, the shorter first; none at all last. */
function comparePreReleases(a: readonly string[], b: readonly string[]): number {
  if (a.length === 0 || b.length === 0) return b.length - a.length
  for (const [at, one] of a.entries()) {
    const other = b[at]
    if (other === undefined) return 1
    if (one === other) continue
    const [isNumber, isOtherNumber] = [/^\d+$/.test(one), /^\d+$/.test(other)]
    if (isNumber && isOtherNumber) return Number(one) - Number(other)
    if (isNumber !== isOtherNumber) return isNumber ? -1 : 1
    return one < other ? -1 : 1
  }
  return a.length - b.length
}

/** Says whether release `a` came before release `b`. */
export function olderThan(a: string, b: string): boolean {
  return compareVersions(a, b) < 0
}

interface Parts {
  readonly numbers: readonly number[]
  readonly preRelease: readonly string[]
}

/** The rule map names the same few releases again and again. */
const read = new Map<string, Parts>()

function parts(version: string): Parts {
  const known = read.get(version)
  if (known) return known
  const match = version.match(/^v?(\d+(?:\.\d+)*)(?:-([^+]*))?/)
  const found = { numbers: (match?.[1] ?? '0').split('.').map(Number), preRelease: match?.[2]?.split('.') ?? [] }
  read.set(version, found)
  return found
}
