import type { Grant } from '../kubernetes/grant.ts'
import type { NamedFiles } from '../rules/named-files.ts'
import type { Certainty, Privilege, Reason, Requirement } from '../rules/requirement.ts'
import { comparePrivileges, plainPrivilege, privilegeKey } from './privilege.ts'
import { joinReasons } from './reasons.ts'
import { type PlannedGrant, reduce, reduceGrants } from './reduce.ts'

export interface PlannedPrivilege {
  readonly privilege: Privilege
  /** Certain when at least one reason is. */
  readonly certainty: Certainty
  readonly reasons: readonly Reason[]
}

/** What one configuration needs: reduced, sorted, each with its reasons. */
export interface Plan {
  readonly grants: readonly PlannedGrant[]
  readonly privileges: readonly PlannedPrivilege[]
  /** False when something stayed unknown: configuration loaded from elsewhere, an unavailable module, an unknown component let through. */
  readonly complete: boolean
  /** What objects of the cluster may ask for that were not passed; absent: nothing. */
  readonly beyond?: readonly Grant[]
  /** What the configuration and its surroundings say of files; absent: that is not known. */
  readonly files?: NamedFiles
}

/** Says whether a plan holds all that is needed: neither the configuration nor the objects of the cluster may ask for more. */
export const isClosed = ({ complete, beyond }: Plan): boolean => complete && beyond === undefined

/** Makes the plan that answers requirements; their order does not matter. */
export function plan(requirements: readonly Requirement[], complete: boolean, files?: NamedFiles): Plan {
  const grants: PlannedGrant[] = []
  const privileges: PlannedPrivilege[] = []
  const beyond: Grant[] = []
  for (const { need, reason, elsewhere } of requirements) {
    const why = { certainty: reason.certainty, reasons: [reason] }
    if (elsewhere && need.kind === 'grant') beyond.push(need.grant)
    else if (need.kind === 'grant') grants.push({ grant: need.grant, ...why })
    else privileges.push({ privilege: need.privilege, ...why })
  }
  return {
    grants: reduce(grants),
    privileges: joinPrivileges(privileges),
    complete,
    ...(beyond.length > 0 && { beyond: reduceGrants(beyond) }),
    ...(files !== undefined && { files }),
  }
}

/** Of two privileges that are alike the one that asks for more. */
function joinTwo(a: Privilege, b: Privilege): Privilege {
  if (a.kind === 'capability' && b.kind === 'capability') return a.bounding ? b : a
  if (a.kind !== 'mount' || b.kind !== 'mount') return a
  const { unlessPrivileged, named, whole, ...mount } = a.readOnly ? b : a
  return {
    ...mount,
    ...(a.unlessPrivileged && b.unlessPrivileged && { unlessPrivileged: true }),
    ...(a.named && b.named && { named: true }),
    ...(a.whole && b.whole && { whole: true }),
  }
}

/** Privileges in order, each once. Of a path that is read and written, the writable mount stays. */
function joinPrivileges(planned: readonly PlannedPrivilege[]): readonly PlannedPrivilege[] {
  const alike = new Map<string, { privilege: Privilege; certainty: Certainty; readonly reasons: Reason[] }>()
  for (const { certainty, reasons, ...each } of planned) {
    const privilege = plainPrivilege(each.privilege)
    const key = privilegeKey(privilege)
    const joined = alike.get(key) ?? { privilege, certainty, reasons: [] }
    alike.set(key, joined)
    for (const reason of reasons) joined.reasons.push(reason)
    if (certainty === 'certain') joined.certainty = certainty
    joined.privilege = joinTwo(joined.privilege, privilege)
  }
  return [...alike.values()]
    .map(each => ({ ...each, reasons: joinReasons(each.reasons) }))
    .sort((a, b) => comparePrivileges(a.privilege, b.privilege))
}
