import { type Diagnostic, diagnostic, type Outcome } from '../diagnostic/diagnostic.ts'
import type { PolicyRule } from '../kubernetes/rule.ts'
import type { Plan } from '../plan/plan.ts'
import { entryComment } from './comment.ts'
import { defaultGrants } from './defaults.ts'
import { type Path, type Remark, writeYaml } from './document.ts'
import type { Entry } from './entry.ts'
import { defaultOf, defaultValues, type Release } from './history.ts'
import { equalJson, isMap, type Json, type JsonMap, listAt, overlay, setAt, valueAt } from './json.ts'
import { chartNaming, clusterRole, madeLabel, namespaceRole, type RoleObject, ruleTree } from './objects.ts'
import { type NamespaceRules, type Placement, place } from './place.ts'
import { type PodSettings, podSettings } from './pod.ts'
import { podValues, type Setting } from './pod-values.ts'

/** What decides how the values of a plan look. */
export interface ValuesOptions {
  readonly release: Release
  /** Releases that the plan was made for, without `v`. */
  readonly alloy: string
  readonly kubernetes: string
  /** Name and version of this program, for the header. */
  readonly tool: string
  /** Half of the values alone. */
  readonly only?: 'rbac' | 'pod'
  /** Keys under which the chart's values are nested, outermost first. */
  readonly at?: readonly string[]
  /** The user's own values of the chart, merged and without nesting; null when there are none. */
  readonly user?: JsonMap | null
}

/** The values of a plan. */
export interface ValuesDocument {
  readonly text: string
  /** What the text holds. */
  readonly values: JsonMap
  /** What stands in `rbac.rules` and `rbac.clusterRules`. */
  readonly lists: { readonly rules: readonly PolicyRule[]; readonly clusterRules: readonly PolicyRule[] }
  readonly placement: Placement
  /** The settings of the pod, the user's own mounts included; null when the values leave the pod alone. */
  readonly pod: PodSettings | null
}

/** Turns a plan into values that the release renders rightly: what differs from its defaults, and the rules. */
export function values(plan: Plan, options: ValuesOptions): Outcome<ValuesDocument> {
  const { release, at = [], only } = options
  const complete = overlay(defaultValues(release), options.user ?? {})
  const storagePath = valueAt(complete, 'alloy.storagePath')
  const pod = podSettings(plan, typeof storagePath === 'string' ? { storagePath } : {})
  const placement = place(plan, release)
  const wanted: readonly Wanted[] = [
    ...(only === 'pod' ? [] : rbacSettings(placement, release, options.user ?? {})),
    ...(release.automount ? [tokenSetting(pod)] : []),
    ...(only === 'rbac' ? [] : podValues(pod, complete, options)),
  ]
  const settings = wanted.filter(setting => setting.always === true || differs(setting, release, complete))
  const tree = nest(settings)
  const remarks = settings.flatMap(setting =>
    setting.remarks.map(({ path, lines }) => ({ path: [...at, ...path], lines })),
  )
  const nested = at.reduceRight<JsonMap>((inner, key) => ({ [key]: inner }), tree)
  return {
    value: {
      text: writeYaml(nested, { header: header(plan, tree, options), remarks }),
      values: nested,
      lists: { rules: rulesAt(tree, 'rules'), clusterRules: rulesAt(tree, 'clusterRules') },
      placement,
      pod: only === 'rbac' ? null : pod,
    },
    diagnostics: remarksOn(plan, placement, pod, options),
  }
}

interface Wanted extends Setting {
  /** Stated even where it is the default. */
  readonly always?: boolean
}

function rbacSettings(placement: Placement, release: Release, user: JsonMap): readonly Wanted[] {
  const setting = (path: string, value: Json, more: Partial<Wanted> = {}): Wanted => ({
    path,
    value,
    remarks: [],
    ...more,
  })
  const create = placement.kind === 'lists' || placement.kind === 'namespaces'
  const made = objectsOf(placement, release)
  const kept = listAt(user, 'extraObjects').filter(object => !isMade(object))
  const extra: readonly Wanted[] =
    made.length === 0 && kept.length === listAt(user, 'extraObjects').length
      ? []
      : [
          {
            path: 'extraObjects',
            value: [...kept, ...made.map(({ object }) => object)],
            remarks: objectRemarks(made, kept.length),
            always: true,
          },
        ]
  if (!create) return [setting('rbac.create', false), ...extra]
  const rules = placement.kind === 'lists' ? placement.lists.rules : placement.rules
  const clusterRules = placement.kind === 'lists' ? placement.lists.clusterRules : []
  return [
    setting('rbac.create', true),
    setting('rbac.namespaces', placement.kind === 'namespaces' ? placement.namespaces : []),
    listSetting('rbac.rules', rules),
    listSetting('rbac.clusterRules', clusterRules),
    ...extra,
  ]
}

