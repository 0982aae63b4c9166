import type { BareGrantJson, ChangedJson, DiagnosticJson, DocumentJson, GrantJson, TargetJson } from './common.ts'

/** `upgrade --format json`. */
export interface UpgradeJson extends DocumentJson {
  /** Only beside others. */
  readonly name?: string
  readonly from: TargetJson
  readonly to: TargetJson
  /** The release that does not run the configuration. */
  readonly refused: 'from' | 'to' | null
  readonly breaks: readonly GrantJson[]
  readonly repairs: readonly GrantJson[]
  readonly missing: readonly GrantJson[]
  readonly needs: ChangedJson<BareGrantJson>
  readonly excess: ChangedJson<BareGrantJson>
  readonly pod: { readonly missing: ChangedJson<string>; readonly excess: ChangedJson<string> }
  readonly values: Readonly<Record<string, unknown>> | null
  readonly diagnostics: readonly DiagnosticJson[]
}

/** `upgrade --format json` of several configurations. */
export interface UpgradeAllJson extends DocumentJson {
  readonly totals: Readonly<Record<'configurations' | 'breaks' | 'repairs' | 'missing' | 'needed' | 'refused', number>>
  readonly configurations: readonly UpgradeJson[]
  readonly diagnostics: readonly DiagnosticJson[]
}
