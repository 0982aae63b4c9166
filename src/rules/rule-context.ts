import type { Diagnostic } from '../diagnostic/diagnostic.ts'
import type { Use } from '../resolve/use.ts'
import type { Facts } from './map/condition.ts'
import type { Certainty, Need, Reason, Requirement } from './requirement.ts'

/** One rule at work for one use: what a need's reason is made from. */
export interface RuleContext {
  readonly use: Use
  /** `loki.source.kubernetes#log` */
  readonly rule: string
  readonly facts: Facts
  readonly evidence: readonly string[]
  /** Certain as far as use and condition go. */
  readonly certain: boolean
  readonly report: (found: Diagnostic) => void
}

/** The reason that a situation gives for a need. */
export function reasonOf(situation: RuleContext, certain: boolean): Reason {
  const certainty: Certainty = situation.certain && certain ? 'certain' : 'assumed'
  return {
    component: situation.use.id,
    rule: situation.rule,
    certainty,
    span: situation.use.block.header,
    related: situation.use.related,
    evidence: situation.evidence,
  }
}

/** A requirement of a situation. */
export function requirement(need: Need, situation: RuleContext, certain = true): Requirement {
  return { need, reason: reasonOf(situation, certain) }
}
