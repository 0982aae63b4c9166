import { type Grant, uniqueGrants } from '../../src/kubernetes/grant.ts'
import { grantsOf, type ScopedRule } from '../../src/kubernetes/rule.ts'

/** The grants that rules are the products of, in order, each once, wildcards as they are. */
export function expand(rules: readonly ScopedRule[]): readonly Grant[] {
  return uniqueGrants(rules.flatMap(({ rule, namespace }) => grantsOf(rule, namespace)))
}
