import { compareGrants, compareText, type Grant, grantKey } from '../kubernetes/grant.ts'
import type { Certainty, Privilege, Reason, Requirement } from '../rules/requirement.ts'
import { reduce } from './reduce.ts'

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

/** Folds requirements into a plan: each need once, what another implies left out, its reasons with the wider one. */
export function plan(requirements: readonly Requirement[], complete: boolean): Plan {
  const reasons = new Map<string, Reason[]>()
  const grants = new Map<string, Grant>()
  const privileges = new Map<string, Privilege>()
  for (const { need, reason } of requirements) {
    const key = need.kind === 'grant' ? grantKey(need.grant) : JSON.stringify(need.privilege)
    if (need.kind === 'grant') grants.set(key, need.grant)
    else privileges.set(key, need.privilege)
    const known = reasons.get(key)
    if (known) known.push(reason)
    else reasons.set(key, [reason])
  }
  return {
    grants: reduce([...grants.values()])
      .map(({ grant, standsFor }) => {
        // The wider grant's own reasons decide how certain it is: a narrower need does not make a wide one certain.
        const certainty = certaintyOf(reasons.get(grantKey(grant))!)
        return { grant, certainty, reasons: inOrder(standsFor.flatMap(each => reasons.get(grantKey(each))!)) }
      })
      .sort((a, b) => compareGrants(a.grant, b.grant)),
    privileges: [...privileges]
      .sort(([a], [b]) => compareText(a, b))
      .map(([key, privilege]) => ({
        privilege,
        certainty: certaintyOf(reasons.get(key)!),
        reasons: inOrder(reasons.get(key)!),
      })),
    complete,
  }
}

const certaintyOf = (reasons: readonly Reason[]): Certainty =>
  reasons.some(({ certainty }) => certainty === 'certain') ? 'certain' : 'assumed'

/** By place, then component and rule; the same reason once. */
function inOrder(reasons: readonly Reason[]): readonly Reason[] {
  const unique = new Map<string, Reason>()
  for (const reason of reasons) {
    const key = `${reason.component} ${reason.rule}`
    const before = unique.get(key)
    if (!before || (before.certainty === 'assumed' && reason.certainty === 'certain')) unique.set(key, reason)
  }
  return [...unique.values()].sort(
    (a, b) =>
      compareText(a.span.source.path, b.span.source.path) ||
      a.span.start - b.span.start ||
      compareText(a.component, b.component) ||
      compareText(a.rule, b.rule),
  )
}
