import type { Level } from '../../kubernetes/pod/security.ts'
import type { Certainty } from '../../rules/requirement.ts'
import type { DiagnosticJson, DocumentJson, GrantJson, RoleReasonJson, TargetJson } from './common.ts'

/** `check --format json`. */
export interface CheckJson extends DocumentJson {
  readonly target: TargetJson | null
  readonly status: 'clean' | 'findings' | 'no-plan'
  readonly totals: CheckTotalsJson
  readonly baseline?: { readonly path: string; readonly accepted: readonly AcceptedJson[] }
  readonly workloads: readonly WorkloadJson[]
  readonly pipelines?: readonly PipelineJson[]
  readonly diagnostics: readonly DiagnosticJson[]
}

/** What all workloads with a verdict have and need together. */
export type CheckTotalsJson = Readonly<
  Record<
    'workloads' | 'granted' | 'needed' | 'missing' | 'excess' | 'phantom' | 'readAllSecrets' | 'capabilities',
    number
  >
>

/** A finding that the baseline accepts. */
export interface AcceptedJson {
  readonly workload: string
  readonly reason: string
  readonly finding: DiagnosticJson
}

/** What a check found of one workload. */
export interface WorkloadJson {
  readonly name: string
  readonly complete: boolean
  /** Null: no verdict. */
  readonly holds: HoldsJson | null
  readonly missing: readonly GrantJson[]
  readonly excess: readonly GrantJson<RoleReasonJson>[]
  readonly phantom: readonly GrantJson<RoleReasonJson>[]
  readonly pod: { readonly missing: readonly string[]; readonly excess: readonly string[] }
  readonly diagnostics: readonly DiagnosticJson[]
}

/** What a workload has as it is deployed, in numbers. */
export interface HoldsJson {
  readonly granted: number
  readonly needed: number
  readonly secrets: readonly string[]
  readonly privileges: number
  readonly capabilities: number
  readonly podSecurityStandard: Level | null
}

/** Which workloads load a remote pipeline, and what it is denied there. */
export interface PipelineJson {
  readonly name: string
  readonly collectors: readonly {
    readonly workload: string
    readonly certainty: Certainty
    /** Null: no verdict. */
    readonly denied: { readonly grants: readonly GrantJson[]; readonly privileges: readonly string[] } | null
  }[]
}
