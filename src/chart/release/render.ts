import { compareText } from '../../text/compare-text.ts'
import { isEmpty, isMap, type Json, type JsonMap, listAt, mapAt, overlay, valueAt } from '../json.ts'
import { type Install, type Names, namesOf, resolveJson, unquoted } from './names.ts'
import { podOf } from './pod-of-values.ts'
import { defaultValues, policyRule, type Release } from './releases.ts'

/** What Helm makes of a chart's templates: objects, or a text that is not YAML or not a valid object. */
export type Rendering =
  | {
      readonly kind: 'objects'
      /** ServiceAccount, roles and bindings of the chart, then `extraObjects`. */
      readonly objects: readonly JsonMap[]
      /** Elements of `extraObjects` with a template action that only Helm can evaluate, by their position. */
      readonly opaque: readonly number[]
      readonly names: Names
      /** The namespace of workload and account. */
      readonly namespace: string
      /** The pod's specification, as far as the settings that matter here are concerned. */
      readonly pod: JsonMap
      /** Of the pod. */
      readonly annotations: JsonMap
    }
  | { readonly kind: 'broken'; readonly because: string }

const group = 'rbac.authorization.k8s.io'

/** Renders values with the templates of a release, as far as these decide what Alloy's pod may do. */
export function renderChart(release: Release, values: JsonMap, install: Install): Rendering {
  const complete = withAgent(overlay(defaultValues(release), values))
  const noMap = release.maps.find(path => !isMap(valueAt(complete, path)))
  if (noMap !== undefined) return broken(`${noMap} is not a map`)
  const unfit = unfitName(release, complete)
  if (unfit !== null) return broken(unfit)
  const names = namesOf(complete, install)
  const namespace = release.namespaceHelper ? names.namespace : install.namespace
  const rbac = roles(release, complete, names, namespace)
  if ('because' in rbac) return rbac
  const account = serviceAccount(release, complete, names, namespace)
  const extra = extraObjects(release, complete, names)
  if ('because' in extra) return extra
  return {
    kind: 'objects',
    objects: [...account, ...rbac.objects, ...extra.objects],
    opaque: extra.opaque,
    names,
    namespace,
    pod: podOf(complete, names),
    annotations: mapAt(complete, 'controller.podAnnotations'),
  }
}

/** The deprecated `agent` is merged over `alloy`; what Go treats as empty does not overwrite. */
export function withAgent(values: JsonMap): JsonMap {
  const agent = valueAt(values, 'agent')
  if (!isMap(agent)) return values
  return { ...values, alloy: overwrite(mapAt(values, 'alloy'), agent) }
}

function overwrite(below: JsonMap, above: JsonMap): JsonMap {
  const merged: Record<string, Json> = { ...below }
  for (const [key, value] of Object.entries(above)) {
    const old = merged[key]
    if (isMap(value) && isMap(old)) merged[key] = overwrite(old, value)
    else if (!isEmpty(value) || old === undefined) merged[key] = value
  }
  return merged
}

const isText = (value: Json | undefined): value is string => typeof value === 'string'
const noTextThere = 'renders without quotes and is not read as text'

/** What the templates cannot make a name of; verified with real Helm. Null where all is well. */
function unfitName(release: Release, values: JsonMap): string | null {
  const given = (path: string): Json | null => {
    const value = valueAt(values, path)
    return value === undefined || isEmpty(value) ? null : value
  }
  // These pass through functions of templates that take a string and nothing else.
  const cut = ['nameOverride', 'fullnameOverride'].find(path => given(path) !== null && !isText(given(path)))
  if (cut !== undefined) return `${cut} is not text`
  const namespace = release.namespaceHelper ? ['namespaceOverride'] : []
  const printed = ['fullnameOverride', 'serviceAccount.name', ...namespace]
  const bare = printed.find(path => {
    const name = given(path)
    return name !== null && !isText(unquoted(name))
  })
  return bare === undefined ? null : `${bare} ${noTextThere}`
}

type Made = { readonly objects: readonly JsonMap[] } | { readonly kind: 'broken'; readonly because: string }
const broken = (because: string) => ({ kind: 'broken', because }) as const

