import type { KubernetesObject } from './deployment.ts'
import { itemsAt, type Mapping, mapAt, scalarAt, type Tree, textAt } from './tree.ts'

/** Kubernetes objects handed in together; what one names is looked up among the others. */
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
  if (!kind.endsWith('List') || !tree.entries.has('items')) return [objectOf(tree, apiVersion, kind)]
  // Elements of typed lists leave out what the list says: a PodList holds Pods.
  return itemsAt(tree, 'items').flatMap(item =>
    item.kind === 'map'
      ? (objectsOf(item) ?? [objectOf(item, apiVersion, textAt(item, 'kind') ?? kind.slice(0, -'List'.length))])
      : [],
  )
}

function objectOf(tree: Mapping, apiVersion: string, kind: string): KubernetesObject {
  const name = scalarAt(tree, 'metadata', 'name')
  const text = textAt(tree, 'metadata', 'name')
  const namespace = textAt(tree, 'metadata', 'namespace')
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

/**
 * Finds an object by kind and name. An object or a seeker without a namespace fits any: whoever applies them says it. An
 * exact fit goes first.
 */
export function find(
  stream: Stream,
  kind: string,
  namespace: string | null,
  name: string | null,
): KubernetesObject | null {
  const named = stream.filter(object => object.kind === kind && object.name === name)
  return (
    named.find(object => object.namespace === namespace) ??
    named.find(object => object.namespace === null || namespace === null) ??
    null
  )
}

/** `namespace/kind/name`, without the namespace where none is known. */
export function qualified(kind: string, namespace: string | null, name: string): string {
  return [...(namespace === null ? [] : [namespace]), kind, name].join('/')
}

/** The labels of an object. */
export function labelsOf({ tree }: KubernetesObject): ReadonlyMap<string, string> {
  const labels = mapAt(tree, 'metadata', 'labels')?.entries ?? new Map<string, { value: Tree }>()
  return new Map([...labels].flatMap(([key, { value }]) => (textAt(value) === null ? [] : [[key, textAt(value)!]])))
}
