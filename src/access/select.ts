import type { Selector } from './object.ts'

const sets = new WeakMap<readonly string[], ReadonlySet<string>>()

/** One expression may list thousands of values, and each role is compared with it. */
function setOf(values: readonly string[]): ReadonlySet<string> {
  const set = sets.get(values) ?? new Set(values)
  sets.set(values, set)
  return set
}

/** Says whether a label selector selects what has these labels; an empty one selects everything. */
export function selects({ matchLabels, matchExpressions }: Selector, labels: ReadonlyMap<string, string>): boolean {
  if ([...matchLabels].some(([key, value]) => labels.get(key) !== value)) return false
  return matchExpressions.every(({ key, operator, values }) => {
    const label = labels.get(key)
    switch (operator) {
      case 'In':
        return label !== undefined && setOf(values).has(label)
      case 'NotIn':
        return label === undefined || !setOf(values).has(label)
      case 'Exists':
        return label !== undefined
      case 'DoesNotExist':
        return label === undefined
      default:
        return false
    }
  })
}