function roles(release: Release, values: JsonMap, names: Names, namespace: string): Made {
  if (isEmpty(valueAt(values, 'rbac.create'))) return { objects: [] }
  const subjects = [{ kind: 'ServiceAccount', name: names.serviceAccountName, namespace }]
  const pair = (kind: 'ClusterRole' | 'Role', rules: readonly Json[], place: { readonly namespace?: string }) => [
    { apiVersion: `${group}/v1`, kind, metadata: { name: names.fullname, ...place }, rules },
    {
      apiVersion: `${group}/v1`,
      kind: `${kind}Binding`,
      metadata: { name: names.fullname, ...place },
      roleRef: { apiGroup: group, kind, name: names.fullname },
      subjects,
    },
  ]
  if (!release.configurable)
    return { objects: pair('ClusterRole', [...release.rules, ...release.clusterRules].map(policyRule), {}) }

  const rules = printed(values, 'rules')
  const clusterRules = printed(values, 'clusterRules')
  const namespaces = listAt(values, 'rbac.namespaces')
  if (namespaces.length === 0) {
    const empty = (list: Printed) => list === null || (list !== 'text' && list.length === 0)
    if (release.emptyLists && empty(rules) && empty(clusterRules)) return { objects: pair('ClusterRole', [], {}) }
    if (!Array.isArray(rules) || !Array.isArray(clusterRules)) {
      // Two scalars in a row are one plain scalar over two lines, which only the API server rejects.
      const both = !Array.isArray(rules) && (!Array.isArray(clusterRules) || clusterRules.length === 0)
      return broken(
        both
          ? 'rbac.rules and rbac.clusterRules render as a string'
          : 'rbac.rules and rbac.clusterRules render as invalid YAML',
      )
    }
    if (rules.length === 0 || clusterRules.length === 0) {
      return broken('one empty list next to a non-empty one renders as invalid YAML')
    }
    return { objects: pair('ClusterRole', [...rules, ...clusterRules], {}) }
  }

  if (!release.emptyLists && rules === null) return broken('rules of the Roles render as null')
  if (rules === 'text') return broken('rbac.rules is not a list')
  const places = namespaces.map(name => unquoted(name))
  const wrong = places.findIndex(place => !isText(place))
  if (wrong !== -1) return broken(`rbac.namespaces[${wrong}] ${noTextThere}`)
  return { objects: places.flatMap(place => pair('Role', rules ?? [], { namespace: String(place) })) }
}

/** A list as `toYaml` prints it; null for one that is not there, `text` for anything else. */
type Printed = readonly Json[] | null | 'text'

function printed(values: JsonMap, key: 'rules' | 'clusterRules'): Printed {
  const value = valueAt(values, `rbac.${key}`)
  if (value === undefined || value === null) return null
  return Array.isArray(value) ? value : 'text'
}

function serviceAccount(release: Release, values: JsonMap, names: Names, namespace: string): readonly JsonMap[] {
  if (isEmpty(valueAt(values, 'serviceAccount.create'))) return []
  const automount = valueAt(values, 'serviceAccount.automountServiceAccountToken')
  const metadata = { name: names.serviceAccountName, namespace }
  const object = { apiVersion: 'v1', kind: 'ServiceAccount', metadata }
  return [release.automount ? { ...object, automountServiceAccountToken: automount ?? null } : object]
}

/** The elements of a list, or of a map in the order of its keys; null for anything else. */
function elementsOf(given: Json | undefined): readonly Json[] | null {
  if (!isMap(given)) return Array.isArray(given) ? given : null
  return Object.entries(given)
    .sort(([a], [b]) => compareText(a, b))
    .map(([, element]) => element)
}

/** Objects of the values pass through `tpl`. */
function extraObjects(
  release: Release,
  values: JsonMap,
  names: Names,
): (Made & { readonly opaque: readonly number[] }) | ReturnType<typeof broken> {
  const given = valueAt(values, 'extraObjects')
  if (!release.extraObjects || isEmpty(given)) return { objects: [], opaque: [] }
  const elements = elementsOf(given)
  if (elements === null) return broken('extraObjects is not a list')
  const objects: JsonMap[] = []
  const opaque: number[] = []
  for (const [at, element] of elements.entries()) {
    const resolved = resolveJson(element, names)
    if (resolved === undefined) opaque.push(at)
    else if (isMap(resolved)) objects.push(resolved)
    else return broken(`extraObjects[${at}] is not an object`)
  }
  return { objects, opaque }
}
