import { type Grant, implies, uniqueGrants } from '../../kubernetes/grant.ts'
import { isClosedGroup } from '../../kubernetes/resources.ts'
import type { PossibleNeed } from './possible-needs.ts'

/** A part of a default grant that something can use. */
export interface Usage {
  readonly grant: Grant
  /** The components that can ask for it; none where only the admission of the pod does. */
  readonly components: readonly string[]
}

/** What components can use of a grant: itself or nothing, or, where it has a wildcard, what they ask for of what it covers. */
export function usagesOf(grant: Grant, needs: readonly PossibleNeed[]): readonly Usage[] {
  if (isAdmission(grant)) return [{ grant, components: [] }]
  const asking = needs.filter(need => meet(grant, need.grant))
  if (isExact(grant)) {
    const components = isAggregated(grant, needs) ? requesters(needs) : namesOf(asking)
    return components.length === 0 ? [] : [{ grant, components }]
  }
  return uniqueGrants(asking.map(need => narrowed(grant, need.grant))).map(part => ({
    grant: part,
    components: namesOf(asking.filter(need => meet(part, need.grant))),
  }))
}

/** Objects and namespaces are for the configuration to name. A path of a server that asks the authorizer may be any. */
function meet(grant: Grant, need: Grant): boolean {
  if (grant.kind === 'url' || need.kind === 'url') {
    if (grant.kind !== 'url' || need.kind !== 'url') return false
    return implies(grant, need) || implies(need, { ...grant, verb: grant.verb === '*' ? need.verb : grant.verb })
  }
  return implies({ ...grant, namespace: null, name: null }, need)
}

/** Who uses SecurityContextConstraints or a PodSecurityPolicy is not a component: the pod is admitted by them. */
const isAdmission = (grant: Grant): boolean =>
  grant.kind === 'resource' &&
  grant.verb === 'use' &&
  ['securitycontextconstraints', 'podsecuritypolicies'].includes(grant.resource)

const isExact = (grant: Grant): boolean =>
  grant.verb !== '*' && (grant.kind === 'url' || (grant.group !== '*' && !grant.resource.includes('*')))

/** An API that Kubernetes does not serve itself may be an aggregated one, which a scrape reads through the API server. */
const isAggregated = (grant: Grant, needs: readonly PossibleNeed[]): boolean =>
  grant.kind === 'resource' &&
  grant.verb === 'get' &&
  !isClosedGroup(grant.group) &&
  !needs.some(need => need.grant.kind === 'resource' && need.grant.group === grant.group)

const requesters = (needs: readonly PossibleNeed[]): readonly string[] =>
  namesOf(needs.filter(({ kind }) => kind === 'request'))

/** What a need asks for of a grant with a wildcard, for the objects that the grant names. */
function narrowed(grant: Grant, need: Grant): Grant {
  if (grant.kind === 'url' || need.kind === 'url') return { ...grant, verb: need.verb }
  return { ...need, namespace: null, name: grant.name }
}

const namesOf = (needs: readonly PossibleNeed[]): readonly string[] =>
  [...new Set(needs.map(({ component }) => component))].sort()
