import { inert } from '../text/inert.ts'
import type { Grant } from './grant.ts'

/** A rule of a role: the product of its factors. Absent factors are empty. */
export interface PolicyRule {
  readonly apiGroups?: readonly string[]
  readonly resources?: readonly string[]
  /** Empty or absent: all objects. */
  readonly resourceNames?: readonly string[]
  readonly nonResourceURLs?: readonly string[]
  readonly verbs: readonly string[]
}

/** The fields of a rule, in the order of Kubernetes' own documentation. */
export const ruleFields = ['apiGroups', 'resources', 'resourceNames', 'nonResourceURLs', 'verbs'] as const

/** A rule with all its fields, whatever it is read from: `listOf` reads one of them. */
export function ruleWith(listOf: (field: (typeof ruleFields)[number]) => readonly string[]): PolicyRule {
  return {
    apiGroups: listOf('apiGroups'),
    resources: listOf('resources'),
    resourceNames: listOf('resourceNames'),
    nonResourceURLs: listOf('nonResourceURLs'),
    verbs: listOf('verbs'),
  }
}

/** A rule and where it holds: all namespaces, cluster-scoped resources and URLs for null. */
export interface ScopedRule {
  readonly namespace: string | null
  readonly rule: PolicyRule
}

/** What an object is called. */
export interface Metadata {
  readonly name: string
  readonly namespace?: string
}

/** Rules that a binding in the same namespace may give. */
export interface Role {
  readonly kind: 'Role'
  readonly metadata: Metadata
  readonly rules?: readonly PolicyRule[] | null
}

/** Rules that a binding may give in the whole cluster, or in its own namespace. */
export interface ClusterRole {
  readonly kind: 'ClusterRole'
  readonly metadata: Metadata
  readonly rules?: readonly PolicyRule[] | null
}

/** Gives the rules of a role in one namespace. */
export interface RoleBinding {
  readonly kind: 'RoleBinding'
  readonly metadata: Metadata
  readonly roleRef: RoleRef
  readonly subjects?: readonly Subject[] | null
}

/** Gives the rules of a ClusterRole everywhere. */
export interface ClusterRoleBinding {
  readonly kind: 'ClusterRoleBinding'
  readonly metadata: Metadata
  readonly roleRef: RoleRef
  readonly subjects?: readonly Subject[] | null
}

/** The role that a binding gives, by kind and name. */
export interface RoleRef {
  readonly kind: string
  readonly name: string
}

/** Who a binding gives a role to. A service account without a namespace is one of the binding's namespace. */
export interface Subject {
  readonly kind: string
  readonly name: string
  readonly namespace?: string
}

/** One of the four objects that RBAC reads. */
export type RbacObject = Role | ClusterRole | RoleBinding | ClusterRoleBinding

/** How many grants the rules of one account are distinguished into: a rule is a product, and a short one may stand for millions. */
export const mostGrants = 100_000

/** How many grants a rule is the product of. */
export function sizeOf({
  apiGroups = [],
  resources = [],
  resourceNames = [],
  nonResourceURLs = [],
  verbs,
}: PolicyRule) {
  const objects = apiGroups.length * resources.length * Math.max(1, resourceNames.length)
  return (objects + nonResourceURLs.length) * verbs.length
}

/**
 * The grants that a rule is the product of, wildcards as they are. URLs are granted by no rule that is bound in a namespace, for a
 * request for one has no namespace.
 */
export function grantsOf(rule: PolicyRule, namespace: string | null): readonly Grant[] {
  const { apiGroups = [], resources = [], resourceNames = [], nonResourceURLs = [], verbs } = rule
  const names = resourceNames.length > 0 ? resourceNames : [null]
  const grants: Grant[] = []
  for (const group of apiGroups)
    for (const resource of resources)
      for (const name of names)
        for (const verb of verbs) grants.push({ kind: 'resource', namespace, group, resource, name, verb })
  if (namespace === null)
    for (const url of nonResourceURLs) for (const verb of verbs) grants.push({ kind: 'url', url, verb })
  return grants
}

/** A rule as YAML in one line. */
export function ruleText(rule: PolicyRule): string {
  const lists = ruleFields.flatMap(key => {
    const values = rule[key] ?? []
    return values.length === 0 ? [] : [`${key}: [${values.map(value => JSON.stringify(value)).join(', ')}]`]
  })
  return inert(`{${lists.join(', ')}}`)
}

/** A rule as the API server prints it where it refuses to let someone hand it out: `{APIGroups:[""], Resources:["pods"], Verbs:["get"]}`. */
export function ruleInWords({ apiGroups, resources, resourceNames, nonResourceURLs, verbs }: PolicyRule): string {
  const fields = {
    APIGroups: apiGroups,
    Resources: resources,
    ResourceNames: resourceNames,
    NonResourceURLs: nonResourceURLs,
  }
  const parts = Object.entries({ ...fields, Verbs: verbs }).flatMap(([key, values = []]) =>
    values.length === 0 ? [] : [`${key}:[${values.map(value => JSON.stringify(value)).join(' ')}]`],
  )
  return `{${parts.join(', ')}}`
}
