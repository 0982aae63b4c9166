import { itemsAt, type Mapping, scalarAt, type Tree, textsAt, truthy } from '../../input/yaml/tree.ts'
import { grantsOf, mostGrants, type PolicyRule, ruleWith, sizeOf } from '../../kubernetes/rule.ts'
import type { Span } from '../../source.ts'
import type { Release } from '../release/releases.ts'
import type { OwnGrant } from './widen.ts'

/**
 * What the rules in a user's values of the chart grant, each with the rule that does. None for a release that does not read them; null
 * where they are more than are distinguished.
 */
export function ownGrants(chart: Mapping, release: Release): readonly OwnGrant[] | null {
  const create = scalarAt(chart, 'rbac', 'create')
  if (!release.configurable || (create !== null && !truthy(create))) return []
  const namespaces = textsAt(chart, 'rbac', 'namespaces')
  const places = namespaces.length > 0 ? namespaces : [null]
  const rules = itemsAt(chart, 'rbac', 'rules').map(ownRule)
  const clusterRules = namespaces.length > 0 ? [] : itemsAt(chart, 'rbac', 'clusterRules').map(ownRule)
  if (sizeOfAll(rules) * places.length + sizeOfAll(clusterRules) > mostGrants) return null
  return [...places.flatMap(namespace => grantsIn(rules, namespace)), ...grantsIn(clusterRules, null)]
}

interface OwnRule {
  readonly policy: PolicyRule
  readonly span: Span
}

function ownRule(rule: Tree): OwnRule {
  return { policy: ruleWith(field => textsAt(rule, field)), span: rule.span }
}

const sizeOfAll = (rules: readonly OwnRule[]): number => rules.reduce((sum, { policy }) => sum + sizeOf(policy), 0)

function grantsIn(rules: readonly OwnRule[], namespace: string | null): readonly OwnGrant[] {
  return rules.flatMap(({ policy, span }) => grantsOf(policy, namespace).map(grant => ({ grant, span })))
}
