import type { PolicyRule } from '../../kubernetes/rule.ts'
import type { Json, JsonMap } from '../json.ts'
import type { Release } from '../release/releases.ts'
import type { Entry } from './entry.ts'

/** How roles and bindings are called, and whom they bind: template actions in `extraObjects`, plain names in manifests. */
export interface Naming {
  readonly name: string
  readonly account: string
  /** The namespace that Alloy runs in. */
  readonly namespace: string
  readonly labels: Readonly<Record<string, string>>
  /** Writes a text that the configuration states. */
  readonly literal: (text: string) => string
}

/** A role or binding, with the entries that its rules were made from. */
export interface RoleObject {
  readonly object: JsonMap
  readonly entries: readonly Entry[]
}

/** Marks what this program made, so that it can replace its own work in the user's values. */
export const madeLabel = 'app.kubernetes.io/created-by'
const group = 'rbac.authorization.k8s.io'
const include = (helper: string): string => `{{ include "alloy.${helper}" . }}`

/** The names of a release's own objects, as template actions. No string literal in an action may hold a blank. */
export function chartNaming(release: Release): Naming {
  return {
    name: include('fullname'),
    account: include('serviceAccountName'),
    namespace: release.namespaceHelper ? include('namespace') : '{{ .Release.Namespace }}',
    labels: {
      'app.kubernetes.io/instance': '{{ .Release.Name }}',
      'app.kubernetes.io/component': 'rbac',
      [madeLabel]: 'alloy-rbac',
    },
    literal: text => text.replaceAll('{{', '{{"{{"}}'),
  }
}

/** The labels by which the chart's workload finds its pods, as template actions. */
export const selectorLabels: JsonMap = {
  'app.kubernetes.io/name': include('name'),
  'app.kubernetes.io/instance': '{{ .Release.Name }}',
}

/** The ClusterRole of some entries and its binding. */
export function clusterRole(entries: readonly Entry[], naming: Naming): readonly RoleObject[] {
  return pair('ClusterRole', entries, naming, {})
}

/** The Role of one namespace and its binding; `.` is the namespace that Alloy runs in. */
export function namespaceRole(namespace: string, entries: readonly Entry[], naming: Naming): readonly RoleObject[] {
  return pair('Role', entries, naming, { namespace: namespace === '.' ? naming.namespace : naming.literal(namespace) })
}

function pair(kind: string, entries: readonly Entry[], naming: Naming, place: JsonMap): readonly RoleObject[] {
  const metadata = { name: naming.name, ...place, labels: naming.labels }
  const role: JsonMap = {
    apiVersion: `${group}/v1`,
    kind,
    metadata,
    rules: entries.map(({ rule }) => literalRule(rule, naming)),
  }
  const binding: JsonMap = {
    apiVersion: `${group}/v1`,
    kind: `${kind}Binding`,
    metadata,
    roleRef: { apiGroup: group, kind, name: naming.name },
    subjects: [{ kind: 'ServiceAccount', name: naming.account, namespace: naming.namespace }],
  }
  return [
    { object: role, entries },
    { object: binding, entries: [] },
  ]
}

function literalRule(rule: PolicyRule, { literal }: Naming): JsonMap {
  return Object.fromEntries(
    Object.entries(ruleTree(rule)).map(([key, texts]) => [key, (texts as readonly string[]).map(literal)]),
  )
}

/** A rule as a tree, its fields in the order in which Kubernetes documents them. */
export function ruleTree({ apiGroups, resources, resourceNames, nonResourceURLs, verbs }: PolicyRule): JsonMap {
  const fields: Readonly<Record<string, Json | undefined>> = {
    apiGroups,
    resources,
    resourceNames,
    nonResourceURLs,
    verbs,
  }
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as JsonMap
}
