import { compareGrants, type Grant, grantKey, uniqueGrants } from '../kubernetes/grant.ts'
import { required } from '../required.ts'
import type { Certainty, Reason } from '../rules/requirement.ts'
import { implying } from './implying.ts'
import { joinReasons } from './reasons.ts'

/** A grant that the plan holds, and why. */
export interface PlannedGrant {
  readonly grant: Grant
  /** Certain when one reason demands exactly this grant for certain; what only a narrower one was demanded for does not count. */
  readonly certainty: Certainty
  readonly reasons: readonly Reason[]
  /** The narrower grants that are certain, where this one is assumed; absent where there are none. */
  readonly inside?: readonly Grant[]
}

/** The grants in order, without those that another one implies. */
export function reduceGrants(grants: Iterable<Grant>): readonly Grant[] {
  const unique = uniqueGrants(grants)
  const wider = implying(unique)
  return unique.filter(grant => wider(grant).length === 1)
}

/**
 * Planned grants in order, without those that another one implies. The reasons of what is dropped move to the wider grant, whose
 * certainty stands. Where several imply it, the one with the widest place, then group, resource and name takes the reasons.
 */
export function reduce(planned: readonly PlannedGrant[]): readonly PlannedGrant[] {
  const kept = reduceGrants(planned.map(({ grant }) => grant))
  const wider = implying(kept)
  const heirs = new Map(kept.map(grant => [grantKey(grant), { grant, certain: false, parts: [] as PlannedGrant[] }]))
  for (const each of planned) {
    const key = grantKey(each.grant)
    const [heirGrant = each.grant] = heirs.has(key) ? [] : wider(each.grant)
    const heir = required(heirs.get(grantKey(heirGrant)), 'a grant that is at least as wide')
    heir.parts.push(each)
    if (heirs.has(key) && each.certainty === 'certain') heir.certain = true
  }
  return [...heirs.values()]
    .map(({ grant, certain, parts }) => ({
      grant,
      certainty: certain ? ('certain' as const) : ('assumed' as const),
      reasons: joinReasons(parts.flatMap(({ reasons }) => reasons)),
      ...insideOf(certain ? [] : parts),
    }))
    .sort((a, b) => compareGrants(a.grant, b.grant))
}

function insideOf(parts: readonly PlannedGrant[]): Pick<PlannedGrant, 'inside'> {
  const inside = reduceGrants(
    parts.flatMap(each => (each.certainty === 'certain' ? [each.grant] : (each.inside ?? []))),
  )
  return inside.length === 0 ? {} : { inside }
}
