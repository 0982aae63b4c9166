import { type Diagnostic, diagnostic, type Outcome } from '../../diagnostic/diagnostic.ts'
import { groupedBy } from '../../grouped-by.ts'
import { required } from '../../required.ts'
import { outermost } from '../../source.ts'
import type { KubernetesObject } from '../deployment.ts'
import { type Data, data } from '../yaml/tree.ts'
import { groupOf, qualified, rbacGroup, rbacGroups, type Stream } from './objects.ts'
import { type Relevance, relevanceOf } from './relevance.ts'

/** Objects that are applied together, and those of them that are to be read here. */
export interface Deployed {
  readonly stream: Stream
  readonly judged: Stream
}

/** The objects of one file. */
interface FileObjects {
  readonly path: string
  readonly objects: Stream
  /** Whether it holds something that runs Alloy. */
  readonly isDeployment: boolean
}

/**
 * Parts the objects of an input into deployments. In one file the last of several objects with one identity counts, as `kubectl apply`
 * has it. Files that hold one identity with different content are deployments of their own, such as the clusters of a fleet: what no
 * other file repeats completes them, except for what another deployment brings along. `namespace`: of what names none.
 */
export function deploymentsOf(objects: Stream, namespace: string | null): Outcome<readonly Deployed[]> {
  const relevance = relevanceOf(objects)
  const keyOf = (object: KubernetesObject): string => identityOf(object, namespace)
  const found = groupedBy(objects, fileOf).map(held =>
    lastOfEach({ path: fileOf(held[0]), objects: held }, relevance, namespace),
  )
  const files = found.map(({ value }) => value)
  const diagnostics = found.flatMap(each => each.diagnostics)
  const all = files.flatMap(file => file.objects)
  const different = groupedBy(all.filter(relevance.isConsulted), keyOf).filter(alike => !areSame(alike))
  const [first] = different
  if (first === undefined) {
    const stream = unique(all, keyOf)
    return { value: [{ stream, judged: stream }], diagnostics }
  }
  const conflicting = new Set(different.map(([first]) => keyOf(first)))
  const isFree = (object: KubernetesObject): boolean => !conflicting.has(keyOf(object))
  const apart = files.filter(file => !file.objects.every(isFree))
  const complete = (own: Stream, others: readonly FileObjects[]): Stream =>
    unique([...own, ...others.flatMap(file => file.objects).filter(isFree)], keyOf)
  const value = apart.map((file): Deployed => {
    const others = files.filter(other => other !== file && !(file.isDeployment && other.isDeployment))
    const stream = complete(file.objects, others)
    return { stream, judged: file.isDeployment ? file.objects : stream }
  })
  // What runs Alloy in other files is read with each file that holds no deployment itself.
  if (apart.every(file => file.isDeployment)) {
    const rest = files.filter(file => !apart.includes(file))
    const judged = rest.flatMap(file => file.objects)
    if (rest.some(file => file.isDeployment)) value.push({ stream: complete(judged, []), judged })
  }
  return { value, diagnostics: [...diagnostics, apartNote(first, apart)] }
}

/** The objects of a file, of those with one identity the last. */
function lastOfEach(
  { path, objects: held }: Omit<FileObjects, 'isDeployment'>,
  { isJudged, isConsulted }: Relevance,
  namespace: string | null,
): Outcome<FileObjects> {
  const diagnostics: Diagnostic[] = []
  const objects = groupedBy(held, each => identityOf(each, namespace)).flatMap(alike => {
    if (alike.some(isConsulted) && !areSame(alike)) diagnostics.push(repeated(alike))
    return alike.slice(-1)
  })
  // Anyone who applies the objects says the namespace of what names none: it may be that of its namesake.
  for (const namesakes of groupedBy(objects, each => identityOf({ ...each, namespace: null }, ''))) {
    const isOpen = namespace === null && namesakes.some(each => each.namespace === null)
    if (isOpen && namesakes.some(isConsulted) && !areSame(namesakes)) diagnostics.push(repeated(namesakes))
  }
  return { value: { path, objects, isDeployment: objects.some(isJudged) }, diagnostics }
}

function repeated(alike: Stream): Diagnostic {
  const first = required(alike[0], 'an object that is repeated')
  const { span } = alike.at(-1) ?? first
  const related = [{ span: first.span, text: 'it is defined here as well' }]
  const args = { object: qualified(first.kind, first.namespace, first.name), count: alike.length }
  return diagnostic('object-repeated', span, args, { related })
}

function apartNote(alike: Stream, apart: readonly FileObjects[]): Diagnostic {
  const first = required(alike[0], 'an object that differs')
  const { kind, namespace, name } = first
  const different = alike.find(each => fileOf(each) !== fileOf(first)) ?? first
  const related = [{ span: first.span, text: 'it is defined differently here' }]
  const args = { object: qualified(kind, namespace, name), files: apart.map(({ path }) => path) }
  return diagnostic('files-are-deployments', different.span, args, { related })
}

const fileOf = ({ tree }: KubernetesObject): string => outermost(tree.span).source.path

const clusterScoped = new Set(['ClusterRole', 'ClusterRoleBinding', 'Namespace'])

/** Equal for what the API server stores as one object. What has no name yet gets one of its own. */
function identityOf(object: KubernetesObject, namespace: string | null): string {
  const { kind, name, tree } = object
  const group = rbacGroups.has(groupOf(object)) ? rbacGroup : groupOf(object)
  const place = clusterScoped.has(kind) ? '' : (object.namespace ?? namespace ?? '')
  const unnamed = name === '' ? `${fileOf(object)}:${tree.span.start}` : ''
  return [group, kind, place, name, unnamed].join('\0')
}

const unique = (objects: Stream, keyOf: (object: KubernetesObject) => string): Stream =>
  groupedBy(objects, keyOf).flatMap(group => group.slice(0, 1))

/** Whether objects say the same; what a cluster adds does not count. */
function areSame(objects: Stream): boolean {
  if (objects.length < 2) return true
  const [first, ...others] = objects.map(({ tree }) => JSON.stringify(sorted(data(tree))))
  return others.every(other => other === first)
}

function sorted(value: Data): Data {
  if (Array.isArray(value)) return value.map(sorted)
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value).filter(([key]) => key !== 'status')
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, each]) => [key, sorted(each)]))
}
