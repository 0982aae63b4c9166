import { anyOf, compareGrants, type Grant, implies } from '../kubernetes/grant.ts'
import { reduce } from './reduce.ts'

/** What is needed against what is granted. */
export interface Comparison {
  /** Needed, and no granted one implies it. */
  readonly missing: readonly Grant[]
  /** Granted, and nothing needed lies in it; or wider than all that is needed of it. */
  readonly excess: readonly Grant[]
}

/**
 * Compares two sets. A granted one with a wildcard, or for all namespaces or names where only some are needed, is excess as a whole:
 * what is needed of it is not missing, but the grant gives more.
 */
export function compare(needed: readonly Grant[], granted: readonly Grant[]): Comparison {
  const given = index(granted)
  // A grant within a needed one (a role in one namespace beside a need in all) adds nothing that is not needed.
  const within = index(needed)
  const excess = reduce(granted)
    .map(({ grant }) => grant)
    .filter(grant => !within(grant))
  const missing = needed.filter(grant => !given(grant))
  return { missing: [...missing].sort(compareGrants), excess: [...excess].sort(compareGrants) }
}

/** Answers whether a set implies a grant, without going through all of it. */
export function index(granted: readonly Grant[]): (grant: Grant) => boolean {
  const buckets = new Map<string, Grant[]>()
  const keyOf = (grant: Grant): string => (grant.kind === 'url' ? 'url' : grant.resource)
  for (const grant of granted) buckets.set(keyOf(grant), [...(buckets.get(keyOf(grant)) ?? []), grant])
  return grant => {
    const any = grant.kind === 'resource' ? anyOf(grant.resource) : null
    const keys = grant.kind === 'url' ? ['url'] : [grant.resource, '*', ...(any === null ? [] : [any])]
    return keys.some(key => buckets.get(key)?.some(wider => implies(wider, grant)))
  }
}
