/** A longer name is no one's slip of the pen, and its distance would take long to count. */
const LONGEST_NAME = 256

/** The candidate that is nearest to a name by edits, when it is near enough to be what was meant. */
export function nearest(name: string, candidates: readonly string[]): string | null {
  if (name.length > LONGEST_NAME) return null
  let best: string | null = null
  let least = Math.max(1, Math.floor(name.length / 4)) + 1
  for (const candidate of candidates) {
    const distance = edits(...apart(name, candidate), least)
    if (distance < least) {
      best = candidate
      least = distance
    }
  }
  return best
}

/** The one candidate that has every word of a name, where the name leaves others out: `rule_namespace` for `rule_namespace_selector`. */
export function shortFor(name: string, candidates: readonly string[]): string | null {
  const words = name.split('_')
  const longer = candidates.filter(candidate => {
    const parts = new Set(candidate.split('_'))
    return words.every(word => parts.has(word))
  })
  return longer.length === 1 ? (longer[0] ?? null) : null
}

/** Two names without what both begin and end with, which no edit has to change: many names differ in a number alone. */
function apart(a: string, b: string): readonly [string, string] {
  const shorter = Math.min(a.length, b.length)
  let start = 0
  while (start < shorter && a[start] === b[start]) start++
  let end = 0
  while (end < shorter - start && a[a.length - 1 - end] === b[b.length - 1 - end]) end++
  return [a.slice(start, a.length - end), b.slice(start, b.length - end)]
}

/** What is beyond an edge of the table costs more than anything. */
const costAt = (costs: readonly number[], column: number): number => costs[column] ?? Number.POSITIVE_INFINITY

/** Damerau's distance of adjacent transpositions; stops counting at `limit`. */
function edits(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) >= limit) return limit
  let before: number[] = []
  let last = Array.from({ length: b.length + 1 }, (_, at) => at)
  for (let row = 1; row <= a.length; row++) {
    const current = [row]
    for (let column = 1; column <= b.length; column++) {
      const replaced = costAt(last, column - 1) + (a[row - 1] === b[column - 1] ? 0 : 1)
      const isSwapped = row > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1]
      const swapped = isSwapped ? costAt(before, column - 2) + 1 : Number.POSITIVE_INFINITY
      current.push(Math.min(costAt(last, column) + 1, costAt(current, column - 1) + 1, replaced, swapped))
    }
    // Distances never shrink from one row to the next but one, where a transposition reaches back.
    if (Math.min(...current) >= limit && Math.min(...last) >= limit) return limit
    ;[before, last] = [last, current]
  }
  return Math.min(costAt(last, b.length), limit)
}

/** The first of some names, and how many more there are: a list that no one would read to its end. */
export function few(names: readonly string[], most: number): readonly string[] {
  return names.length > most ? [...names.slice(0, most), `${names.length - most} more`] : names
}

/** The help for a slip of the pen; null where no name is near. */
export const didYouMean = (close: string | null): string | null => (close === null ? null : `did you mean ${close}?`)
