import { compareGrants, type Grant, uniqueGrants } from '../kubernetes/grant.ts'
import { grantsOf, type ScopedRule } from '../kubernetes/rule.ts'

/** The grants that rules are the product of, each once, sorted; wildcards stay as they are. */
export function expand(rules: readonly ScopedRule[]): readonly Grant[] {
  return [...uniqueGrants(rules.flatMap(({ namespace, rule }) => grantsOf(rule, namespace)))].sort(compareGrants)
}
