import type { Selector } from './object.ts'

/** Says whether a label selector selects what has these labels; an empty one selects everything. */
export function selects({ matchLabels, matchExpressions }: Selector, labels: ReadonlyMap<string, string>): boolean {
  if ([...matchLabels].some(([key, value]) => labels.get(key) !== value)) return false
  return matchExpressions.every(({ key, operator, values }) => {
    const label = labels.get(key)
    switch (operator) {
      case 'In':
        return label !== undefined && values.includes(label)
      case 'NotIn':
        return label === undefined || !values.includes(label)
      case 'Exists':
        return label !== undefined
      case 'DoesNotExist':
        return label === undefined
      default:
        return false
    }
  })
}
