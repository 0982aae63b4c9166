import type { Label } from '../../../diagnostic/diagnostic.ts'
import type { Edit, PlacedRule } from '../../../diagnostic/edit-in-words.ts'
import { type Grant, grantLine, uniqueGrants } from '../../../kubernetes/grant.ts'
import { type PolicyRule, ruleText, type ScopedRule } from '../../../kubernetes/rule.ts'
import { pack } from '../../../plan/pack.ts'
import type { PlannedGrant } from '../../../plan/reduce.ts'
import type { DefinedIn } from './defined-in.ts'
import { isRendered } from './defined-in.ts'
import type { HeldRule } from './granted.ts'

/** What to add so that an account has some grants: the smallest rules, each with its place. */
export function addition(grants: readonly Grant[], definedIn: DefinedIn): Edit {
  if (isRendered(definedIn)) return { kind: 'generate' }
  if (definedIn === 'apart') return { kind: 'manifests' }
  return { kind: 'add', rules: pack(grants).map(each => placed(each, definedIn)) }
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
): Edit {
  if (isRendered(definedIn)) return { kind: 'generate' }
  const rules = pack(uniqueGrants(kept))
  if (definedIn === 'built-in') return { kind: 'unbind', binding, rules: rules.map(each => placed(each, 'objects')) }
  if (rules.length === 0 && onlyRuleInList) return { kind: 'empty list' }
  return {
    kind: 'replace',
    here: rules.filter(each => each.namespace === namespace).map(({ rule }) => ruleText(rule)),
    elsewhere: rules.filter(each => each.namespace !== namespace).map(each => placed(each, 'objects')),
  }
}

const placed = ({ namespace, rule }: ScopedRule, definedIn: DefinedIn): PlacedRule => ({
  namespace,
  list: definedIn === 'values' ? listOf(rule) : null,
  text: ruleText(rule),
})

const listOf = ({ nonResourceURLs = [] }: PolicyRule): 'rbac.rules' | 'rbac.clusterRules' =>
  nonResourceURLs.length > 0 ? 'rbac.clusterRules' : 'rbac.rules'

/** The components that need grants, each once. */
export function users(planned: readonly PlannedGrant[]): readonly Label[] {
  const labels = new Map<string, Label>()
  for (const { grant, reasons } of planned)
    for (const { component, span } of reasons)
      if (!labels.has(component)) labels.set(component, { span, text: `${component} needs ${grantLine(grant)}` })
  return [...labels.values()]
}
