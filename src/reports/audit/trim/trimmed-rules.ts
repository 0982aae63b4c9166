import { type Grant, grantKey } from '../../../kubernetes/grant.ts'
import { grantsOf, type PolicyRule } from '../../../kubernetes/rule.ts'
import { packRules } from '../../../plan/pack.ts'
import type { Audit, AuditedRule } from '../audit.ts'
import { type RuleList, ruleLists } from '../audited-chart.ts'

/** `usable`: what some component can need. `configured`: only what the chart's own default configuration needs. */
export type Kept = 'usable' | 'configured'

/** What stays of a default rule. */
export interface TrimmedRule {
  readonly block: AuditedRule
  /** The rule itself where all of it stays; none where it goes. */
  readonly rules: readonly PolicyRule[]
  readonly isWhole: boolean
}

/** What stays of the default rules of a chart, list by list, or why they cannot be trimmed. */
export interface TrimmedLists {
  readonly lists: Readonly<Record<RuleList, readonly TrimmedRule[]>>
  /** A rule of the other list that is repeated in one that would be empty beside it. */
  readonly repeated: { readonly list: RuleList; readonly rule: PolicyRule } | null
}

/** Why a rule is in both lists. */
export const repeatedBecause =
  'Repeated here because the chart renders one empty list beside another one as invalid YAML.'

/** What stays of the default rules. */
export function trimmedRules(found: Audit, kept: Kept): TrimmedLists | { readonly why: string } {
  if (kept === 'configured' && found.configured === null)
    return { why: `which grants the default configuration of ${found.chart.name} needs is not known` }
  const taken = new Set<string>()
  const rules = found.rules.map(block => {
    const grants = kept === 'usable' ? block.usable.map(({ grant }) => grant) : untaken(block.configured ?? [], taken)
    return { block, ...staying(block, grants) }
  })
  const of = (list: RuleList) => rules.filter(({ block }) => block.list === list)
  const lists = { rules: of('rules'), clusterRules: of('clusterRules') }
  return withoutEmptyList(found, lists)
}

/** The default configuration needs a grant once, and what grants it again may go. */
function untaken(grants: readonly Grant[], taken: Set<string>): readonly Grant[] {
  const left = grants.filter(grant => !taken.has(grantKey(grant)))
  for (const grant of left) taken.add(grantKey(grant))
  return left
}

function staying({ rule }: AuditedRule, grants: readonly Grant[]): Omit<TrimmedRule, 'block'> {
  const keys = new Set(grants.map(grantKey))
  const isWhole = grantsOf(rule, null).every(grant => keys.has(grantKey(grant)))
  return { isWhole, rules: isWhole ? [rule] : packRules(grants) }
}

/** The chart renders both lists or, in newer releases, none; in Roles only the first counts. */
function withoutEmptyList(found: Audit, lists: TrimmedLists['lists']): TrimmedLists | { readonly why: string } {
  const { release, unreadRules, isNamespaced } = found.chart
  const wasEmpty = (list: RuleList): boolean => lists[list].length + unreadRules[list] === 0
  const left = (list: RuleList): readonly PolicyRule[] => lists[list].flatMap(({ rules }) => rules)
  const isEmpty = (list: RuleList): boolean => left(list).length + unreadRules[list] === 0
  const emptied = ruleLists.filter(list => isEmpty(list) && !wasEmpty(list))
  const [first] = emptied
  if (first === undefined || isNamespaced) return { lists, repeated: null }
  const other: RuleList = first === 'rules' ? 'clusterRules' : 'rules'
  if (isEmpty(other))
    return release.emptyLists
      ? { lists, repeated: null }
      : {
          why: `nothing is left of the rules, and chart ${release.version} does not render two empty lists: set rbac.create to false`,
        }
  const [one] = left(other).flatMap(rule => grantsOf(rule, null))
  if (one === undefined) return { why: `nothing can be repeated in rbac.${first}, which would be empty` }
  return { lists, repeated: { list: first, rule: packRules([one])[0] ?? { verbs: [] } } }
}
