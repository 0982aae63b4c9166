import type { KubernetesObject } from '../../input/deployment.ts'
import { qualified } from '../../input/manifests/objects.ts'
import { scalarAt } from '../../input/yaml/tree.ts'
import { selects } from '../../kubernetes/label-selector.ts'
import type { Facts } from '../map/condition.ts'
import type { Found } from '../map/lookup.ts'
import type { ComponentRules } from '../map/schema.ts'
import { namespacesOf, type Place } from '../scope.ts'
import { labelsIn, selectorOf } from './selector.ts'
import { nameOf } from './tree-path.ts'
import type { World } from './world.ts'

/** An object that a component reads, or may read. */
export interface Selected {
  readonly object: KubernetesObject
  /** Where it lies: null stands for all namespaces, `.` for that of Alloy. Several where that is not known. */
  readonly namespaces: readonly (string | null)[]
  /** Whether it is certain that the component reads it. */
  readonly certain: boolean
}

/** The objects that one component reads. */
export interface Selection {
  readonly kind: string
  readonly selected: readonly Selected[]
  /** How many of the kind were passed. */
  readonly count: number
  /** The arguments that leave open which of them are read. */
  readonly open: readonly Found[]
  /** The argument that would limit the component to the namespaces of the objects, where it looks in all of them for certain. */
  readonly everywhere: string | null
  readonly world: World
}

/** The objects that a component reads; null where they are not known. */
export function selectionOf(rules: ComponentRules, facts: Facts, world: World | undefined): Selection | null {
  const { objects: read } = rules
  if (read === undefined || world === undefined) return null
  const all = world.ofKind(read.group, read.kind)
  // While others may exist, that none of a kind was passed tells nothing.
  if (all.length === 0 && !world.complete) return null
  const places = namespacesOf(rules.scope ?? 'cluster', facts, null)
  const [own, around] = [selectorOf(read.selector, facts), selectorOf(read.namespaceSelector, facts)]
  const selected = all.flatMap((object): readonly Selected[] => {
    const namespace = namespaceOf(object)
    const matches = [
      selects(own.requirements, labelsIn(object)),
      selects(around.requirements, namespace === null ? { labels: new Map(), open: true } : world.labelsOf(namespace)),
    ]
    const within = places.flatMap(place => lieIn(namespace, place, world.own))
    if (matches.includes(false) || within.length === 0) return []
    const certain = !matches.includes(null) && within.some(each => each.certain)
    return [{ object, namespaces: [...new Set(within.map(({ name }) => name))], certain }]
  })
  const count = new Set(all.map(each => qualified(each.kind, each.namespace, each.name))).size
  const open = [...own.open, ...around.open, ...places.flatMap(place => place.open)]
  const { scope } = rules
  const narrows = typeof scope === 'object' && 'names' in scope ? scope.names : null
  const everywhere = places.some(place => place.name === null && place.certain) ? narrows : null
  return { kind: read.kind, selected, count, open, everywhere, world }
}

/** The namespace that an object names; null where it names none, or one that is not known. */
function namespaceOf({ tree }: KubernetesObject): string | null {
  const namespace = scalarAt(tree, 'metadata', 'namespace')
  return namespace === null ? null : nameOf(namespace)
}

/** Where a place and the namespace of an object meet. */
function lieIn(
  namespace: string | null,
  { name, certain }: Place,
  own: string | null,
): readonly { readonly name: string | null; readonly certain: boolean }[] {
  if (namespace === null) return [{ name, certain: false }]
  if (name === null || name === namespace) return [{ name: namespace, certain }]
  if (name !== '.') return []
  if (own === null) return [{ name: '.', certain: false }]
  return own === namespace ? [{ name: namespace, certain }] : []
}
