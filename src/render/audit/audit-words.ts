import { uniqueGrants } from '../../kubernetes/grant.ts'
import { ruleText } from '../../kubernetes/rule.ts'
import type { Audit, AuditedRule } from '../../reports/audit/audit.ts'
import { isTooWide } from '../../reports/audit/audit.ts'
import type { MissingNeed } from '../../reports/audit/missing-needs.ts'

/** What was compared. */
export const auditHead = ({ chart: { name, target } }: Audit): string =>
  `${name}, Alloy ${target.alloy}, Kubernetes ${target.kubernetes}`

/** How many of the default grants are in each tier. */
export function auditSummary({ defaults, phantom, unused, wide, usable, configured, missing }: Audit): string {
  const parts = [
    `${phantom.length} that no API serves`,
    `${unused.length} that no component of this Alloy release can need`,
    ...(wide.length === 0 ? [] : [`${wide.length} with a wildcard that covers more than components can need`]),
    `${usable.length} that some component can need`,
  ]
  const needed =
    configured === null ? '' : `, of which the chart's own default configuration needs ${configured.length}`
  const gaps = uniqueGrants(missing.flatMap(({ grants }) => grants)).length
  return `${defaults} default grants: ${parts.join(', ')}${needed}; ${gaps} more that components can need are not among them`
}

/** What to do with a rule. */
export function ruleRemedy(rule: AuditedRule): string {
  if (!isTooWide(rule)) return 'keep the rule'
  return rule.left.length === 0 ? 'remove the rule' : `keep only: ${rule.left.map(ruleText).join(', ')}`
}

/** When a need arises that the defaults do not cover, in words; what names in it mean follows in brackets. */
export function missingCondition({ kind, rules, isOptional }: MissingNeed): string {
  if (kind === 'request')
    return "if its arguments send the service account's token to that part of a kubelet, or through that proxy of the API server"
  const [rule] = rules
  const meaning = (rule?.conditions ?? []).map(({ name, phrase }) => `${name}: ${phrase}`)
  const when = rule?.when === null || rule === undefined ? 'always' : `when ${rule.when}`
  const optional = isOptional ? `; optional: ${rule?.optional ?? ''}` : ''
  return `${when}${meaning.length === 0 ? '' : ` (${meaning.join('; ')})`}${optional}`
}

/** Where that was read. */
export const missingEvidence = ({ rules }: MissingNeed): readonly string[] =>
  [...new Set(rules.flatMap(({ evidence }) => evidence.map(({ at }) => at)))].sort()
