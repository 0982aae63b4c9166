import type { Grant } from './kubernetes/grant.ts'

/** A request that the API server refused, as a log line tells it. */
export interface Denial {
  readonly grant: Grant
  /** The namespace of the refused service account, and its name; null for another kind of user. */
  readonly account: { readonly namespace: string; readonly name: string } | null
  readonly user: string
  /** How many lines tell it. */
  readonly count: number
  /** The first line that tells it, 1-based. */
  readonly line: number
}

// pods is forbidden: User "system:serviceaccount:monitoring:alloy" cannot list resource "pods" in API group "" at the cluster scope
// Names have at most 253 characters; without that bound, long words would take time in the square of their length.
const resource =
  /(?:\w[\w.-]{0,252}(?: "(?<object>[^"]{0,253})")? is )?forbidden: User "(?<user>[^"]+)" cannot (?<verb>\w+) resource "(?<resource>[^"]+)" in API group "(?<group>[^"]*)"(?: in the namespace "(?<namespace>[^"]+)"| at the cluster scope)?/g
const url = /forbidden: User "(?<user>[^"]+)" cannot (?<verb>\w+) path "(?<path>[^"]+)"/g

/**
 * Finds the refusals in the text of a log. Quotes may be escaped, as they are in logfmt and JSON. A named object is part of the
 * refusal only where the verb is about one object.
 */
export function denialsIn(log: string): readonly Denial[] {
  const found = new Map<string, Denial>()
  for (const [at, raw] of log.split('\n').entries()) {
    const text = raw.replaceAll(/(?<!\\)\\+"/g, '"').replaceAll('\\u0022', '"')
    for (const match of [...text.matchAll(resource), ...text.matchAll(url)]) {
      const groups = match.groups ?? {}
      const grant = grantOf(groups)
      const user = groups['user'] ?? ''
      const key = JSON.stringify([grant, user])
      const before = found.get(key)
      found.set(
        key,
        before
          ? { ...before, count: before.count + 1 }
          : { grant, user, account: accountOf(user), count: 1, line: at + 1 },
      )
    }
  }
  return [...found.values()]
}

function grantOf(groups: Readonly<Record<string, string | undefined>>): Grant {
  const verb = groups['verb'] ?? ''
  if (groups['path'] !== undefined) return { kind: 'url', url: groups['path'], verb }
  const named = verb !== 'list' && verb !== 'watch' && verb !== 'create' && groups['object']
  return {
    kind: 'resource',
    namespace: groups['namespace'] ?? null,
    group: groups['group'] ?? '',
    resource: groups['resource'] ?? '',
    name: named || null,
    verb,
  }
}

function accountOf(user: string): Denial['account'] {
  const [, namespace, name] = user.match(/^system:serviceaccount:([^:]+):(.+)$/) ?? []
  return namespace !== undefined && name !== undefined ? { namespace, name } : null
}
