import type { Grant } from '../kubernetes/grant.ts'
import { implying } from '../plan/implying.ts'
import type { Plan, PlannedGrant } from '../plan/plan.ts'
import { isPhantom } from './adapter.ts'
import { defaultGrants } from './defaults.ts'
import type { Release } from './history.ts'

/** What a chart grants by default, against what a plan needs. */
export interface Difference {
  readonly release: Release
  readonly needed: readonly PlannedGrant[]
  readonly defaults: readonly Grant[]
  /** Granted by default, and not needed, or not for that many objects; phantoms are not among them. */
  readonly excess: readonly Grant[]
  /** Granted by default on a resource that no API serves under that group. */
  readonly phantom: readonly Grant[]
  /** Needed, and not granted by default. */
  readonly missing: readonly PlannedGrant[]
}

/** Compares a plan with the defaults of a release. */
export function difference(plan: Plan, release: Release): Difference {
  const defaults = defaultGrants(release)
  const wanted = implying(plan.grants.map(({ grant }) => grant))
  const given = implying(defaults)
  const surplus = defaults.filter(grant => wanted(grant).length === 0)
  return {
    release,
    needed: plan.grants,
    defaults,
    excess: surplus.filter(grant => !isPhantom(grant)),
    phantom: surplus.filter(isPhantom),
    missing: plan.grants.filter(({ grant }) => given(grant).length === 0),
  }
}
