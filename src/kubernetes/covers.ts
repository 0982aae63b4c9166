import { anyOf, urlCovers } from './grant.ts'
import type { PolicyRule } from './rule.ts'

/**
 * The parts of the servant's rules that no single rule of the owner covers: what an owner may not hand on, as Kubernetes decides
 * when someone writes a role. Each part has one group, one resource and one verb, or one URL and one verb. Empty: all is covered.
 */
export function uncovered(owner: readonly PolicyRule[], servant: readonly PolicyRule[]): readonly PolicyRule[] {
  return servant.flatMap(parts).filter(part => !owner.some(rule => ruleCovers(rule, part)))
}

/** The indivisible parts of a rule, its wildcards as they are. */
function parts({ apiGroups = [], resources = [], resourceNames = [], nonResourceURLs = [], verbs }: PolicyRule) {
  const found: PolicyRule[] = []
  const names = resourceNames.length > 0 ? resourceNames.map(name => ({ resourceNames: [name] })) : [{}]
  for (const group of apiGroups)
    for (const resource of resources)
      for (const verb of verbs)
        for (const name of names) found.push({ apiGroups: [group], resources: [resource], verbs: [verb], ...name })
  for (const url of nonResourceURLs) for (const verb of verbs) found.push({ nonResourceURLs: [url], verbs: [verb] })
  return found
}

function ruleCovers(owner: PolicyRule, part: PolicyRule): boolean {
  return (
    holds(owner.verbs, part.verbs) &&
    holds(owner.apiGroups, part.apiGroups) &&
    (part.resources ?? []).every(resource => resourceIn(owner.resources ?? [], resource)) &&
    (part.nonResourceURLs ?? []).every(url => (owner.nonResourceURLs ?? []).some(wider => urlCovers(wider, url))) &&
    namesHold(owner.resourceNames ?? [], part.resourceNames ?? [])
  )
}

/** A star among the owner's values stands for any. */
function holds(owner: readonly string[] = [], part: readonly string[] = []): boolean {
  return owner.includes('*') || part.every(value => owner.includes(value))
}

function resourceIn(owner: readonly string[], resource: string): boolean {
  const any = anyOf(resource)
  return owner.includes('*') || owner.includes(resource) || (any !== null && owner.includes(any))
}

/** No names are all names: only an owner without names covers a part without. */
function namesHold(owner: readonly string[], part: readonly string[]): boolean {
  return owner.length === 0 || (part.length > 0 && part.every(name => owner.includes(name)))
}
