import { anyOf, type Grant, grantKey, plainUrl } from '../kubernetes/grant.ts'

/** Finds those of a set of grants that imply a given one, the widest ways first; the time does not depend on the size of the set. */
export type Implying = (grant: Grant) => readonly Grant[]

/** Prepares a set of grants for looking up which of them imply another one. */
export function implying(grants: Iterable<Grant>): Implying {
  const known = new Map<string, Grant>()
  const present = { group: false, resource: false, verb: false }
  const under = new Set<string>()
  const starred = new Set<number>()
  for (const grant of grants) {
    known.set(grantKey(grant), grant)
    if (grant.verb === '*') present.verb = true
    if (grant.kind === 'url') {
      if (grant.url.endsWith('*')) starred.add(plainUrl(grant.url).length - 1)
      continue
    }
    if (grant.group === '*') present.group = true
    if (grant.resource === '*') present.resource = true
    if (grant.resource.startsWith('*/')) under.add(grant.resource)
  }
  const lengths = [...starred].sort((a, b) => a - b)

  // Only the wildcards that occur are tried, so that a set without any costs no more than four look-ups.
  const wider = (grant: Grant): readonly Grant[] => {
    const verbs = either(present.verb ? '*' : grant.verb, grant.verb)
    if (grant.kind === 'url') {
      const stars = lengths.filter(length => length <= grant.url.length).map(length => `${grant.url.slice(0, length)}*`)
      return [...stars, grant.url].flatMap(url => verbs.map(verb => ({ kind: 'url' as const, url, verb })))
    }
    const { group, resource, namespace, name } = grant
    const any = anyOf(resource)
    const resources = [...(present.resource ? ['*'] : []), ...(any !== null && under.has(any) ? [any] : []), resource]
    return either(null, namespace).flatMap(namespace =>
      either(present.group ? '*' : group, group).flatMap(group =>
        resources.flatMap(resource =>
          either(null, name).flatMap(name =>
            verbs.map(verb => ({ kind: 'resource' as const, namespace, group, resource, name, verb })),
          ),
        ),
      ),
    )
  }

  return grant => {
    const found = new Set<Grant>()
    for (const each of wider(grant)) {
      const hit = known.get(grantKey(each))
      if (hit) found.add(hit)
    }
    return [...found]
  }
}

const either = <T>(wide: T, narrow: T): readonly T[] => (wide === narrow ? [narrow] : [wide, narrow])
