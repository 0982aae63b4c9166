/** Orders two releases written `1.2.3`; a missing part counts as 0. */
export function compareVersions(a: string, b: string): number {
  const [left, right] = [a, b].map(version => version.split('.').map(Number)) as [number[], number[]]
  for (let at = 0; at < 3; at++) {
    const difference = (left[at] ?? 0) - (right[at] ?? 0)
    if (difference !== 0) return difference
  }
  return 0
}

/** Says whether release `a` came before release `b`. */
export function olderThan(a: string, b: string): boolean {
  return compareVersions(a, b) < 0
}
