import { itemsAt, type Mapping, scalarAt, type Tree, textsAt, truthy } from '../../input/yaml/tree.ts'
import { grantsOf, type PolicyRule } from '../../kubernetes/rule.ts'
import type { Release } from '../release/releases.ts'
import type { OwnGrant } from './widen.ts'

const fields = ['apiGroups', 'resources', 'resourceNames', 'nonResourceURLs'] as const

/** What the rules in a user's values of the chart grant, each with the rule that does. None for a release that does not read them. */
export function ownGrants(chart: Mapping, release: Release): readonly OwnGrant[] {
  const create = scalarAt(chart, 'rbac', 'create')
  if (!release.configurable || (create !== null && !truthy(create))) return []
  const namespaces = textsAt(chart, 'rbac', 'namespaces')
  const places = namespaces.length > 0 ? namespaces : [null]
  return [
    ...places.flatMap(namespace => grantsIn(itemsAt(chart, 'rbac', 'rules'), namespace)),
    ...(namespaces.length > 0 ? [] : grantsIn(itemsAt(chart, 'rbac', 'clusterRules'), null)),
  ]
}

function grantsIn(rules: readonly Tree[], namespace: string | null): readonly OwnGrant[] {
  return rules.flatMap(rule => {
    const lists = Object.fromEntries(fields.map(field => [field, textsAt(rule, field)]))
    const policy: PolicyRule = { ...lists, verbs: textsAt(rule, 'verbs') }
    return grantsOf(policy, namespace).map(grant => ({ grant, span: rule.span }))
  })
}
