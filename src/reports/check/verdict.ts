import type { PlannedGrant } from '../../plan/reduce.ts'
import type { Finding, HeldGrant } from './finding.ts'
import type { Holds } from './holds.ts'

/** What one workload is granted, compared with what its configuration needs. */
export interface Report {
  /** Of the workload; empty for Alloy files and for values of the chart itself. */
  readonly name: string
  /** Null: there is no verdict, because the input has errors. */
  readonly verdict: Verdict | null
  readonly findings: readonly Finding[]
}

/** The outcome of a comparison. */
export interface Verdict {
  /** False when an unknown part of the configuration may need more. */
  readonly complete: boolean
  readonly needed: number
  /** How many of them are granted, but for more namespaces, objects or resources than is needed. */
  readonly tooWide: number
  /** How many are granted that only objects which were not passed may ask for. */
  readonly forOthers: number
  readonly missing: readonly PlannedGrant[]
  readonly excess: readonly HeldGrant[]
  readonly phantom: readonly HeldGrant[]
  readonly pod: { readonly missing: readonly string[]; readonly excess: readonly string[] }
  /** What the workload has as it is deployed. */
  readonly holds: Holds
}
