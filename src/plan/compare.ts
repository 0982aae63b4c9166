import { type Grant, uniqueGrants } from '../kubernetes/grant.ts'
import { implying } from './implying.ts'

/** What is needed against what is granted. */
export interface Comparison {
  /** Needed, and nothing granted implies it. */
  readonly missing: readonly Grant[]
  /** Granted, and nothing needed implies it. */
  readonly excess: readonly Grant[]
}

/** Compares what is needed with what is granted; the order of neither matters. */
export function compare(needed: readonly Grant[], granted: readonly Grant[]): Comparison {
  const given = implying(granted)
  const wanted = implying(needed)
  return {
    missing: uniqueGrants(needed).filter(grant => given(grant).length === 0),
    excess: uniqueGrants(granted).filter(grant => wanted(grant).length === 0),
  }
}
