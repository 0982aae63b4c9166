import type { Level } from '../../kubernetes/pod/security.ts'
import type {
  DiagnosticJson,
  DocumentJson,
  FlowJson,
  GrantJson,
  PolicyRuleJson,
  ReasonJson,
  TargetJson,
} from './common.ts'

/** What every document of one configuration has. */
export interface PlanJson extends DocumentJson {
  /** Only beside others. */
  readonly name?: string
  readonly target: TargetJson
  readonly complete: boolean
  readonly grants: readonly GrantJson[]
  readonly flow: readonly FlowJson[]
  readonly diagnostics: readonly DiagnosticJson[]
}

/** `generate --format json`. */
export interface GenerateJson extends PlanJson {
  readonly pod: PodJson | null
  readonly rules: { readonly rules: readonly PolicyRuleJson[]; readonly clusterRules: readonly PolicyRuleJson[] }
  readonly values: Readonly<Record<string, unknown>>
  readonly diff: DifferenceJson
}

/** The settings of a pod. */
export interface PodJson {
  readonly privileged: boolean
  readonly hostPID: boolean
  readonly hostNetwork: boolean
  readonly hostIPC: boolean
  readonly runAsUser?: number
  readonly readOnlyRootFilesystem: boolean
  readonly allowPrivilegeEscalation: boolean
  readonly capabilities: { readonly add: readonly string[]; readonly drop: readonly string[] }
  readonly mounts: readonly {
    readonly hostPath: string
    readonly mountPath: string
    readonly readOnly: boolean
    readonly reasons: readonly ReasonJson[]
  }[]
  readonly writable: readonly string[]
  readonly automountServiceAccountToken: boolean
  readonly podSecurityStandard: Level
  readonly reasons: Readonly<Record<string, readonly ReasonJson[]>>
}

/** How a plan differs from the chart's defaults. */
export interface DifferenceJson {
  readonly defaults: number
  readonly needed: number
  readonly excess: readonly string[]
  readonly phantom: readonly string[]
  readonly missing: readonly string[]
}

/** A number as the input has it, and as the answer makes it. */
export interface CountedJson {
  readonly before: number
  readonly after: number
}

/** What a document says of all configurations together, and of each. */
export interface TotalsJson {
  readonly configurations: number
  readonly grants: CountedJson | null
  readonly privileges: CountedJson | null
  readonly each: readonly {
    readonly name: string
    readonly grants: CountedJson | null
    readonly privileges: CountedJson | null
  }[]
}

/** `generate --all --format json`. */
export interface GenerateAllJson extends DocumentJson {
  readonly totals: TotalsJson
  readonly configurations: readonly GenerateJson[]
  readonly diagnostics: readonly DiagnosticJson[]
}
