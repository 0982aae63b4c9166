import { type Grant, uniqueGrants } from '../../kubernetes/grant.ts'
import { grantsOf, type PolicyRule } from '../../kubernetes/rule.ts'
import type { Release } from './releases.ts'

const made = new WeakMap<Release, readonly Grant[]>()

/** The grants of a release's default rules, in order, in all namespaces. */
export function defaultGrants(release: Release): readonly Grant[] {
  const rules = [...release.rules, ...release.clusterRules]
  const known =
    made.get(release) ?? uniqueGrants(rules.flatMap(({ comment: _, ...rule }) => grantsOf(rule as PolicyRule, null)))
  made.set(release, known)
  return known
}
