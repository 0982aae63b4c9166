import type { BuiltInRole } from '../kubernetes/bootstrap.ts'
import type { RoleObject, Selector } from './object.ts'
import { selects } from './select.ts'

/** What selectors select. */
export interface Selected {
  /** The names of the roles: those of the input, then others that every cluster has. */
  readonly names: readonly string[]
  /** Those that every cluster has. */
  readonly builtIns: readonly string[]
}

type Labeled = Pick<RoleObject<unknown>, 'name' | 'labels'>

/** Finds the ClusterRoles that selectors select: an input may hold thousands of either, so that each is looked for by its labels. */
export function selection(
  roles: readonly Labeled[],
  builtIns: readonly BuiltInRole[],
): (selectors: readonly Selector[]) => Selected {
  const all: readonly Labeled[] = [...roles, ...builtIns]
  const byLabel = new Map<string, number[]>()
  for (const [at, { labels }] of all.entries()) {
    for (const [key, value] of labels) {
      const list = byLabel.get(`${key}\0${value}`)
      if (list) list.push(at)
      else byLabel.set(`${key}\0${value}`, [at])
    }
  }
  /** Every role that a selector may select, and few others. */
  const candidates = ({ matchLabels, matchExpressions }: Selector): Iterable<number> => {
    const [label] = matchLabels
    if (label) return byLabel.get(label.join('\0')) ?? []
    const listed = matchExpressions.find(({ operator }) => operator === 'In')
    if (listed === undefined) return all.keys()
    return [...new Set(listed.values)].flatMap(value => byLabel.get(`${listed.key}\0${value}`) ?? [])
  }
  const known = new Map<string, Selected>()
  const keys = new Map<readonly Selector[], string>()
  return selectors => {
    const key =
      keys.get(selectors) ?? JSON.stringify(selectors.map(each => ({ ...each, matchLabels: [...each.matchLabels] })))
    keys.set(selectors, key)
    const ready = known.get(key)
    if (ready) return ready
    const places = new Set<number>()
    for (const selector of selectors)
      for (const at of candidates(selector)) {
        const role = all[at]
        if (role && !places.has(at) && selects(selector, role.labels)) places.add(at)
      }
    const sorted = [...places].sort((a, b) => a - b)
    const namesFrom = (found: readonly number[]): readonly string[] => found.flatMap(at => all[at]?.name ?? [])
    const selected: Selected = {
      names: [...new Set(namesFrom(sorted))],
      builtIns: namesFrom(sorted.filter(at => at >= roles.length)),
    }
    known.set(key, selected)
    return selected
  }
}
