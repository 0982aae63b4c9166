import { anyOf, type Grant, grantKey, implies, type ResourceGrant, type UrlGrant } from '../kubernetes/grant.ts'

/** Grants of which none is implied by another, each with those it stands for, itself first. */
export interface Reduced {
  readonly grant: Grant
  readonly standsFor: readonly Grant[]
}

/**
 * Drops what another grant implies. Near-linear: the few wider forms of a grant (all namespaces, all names, a wildcard) are looked up
 * by key, so that only URLs with a star are compared one by one.
 */
export function reduce(grants: readonly Grant[]): readonly Reduced[] {
  const all = new Map(grants.map(grant => [grantKey(grant), grant]))
  const stars = [...all.values()].filter((grant): grant is UrlGrant => grant.kind === 'url' && grant.url.endsWith('*'))
  const standsFor = new Map<string, Grant[]>()
  for (const [key, grant] of all) {
    const top = topmost(key, grant, all, stars)
    const held = standsFor.get(top) ?? []
    if (top === key) held.unshift(grant)
    else held.push(grant)
    standsFor.set(top, held)
  }
  return [...standsFor].map(([key, held]) => ({ grant: all.get(key)!, standsFor: held }))
}

/** The key of the widest grant of the set that implies this one; its own where there is none. */
function topmost(key: string, grant: Grant, all: ReadonlyMap<string, Grant>, stars: readonly UrlGrant[]): string {
  let best = key
  let widest = grant
  for (const candidate of wider(grant, stars)) {
    const at = grantKey(candidate)
    const found = all.get(at)
    if (found && at !== best && implies(found, widest)) {
      best = at
      widest = found
    }
  }
  return best
}

/** The forms in which a set can hold a grant that implies this one, from narrow to wide. */
function wider(grant: Grant, stars: readonly UrlGrant[]): readonly Grant[] {
  const verbs = grant.verb === '*' ? ['*'] : [grant.verb, '*']
  if (grant.kind === 'url') {
    const urls = [grant, ...stars.filter(star => implies({ ...star, verb: '*' }, grant))]
    return urls
      .sort((a, b) => b.url.length - a.url.length)
      .flatMap(({ url }) => verbs.map(verb => ({ kind: 'url' as const, url, verb })))
  }
  const any = anyOf(grant.resource)
  const forms: ResourceGrant[] = []
  for (const namespace of unique([grant.namespace, null]))
    for (const group of unique([grant.group, '*']))
      for (const resource of unique([grant.resource, ...(any === null ? [] : [any]), '*']))
        for (const name of unique([grant.name, null]))
          for (const verb of verbs) forms.push({ kind: 'resource', namespace, group, resource, name, verb })
  return forms
}

const unique = <T>(values: readonly T[]): readonly T[] => [...new Set(values)]
