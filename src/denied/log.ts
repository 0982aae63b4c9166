import { type Diagnostic, diagnostic } from '../diagnostic/diagnostic.ts'
import type { Grant } from '../kubernetes/grant.ts'
import { rangesOf, starredOutside } from '../secrets/mask-yaml.ts'
import type { Source, Span } from '../source.ts'
import { type LogLine, linesIn, longestLine } from './log-lines.ts'

/** A request that the API server refused, as a log line tells it. */
export interface Denial {
  readonly grant: Grant
  /** The namespace of the refused service account, and its name; null for another kind of user. */
  readonly account: { readonly namespace: string; readonly name: string } | null
  readonly user: string
  /** How many times it is told. */
  readonly count: number
  /** Where it is told first. */
  readonly span: Span
  /** A role that a binding names and the cluster does not have, where the line says so: `clusterrole.rbac.authorization.k8s.io "alloy"`. */
  readonly lacking: string | null
  /** Warden refused it, the authorizer of GKE Autopilot that asks no role. */
  readonly byWarden: boolean
}

// pods is forbidden: User "system:serviceaccount:monitoring:alloy" cannot list resource "pods" in API group "" at the cluster scope
// Names have at most 253 characters; without that bound, long words would take time in the square of their length.
const resource =
  /(?:\w[\w.-]{0,252}(?: "(?<object>[^"]{0,253})")? is )?forbidden: User "(?<user>[^"]+)" cannot (?<verb>[\w:-]+) resource "(?<resource>[^"]+)" in API group "(?<group>[^"]*)"(?: in the namespace "(?<namespace>[^"]+)"| at the cluster scope)?(?:: RBAC: \[?(?<lacking>[\w.]+ "[^"]+") not found\]?)?(?<warden>:? GKE Warden authz(?: \[denied by [\w-]{1,100}\])?)?/g
