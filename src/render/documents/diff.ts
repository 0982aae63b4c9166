import type { Level } from '../../kubernetes/pod/security.ts'
import type { DiagnosticJson, DocumentJson, ReasonJson } from './common.ts'
import type { DifferenceJson, PlanJson } from './generate.ts'

/** `diff --format json`. */
export interface DiffJson extends PlanJson, DifferenceJson {
  /** Absent where the answer leaves the pod alone. */
  readonly pod?: PodDiffJson
}

/** How the pod differs from the one of the defaults. */
export interface PodDiffJson {
  readonly defaults: number
  readonly needed: readonly { readonly privilege: string; readonly reasons: readonly ReasonJson[] }[]
  readonly excess: readonly string[]
  readonly missing: readonly string[]
  readonly podSecurityStandard: { readonly before: Level; readonly after: Level }
}

/** `diff --format json` of several configurations. */
export interface DiffAllJson extends DocumentJson {
  readonly totals: Readonly<Record<'configurations' | 'defaults' | 'needed' | 'excess' | 'phantom' | 'missing', number>>
  readonly configurations: readonly DiffJson[]
  readonly diagnostics: readonly DiagnosticJson[]
}
