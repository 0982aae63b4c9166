import { rbacGroups } from '../input/manifests/objects.ts'
import type { Data } from '../input/yaml/tree.ts'
import { type PolicyRule, type RoleRef, ruleWith, type Subject } from '../kubernetes/rule.ts'
import { upTo } from '../text/cut.ts'

/** One of the objects that decide who may do what. `Origin` is where it is written. */
export type AccessObject<Origin> = RoleObject<Origin> | BindingObject<Origin>

interface Common<Origin> {
  /** Null: cluster-scoped, or left to the user who applies it. */
  readonly namespace: string | null
  readonly name: string
  readonly origin: Origin
}

/** A Role or ClusterRole. */
export interface RoleObject<Origin> extends Common<Origin> {
  readonly kind: 'Role' | 'ClusterRole'
  readonly rules: readonly PolicyRule[]
  readonly labels: ReadonlyMap<string, string>
  /** What an aggregated role gathers; null where it is not aggregated. */
  readonly selectors: readonly Selector[] | null
  /** Whether a cluster printed it: the rules of an aggregated role are complete then. */
  readonly live: boolean
}

/** A RoleBinding or ClusterRoleBinding. */
export interface BindingObject<Origin> extends Common<Origin> {
  readonly kind: 'RoleBinding' | 'ClusterRoleBinding'
  readonly roleRef: RoleRef
  readonly subjects: readonly Subject[]
}

/** Says whether an object is a role; else it is a binding. */
export function isRole<Origin>(object: AccessObject<Origin>): object is RoleObject<Origin> {
  return object.kind === 'Role' || object.kind === 'ClusterRole'
}

/** A label selector of Kubernetes. */
export interface Selector {
  readonly matchLabels: ReadonlyMap<string, string>
  readonly matchExpressions: readonly {
    readonly key: string
    readonly operator: string
    readonly values: readonly string[]
  }[]
}

type Fields = Readonly<Record<string, Data>>

/** Reads an object as the API server would; null for what is not a role or a binding. Values of a wrong type are left out. */
export function accessObjectOf<Origin>(value: Data, origin: Origin): AccessObject<Origin> | null {
  const fields = fieldsOf(value)
  const metadata = fieldsOf(fields['metadata'])
  const kind = fields['kind']
  if (!rbacGroups.has(upTo(textOf(fields['apiVersion']) ?? '', '/'))) return null
  const namespace = textOf(metadata['namespace']) || null
  const common = { namespace, name: textOf(metadata['name']) ?? '', origin }
  switch (kind) {
    case 'Role':
    case 'ClusterRole':
      return {
        ...common,
        kind,
        rules: listOf(fields['rules']).map(ruleOf),
        labels: labelsOf(metadata['labels']),
        selectors: selectorsOf(fields['aggregationRule']),
        live: (metadata['uid'] ?? null) !== null,
      }
    case 'RoleBinding':
    case 'ClusterRoleBinding': {
      const roleRef = roleRefOf(fieldsOf(fields['roleRef']))
      return { ...common, kind, roleRef, subjects: subjectsOf(fields) }
    }
    default:
      return null
  }
}

/** OpenShift's API leaves the kind out: a role with a namespace is a Role. */
function roleRefOf(reference: Fields): RoleRef {
  const role = textOf(reference['kind']) === 'Role' || (textOf(reference['namespace']) ?? '') !== ''
  return { kind: role ? 'Role' : 'ClusterRole', name: textOf(reference['name']) ?? '' }
}

/** `userNames` and `groupNames` are how OpenShift's API names subjects; `SystemUser` and `SystemGroup` are kinds of its own. */
function subjectsOf(fields: Fields): readonly Subject[] {
  const kinds: Readonly<Record<string, string>> = { SystemUser: 'User', SystemGroup: 'Group' }
  const listed = listOf(fields['subjects']).flatMap((each): readonly Subject[] => {
    const subject = fieldsOf(each)
    const [kind, name, namespace] = ['kind', 'name', 'namespace'].map(key => textOf(subject[key]))
    if (!kind || !name) return []
    return [{ kind: kinds[kind] ?? kind, name, ...(namespace ? { namespace } : {}) }]
  })
  const named = (key: string, kind: string) => textsOf(fields[key]).map(name => ({ kind, name }))
  return [...listed, ...named('userNames', 'User'), ...named('groupNames', 'Group')]
}

function ruleOf(value: Data): PolicyRule {
  const rule = fieldsOf(value)
  return ruleWith(field => textsOf(rule[field]))
}

function selectorsOf(rule: Data | undefined): readonly Selector[] | null {
  if (rule === undefined || rule === null) return null
  return listOf(fieldsOf(rule)['clusterRoleSelectors']).map(value => {
    const selector = fieldsOf(value)
    return {
      matchLabels: labelsOf(selector['matchLabels']),
      matchExpressions: listOf(selector['matchExpressions']).map(each => {
        const { key, operator, values } = fieldsOf(each)
        return { key: textOf(key) ?? '', operator: textOf(operator) ?? '', values: textsOf(values) }
      }),
    }
  })
}

function labelsOf(value: Data | undefined): ReadonlyMap<string, string> {
  return new Map(
    Object.entries(fieldsOf(value)).flatMap(([key, label]) => (typeof label === 'string' ? [[key, label]] : [])),
  )
}

function fieldsOf(value: Data | undefined): Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : {}
}

const listOf = (value: Data | undefined): readonly Data[] => (Array.isArray(value) ? value : [])
const textOf = (value: Data | undefined): string | null => (typeof value === 'string' ? value : null)
const textsOf = (value: Data | undefined): readonly string[] => listOf(value).flatMap(each => textOf(each) ?? [])
