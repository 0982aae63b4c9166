import { kubernetes } from '#rulemap/kubernetes'
import { liesIn, type ReleaseRange } from '../version.ts'
import { type Grant, type ResourceGrant, verbs as standardVerbs } from './grant.ts'

/** What the API serves, as rulemap/kubernetes.json states it. */
export interface ResourceTable {
  readonly newest: string
  readonly groups: Readonly<Record<string, GroupEntry>>
}

interface GroupEntry {
  /** Custom resources and aggregated APIs may add more than is listed. */
  readonly open?: boolean
  readonly resources: Readonly<Record<string, ResourceEntry>>
}

interface ResourceEntry extends ReleaseRange {
  readonly scope: Scope
  /** Separated by commas. */
  readonly verbs: string
  /** Authorized though not served. */
  readonly virtual?: boolean
}

/** Whether the objects of a resource lie in namespaces. */
export type Scope = 'cluster' | 'namespaced'

/** The newest minor release of Kubernetes that the table knows. */
export const newestKubernetes: string = kubernetes.newest

/** Where the objects of a resource are; a subresource is where its resource is. Null: not listed, it may be a custom resource. */
export function resourceScope(group: string, resource: string): Scope | null {
  const [parent = ''] = resource.split('/')
  return (entryOf(group, resource) ?? entryOf(group, parent))?.scope ?? null
}

/** Says whether a word is an API group that is known: `apps`, `monitoring.coreos.com`. */
export const isGroup = (name: string): boolean => name !== '' && groupOf(name) !== null

/** Says whether all resources of an API group are known: it is one of Kubernetes' own, and neither custom nor aggregated. */
export const isClosedGroup = (name: string): boolean => {
  const known = groupOf(name)
  return known !== null && !known.open
}

/** Says whether a release of Kubernetes serves a resource, perhaps only with a feature or an API version switched on. */
export function served(group: string, resource: string, version: string = newestKubernetes): boolean {
  const entry = entryOf(group, resource)
  return entry !== null && !entry.virtual && liesIn(version, entry)
}

/**
 * Says whether a rule that names this resource, or wildcard, under this group allows nothing at all: the group is one of Kubernetes'
 * own, and neither is anything of that name served in it nor does anything ask the authorizer for it.
 */
export function isPhantom(group: string, resource: string, version: string = newestKubernetes): boolean {
  const known = groupOf(group)
  if (known === null || known.open) return false
  const key = `${version} ${group} ${resource}`
  const answer =
    phantoms.get(key) ??
    !Object.entries(known.resources).some(([name, entry]) => liesIn(version, entry) && stands(resource, name, entry))
  if (phantoms.size < phantomLimit) phantoms.set(key, answer)
  return answer
}

/** The defaults of a chart are judged grant by grant, again for each workload; what an input makes up is not kept for ever. */
const phantoms = new Map<string, boolean>()
const phantomLimit = 2_000

/** The same of a grant. URLs are not phantoms: anything may ask the authorizer for them. */
export function isPhantomGrant(grant: Grant, version: string = newestKubernetes): boolean {
  return grant.kind === 'resource' && isPhantom(grant.group, grant.resource, version)
}

/** Says whether a resource of a rule stands for one that is listed. What hangs below a virtual one is not listed: `userextras/x`. */
function stands(resource: string, name: string, entry: ResourceEntry): boolean {
  if (resource === '*' || resource === name) return true
  if (resource.startsWith('*/')) return name.endsWith(resource.slice(1))
  return entry.virtual === true && resource.startsWith(`${name}/`)
}

/** Says whether anything asks the authorizer for a verb: one of the API, of impersonation, of signers and the like. */
export const isVerb = (verb: string): boolean =>
  (standardVerbs as readonly string[]).includes(verb) || specialVerbs().has(verb) || impersonated.test(verb)

/** What is done while impersonating someone: `impersonate-on:user-info:list`, on whatever the request is about. */
const impersonated = /^impersonate-on:(user-info|serviceaccount|arbitrary-node|associated-node):[a-z]+$/

let special: ReadonlySet<string> | null = null

function specialVerbs(): ReadonlySet<string> {
  const entries = Object.values(kubernetes.groups).flatMap(({ resources }) => Object.values(resources))
  special ??= new Set(entries.flatMap(({ verbs }) => verbs.split(',')))
  return special
}

const urlVerbs = ['get', 'head', 'options', 'post', 'put', 'patch', 'delete']

/**
 * What a grant stands for in a release of Kubernetes, without the wildcards in its group, resource and verb: everything that is
 * listed. Where nothing is known of the group or the resource, these wildcards stay. A star in a URL stays too.
 */
export function withoutWildcards(grant: Grant, version: string = newestKubernetes): readonly Grant[] {
  if (grant.kind === 'url') return grant.verb === '*' ? urlVerbs.map(verb => ({ ...grant, verb })) : [grant]
  if (grant.group !== '*' && !grant.resource.startsWith('*') && grant.verb !== '*') return [grant]
  const groups = grant.group === '*' ? Object.keys(kubernetes.groups) : [grant.group]
  const listed = groups.flatMap(group => listedGrants({ ...grant, group }, version))
  if (listed.length > 0) return listed
  return grant.verb === '*' ? standardVerbs.map(verb => ({ ...grant, verb })) : [grant]
}

function listedGrants(grant: ResourceGrant, version: string): readonly Grant[] {
  const { group, resource, namespace, verb } = grant
  return Object.entries(groupOf(group)?.resources ?? {}).flatMap(([name, entry]) => {
    if (!liesIn(version, entry) || !stands(resource, name, entry)) return []
    const known = entry.verbs.split(',').filter(each => namespace === null || isHeldIn(group, name, entry, each))
    const verbs = known.filter(each => verb === '*' || verb === each)
    return verbs.map(each => ({ ...grant, resource: name, verb: each }))
  })
}

/** Says whether a rule that is bound in a namespace allows a verb: of what has no namespace, only on that namespace itself. */
function isHeldIn(group: string, resource: string, { scope }: ResourceEntry, verb: string): boolean {
  if (scope === 'namespaced') return true
  return group === '' && /^namespaces(\/|$)/.test(resource) && ['get', 'update', 'patch', 'delete'].includes(verb)
}

function groupOf(group: string): GroupEntry | null {
  return (Object.hasOwn(kubernetes.groups, group) ? kubernetes.groups[group] : undefined) ?? null
}

function entryOf(group: string, resource: string): ResourceEntry | null {
  const resources = groupOf(group)?.resources
  return (resources && Object.hasOwn(resources, resource) ? resources[resource] : undefined) ?? null
}
