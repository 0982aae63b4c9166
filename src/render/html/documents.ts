// What a report reads of the JSON documents: docs/schemas/ has all of them. A report is made of such a document and of nothing else.

/** Why something is needed, and where that is written. */
export interface ReasonJson {
  readonly component: string
  readonly rule: string
  readonly path: string
  readonly line: number
  readonly evidence: readonly string[]
}

/** A role's rule that grants something. */
export interface RoleReasonJson {
  readonly role: string
  readonly index: number
  readonly path: string
  readonly line: number
}

/** A permission; a URL has neither of the other names. */
export interface BareGrantJson {
  readonly namespace?: string | null
  readonly apiGroup?: string
  readonly resource?: string
  readonly name?: string | null
  readonly url?: string
  readonly verb: string
}

/** A permission with why it is needed, or who grants it. */
export interface GrantJson<R = ReasonJson> extends BareGrantJson {
  readonly certainty: 'certain' | 'assumed'
  readonly reasons: readonly R[]
}

/** What a component asks for by one rule. */
export interface AskJson {
  readonly rule: string
  readonly asked: string
  readonly targets?: readonly string[]
  readonly url?: string
  readonly needs: readonly string[]
}

/** What a component asks for. */
export interface FlowJson {
  readonly component: string
  readonly path: string
  readonly line: number
  readonly asks: readonly AskJson[]
}

/** Something to be said. */
export interface DiagnosticJson {
  readonly code: string
  readonly severity: 'error' | 'warning' | 'note'
  readonly message: string
  readonly help?: string
  readonly path?: string
  readonly line?: number
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
  readonly podSecurityStandard: string
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

/** The versions that an answer is for. */
export interface TargetJson {
  readonly alloy: string
  readonly chart: string
  readonly kubernetes: string
}

/** What every document of one configuration has. */
export interface PlanJson {
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
  readonly values: object
  readonly diff: DifferenceJson
}

/** `diff --format json`. */
export interface DiffJson extends PlanJson, DifferenceJson {
  /** Absent where the answer leaves the pod alone. */
  readonly pod?: {
    readonly defaults: number
    readonly needed: readonly { readonly privilege: string; readonly reasons: readonly ReasonJson[] }[]
    readonly excess: readonly string[]
    readonly podSecurityStandard: { readonly before: string; readonly after: string }
  }
}

/** A number as the input has it, and as the answer makes it. */
export interface CountedJson {
  readonly before: number
  readonly after: number
}

/** `generate --all --format json`. */
export interface GenerateAllJson {
  readonly totals: {
    readonly grants: CountedJson | null
    readonly privileges: CountedJson | null
    readonly each: readonly {
      readonly name: string
      readonly grants: CountedJson | null
      readonly privileges: CountedJson | null
    }[]
  }
  readonly configurations: readonly GenerateJson[]
}

/** `diff --format json` of several configurations. */
export interface DiffAllJson {
  readonly totals: Readonly<Record<'configurations' | 'defaults' | 'needed' | 'excess' | 'phantom' | 'missing', number>>
  readonly configurations: readonly DiffJson[]
}

/** What a check found of one workload. */
export interface WorkloadJson {
  readonly name: string
  readonly complete: boolean
  /** Null: no verdict. */
  readonly holds: {
    readonly granted: number
    readonly needed: number
    readonly secrets: readonly string[]
    readonly privileges: number
    readonly capabilities: number
    readonly podSecurityStandard: string | null
  } | null
  readonly missing: readonly GrantJson[]
  readonly excess: readonly GrantJson<RoleReasonJson>[]
  readonly phantom: readonly GrantJson<RoleReasonJson>[]
  readonly pod: { readonly missing: readonly string[]; readonly excess: readonly string[] }
  readonly diagnostics: readonly DiagnosticJson[]
}

/** `check --format json`. */
export interface CheckJson {
  readonly target: TargetJson | null
  readonly status: 'clean' | 'findings' | 'no-plan'
  readonly totals: Readonly<
    Record<
      'workloads' | 'granted' | 'needed' | 'missing' | 'excess' | 'phantom' | 'readAllSecrets' | 'capabilities',
      number
    >
  >
  readonly baseline?: {
    readonly path: string
    readonly accepted: readonly {
      readonly workload: string
      readonly reason: string
      readonly finding: DiagnosticJson
    }[]
  }
  readonly workloads: readonly WorkloadJson[]
  readonly diagnostics: readonly DiagnosticJson[]
}

/** What one side of a comparison is. */
export interface StateJson {
  readonly path: string
  readonly target: TargetJson | null
  /** False where errors may hide collectors. */
  readonly complete: boolean
  readonly diagnostics: readonly DiagnosticJson[]
}

/** Something that one side has and the other does not. */
export interface ChangeJson {
  readonly change: 'new' | 'lost' | 'changed'
  readonly aspect: 'needed' | 'granted'
  readonly kind: 'access' | 'privilege' | 'unseen'
  readonly lines: readonly string[]
  readonly certainty: 'certain' | 'assumed'
  readonly instead: readonly string[]
  readonly code: string
  readonly severity: DiagnosticJson['severity']
  readonly message: string
  readonly places: readonly { readonly text: string; readonly path: string; readonly line: number }[]
}

/** What changes of one collector. */
export interface CollectorJson {
  readonly name: string
  readonly formerly: string | null
  readonly state: 'new' | 'removed' | 'changed' | 'unchanged' | 'unknown'
  readonly old: SizesJson | null
  readonly new: SizesJson | null
  readonly changes: readonly ChangeJson[]
  readonly diagnostics: readonly DiagnosticJson[]
}

/** What a collector has on one side, in numbers. */
interface SizesJson {
  readonly needed: number
  readonly granted: number | null
  readonly privileges: number
}

/** `compare --format json`. */
export interface CompareJson {
  readonly status: 'unchanged' | 'changed' | 'unknown'
  readonly old: StateJson
  readonly new: StateJson
  readonly totals: Readonly<Record<'collectors' | 'new' | 'risky' | 'lost' | 'changed', number>>
  readonly collectors: readonly CollectorJson[]
}
