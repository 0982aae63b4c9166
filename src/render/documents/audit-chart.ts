import type { BareGrantJson, DiagnosticJson, DocumentJson, GrantWith, PolicyRuleJson, TargetJson } from './common.ts'

/** `audit-chart --format json`. */
export interface AuditJson extends DocumentJson, AuditedChartJson {
  readonly diagnostics: readonly DiagnosticJson[]
}

/** `audit-chart --format json` of several charts. */
export interface AuditAllJson extends DocumentJson {
  readonly charts: readonly AuditedChartJson[]
  readonly diagnostics: readonly DiagnosticJson[]
}

/** What some rules grant, by what can use it. */
export interface TiersJson {
  readonly phantom: readonly BareGrantJson[]
  readonly unused: readonly BareGrantJson[]
  readonly wide: readonly BareGrantJson[]
  readonly usable: readonly GrantWith<{ readonly components: readonly string[] }>[]
  readonly configured: readonly BareGrantJson[] | null
}

/** What was found of one chart. */
export interface AuditedChartJson extends TiersJson {
  readonly name: string
  readonly target: TargetJson
  readonly file: string | null
  readonly at: readonly string[]
  readonly defaults: number
  readonly rules: readonly AuditedRuleJson[]
  readonly missing: readonly {
    readonly grants: readonly BareGrantJson[]
    readonly components: readonly string[]
    readonly rules: readonly string[]
    readonly condition: string
    readonly optional: boolean
    readonly evidence: readonly string[]
  }[]
  readonly additions: readonly {
    readonly components: readonly string[]
    readonly rules: readonly PolicyRuleJson[]
    readonly missing: readonly BareGrantJson[]
  }[]
}

interface AuditedRuleJson extends TiersJson {
  readonly place: string
  readonly comment: string | null
  readonly left: readonly PolicyRuleJson[]
}
