import type { Severity } from '../../diagnostic/entry.ts'
import type { Certainty } from '../../rules/requirement.ts'
import type { Place } from '../places.ts'
import type { BareGrantJson, DiagnosticJson, DocumentJson, TargetJson } from './common.ts'

/** `compare --format json`. */
export interface CompareJson extends DocumentJson {
  readonly status: 'unchanged' | 'changed' | 'unknown'
  readonly old: StateJson
  readonly new: StateJson
  readonly totals: Readonly<Record<'collectors' | 'new' | 'risky' | 'lost' | 'changed', number>>
  readonly collectors: readonly CollectorJson[]
}

/** What one side of a comparison is. */
export interface StateJson {
  readonly path: string
  readonly target: TargetJson | null
  /** False where errors may hide collectors. */
  readonly complete: boolean
  readonly diagnostics: readonly DiagnosticJson[]
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

/** Something that one side has and the other does not. */
export interface ChangeJson {
  readonly change: 'new' | 'lost' | 'changed'
  readonly aspect: 'needed' | 'granted'
  readonly kind: 'access' | 'privilege' | 'unseen'
  readonly lines: readonly string[]
  readonly grants: readonly BareGrantJson[]
  readonly certainty: Certainty
  readonly instead: readonly string[]
  readonly risks: readonly string[]
  readonly code: string
  readonly severity: Severity
  readonly message: string
  readonly places: readonly PlaceJson[]
}

interface PlaceJson extends Place {
  readonly text: string
}
