import type { Args, Name } from '../diagnostic/catalog.ts'
import { type Diagnostic, diagnostic } from '../diagnostic/diagnostic.ts'
import type { Span } from '../source.ts'
import type { Value } from './value/value.ts'

/** What Alloy would refuse, before its place is known. */
export interface Fault {
  readonly kind: 'fault'
  /** The operand or argument that is in error, counted from 0; null for the expression as a whole. */
  readonly at: number | null
  readonly report: (span: Span) => Diagnostic
}

/** Makes a fault of the catalog. */
export function fault<N extends Name>(name: N, args: Args<N>, at: number | null = null): Fault {
  return { kind: 'fault', at, report: span => diagnostic(name, span, args) }
}

/** A value, or why there is none. */
export type Result = Value | Fault
