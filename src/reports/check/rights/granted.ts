import { type Doubt, type Holding, type Holdings, holdingsOf } from '../../../access/holdings.ts'
import { type AccessObject, accessObjectOf } from '../../../access/object.ts'
import { type Identity, ownNamespace } from '../../../access/reach.ts'
import { isMap, type Json, type JsonMap, listAt, valueAt } from '../../../chart/json.ts'
import type { Release } from '../../../chart/release/releases.ts'
import { type Rendering, renderChart } from '../../../chart/release/render.ts'
import type { Configuration } from '../../../input/configuration.ts'
import type { KubernetesObject } from '../../../input/deployment.ts'
import { groupOf, isOfChart, objectsOf, rbacGroups, type Stream } from '../../../input/manifests/objects.ts'
import { data, get, itemsAt, type Tree, treeOf } from '../../../input/yaml/tree.ts'
import { type PolicyRule, ruleFields } from '../../../kubernetes/rule.ts'
import type { Span } from '../../../source.ts'
import type { DefinedIn } from './defined-in.ts'

/** A rule that the account holds, and where it is written. */
export interface HeldRule {
  readonly rule: PolicyRule
  /** All namespaces for null; `.` is the own one. */
  readonly namespace: string | null
  /** `ClusterRole/alloy`. */
  readonly role: string
  readonly index: number
  readonly span: Span
  readonly definedIn: DefinedIn
  /** What its owner knows it as: `rules[2] of ClusterRole/alloy`, `rbac.clusterRules[0]`. */
  readonly title: string
  /** Whether it is alone in its list of the values, which must not be empty beside the other one. */
  readonly onlyRuleInList: boolean
  /** Whether every cluster gives it to everyone, so that it is not a finding. */
  readonly builtIn: boolean
  /** The binding that gives it: `ClusterRoleBinding/alloy`. */
  readonly binding: string
}

/** Where an object that grants is written. */
export type Origin =
  | { readonly kind: 'manifest'; readonly object: KubernetesObject }
  /** `extra`: the element of `extraObjects`; null for what the chart's templates make. */
  | { readonly kind: 'chart'; readonly extra: Tree | null }

/** Renders the chart as the input's values have it, or with its defaults where the input holds no values. */
export function rendered({ values, namespace }: Configuration, release: Release): Rendering {
  const user = values === null ? {} : (data(values.chart) as JsonMap)
  return renderChart(release, user, { release: values?.release ?? 'alloy', namespace: namespace ?? ownNamespace })
}

/** Everything that the input gives to Alloy's account: by the objects in it, by values of the chart, or by the chart's defaults. */
export function accessOf(
  configuration: Configuration,
  rendering: Rendering | null,
  kubernetes: string,
): Holdings<Origin> {
  const { objects, values } = configuration
  const made = rendering?.kind === 'objects' ? rendering : null
  const written = writtenObjects(objects)
  const all = made ? [...written, ...chartObjects(made, values?.chart ?? null)] : written
  const identity = identityOf(configuration, rendering)
  return identity === null ? { held: [], doubts: [] } : holdingsOf(all, identity, kubernetes)
}

/** The account that a workload runs as: the chart's, or the one that the workload names. */
export function identityOf({ account, namespace }: Configuration, rendering: Rendering | null): Identity | null {
  const made = rendering?.kind === 'objects' ? rendering : null
  const name = made?.names.serviceAccountName ?? account?.name ?? null
  if (name === null) return null
  return { name, namespace: made && made.namespace !== ownNamespace ? made.namespace : namespace }
}

const ready = new WeakMap<Stream, readonly AccessObject<Origin>[]>()

/** The objects of a stream that grant. Each workload asks for them, and a stream may hold thousands. */
function writtenObjects(objects: Stream): readonly AccessObject<Origin>[] {
  const known = ready.get(objects)
  if (known) return known
  const found = objects
    .filter(object => rbacGroups.has(groupOf(object)))
    .flatMap(object => accessObjectOf<Origin>(identified(object), { kind: 'manifest', object }) ?? [])
  ready.set(objects, found)
  return found
}

/** Elements of typed lists say neither their kind nor their version. */
const identified = ({ tree, kind, apiVersion }: KubernetesObject): JsonMap => ({
  ...(data(tree) as JsonMap),
  kind,
  apiVersion,
})

type Objects = Extract<Rendering, { readonly kind: 'objects' }>

function chartObjects({ objects, opaque }: Objects, chart: Tree | null): readonly AccessObject<Origin>[] {
  const extra = itemsAt(chart, 'extraObjects').filter((_, at) => !opaque.includes(at))
  const first = objects.length - extra.length
  return objects.flatMap((object, at) => {
    const origin: Origin = { kind: 'chart', extra: extra[at - first] ?? null }
    return elementsOf(object).flatMap(each => accessObjectOf(each, origin) ?? [])
  })
}

