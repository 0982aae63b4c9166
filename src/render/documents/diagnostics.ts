import type { DiagnosticJson } from './common.ts'

/** What `--diagnostics FILE` writes. */
export interface DiagnosticsJson {
  readonly version: 1
  readonly diagnostics: readonly DiagnosticJson[]
}
