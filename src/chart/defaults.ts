import type { Grant } from '../kubernetes/grant.ts'
import { expand, type PolicyRule } from './adapter.ts'
import { tuple } from './entry.ts'
import type { Release } from './history.ts'

/** The grants of a release's default rules, each once, in all namespaces. */
export function defaultGrants({ rules, clusterRules }: Release): readonly Grant[] {
  const grants = [...rules, ...clusterRules].flatMap(({ comment: _, ...rule }) => expand(rule as PolicyRule, null))
  return [...new Map(grants.map(grant => [tuple(grant), grant])).values()]
}
