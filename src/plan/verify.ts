import { type Request, ruleAllows, rulesFor, type User } from '../kubernetes/authorize.ts'
import { type Grant, grantKey, grantLine } from '../kubernetes/grant.ts'
import { grantsOf, type RbacObject } from '../kubernetes/rule.ts'
import { index } from './compare.ts'
import { reduce } from './reduce.ts'

/** What is wrong with printed objects: each a bug of this program. */
export interface Proof {
  /** Needed, and the objects do not allow it. */
  readonly denied: readonly Grant[]
  /** Granted by the objects, and neither needed nor announced. */
  readonly surplus: readonly Grant[]
}

/**
 * Proves printed RBAC objects: they allow every need of the account, by the authoriser that follows Kubernetes', and they grant
 * nothing but the needs and what is `announced`. Needs are reduced, so each stands alone: taking any one away denies it.
 */
export function verify(
  objects: readonly RbacObject[],
  user: User,
  needs: readonly Grant[],
  announced: readonly Grant[] = [],
): Proof {
  const held = rulesFor(objects, user)
  const byNamespace = new Map<string | null, (typeof held)[number][]>()
  for (const each of held) byNamespace.set(each.namespace, [...(byNamespace.get(each.namespace) ?? []), each])
  const allowed = (grant: Grant): boolean => {
    const request = requestOf(grant)
    const namespaces = grant.kind === 'url' || grant.namespace === null ? [null] : [null, grant.namespace]
    return namespaces.some(namespace => byNamespace.get(namespace)?.some(({ rule }) => ruleAllows(rule, request)))
  }
  const wanted = index([...needs, ...announced])
  const granted = new Map(
    held.flatMap(({ rule, namespace }) => grantsOf(rule, namespace)).map(grant => [grantKey(grant), grant]),
  )
  return {
    denied: needs.filter(grant => !allowed(grant)),
    surplus: [...granted.values()].filter(grant => !wanted(grant)),
  }
}

/** The request that a grant stands for; one for all names is a request without a name. */
function requestOf(grant: Grant): Request {
  if (grant.kind === 'url') return { kind: 'url', verb: grant.verb, url: grant.url }
  const { namespace, group, resource, name, verb } = grant
  return { kind: 'resource', verb, group, resource, namespace: namespace ?? '', name: name ?? '' }
}

/** Says whether no grant of a set is implied by the others, so that each is necessary. */
export const isMinimal = (grants: readonly Grant[]): boolean => reduce(grants).length === grants.length

/** What is wrong, as lines; empty when nothing is. */
export function proofLines({ denied, surplus }: Proof): readonly string[] {
  return [
    ...denied.map(grant => `denied: ${grantLine(grant)}`),
    ...surplus.map(grant => `not planned: ${grantLine(grant)}`),
  ]
}
