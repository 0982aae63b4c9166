import { builtInRole, standingBindings } from './bootstrap.ts'
import { type Grant, implies, uniqueGrants } from './grant.ts'
import { grantsOf } from './rule.ts'

/** The groups of every service account, whatever its namespace. */
const groups = ['system:authenticated', 'system:serviceaccounts']

const known = new Map<string, readonly Grant[]>()

/** What Kubernetes' own bindings give every service account of a release. */
function everyonesGrants(kubernetes: string): readonly Grant[] {
  const ready = known.get(kubernetes)
  if (ready) return ready
  const roles = groups.flatMap(group => standingBindings(group, kubernetes))
  const rules = roles.flatMap(name => builtInRole(name, kubernetes)?.rules ?? [])
  const grants = uniqueGrants(rules.flatMap(rule => grantsOf(rule, null)))
  known.set(kubernetes, grants)
  return grants
}

/** Says whether every service account may do something by Kubernetes' own bindings, so that it is not granted again. */
export function isEveryones(grant: Grant, kubernetes: string): boolean {
  return everyonesGrants(kubernetes).some(each => implies(each, grant))
}
