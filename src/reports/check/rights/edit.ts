import type { Label } from '../../../diagnostic/diagnostic.ts'
import { type Grant, grantLine, uniqueGrants } from '../../../kubernetes/grant.ts'
import { type PolicyRule, ruleText } from '../../../kubernetes/rule.ts'
import { pack } from '../../../plan/pack.ts'
import type { PlannedGrant } from '../../../plan/reduce.ts'
import type { HeldRule } from './granted.ts'

/**
 * Where the rules of an account are written: in objects, in the chart's values, or nowhere that can be edited: objects that the chart
 * rendered, defaults of the chart, roles of every cluster. `apart`: beside a chart that takes neither rules nor objects from its values.
 */
export type DefinedIn = 'objects' | 'values' | 'rendered' | 'defaults' | 'built-in' | 'apart'

/** What to do about something that a template of the chart writes. */
export const byGenerate = 'merge the values that alloy-rbac generate prints'

/** Says whether the values that generate prints decide what is written there. */
export const areOfValues = (definedIn: DefinedIn): boolean => definedIn === 'values' || isRendered(definedIn)

const isRendered = (definedIn: DefinedIn): boolean => definedIn === 'rendered' || definedIn === 'defaults'

/** What to add so that an account has some grants: the smallest rules, each with its place. */
export function addition(grants: readonly Grant[], definedIn: DefinedIn): string {
  if (isRendered(definedIn)) return byGenerate
  if (definedIn === 'apart') return 'apply the objects that alloy-rbac generate --format manifests prints'
  return `add ${pack(grants)
    .map(({ namespace, rule }) => `to ${roleOf(namespace, definedIn, rule)}: ${ruleText(rule)}`)
    .join('; ')}`
}

/** What to make of a rule that grants more than is needed, so that just the grants to keep are left. */
export function narrowing(
  kept: readonly Grant[],
  {
    namespace,
    definedIn,
    onlyRuleInList,
    binding,
  }: Pick<HeldRule, 'namespace' | 'definedIn' | 'onlyRuleInList' | 'binding'>,
): string {
  if (isRendered(definedIn)) return byGenerate
  const rules = pack(uniqueGrants(kept))
  if (definedIn === 'built-in' && rules.length === 0) return `remove ${binding}`
  if (definedIn === 'built-in') {
    const own = rules.map(each => `to ${roleOf(each.namespace, 'objects', each.rule)}: ${ruleText(each.rule)}`)
    return `remove ${binding} and add ${own.join('; ')}`
  }
  if (rules.length === 0 && onlyRuleInList)
    return 'replace the rule with one from the other list: the chart does not render with an empty list'
  if (rules.length === 0) return 'remove the rule'
  const here = rules.filter(each => each.namespace === namespace)
  const elsewhere = rules.filter(each => each.namespace !== namespace)
  const parts = [
    here.length === 0
      ? 'remove the rule'
      : `replace the rule with ${here.map(({ rule }) => ruleText(rule)).join(', ')}`,
    ...elsewhere.map(each => `add to ${roleOf(each.namespace, 'objects', each.rule)}: ${ruleText(each.rule)}`),
  ]
  return parts.join('; ')
}

function roleOf(namespace: string | null, definedIn: DefinedIn, { nonResourceURLs = [] }: PolicyRule): string {
  if (namespace === '.') return "a Role in Alloy's namespace"
  if (namespace !== null) return `a Role in ${namespace}`
  if (definedIn === 'values') return nonResourceURLs.length > 0 ? 'rbac.clusterRules' : 'rbac.rules'
  return 'a ClusterRole of the service account'
}

/** The components that need grants, each once. */
export function users(planned: readonly PlannedGrant[]): readonly Label[] {
  const labels = new Map<string, Label>()
  for (const { grant, reasons } of planned)
    for (const { component, span } of reasons)
      if (!labels.has(component)) labels.set(component, { span, text: `${component} needs ${grantLine(grant)}` })
  return [...labels.values()]
}
