import { type Grant, uniqueGrants } from '../kubernetes/grant.ts'
import { isPhantomGrant, withoutWildcards } from '../kubernetes/resources.ts'
import { type Implying, implying } from './implying.ts'

/** What is needed, compared with what is granted. */
export interface Comparison {
  /** Needed, and nothing granted implies it. */
  readonly missing: readonly Grant[]
  /** Granted, and nothing needed implies it: for more verbs, objects, namespaces or resources than are needed. */
  readonly excess: readonly Grant[]
  /** Granted on a resource that no API serves under that group, and not needed. */
  readonly phantom: readonly Grant[]
}

/** Compares what is needed with what is granted, whose wildcards stand for all that this release of Kubernetes knows. */
export function compare(needed: readonly Grant[], granted: readonly Grant[], version?: string): Comparison {
  const given = implying(granted)
  return {
    missing: uniqueGrants(needed).filter(grant => given(grant).length === 0),
    ...needless(granted, implying(needed), version),
  }
}

/** What of some grants nothing implies that is needed. */
export function needless(
  granted: readonly Grant[],
  wanted: Implying,
  version?: string,
): Pick<Comparison, 'excess' | 'phantom'> {
  // A phantom with a wildcard for its verb stays as it is: nothing is known of its verbs.
  const phantom = uniqueGrants(granted).filter(grant => isPhantomGrant(grant, version))
  const real = granted.filter(grant => !isPhantomGrant(grant, version))
  const spelled = uniqueGrants(real.flatMap(grant => withoutWildcards(grant, version)))
  const isNeedless = (grant: Grant): boolean => wanted(grant).length === 0
  return { excess: spelled.filter(isNeedless), phantom: phantom.filter(isNeedless) }
}
