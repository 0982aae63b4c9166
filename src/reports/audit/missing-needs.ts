import { type Grant, grantKey, implies, uniqueGrants } from '../../kubernetes/grant.ts'
import { rulesOf } from '../../rules/map/load.ts'
import { explainRules, type RuleExplanation } from '../explain/explain-rules.ts'
import type { PossibleNeed } from './possible-needs.ts'

/** Grants that components can need and the defaults do not cover. */
export interface MissingNeed {
  readonly grants: readonly Grant[]
  readonly kind: PossibleNeed['kind']
  readonly components: readonly string[]
  /** The entries of the rule map that ask for it, with condition and evidence. */
  readonly rules: readonly RuleExplanation[]
  /** Whether the component does without it, with a loss. */
  readonly isOptional: boolean
}

/** What can be needed and is not granted: rule by rule of the map, what requests may ask for once for all that send them. */
export function missingNeeds(needs: readonly PossibleNeed[], granted: readonly Grant[]): readonly MissingNeed[] {
  const groups = new Map<string, PossibleNeed[]>()
  const byRule = new Map<string, PossibleNeed[]>()
  for (const need of needs) {
    if (isAnyUrl(need.grant) || granted.some(grant => implies(grant, need.grant))) continue
    byRule.set(need.rule, [...(byRule.get(need.rule) ?? []), need])
  }
  for (const [rule, asked] of byRule) {
    const isRequest = asked[0]?.kind === 'request'
    const key = isRequest ? asked.map(({ grant }) => grantKey(grant)).join('\n') : rule
    groups.set(key, [...(groups.get(key) ?? []), ...asked])
  }
  return [...groups.values()].flatMap(asked => {
    const [first] = asked
    if (first === undefined) return []
    const rules = [...new Set(asked.map(({ rule }) => rule))]
    return {
      grants: uniqueGrants(asked.map(({ grant }) => grant)),
      kind: first.kind,
      components: [...new Set(asked.map(({ component }) => component))],
      rules: rules.flatMap(rule => explanationOf(rule)),
      isOptional: first.isOptional,
    }
  })
}

/** Which paths other servers ask the authorizer for is the user's to know. */
const isAnyUrl = (grant: Grant): boolean => grant.kind === 'url' && grant.url === '*'

function explanationOf(rule: string): readonly RuleExplanation[] {
  const component = rule.slice(0, rule.indexOf('#'))
  const rules = rulesOf(component)
  return rules === null ? [] : explainRules(component, rules).filter(each => each.rule === rule)
}