const url =
  /forbidden: User "(?<user>[^"]+)" cannot (?<verb>\w+) path "(?<path>[^"?]+)"?(?<warden>: GKE Warden authz(?: \[denied by [\w-]{1,100}\])?)?/g
// A kubelet: Forbidden (user=system:serviceaccount:monitoring:alloy, verb=get, resource=nodes, subresource(s)=[metrics])
const kubelet =
  /Forbidden \(user=(?<user>[^,]{1,600}), verb=(?<verb>\w+), resource=(?<resource>nodes), subresource(?:\(s\))?=\[?(?<subresource>[\w-]+)[^)]{0,600}\)/g

/** What a log tells. */
export interface LogReport {
  readonly denials: readonly Denial[]
  /** How many lines say anything. */
  readonly lines: number
  readonly diagnostics: readonly Diagnostic[]
}

/** So many different refusals are distinguished. */
const mostDenials = 10_000

/**
 * Finds the refusals in a log, which comes in pieces. Quotes may be escaped, as they are in logfmt and JSON. A named object is part of
 * the refusal only where the verb is about one object. Places are those of a text of which only the refusals can be read.
 */
export function readLog(path: string, pieces: Iterable<Uint8Array>): LogReport {
  const found = new Map<string, Denial>()
  let lines = 0
  let cut: LogLine | null = null
  let left: LogLine | null = null
  for (const line of linesIn(pieces)) {
    if (line.text.trim() !== '') lines++
    if (line.isCut) cut ??= line
    if (!/forbidden/i.test(line.text)) continue
    const { raw, refusals } = refusalsIn(line.text)
    for (const { groups } of refusals) {
      const grant = grantOf(groups)
      const user = groups['user'] ?? ''
      const byWarden = groups['warden'] !== undefined
      const key = JSON.stringify([grant, user, byWarden])
      const before = found.get(key)
      if (before) found.set(key, { ...before, count: before.count + 1 })
      else if (found.size === mostDenials) left ??= line
      else {
        const source: Source = { path, text: shownLine({ raw, refusals }), firstLine: line.number, shown: true }
        const told = { grant, user, account: accountOf(user), lacking: groups['lacking'] ?? null, byWarden }
        found.set(key, { ...told, count: 1, span: { source, ...placeIn(raw) } })
      }
    }
  }
  const diagnostics = [
    ...(cut === null ? [] : [diagnostic('log-line-too-long', startOf(path, cut), { limit: longestLine })]),
    ...(left === null ? [] : [diagnostic('too-many-refusals', startOf(path, left), { limit: mostDenials })]),
  ]
  return { denials: [...found.values()], lines, diagnostics }
}

function startOf(path: string, { number }: LogLine): Span {
  return { source: { path, text: '', firstLine: number }, start: 0, end: 0 }
}

/** A line, and the ranges of it that tell of a refusal. */
interface Line {
  readonly raw: string
  readonly refusals: readonly {
    readonly groups: Readonly<Record<string, string | undefined>>
    readonly from: number
    readonly to: number
  }[]
}

function refusalsIn(raw: string): Line {
  const escapes = [...raw.matchAll(/(?<!\\)\\+"|\\u0022/g)]
  const text = raw.replaceAll(/(?<!\\)\\+"|\\u0022/g, '"')
  /** The offset in the line of an offset in it without escapes. */
  const offset = (at: number): number => {
    let shorter = 0
    for (const { 0: quote, index } of escapes) {
      if (index - shorter >= at) break
      shorter += quote.length - 1
    }
    return at + shorter
  }
  const matches = [resource, url, kubelet].flatMap(pattern => [...text.matchAll(pattern)])
  const refusals = matches.map(({ 0: { length }, index, groups = {} }) => ({
    groups,
    from: offset(index),
    to: offset(index + length),
  }))
  return { raw, refusals }
}

/** What says when, where and by what a line was written, names of its fields, and words of client-go. */
const harmless = new RegExp(
  [
    /^\[pod\/[\w./-]+\]|(?:^|\s)\d{4}-\d\d-\d\dT[\d:.]+Z?/,
    // klog: E0820 02:01:11.163000       1 reflector.go:205] k8s.io/client-go@v0.31.0/tools/cache/reflector.go:243:
    /(?:^|\s)[EFIW]\d{4} [\d:.]+\s+\d+ \w+\.go:\d+\]|(?<![\w.-])k8s\.io\/client-go@?[\w./-]*\.go:\d+/,
    /(?<![\w.-])"?(?:ts|time|level|component_path|component_id|controller_path|controller_id)"?[=:]\s?"?[\w.:/+-]+"?/,
    /(?<![\w.-])"?(?:caller|source)"?[=:]\s?"?[\w.-]{1,60}\.go:\d+"?|(?<![\w.-])"?type"?[=:]\s?"?\*\w{1,60}\.\w{1,60}"?/,
    /(?<![\w.-])"?(?:err|error|msg|message|logger|reflector|caller|func|source|type)"?[=:](?=\s?\\*")/,
    /"(?:Failed to (?:list|watch)|Unhandled Error|UnhandledError|Reflector ListAndWatch)"/,
    /[Ff]ailed to (?:list|watch) \*\w+\.\w+:/,
  ]
    .map(({ source }) => source)
    .join('|'),
  'g',
)

/** A line may hold whatever someone sent to Alloy, headers with tokens too: all but what is known to be harmless is blanked. */
function shownLine({ raw, refusals }: Line): string {
  return starredOutside(raw, [...refusals, ...rangesOf(raw, harmless)], /[^\s"\\=:,]/g)
}

/** What a frame underlines: from the user on; a line may be long, and its beginning says when, not what. */
function placeIn(raw: string): { readonly start: number; readonly end: number } {
  const at = Math.max(0, raw.search(/forbidden: User|Forbidden \(user/))
  const end = raw.replace(/\r$/, '').length
  return { start: at, end: Math.min(end, at + 'forbidden'.length) }
}

function grantOf(groups: Readonly<Record<string, string | undefined>>): Grant {
  const verb = groups['verb'] ?? ''
  if (groups['path'] !== undefined) return { kind: 'url', url: groups['path'], verb }
  const [action = ''] = verb.split(':').slice(-1)
  const named = !['list', 'watch', 'create'].includes(action) && groups['object']
  const below = groups['subresource'] === undefined ? '' : `/${groups['subresource']}`
  return {
    kind: 'resource',
    namespace: groups['namespace'] ?? null,
    group: groups['group'] ?? '',
    resource: `${groups['resource'] ?? ''}${below}`,
    name: named || null,
    verb,
  }
}

function accountOf(user: string): Denial['account'] {
  const [, namespace, name] = user.match(/^system:serviceaccount:([^:]+):(.+)$/) ?? []
  return namespace !== undefined && name !== undefined ? { namespace, name } : null
}
