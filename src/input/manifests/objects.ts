import type { KubernetesObject } from '../deployment.ts'
import { get, itemsAt, knownTextAt, type Mapping, mapAt, scalarAt, type Tree, textAt } from '../yaml/tree.ts'

/** Kubernetes objects passed in together; what one names is looked up among the others. */
export type Stream = readonly KubernetesObject[]

/** The objects that a document holds: itself, or the elements of a List or of a JSON array; null when it is none. */
export function objectsOf(tree: Tree): readonly KubernetesObject[] | null {
  if (tree.kind === 'list') {
    const found = tree.items.map(objectsOf)
    return found.length > 0 && found.every(each => each !== null) ? found.flat() : null
  }
  const kind = textAt(tree, 'kind')
  const apiVersion = textAt(tree, 'apiVersion')
  if (tree.kind !== 'map' || kind === null || apiVersion === null) return null
  if (!kind.endsWith('List') || get(tree, 'items')?.kind !== 'list') return [objectOf(tree, apiVersion, kind)]
  // Elements of typed lists leave out what the list says: a PodList holds Pods.
  return itemsAt(tree, 'items').flatMap(item =>
    item.kind === 'map'
      ? (objectsOf(item) ?? [objectOf(item, apiVersion, textAt(item, 'kind') ?? kind.slice(0, -'List'.length))])
      : [],
  )
}

/** A map as an object of some kind. */
export function objectOf(tree: Mapping, apiVersion: string, kind: string): KubernetesObject {
  const name = scalarAt(tree, 'metadata', 'name')
  const text = textAt(tree, 'metadata', 'name')
  const namespace = knownTextAt(tree, 'metadata', 'namespace')
  return {
    apiVersion,
    kind,
    namespace: namespace === '' ? null : namespace,
    name: text ?? '',
    tree,
    span: name?.span ?? { ...tree.span, end: tree.span.start + 1 },
  }
}

/** The API group of an object; the core group is the empty string. */
export function groupOf({ apiVersion }: KubernetesObject): string {
  return apiVersion.includes('/') ? apiVersion.slice(0, apiVersion.indexOf('/')) : ''
}

/** The objects of a stream by what is asked for. */
interface Index {
  readonly byKind: Map<string, KubernetesObject[]>
  readonly byName: Map<string, KubernetesObject[]>
  /** The first of one name and namespace, of any group and of one. */
  readonly byPlace: Map<string, KubernetesObject>
  readonly bySubject: Map<string, KubernetesObject[]>
}

const indexes = new WeakMap<Stream, Index>()

/** Streams hold thousands of objects, and each workload asks: looking through all of them each time takes minutes. */
function indexOf(stream: Stream): Index {
  const ready = indexes.get(stream)
  if (ready) return ready
  const index: Index = { byKind: new Map(), byName: new Map(), byPlace: new Map(), bySubject: new Map() }
  for (const object of stream) {
    add(index.byKind, object.kind, object)
    add(index.byName, `${object.kind}/${object.name}`, object)
    const { kind, name, namespace } = object
    for (const group of [null, groupOf(object)])
      for (const place of [namespace, anywhere]) {
        const key = placeKey({ group, kind, name }, place)
        if (!index.byPlace.has(key)) index.byPlace.set(key, object)
      }
    if (!isBinding(object)) continue
    const subjects = itemsAt(object.tree, 'subjects').map(subject => textAt(subject, 'name') ?? '')
    for (const subject of new Set(subjects)) add(index.bySubject, subject, object)
  }
  indexes.set(stream, index)
  return index
}

function add(map: Map<string, KubernetesObject[]>, key: string, object: KubernetesObject): void {
  const list = map.get(key)
  if (list) list.push(object)
  else map.set(key, [object])
}

function isBinding(object: KubernetesObject): boolean {
  return rbacGroups.has(groupOf(object)) && (object.kind === 'RoleBinding' || object.kind === 'ClusterRoleBinding')
}

/** The API group of roles and bindings. */
export const rbacGroup = 'rbac.authorization.k8s.io'

/** The groups whose roles and bindings are the same stored objects: OpenShift serves an older API over those of Kubernetes. */
export const rbacGroups: ReadonlySet<string> = new Set([rbacGroup, 'authorization.openshift.io'])

/** The objects of one kind, in order. */
export function ofKind(stream: Stream, kind: string): readonly KubernetesObject[] {
  return indexOf(stream).byKind.get(kind) ?? []
}

/** The bindings with a subject of one of these names, whatever its kind; in order, each once. */
export function bindingsOf(stream: Stream, subjects: readonly string[]): readonly KubernetesObject[] {
  const { bySubject } = indexOf(stream)
  const found = subjects.map(subject => bySubject.get(subject) ?? [])
  if (found.filter(({ length }) => length > 0).length < 2) return found.flat()
  const wanted = new Set(found.flat())
  return stream.filter(object => wanted.has(object))
}

/**
 * Finds an object by kind and name. An object or a seeker without a namespace fits any: the user who applies them decides. An exact
 * fit goes first.
 */
export function find(
  stream: Stream,
  kind: string,
  namespace: string | null,
  name: string | null,
): KubernetesObject | null {
  return closest(stream, { group: null, kind, name: name ?? '' }, namespace)
}

/** Finds an object as `find` does, of one API group. */
export function findOfGroup(
  stream: Stream,
  { group, kind }: { readonly group: string; readonly kind: string },
  namespace: string | null,
  name: string | null,
): KubernetesObject | null {
  return closest(stream, { group, kind, name: name ?? '' }, namespace)
}

/** What is looked for; of any API group for null. */
interface Sought {
  readonly group: string | null
  readonly kind: string
  readonly name: string
}

/** No namespace has this name. */
const anywhere = '*'

const placeKey = ({ group, kind, name }: Sought, namespace: string | null): string =>
  [group ?? '*', kind, name, ...(namespace === null ? [] : [namespace])].join('\0')

function closest(stream: Stream, sought: Sought, namespace: string | null): KubernetesObject | null {
  const { byPlace } = indexOf(stream)
  const at = (place: string | null): KubernetesObject | null => byPlace.get(placeKey(sought, place)) ?? null
  return at(namespace) ?? at(null) ?? (namespace === null ? at(anywhere) : null)
}

/** The objects of one kind and name, in order. */
export function objectsNamed(stream: Stream, kind: string, name: string): readonly KubernetesObject[] {
  return indexOf(stream).byName.get(`${kind}/${name}`) ?? []
}

/** `namespace/kind/name`, without the namespace where none is known. */
export function qualified(kind: string, namespace: string | null, name: string): string {
  return qualifiedName(namespace, `${kind}/${name}`)
}

/** `namespace/name`, without the namespace where none is known. */
export function qualifiedName(namespace: string | null, name: string): string {
  return [...(namespace === null ? [] : [namespace]), name].join('/')
}

/** Says whether a template of the Alloy chart made an object, by the label that Helm's charts put on what they make. */
export const isOfChart = (object: KubernetesObject): boolean =>
  /^alloy-\d/.test(labelsOf(object).get('helm.sh/chart') ?? '')

/** The labels of an object. */
export function labelsOf({ tree }: KubernetesObject): ReadonlyMap<string, string> {
  const labels = mapAt(tree, 'metadata', 'labels')?.entries ?? new Map<string, { value: Tree }>()
  const texts = [...labels].map(([key, { value }]) => [key, textAt(value)] as const)
  return new Map(texts.flatMap(([key, text]) => (text === null ? [] : [[key, text]])))
}
