import type { Release } from '../../chart/release/releases.ts'
import type { PolicyRule } from '../../kubernetes/rule.ts'
import type { Target } from '../../rules/map/condition.ts'
import type { Source, Span } from '../../source.ts'

/** The two lists of rules that the chart's values have. */
export const ruleLists = ['rules', 'clusterRules'] as const

/** One of the two lists. */
export type RuleList = (typeof ruleLists)[number]

/** A default rule, and where it is written. */
export interface RuleBlock {
  readonly list: RuleList
  readonly index: number
  /** `rbac.rules[3]`, `templates/rbac.yaml rules[3]`. */
  readonly place: string
  /** What the comment above it says; null without one. */
  readonly comment: string | null
  readonly rule: PolicyRule
  /** Where it is in a file that can be edited; null for a rule of a released chart. */
  readonly span: Span | null
}

/** The Alloy chart as a release, a working tree, or a chart that embeds it has it. */
export interface AuditedChart {
  /** `grafana/alloy 1.11.1`, `charts/umbrella alloy-metrics`. */
  readonly name: string
  /** Where the file nests the chart's values. */
  readonly at: readonly string[]
  /** The file whose values hold a list of rules; null where none does. */
  readonly source: Source | null
  /** Whether that file is in an archive. */
  readonly isArchived: boolean
  readonly blocks: readonly RuleBlock[]
  /** How many elements of each list are not rules. */
  readonly unreadRules: Readonly<Record<RuleList, number>>
  /** Whether the values ask for Roles in namespaces, which only the first list is for. */
  readonly isNamespaced: boolean
  readonly release: Release
  readonly target: Target
}
