import { compareGrants, compareText, compareVerbs, type Grant, type ResourceGrant } from '../kubernetes/grant.ts'
import type { PolicyRule, ScopedRule } from '../kubernetes/rule.ts'

/** The factors of a rule on resources, each sorted; a null name stands for all. */
interface Factors {
  readonly groups: readonly string[]
  readonly resources: readonly string[]
  readonly names: readonly (string | null)[]
  readonly verbs: readonly string[]
}

type Factor = keyof Factors

/**
 * Folds grants into rules by namespace. Two rules are merged only where they differ in one factor, so that the product grants nothing
 * that its parts did not. The result is compact, not provably the shortest, and does not depend on the order of the grants.
 */
export function pack(grants: readonly Grant[]): readonly ScopedRule[] {
  const sorted = [...grants].sort(compareGrants)
  const namespaces = new Map<string | null, Factors[]>()
  for (const grant of sorted) {
    if (grant.kind === 'url') continue
    const factors = namespaces.get(grant.namespace) ?? []
    factors.push(factorsOf(grant))
    namespaces.set(grant.namespace, factors)
  }
  const resources = [...namespaces].flatMap(([namespace, factors]) =>
    mergeAll(factors).map(each => ({ namespace, rule: ruleOf(each) })),
  )
  return [...resources, ...packUrls(sorted)]
}

const factorsOf = ({ group, resource, name, verb }: ResourceGrant): Factors => ({
  groups: [group],
  resources: [resource],
  names: [name],
  verbs: [verb],
})

const order: readonly Factor[] = ['verbs', 'names', 'resources', 'groups']

function mergeAll(parts: readonly Factors[]): readonly Factors[] {
  let merged = parts
  for (const factor of order) merged = mergeBy(factor, merged)
  return merged
}

/** Merges rules that differ in this factor alone. "All names" is no name among others: such rules stay apart. */
function mergeBy(factor: Factor, parts: readonly Factors[]): readonly Factors[] {
  const groups = new Map<string, Factors[]>()
  for (const part of parts) {
    const all = factor === 'names' && part.names.includes(null)
    const key = JSON.stringify(order.map(each => (each === factor ? (all ? 'all' : 'some') : part[each])))
    const group = groups.get(key) ?? []
    group.push(part)
    groups.set(key, group)
  }
  return [...groups.values()].map(group => ({
    ...group[0]!,
    [factor]: joined(
      factor,
      group.flatMap(each => each[factor]),
    ),
  }))
}

function joined(factor: Factor, values: readonly (string | null)[]): readonly (string | null)[] {
  const compare = (a: string | null, b: string | null): number =>
    factor === 'verbs' ? compareVerbs(a ?? '', b ?? '') : compareText(a ?? '', b ?? '')
  return [...new Set(values)].sort(compare)
}

function ruleOf({ groups, resources, names, verbs }: Factors): PolicyRule {
  const objects = names.filter(name => name !== null)
  return { apiGroups: groups, resources, ...(objects.length === 0 ? {} : { resourceNames: objects }), verbs }
}

function packUrls(grants: readonly Grant[]): readonly ScopedRule[] {
  const byUrl = new Map<string, string[]>()
  for (const grant of grants)
    if (grant.kind === 'url') byUrl.set(grant.url, [...(byUrl.get(grant.url) ?? []), grant.verb])
  const byVerbs = new Map<string, { urls: string[]; verbs: readonly string[] }>()
  for (const [url, found] of byUrl) {
    const verbs = [...new Set(found)].sort(compareVerbs)
    const entry = byVerbs.get(verbs.join()) ?? { urls: [], verbs }
    entry.urls.push(url)
    byVerbs.set(verbs.join(), entry)
  }
  return [...byVerbs.values()].map(({ urls, verbs }) => ({
    namespace: null,
    rule: { nonResourceURLs: urls.sort(compareText), verbs },
  }))
}
