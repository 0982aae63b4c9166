import { rbacGroup, rbacGroups } from '../input/manifests/objects.ts'
import type { Data } from '../input/yaml/tree.ts'
import { upTo } from '../text/cut.ts'

type Fields = Readonly<Record<string, Data>>

const ruleKeys = ['apiGroups', 'resources', 'verbs', 'resourceNames', 'nonResourceURLs', 'attributeRestrictions']

/**
 * Says why the API server refuses a role or a binding, so that nothing of it grants anything; null where it takes it. What a cluster
 * printed it has taken, whatever is printed.
 */
export function refusedBecause(value: Data): string | null {
  const object = fieldsOf(value)
  const metadata = fieldsOf(object['metadata'])
  if ((metadata['uid'] ?? null) !== null) return null
  // OpenShift's API asks less of an object, and completes it.
  const isOwnApi = String(object['apiVersion']).startsWith(`${rbacGroup}/`)
  const kind = String(object['kind'])
  const found = [
    ...metadataFaults(metadata),
    ...(kind.endsWith('Role') ? ruleFaults(object['rules'] ?? []) : []),
    ...(kind.endsWith('Binding') && isOwnApi ? bindingFaults(object, kind === 'ClusterRoleBinding') : []),
  ]
  return found[0] ?? null
}

const isText = (value: Data | undefined): value is string => typeof value === 'string' && value !== ''
const isList = (value: Data | undefined): value is readonly Data[] => Array.isArray(value)

function metadataFaults(metadata: Fields): readonly string[] {
  const { name, generateName, namespace } = metadata
  return [
    ...(isText(name) || isText(generateName) ? [] : ['metadata.name is not text']),
    ...((namespace ?? null) === null || typeof namespace === 'string' ? [] : ['metadata.namespace is not text']),
  ]
}

function ruleFaults(rules: Data): readonly string[] {
  if (!isList(rules)) return ['rules is not a list']
  return rules.flatMap((rule, at) => {
    const fields = fieldsOf(rule)
    const path = `rules[${at}]`
    const [unknown] = Object.keys(fields).filter(key => !ruleKeys.includes(key))
    const [wrong] = ruleKeys.slice(0, -1).filter(key => !isTexts(fields[key] ?? []))
    const holds = (key: string): boolean => isList(fields[key]) && fields[key].length > 0
    return [
      ...(unknown === undefined ? [] : [`${path} has a field ${unknown}`]),
      ...(wrong === undefined ? [] : [`${path}.${wrong} is not a list of texts`]),
      ...(holds('verbs') ? [] : [`${path} has no verbs`]),
      ...(holds('nonResourceURLs') || (holds('apiGroups') && holds('resources'))
        ? []
        : [`${path} has neither apiGroups and resources nor nonResourceURLs`]),
      ...(holds('nonResourceURLs') && (holds('apiGroups') || holds('resources') || holds('resourceNames'))
        ? [`${path} has both resources and nonResourceURLs`]
        : []),
    ]
  })
}

const isTexts = (value: Data): boolean => isList(value) && value.every(each => typeof each === 'string')

function bindingFaults(object: Fields, isCluster: boolean): readonly string[] {
  const reference = fieldsOf(object['roleRef'])
  const kinds = isCluster ? ['ClusterRole'] : ['Role', 'ClusterRole']
  const subjects = object['subjects'] ?? []
  return [
    ...(kinds.includes(String(reference['kind'])) ? [] : [`roleRef.kind is not ${kinds.join(' or ')}`]),
    ...(isText(reference['name']) ? [] : ['roleRef.name is not text']),
    ...(isOf(reference['apiGroup'], rbacGroup) ? [] : [`roleRef.apiGroup is not ${rbacGroup}`]),
    ...(isList(subjects)
      ? subjects.flatMap((each, at) => subjectFaults(fieldsOf(each), `subjects[${at}]`, isCluster))
      : ['subjects is not a list']),
  ]
}

function subjectFaults(
  { kind, name, namespace, apiGroup }: Fields,
  path: string,
  isCluster: boolean,
): readonly string[] {
  const isAccount = kind === 'ServiceAccount'
  const known = ['ServiceAccount', 'User', 'Group'].includes(String(kind))
  return [
    ...(known ? [] : [`${path}.kind is not ServiceAccount, User or Group`]),
    ...(isText(name) ? [] : [`${path}.name is not text`]),
    ...(known && !isOf(apiGroup, isAccount ? '' : rbacGroup) ? [`${path}.apiGroup is wrong`] : []),
    ...(isAccount && isCluster && !isText(namespace) ? [`${path} has no namespace`] : []),
  ]
}

/** What is left out is filled in. */
const isOf = (group: Data | undefined, wanted: string): boolean => (group ?? '') === '' || group === wanted

/** Says whether a kind is one of roles or bindings, however it is spelled. */
export const isAccessKind = (kind: string): boolean => /^\s*(?:cluster)?role(?:binding)?\s*$/i.test(kind)

/** Says whether the API server reads an object as a role or a binding. */
export const isAccessObject = (apiVersion: string, kind: string): boolean =>
  rbacGroups.has(upTo(apiVersion, '/')) && /^(?:Cluster)?Role(?:Binding)?$/.test(kind)

const fieldsOf = (value: Data | undefined): Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : {}
