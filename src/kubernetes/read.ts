import {
  type Metadata,
  type PolicyRule,
  type RbacObject,
  type RoleRef,
  ruleFields,
  ruleWith,
  type Subject,
} from './rule.ts'

/**
 * Reads one object of YAML or JSON. Null for what is not one of the four objects that RBAC reads, or has a shape that the API server
 * refuses: half a rule may grant more than the whole.
 */
export function rbacObjectOf(value: unknown): RbacObject | null {
  if (!isFields(value)) return null
  const { apiVersion, kind, metadata, rules, roleRef, subjects } = value
  if (typeof apiVersion !== 'string' || !apiVersion.startsWith('rbac.authorization.k8s.io/')) return null
  if (!isMetadata(metadata)) return null
  switch (kind) {
    case 'Role':
    case 'ClusterRole':
      return isListOf(rules, isRule)
        ? { kind, metadata, rules: (rules ?? []).map(rule => ruleWith(field => rule[field] ?? [])) }
        : null
    case 'RoleBinding':
    case 'ClusterRoleBinding':
      return isRoleRef(roleRef) && isListOf(subjects, isSubject)
        ? { kind, metadata, roleRef, subjects: subjects ?? [] }
        : null
    default:
      return null
  }
}

type Fields = Readonly<Record<string, unknown>>

/** What Kubernetes treats as absent. */
type Absent = null | undefined

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const isAbsent = (value: unknown): value is Absent => value === null || value === undefined

const isText = (value: unknown): value is string => typeof value === 'string'

function isListOf<T>(value: unknown, isOne: (each: unknown) => each is T): value is readonly T[] | Absent {
  return isAbsent(value) || (Array.isArray(value) && value.every(isOne))
}

function isMetadata(value: unknown): value is Metadata {
  return isFields(value) && isText(value['name']) && (isAbsent(value['namespace']) || isText(value['namespace']))
}

function isRoleRef(value: unknown): value is RoleRef {
  return isFields(value) && isText(value['kind']) && isText(value['name'])
}

function isSubject(value: unknown): value is Subject {
  return isMetadata(value) && isRoleRef(value)
}

function isRule(value: unknown): value is PolicyRule {
  return isFields(value) && ruleFields.every(field => isListOf(value[field], isText))
}
