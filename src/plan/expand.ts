import { type Grant, uniqueGrants } from '../kubernetes/grant.ts'
import { grantsOf, type ScopedRule } from '../kubernetes/rule.ts'

/** The grants that rules are the products of, in order, each once, wildcards as they are. */
export function expand(rules: readonly ScopedRule[]): readonly Grant[] {
  return uniqueGrants(rules.flatMap(({ rule, namespace }) => grantsOf(rule, namespace)))
}
