import type { Grant } from '../kubernetes/grant.ts'
import type { Certainty, Privilege, Reason } from '../rules/requirement.ts'

/** A grant that the plan holds, and why. Certain when at least one reason is. */
export interface PlannedGrant {
  readonly grant: Grant
  readonly certainty: Certainty
  readonly reasons: readonly Reason[]
}

export interface PlannedPrivilege {
  readonly privilege: Privilege
  readonly certainty: Certainty
  readonly reasons: readonly Reason[]
}

/** What one configuration needs: reduced, sorted, each with its reasons. */
export interface Plan {
  readonly grants: readonly PlannedGrant[]
  readonly privileges: readonly PlannedPrivilege[]
  /** False when something stayed unknown: remotecfg, an unavailable module, an unknown component let through. */
  readonly complete: boolean
}
