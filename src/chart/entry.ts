import type { Grant } from '../kubernetes/grant.ts'
import type { PlannedGrant } from '../plan/plan.ts'
import { expand, type PolicyRule, pack } from './adapter.ts'

/** A rule to print, the planned grants that it stands for, and what to say above it. */
export interface Entry {
  readonly rule: PolicyRule
  readonly grants: readonly PlannedGrant[]
  readonly notes: readonly string[]
}

/** Folds planned grants of one namespace, or of none, into rules. */
export function entriesOf(grants: readonly PlannedGrant[]): readonly Entry[] {
  return pack(grants.map(({ grant }) => grant)).map(rule => entryOf(rule, grants))
}

/** A rule with those of the planned grants that it holds. */
export function entryOf(rule: PolicyRule, grants: readonly PlannedGrant[], notes: readonly string[] = []): Entry {
  const held = new Set(expand(rule, null).map(tuple))
  return { rule, grants: grants.filter(({ grant }) => held.has(tuple(grant))), notes }
}

/** A grant without its namespace, as a key. */
export function tuple(grant: Grant): string {
  return JSON.stringify(
    grant.kind === 'url' ? [grant.url, grant.verb] : [grant.group, grant.resource, grant.name, grant.verb],
  )
}
