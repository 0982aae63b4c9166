import { compareText } from '../text/compare-text.ts'
import { withoutEnding } from '../text/cut.ts'
import { inert } from '../text/inert.ts'
import { words } from '../text/words.ts'

/** One indivisible permission. Sets of these are the only representation that is minimized or compared. */
export type Grant = ResourceGrant | UrlGrant

/** A verb on a resource. */
export interface ResourceGrant {
  readonly kind: 'resource'
  /** Null: all namespaces, or a cluster-scoped resource. `.`: the namespace Alloy runs in. Else a name. */
  readonly namespace: string | null
  /** API group; the core group is the empty string. */
  readonly group: string
  /** Plural name, with its subresource where there is one: `pods/log`. */
  readonly resource: string
  /** Null: all objects. */
  readonly name: string | null
  readonly verb: string
}

/** A verb on a path that is not a resource. */
export interface UrlGrant {
  readonly kind: 'url'
  /** A path that begins with `/`; a final `*` stands for any rest. */
  readonly url: string
  readonly verb: string
}

/** The verbs of the API in the order in which every output names them; others follow by name. */
export const verbs = ['get', 'list', 'watch', 'create', 'update', 'patch', 'delete', 'deletecollection'] as const

const verbRank: ReadonlyMap<string, number> = new Map(verbs.map((verb, index) => [verb, index]))

/** Equal for two grants exactly when each implies the other. */
export function grantKey(grant: Grant): string {
  if (grant.kind === 'url') return `url\0${plainUrl(grant.url)}\0${grant.verb}`
  // An object's name may be any text, so that "all" needs a mark of its own.
  const name = grant.name === null ? '' : `=${grant.name}`
  return [grant.namespace ?? '', grant.group, grant.resource, name, grant.verb].join('\0')
}

/** The shortest spelling of a URL: all stars at its end are one. */
export function plainUrl(url: string): string {
  return url.endsWith('*') ? `${withoutEnding(url, '*')}*` : url
}

/** Says whether anyone who has the wider grant needs no narrower one. Every grant implies itself. */
export function implies(wider: Grant, narrower: Grant): boolean {
  if (wider.verb !== '*' && wider.verb !== narrower.verb) return false
  if (wider.kind === 'url') return narrower.kind === 'url' && urlCovers(wider.url, narrower.url)
  return (
    narrower.kind === 'resource' &&
    (wider.namespace === null || wider.namespace === narrower.namespace) &&
    (wider.group === '*' || wider.group === narrower.group) &&
    resourceCovers(wider.resource, narrower.resource) &&
    (wider.name === null || wider.name === narrower.name)
  )
}

/** Says whether a URL of a rule, perhaps with a star at its end, stands for another one. */
export function urlCovers(wider: string, narrower: string): boolean {
  return wider === narrower || (wider.endsWith('*') && narrower.startsWith(withoutEnding(wider, '*')))
}

/** Says whether a resource of a rule stands for another one: a star for all, a star and a subresource for that of all. */
function resourceCovers(wider: string, narrower: string): boolean {
  return wider === '*' || wider === narrower || wider === anyOf(narrower)
}

/** `pods/log` with a star for `pods`: that subresource of every resource. Null for what is not a subresource. */
export function anyOf(resource: string): string | null {
  const slash = resource.indexOf('/')
  return slash === -1 ? null : `*${resource.slice(slash)}`
}

/** Orders verbs as `verbs` has them, then all others by name. */
export function compareVerbs(a: string, b: string): number {
  return (verbRank.get(a) ?? verbs.length) - (verbRank.get(b) ?? verbs.length) || compareText(a, b)
}

/** The order of every list of grants: the whole cluster, then by namespace, group, resource, name and verb; URLs last. */
export function compareGrants(a: Grant, b: Grant): number {
  if (a.kind === 'url')
    return b.kind === 'url' ? compareText(plainUrl(a.url), plainUrl(b.url)) || compareVerbs(a.verb, b.verb) : 1
  if (b.kind === 'url') return -1
  return (
    compareOptional(a.namespace, b.namespace) ||
    compareText(a.group, b.group) ||
    compareText(a.resource, b.resource) ||
    compareOptional(a.name, b.name) ||
    compareVerbs(a.verb, b.verb)
  )
}

/** Null before every text. */
function compareOptional(a: string | null, b: string | null): number {
  if (a === null || b === null) return Number(b === null) - Number(a === null)
  return compareText(a, b)
}

/** The grants in order, each once. */
export function uniqueGrants(grants: Iterable<Grant>): readonly Grant[] {
  const unique = new Map<string, Grant>()
  for (const grant of grants) {
    const key = grantKey(grant)
    if (!unique.has(key)) unique.set(key, grant.kind === 'url' ? { ...grant, url: plainUrl(grant.url) } : grant)
  }
  return [...unique.values()].sort(compareGrants)
}

/** One grant in the notation of all text outputs: `cluster replicasets.apps list`, `shop secrets[tls] get`, `url /metrics get`. */
export function grantLine(grant: Grant): string {
  return `${subject(grant)} ${inert(shownVerb(grant.verb))}`
}

/** A kubelet asks for no verb at all where a method stands for none: a rule has to name the empty one. */
const shownVerb = (verb: string): string => verb || '""'

function subject(grant: Grant): string {
  return words(spelled(grant))
}

function spelled(grant: Grant): string {
  if (grant.kind === 'url') return `url ${grant.url}`
  const name = grant.name === null ? '' : `[${grant.name}]`
  const group = grant.group === '' ? '' : `.${grant.group}`
  return `${grant.namespace ?? 'cluster'} ${grant.resource}${name}${group}`
}

/** Says of a grant whether it depends on an unknown value; marks its line. */
type Assumed = (grant: Grant) => boolean

/** Grants in order, the verbs of one resource on one line; those that are assumed are on lines of their own. */
export function grantLines(grants: Iterable<Grant>, assumed: Assumed = () => false): readonly string[] {
  const lines = new Map<string, { readonly start: string; readonly end: string; readonly verbs: string[] }>()
  for (const grant of uniqueGrants(grants)) {
    const start = subject(grant)
    const end = assumed(grant) ? ' assumed' : ''
    const line = lines.get(start + end)
    const verb = shownVerb(grant.verb)
    if (line) line.verbs.push(verb)
    else lines.set(start + end, { start, end, verbs: [verb] })
  }
  return [...lines.values()].map(({ start, end, verbs }) => `${start} ${inert(verbs.join(','))}${end}`)
}
