import type { Diagnostic, Label } from '../../diagnostic/diagnostic.ts'
import type { Grant } from '../../kubernetes/grant.ts'
import type { Certainty } from '../../rules/requirement.ts'
import type { Versions } from '../check/change.ts'

/** What two states of an input ask for and grant, compared collector by collector. Plain data: every format is made of it alone. */
export interface Comparison {
  readonly analyzer: { readonly name: string; readonly version: string }
  readonly old: ComparedInput
  readonly new: ComparedInput
  readonly collectors: readonly ComparedCollector[]
}

/** One of the two states. */
export interface ComparedInput {
  /** As the user gave it. */
  readonly path: string
  /** Null where no collector led to versions. */
  readonly target: Versions | null
  /** False where errors of the input as a whole may hide collectors. */
  readonly complete: boolean
  /** Everything that its analysis has to say. */
  readonly diagnostics: readonly Diagnostic[]
}

/** `unknown`: there is no plan on one side, so nothing is said of what changed. */
export type CollectorState = 'new' | 'removed' | 'changed' | 'unchanged' | 'unknown'

/** One workload, or one configuration, on both sides. */
export interface ComparedCollector {
  /** Of the new side, or the old one where it was removed; empty for Alloy files and for values of the chart itself. */
  readonly name: string
  /** What the old side calls it; null where that is the same. */
  readonly formerly: string | null
  readonly state: CollectorState
  /** What each side has in numbers; null where it has no plan, or no such collector. */
  readonly old: SideCounts | null
  readonly new: SideCounts | null
  /** New before lost before changed, the most severe first in each. */
  readonly changes: readonly AccessChange[]
  /** That it is new, removed, not compared, or no longer complete. */
  readonly diagnostics: readonly Diagnostic[]
}

/** How much one side needs and has. */
export interface SideCounts {
  readonly needed: number
  /** Null where the input deploys nothing: Alloy files alone. */
  readonly granted: number | null
  readonly privileges: number
}

/** `needed`: what the configuration asks for. `granted`: what the objects or values of the deployment give. */
export type Aspect = 'needed' | 'granted'

/** Rights or privileges of one origin, equally severe, that only one side has, or that both have differently. */
export interface AccessChange {
  readonly change: 'new' | 'lost' | 'changed'
  readonly aspect: Aspect
  readonly kind: 'access' | 'privilege' | 'unseen'
  /** In the one-line notation; `unseen` in words. */
  readonly lines: readonly string[]
  /** None for privileges. */
  readonly grants: readonly Grant[]
  readonly certainty: Certainty
  /** What the other side has in its place: a narrower or a wider one, or the same with another certainty. */
  readonly instead: readonly string[]
  /** What else it allows; none where it only reads metadata or metrics. */
  readonly risks: readonly string[]
  /** 0 is the most severe. */
  readonly rank: number
  /** Who asks for it, and where: lines of the side that has it. */
  readonly places: readonly Label[]
  readonly diagnostic: Diagnostic
}

/** Which changes fail a run. */
export type FailOn = 'new' | 'risky' | 'any'

/** How many rights and privileges are of each kind. */
export interface ChangeCounts {
  readonly new: number
  /** Of the new ones. */
  readonly risky: number
  readonly lost: number
  readonly changed: number
}

/** Counts what changed for some collectors, right by right. */
export function countsOf(collectors: readonly ComparedCollector[]): ChangeCounts {
  const all = collectors.flatMap(({ changes }) => changes)
  const count = (counts: (each: AccessChange) => boolean): number =>
    all.filter(counts).reduce((sum, { kind, grants, lines }) => sum + (kind === 'access' ? grants : lines).length, 0)
  return {
    new: count(({ change }) => change === 'new'),
    risky: count(({ change, risks }) => change === 'new' && risks.length > 0),
    lost: count(({ change }) => change === 'lost'),
    changed: count(({ change }) => change === 'changed'),
  }
}

/** Says whether something was not compared, so that a change may be hidden in it. */
export function isOpen({ old, new: now, collectors }: Comparison): boolean {
  const isUnsure = ({ state, diagnostics }: ComparedCollector): boolean =>
    state === 'unknown' || diagnostics.some(mayHideMore)
  return !old.complete || !now.complete || collectors.some(isUnsure)
}

const mayHideMore = ({ name }: Diagnostic): boolean => name === 'compared-plan-incomplete'

/** Says whether a comparison holds something of a class; what was not compared may. */
export function failsOn(comparison: Comparison, failOn: FailOn): boolean {
  if (isOpen(comparison)) return true
  const { collectors } = comparison
  const counts = countsOf(collectors)
  switch (failOn) {
    case 'new':
      return counts.new > 0
    case 'risky':
      return counts.risky > 0
    default:
      return collectors.some(({ state }) => state !== 'unchanged')
  }
}
