import type { BareGrantJson, DiagnosticJson, DocumentJson } from './common.ts'

/** `denied --format json`. */
export interface DeniedJson extends DocumentJson {
  readonly denials: readonly DenialJson[]
  readonly refusals: readonly RefusalJson[]
  readonly diagnostics: readonly DiagnosticJson[]
}

interface LoggedJson {
  readonly component: string | null
  /** How often it is told. */
  readonly count: number
  readonly path: string
  readonly line: number
  /** What to grant. */
  readonly grants: readonly BareGrantJson[]
  readonly code: string
  readonly message: string
  readonly help: string | null
}

/** A request that the API server refused. */
export interface DenialJson extends LoggedJson {
  readonly grant: BareGrantJson
  readonly user: string | null
  readonly verdict: string
  readonly components: readonly string[]
}

/** Something else that was refused: by Linux, by another server, or to an installing account. */
export interface RefusalJson extends LoggedJson {
  readonly kind: 'system' | 'answer' | 'escalation'
  readonly error?: string
  readonly object?: string | null
  readonly url?: string | null
  readonly user?: string | null
  readonly privileges: readonly string[]
}
