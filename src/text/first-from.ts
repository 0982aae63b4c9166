/** The index of the first element whose place is at an offset or behind it, in a list sorted by place; its length where there is none. */
export function firstFrom<T>(sorted: readonly T[], offset: number, placeOf: (element: T) => number): number {
  let [low, high] = [0, sorted.length]
  while (low < high) {
    const middle = (low + high) >> 1
    const element = sorted[middle]
    if (element !== undefined && placeOf(element) < offset) low = middle + 1
    else high = middle
  }
  return low
}
