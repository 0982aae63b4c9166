import { type Grant, grantKey } from '../../kubernetes/grant.ts'
import { grantsOf, type PolicyRule } from '../../kubernetes/rule.ts'
import { packRules } from '../../plan/pack.ts'
import type { PlannedGrant } from '../../plan/reduce.ts'
import { inert } from '../../text/inert.ts'
import { reasonLines } from '../write/comment.ts'

/** A rule to print, the planned grants that it stands for, and what to say above it. */
export interface Entry {
  readonly rule: PolicyRule
  readonly grants: readonly PlannedGrant[]
  readonly notes: readonly string[]
  /** The chart's own words above a block of its defaults. */
  readonly title?: string
}

/** Folds planned grants of one namespace, or of none, into rules. */
export function entriesOf(grants: readonly PlannedGrant[]): readonly Entry[] {
  return packRules(grants.map(({ grant }) => grant)).map(rule => entryOf(rule, grants))
}

/** A rule with those of the planned grants that it holds. */
export function entryOf(rule: PolicyRule, grants: readonly PlannedGrant[], notes: readonly string[] = []): Entry {
  const held = new Set(grantsOf(rule, null).map(tuple))
  return { rule, grants: grants.filter(({ grant }) => held.has(tuple(grant))), notes }
}

/** A grant without its namespace, as a key. */
export function tuple(grant: Grant): string {
  return grantKey(grant.kind === 'url' ? grant : { ...grant, namespace: null })
}

/** What is above a rule: what it is for, one line a reason, then remarks on the rule itself. */
export function entryComment({ grants, notes, title }: Entry): readonly string[] {
  return [
    ...(title === undefined ? [] : [title]),
    ...reasonLines(grants.flatMap(({ reasons }: PlannedGrant) => reasons)),
    ...notes,
  ].map(inert)
}
