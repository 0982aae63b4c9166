import { type Grant, uniqueGrants } from '../../kubernetes/grant.ts'
import { grantsOf, type PolicyRule } from '../../kubernetes/rule.ts'
import type { Release } from './releases.ts'

/** The grants of a release's default rules, in order, in all namespaces. */
export function defaultGrants({ rules, clusterRules }: Release): readonly Grant[] {
  const grants = [...rules, ...clusterRules].flatMap(({ comment: _, ...rule }) => grantsOf(rule as PolicyRule, null))
  return uniqueGrants(grants)
}
