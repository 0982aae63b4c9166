import type { KubernetesObject } from '../../input/deployment.ts'
import { get, itemsAt, scalarAt, type Tree } from '../../input/yaml/tree.ts'
import { selects } from '../../kubernetes/label-selector.ts'
import type { ObjectsRule } from '../map/objects-schema.ts'
import type { Selected, Selection } from './selection.ts'
import { requirementsAt } from './selector.ts'
import { atPath, isName, isSetAt, nameOf } from './tree-path.ts'
import { nameLabel, type World } from './world.ts'

/** What objects ask for by a rule: where, and for which object. */
export interface Asked {
  /** Null: all namespaces, as far as the rule goes; `undefined`: wherever the rule says. */
  readonly namespace: string | null | undefined
  /** Null: all objects. */
  readonly name: string | null
  readonly certain: boolean
  /** The objects that ask for it. */
  readonly by: ReadonlySet<KubernetesObject>
}

/** What the selected objects ask for by a rule, each once. */
export function askedBy(rule: ObjectsRule, { selected, world }: Selection): readonly Asked[] {
  const asked = new Map<string, Asked & { certain: boolean; readonly by: Set<KubernetesObject> }>()
  for (const each of selected) {
    if (!counts(rule, each.object)) continue
    for (const { namespace, name, certain } of asks(rule, each, world)) {
      const key = JSON.stringify([namespace, name])
      const known = asked.get(key) ?? { namespace, name, certain: false, by: new Set<KubernetesObject>() }
      asked.set(key, known)
      known.by.add(each.object)
      known.certain ||= each.certain && certain
    }
  }
  return [...asked.values()]
}

/** Says whether an object asks for anything by a rule. What is not known of it may. */
export function counts({ when = {}, some }: ObjectsRule, { tree }: KubernetesObject): boolean {
  if (some !== undefined && !some.some(path => atPath(tree, path).length > 0)) return false
  return Object.entries(when).every(([path, wanted]) => {
    if (typeof wanted === 'object') return isSetAt(tree, path) === wanted.set
    const values = atPath(tree, path)
    if (values.length === 0) return !wanted
    return values.some(each => each.kind === 'scalar' && (typeof each.value !== 'boolean' || each.value === wanted))
  })
}

/** The places within an object where paths of a rule start. */
export const placesIn = ({ each }: ObjectsRule, { tree }: KubernetesObject): readonly Tree[] =>
  each === undefined ? [tree] : each.flatMap(path => atPath(tree, path))

type Ask = Omit<Asked, 'by'>

function asks(rule: ObjectsRule, selected: Selected, world: World): readonly Ask[] {
  if (rule.names !== undefined) return referred(rule, selected)
  if (rule.namespaces !== undefined)
    return namedNamespaces(get(selected.object.tree, ...rule.namespaces.split('.')), selected)
  if (rule.namespaceLabels !== undefined)
    return labeledNamespaces(get(selected.object.tree, ...rule.namespaceLabels.split('.')), world)
  return [{ namespace: undefined, name: null, certain: true }]
}

/** The objects that an object refers to by name, in its own namespace. */
function referred(rule: ObjectsRule, { object, namespaces }: Selected): readonly Ask[] {
  const scalars = placesIn(rule, object).flatMap(place =>
    (rule.names ?? []).flatMap(each => {
      const { path, unless } = typeof each === 'string' ? { path: each, unless: null } : each
      return unless !== null && isSetAt(place, unless) ? [] : atPath(place, path)
    }),
  )
  return scalars.flatMap(each => {
    if (each.kind !== 'scalar' || each.value === '') return []
    const name = nameOf(each)
    return namespaces.map(namespace => ({ namespace, name, certain: name !== null && namespaces.length === 1 }))
  })
}

/** The namespaces of `any` and `matchNames`; else those of the object. */
function namedNamespaces(selector: Tree | null, { namespaces }: Selected): readonly Ask[] {
  const within = (namespace: string | null, certain: boolean): Ask => ({ namespace, name: null, certain })
  const any = scalarAt(selector, 'any')
  if (any !== null && any.value !== null && any.value !== false) return [within(null, any.value === true)]
  const names = itemsAt(selector, 'matchNames')
  if (names.length === 0) return namespaces.map(namespace => within(namespace, namespaces.length === 1))
  return names.map(each => {
    const name = each.kind === 'scalar' ? nameOf(each) : null
    return within(name, name !== null)
  })
}

/** The namespaces that a label selector matches: of those that are known, else of those that it can be. */
function labeledNamespaces(selector: Tree | null, { namespaces, labelsOf }: World): readonly Ask[] {
  const requirements = requirementsAt(selector)
  const all: Ask = { namespace: null, name: null, certain: requirements.length === 0 }
  if (requirements.length === 0) return [all]
  const pinned = requirements.find(({ key, operator }) => key === nameLabel && operator === 'In')?.values
  const possible = namespaces ?? (pinned?.every(isName) ? pinned : undefined)
  if (possible === undefined) return [all]
  return possible.flatMap((namespace): readonly Ask[] => {
    const truth = selects(requirements, labelsOf(namespace))
    return truth === false ? [] : [{ namespace, name: null, certain: truth === true }]
  })
}
