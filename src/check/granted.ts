import { isMap, type Json, type JsonMap } from '../chart/json.ts'
import { rbacObjects } from '../chart/prove/prove.ts'
import type { Release } from '../chart/release/releases.ts'
import { type Rendering, renderChart } from '../chart/release/render.ts'
import type { Configuration } from '../input/configuration.ts'
import type { BoundRole } from '../input/deployment.ts'
import { labelsOf } from '../input/manifests/objects.ts'
import { data, itemsAt, type Tree } from '../input/yaml/tree.ts'
import { type HeldRule as Held, rulesFor, serviceAccount } from '../kubernetes/authorize.ts'
import type { PolicyRule } from '../kubernetes/rule.ts'
import type { Span } from '../source.ts'
import type { Home } from './edit.ts'

/** A rule that the account holds, and where it is written. */
export interface HeldRule {
  readonly rule: PolicyRule
  /** All namespaces for null; `.` is the own one. */
  readonly namespace: string | null
  /** `ClusterRole/alloy`. */
  readonly role: string
  readonly index: number
  readonly span: Span
  readonly home: Home
  /** What its owner knows it as: `rules[2] of ClusterRole/alloy`, `rbac.clusterRules[0]`. */
  readonly title: string
  /** Whether it is alone in its list of the values, which must not be empty beside the other one. */
  readonly alone: boolean
  /** Whether every cluster gives it to everybody, so that it is no finding. */
  readonly standing: boolean
}

/** Renders the chart as the input's values have it, or with its defaults where the input holds no values. */
export function rendered({ values, namespace }: Configuration, release: Release): Rendering {
  const user = values === null ? {} : (data(values.chart) as JsonMap)
  return renderChart(release, user, { release: values?.release ?? 'alloy', namespace: namespace ?? '.' })
}

/** Every rule that the input gives to Alloy's account: by the objects in it, by values of the chart, or by the chart's defaults. */
export function heldRules(configuration: Configuration, rendering: Rendering | null): readonly HeldRule[] {
  const bound = (configuration.access?.roles ?? []).flatMap(role => boundRules(role, configuration.namespace))
  return rendering?.kind === 'objects' ? [...bound, ...chartRules(configuration, rendering)] : bound
}

/** Where a rule that the account lacks would be written. */
export function homeOf({ values }: Configuration, rendering: Rendering | null): Home {
  if (rendering === null) return 'objects'
  const lists = ['rules', 'clusterRules'].flatMap(key => itemsAt(values?.chart ?? null, 'rbac', key))
  return lists.length > 0 ? 'values' : 'defaults'
}

function boundRules(role: BoundRole, own: string | null): readonly HeldRule[] {
  // A binding without a namespace lies in the one that the workload is applied to.
  const namespace = role.binding.kind === 'RoleBinding' ? (role.namespace ?? own ?? '.') : null
  return role.rules.map(rule => {
    const { kind, name } = rule.role ?? role
    return {
      rule,
      namespace,
      role: `${kind}/${name}`,
      index: rule.index,
      span: rule.span,
      home: 'objects',
      title: `rules[${rule.index}] of ${kind}/${name}`,
      alone: false,
      standing: isStanding(role),
    }
  })
}

/** Kubernetes itself binds roles like `system:discovery` to the groups that every account is in. */
function isStanding({ through, object }: BoundRole): boolean {
  return (
    through !== 'account' && object !== null && labelsOf(object).get('kubernetes.io/bootstrapping') === 'rbac-defaults'
  )
}

type Objects = Extract<Rendering, { readonly kind: 'objects' }>

function chartRules(configuration: Configuration, { objects, names, namespace, opaque }: Objects): readonly HeldRule[] {
  const { values, span } = configuration
  const chart = values?.chart ?? null
  const places = placesOf(chart)
  const extra = itemsAt(chart, 'extraObjects').filter((_, at) => !opaque.includes(at))
  const first = objects.length - extra.length
  const placeOf = ({ role, rule, index }: Held): Written => {
    const name = `${role.kind}/${role.metadata.name}`
    const at = objects.findLastIndex(object => object['kind'] === role.kind && nameOf(object) === role.metadata.name)
    const written = extra[at - first] ?? null
    const title = `rules[${index}] of ${name}`
    const none = { alone: false, standing: false }
    if (written)
      return { span: itemsAt(written, 'rules')[index]?.span ?? written.span, home: 'objects', title, ...none }
    return places.get(ruleKey(rule)) ?? { span, home: 'defaults', title: `the chart's default ${name}`, ...none }
  }
  return rulesFor(rbacObjects(objects), serviceAccount(namespace, names.serviceAccountName)).map(held => ({
    rule: held.rule,
    namespace: held.namespace,
    role: `${held.role.kind}/${held.role.metadata.name}`,
    index: held.index,
    ...placeOf(held),
  }))
}

const nameOf = ({ metadata }: JsonMap): Json => (isMap(metadata) ? (metadata['name'] ?? null) : null)

/** What a rule says, absent and empty factors alike. */
function ruleKey(rule: unknown): string {
  const fields = isFields(rule) ? rule : {}
  const factors = ['apiGroups', 'resources', 'resourceNames', 'nonResourceURLs', 'verbs']
  return JSON.stringify(factors.map(factor => fields[factor] ?? []))
}

const isFields = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null

/** Where a rule is written, and what follows from that. */
type Written = Pick<HeldRule, 'span' | 'home' | 'title' | 'alone' | 'standing'>

/** Where the rules of the values stand, by what they say: rendering puts two lists into one. */
function placesOf(chart: Tree | null): ReadonlyMap<string, Written> {
  const places = new Map<string, Written>()
  const [rules, clusterRules] = [itemsAt(chart, 'rbac', 'rules'), itemsAt(chart, 'rbac', 'clusterRules')]
  const both = rules.length > 0 && clusterRules.length > 0
  for (const [list, items] of Object.entries({ rules, clusterRules }))
    for (const [at, rule] of items.entries()) {
      const key = ruleKey(data(rule))
      const alone = both && items.length === 1
      const written: Written = {
        span: rule.span,
        home: 'values',
        title: `rbac.${list}[${at}]`,
        alone,
        standing: false,
      }
      if (!places.has(key)) places.set(key, written)
    }
  return places
}