function listSetting(path: string, entries: readonly Entry[]): Wanted {
  const remarks = entries.map((entry, at) => ({ path: [...path.split('.'), at], lines: entryComment(entry) }))
  return { path, value: entries.map(({ rule }) => ruleTree(rule)), remarks, always: true }
}

/** The objects that stand in `extraObjects`. */
function objectsOf(placement: Placement, release: Release): readonly RoleObject[] {
  if (placement.kind !== 'lists' && placement.kind !== 'objects') return []
  const naming = chartNaming(release)
  const cluster =
    placement.kind === 'objects' && placement.cluster.length > 0 ? clusterRole(placement.cluster, naming) : []
  return [
    ...cluster,
    ...placement.roles.flatMap(({ namespace, entries }: NamespaceRules) => namespaceRole(namespace, entries, naming)),
  ]
}

function objectRemarks(made: readonly RoleObject[], offset: number): readonly Remark[] {
  return made.flatMap(({ entries }, index) =>
    entries.map((entry, at): Remark => {
      const path: Path = ['extraObjects', offset + index, 'rules', at]
      return { path, lines: entryComment(entry) }
    }),
  )
}

/** Whether an object of the user's values is an earlier work of this program, which the new one replaces. */
function isMade(object: Json): boolean {
  const labels = valueAt(object, 'metadata.labels')
  return isMap(labels) && labels[madeLabel] === 'alloy-rbac'
}

function tokenSetting(pod: PodSettings): Wanted {
  return { path: 'serviceAccount.automountServiceAccountToken', value: pod.automountServiceAccountToken, remarks: [] }
}

/** Whether a setting has to be stated: the chart's default says otherwise, or the user's values do. */
function differs({ path, value }: Setting, release: Release, complete: JsonMap): boolean {
  return !equalJson(value, defaultOf(release, path)) || !equalJson(value, valueAt(complete, path))
}

/** Sections in the order in which they are read, not in the chart's. */
const sections = ['rbac', 'extraObjects', 'serviceAccount', 'alloy', 'global', 'controller', 'configReloader']

function nest(settings: readonly Setting[]): JsonMap {
  const tree: Record<string, Json> = {}
  for (const section of sections) {
    for (const { path, value } of settings) {
      const keys = path.split('.')
      if (keys[0] === section) setAt(tree, keys, value)
    }
  }
  return tree
}

function rulesAt(tree: JsonMap, key: 'rules' | 'clusterRules'): readonly PolicyRule[] {
  return listAt(tree, `rbac.${key}`) as unknown as readonly PolicyRule[]
}

function header(
  plan: Plan,
  tree: JsonMap,
  { release, alloy, kubernetes, tool, only }: ValuesOptions,
): readonly string[] {
  const lists = ['extraObjects', 'alloy.mounts.extra', 'controller.volumes.extra'].filter(
    path => valueAt(tree, path) !== undefined,
  )
  return [
    `What this Alloy configuration needs and nothing else, by ${tool}.`,
    `Alloy ${alloy}, chart grafana/alloy ${release.version}, Kubernetes ${kubernetes}.`,
    ...(only === 'pod'
      ? []
      : [`Grants: ${defaultGrants(release).length} by default, ${plan.grants.length} with these values.`]),
    ...(plan.complete ? [] : ['INCOMPLETE: a part of the configuration is unknown, and may need more.']),
    ...(lists.length === 0 ? [] : [`Helm replaces lists: entries of your own belong into ${lists.join(', ')} here.`]),
  ]
}

function remarksOn(
  plan: Plan,
  placement: Placement,
  pod: PodSettings,
  { release, only }: ValuesOptions,
): readonly Diagnostic[] {
  const found: Diagnostic[] = []
  if (placement.kind === 'manifests' && only !== 'pod') {
    found.push(diagnostic('ARB503', null, { version: release.version, grants: plan.grants.length }))
  }
  if (!release.automount && !pod.automountServiceAccountToken)
    found.push(diagnostic('ARB504', null, { version: release.version }))
  if (pod.hostIPC && only !== 'rbac') found.push(diagnostic('ARB505', null, {}))
  return found
}
