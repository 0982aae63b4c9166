import { type Grant, grantKey } from '../../kubernetes/grant.ts'
import { compare } from '../../plan/compare.ts'
import { implying } from '../../plan/implying.ts'
import type { Plan } from '../../plan/plan.ts'
import type { PlannedGrant } from '../../plan/reduce.ts'
import { defaultGrants } from '../release/default-grants.ts'
import type { Release } from '../release/releases.ts'

/** What a chart grants by default, compared with what a plan needs. */
export interface Difference {
  readonly release: Release
  /** False when a part of the configuration is unknown, and may need more. */
  readonly complete: boolean
  /** What objects of the cluster may need that were not passed. */
  readonly beyond?: readonly Grant[]
  readonly needed: readonly PlannedGrant[]
  /** How many of them are granted by default for more than is needed alone. */
  readonly tooWide: number
  /** How many are granted by default that only objects which were not passed may ask for. */
  readonly forOthers: number
  readonly defaults: readonly Grant[]
  /** Granted by default, and not needed, or not for that many objects; phantoms are not among them. */
  readonly excess: readonly Grant[]
  /** Granted by default on a resource that no API serves under that group. */
  readonly phantom: readonly Grant[]
  /** Needed, and not granted by default. */
  readonly missing: readonly PlannedGrant[]
}

/** Compares a plan with the defaults of a release; a version of Kubernetes decides what is a phantom, the newest one if none is given. */
export function difference(plan: Plan, release: Release, kubernetes?: string): Difference {
  const defaults = defaultGrants(release)
  const { excess, phantom, missing } = compare(
    [...plan.grants.map(({ grant }) => grant), ...(plan.beyond ?? [])],
    defaults,
    kubernetes,
  )
  const keys = new Set(missing.map(grantKey))
  const given = new Set(defaults.map(grantKey))
  const idle = new Set([...excess, ...phantom].map(grantKey))
  const asked = implying(plan.grants.map(({ grant }) => grant))
  return {
    release,
    complete: plan.complete,
    ...(plan.beyond && { beyond: plan.beyond }),
    needed: plan.grants,
    tooWide: plan.grants.filter(({ grant }) => !keys.has(grantKey(grant)) && !given.has(grantKey(grant))).length,
    forOthers: defaults.filter(grant => !idle.has(grantKey(grant)) && asked(grant).length === 0).length,
    defaults,
    excess,
    phantom,
    missing: plan.grants.filter(({ grant }) => keys.has(grantKey(grant))),
  }
}
