import { type Action, defaultRule, relabel } from '../../src/relabel/relabel.ts'

/** Labels before and after rules; null when they were dropped. */
export interface RelabelVector {
  readonly labels: Readonly<Record<string, string>>
  readonly rules: readonly {
    readonly source_labels?: readonly string[]
    readonly separator?: string
    readonly regex?: string
    readonly target_label?: string
    readonly action?: Action
    readonly replacement?: string
    readonly modulus?: number | string
  }[]
  readonly result: Readonly<Record<string, string>> | null
}

/** Null when the vector holds, else what differs. */
export function check({ labels, rules, result }: RelabelVector): string | null {
  const applied = relabel(
    new Map(Object.entries(labels)),
    rules.map(rule => ({
      sourceLabels: rule.source_labels ?? defaultRule.sourceLabels,
      separator: rule.separator ?? defaultRule.separator,
      regex: rule.regex ?? defaultRule.regex,
      targetLabel: rule.target_label ?? defaultRule.targetLabel,
      action: rule.action ?? defaultRule.action,
      replacement: rule.replacement ?? defaultRule.replacement,
      modulus: BigInt(rule.modulus ?? 0),
    })),
  )
  const [got, wanted] = [sorted(applied && Object.fromEntries(applied)), sorted(result)]
  return got === wanted ? null : `got ${got}, wanted ${wanted}`
}

const sorted = (labels: Readonly<Record<string, string>> | null): string =>
  labels === null ? 'dropped' : JSON.stringify(Object.entries(labels).sort(([a], [b]) => (a < b ? -1 : 1)))