/** What the chart makes, as objects of a stream: their place is that of the values that they are made of. */
export function madeObjects({ objects, opaque }: Objects, { values, span }: Configuration): Stream {
  const chart = values?.chart ?? null
  const extra = itemsAt(chart, 'extraObjects').filter((_, at) => !opaque.includes(at))
  const first = objects.length - extra.length
  const place = get(chart, 'rbac')?.span ?? span
  return objects.flatMap((object, at) => objectsOf(treeOf(object, extra[at - first]?.span ?? place)) ?? [])
}

/** Helm applies what a list holds like objects of their own. */
const elementsOf = (object: JsonMap): readonly JsonMap[] =>
  /List$/.test(String(object['kind'])) && valueAt(object, 'items') !== undefined
    ? listAt(object, 'items').filter(isMap).flatMap(elementsOf)
    : [object]

/** The rules of holdings as the check judges them, each with its place. */
export function heldRules(
  { held }: Holdings<Origin>,
  { values, span }: Configuration,
  { configurable }: Release,
): readonly HeldRule[] {
  const places = placesOf(configurable ? (values?.chart ?? null) : null)
  return held.map(holding => {
    const { rule, namespace, kind, name, index, builtIn, binding, bound, origin } = holding
    return {
      rule,
      namespace,
      // What a role of every cluster gathers is that role to anyone who binds it.
      role: origin === null ? `${bound.kind}/${bound.name}` : `${kind}/${name}`,
      index,
      builtIn,
      binding: `${binding.kind}/${binding.name}`,
      ...placeOf(holding, places, span),
    }
  })
}

/** Where a rule is written, and what follows from that. */
type Written = Pick<HeldRule, 'span' | 'definedIn' | 'title' | 'onlyRuleInList'>

function placeOf(
  { rule, kind, name, index, origin, binding, bound }: Holding<Origin>,
  places: ReadonlyMap<string, Written>,
  span: Span,
): Written {
  const role = `${kind}/${name}`
  const title = `rules[${index}] of ${role}`
  if (origin === null) {
    const builtIn = `the built-in ${bound.kind}/${bound.name}`
    return { span: roleSpan(binding.origin, span), definedIn: 'built-in', title: builtIn, onlyRuleInList: false }
  }
  const tree = origin.kind === 'manifest' ? origin.object.tree : origin.extra
  const definedIn = origin.kind === 'manifest' && isOfChart(origin.object) ? 'rendered' : 'objects'
  if (tree) return { span: itemsAt(tree, 'rules')[index]?.span ?? tree.span, definedIn, title, onlyRuleInList: false }
  const value = places.get(ruleKey(rule))
  return value ?? { span, definedIn: 'defaults', title: `the chart's default ${role}`, onlyRuleInList: false }
}

/** Where a binding names its role. */
function roleSpan(origin: Origin, otherwise: Span): Span {
  const tree = origin.kind === 'manifest' ? origin.object.tree : origin.extra
  const reference = get(tree, 'roleRef')
  return get(reference, 'name')?.span ?? reference?.span ?? tree?.span ?? otherwise
}

/** Where the binding of a doubt names its role. */
export function doubtSpan({ binding }: Doubt<Origin>, { span }: Configuration): Span {
  return roleSpan(binding.origin, span)
}

/** Where a rule that the account lacks would be written. */
export function definedInOf(
  { values, deployment }: Configuration,
  rendering: Rendering | null,
  { configurable, extraObjects }: Release,
): DefinedIn {
  const isOfTheChart = rendering !== null || (deployment !== null && isOfChart(deployment.workload))
  if (isOfTheChart && !configurable && !extraObjects) return 'apart'
  if (rendering === null) return deployment !== null && isOfChart(deployment.workload) ? 'rendered' : 'objects'
  if (!configurable) return 'defaults'
  const lists = ['rules', 'clusterRules'].flatMap(key => itemsAt(values?.chart ?? null, 'rbac', key))
  return lists.length > 0 ? 'values' : 'defaults'
}

/** What a rule says, absent and empty factors alike. */
function ruleKey(rule: Json | PolicyRule): string {
  const fields = isMap(rule as Json) ? (rule as JsonMap) : {}
  return JSON.stringify(ruleFields.map(field => valueAt(fields, field) ?? []))
}

/** Where the rules of the values are, by what they say: rendering puts two lists into one. */
function placesOf(chart: Tree | null): ReadonlyMap<string, Written> {
  const places = new Map<string, Written>()
  const [rules, clusterRules] = [itemsAt(chart, 'rbac', 'rules'), itemsAt(chart, 'rbac', 'clusterRules')]
  const both = rules.length > 0 && clusterRules.length > 0
  for (const [list, items] of Object.entries({ rules, clusterRules }))
    for (const [at, rule] of items.entries()) {
      const key = ruleKey(data(rule))
      const place: Written = {
        span: rule.span,
        definedIn: 'values',
        title: `rbac.${list}[${at}]`,
        onlyRuleInList: both && items.length === 1,
      }
      if (!places.has(key)) places.set(key, place)
    }
  return places
}
