import {
  compareGrants,
  compareVerbs,
  type Grant,
  type ResourceGrant,
  type UrlGrant,
  uniqueGrants,
} from '../kubernetes/grant.ts'
import { grantsOf, type PolicyRule, type ScopedRule } from '../kubernetes/rule.ts'
import { required } from '../required.ts'
import { compareText } from '../text/compare-text.ts'

/** The factors of a rule on resources; no names are all names. */
interface Factors {
  readonly groups: readonly string[]
  readonly resources: readonly string[]
  readonly names: readonly string[]
  readonly verbs: readonly string[]
}

/** Order in which rules are merged that differ in this factor only. */
const order = ['verbs', 'names', 'resources', 'groups'] as const satisfies readonly (keyof Factors)[]

/**
 * Folds grants into rules, those of each namespace for themselves. A rule is the product of its factors, so two are merged only
 * where they differ in one: the rules grant what was passed in and nothing else. They are few, not provably the fewest.
 */
export function pack(grants: readonly Grant[]): readonly ScopedRule[] {
  const byNamespace = new Map<string | null, Grant[]>()
  for (const grant of uniqueGrants(grants)) {
    const namespace = grant.kind === 'url' ? null : grant.namespace
    const known = byNamespace.get(namespace)
    if (known) known.push(grant)
    else byNamespace.set(namespace, [grant])
  }
  return [...byNamespace].flatMap(([namespace, each]) => packRules(each).map(rule => ({ namespace, rule })))
}

/** Folds grants of one namespace, or of none, into rules, in the order of the first grant of each. */
export function packRules(grants: readonly Grant[]): readonly PolicyRule[] {
  const unique = uniqueGrants(grants)
  const rules = [
    ...packResources(unique.filter(grant => grant.kind === 'resource')),
    ...packUrls(unique.filter(grant => grant.kind === 'url')),
  ]
  return rules
    .map(rule => ({ rule, first: firstOf(rule) }))
    .sort((a, b) => compareGrants(a.first, b.first))
    .map(({ rule }) => rule)
}

/** Factors are sorted, so that the first of each make the first grant. */
function firstOf({ apiGroups, resources, resourceNames, nonResourceURLs, verbs }: PolicyRule): Grant {
  const one = (values: readonly string[] | undefined) => values?.slice(0, 1) ?? []
  const rule = { apiGroups: one(apiGroups), resources: one(resources), resourceNames: one(resourceNames) }
  const [first] = grantsOf({ ...rule, nonResourceURLs: one(nonResourceURLs), verbs: one(verbs) }, null)
  return required(first, 'the first grant of a rule')
}

function packResources(grants: readonly ResourceGrant[]): readonly PolicyRule[] {
  let products: readonly Factors[] = grants.map(({ group, resource, name, verb }) => ({
    groups: [group],
    resources: [resource],
    names: name === null ? [] : [name],
    verbs: [verb],
  }))
  for (const factor of order) products = mergeBy(products, factor)
  return products.map(({ groups, resources, names, verbs }) => ({
    apiGroups: groups,
    resources,
    ...(names.length > 0 && { resourceNames: names }),
    verbs,
  }))
}

/** Merges products that are alike in all factors but one. All names, being no list, is merged with none. */
function mergeBy(products: readonly Factors[], factor: keyof Factors): readonly Factors[] {
  const others = order.filter(each => each !== factor)
  const merged = new Map<string, Factors & { readonly values: Set<string> }>()
  for (const product of products) {
    const key = JSON.stringify([...others.map(each => product[each]), product.names.length > 0])
    const known = merged.get(key) ?? { ...product, values: new Set() }
    for (const value of product[factor]) known.values.add(value)
    merged.set(key, known)
  }
  const compare = factor === 'verbs' ? compareVerbs : compareText
  return [...merged.values()].map(({ values, ...product }) => ({ ...product, [factor]: [...values].sort(compare) }))
}

function packUrls(grants: readonly UrlGrant[]): readonly PolicyRule[] {
  const verbsOf = new Map<string, string[]>()
  for (const { url, verb } of grants) verbsOf.set(url, [...(verbsOf.get(url) ?? []), verb])
  const rules = new Map<string, { readonly nonResourceURLs: string[]; readonly verbs: readonly string[] }>()
  for (const [url, verbs] of verbsOf) {
    const known = rules.get(JSON.stringify(verbs))
    if (known) known.nonResourceURLs.push(url)
    else rules.set(JSON.stringify(verbs), { nonResourceURLs: [url], verbs })
  }
  return [...rules.values()]
}
