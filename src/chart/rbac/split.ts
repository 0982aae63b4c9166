import type { PolicyRule } from '../../kubernetes/rule.ts'
import { type Entry, entryOf } from './entry.ts'

/** The two lists of the chart's values; it renders `rules` followed by `clusterRules`. */
export interface Lists {
  readonly rules: readonly Entry[]
  readonly clusterRules: readonly Entry[]
}

const why = 'The chart renders invalid YAML when one of the two lists is empty.'

/**
 * Sees to it that neither list is empty while the other is not, which the chart cannot render: a rule moves over, or is split by
 * one of its factors; a single grant is in both.
 */
export function fill({ rules, clusterRules }: Lists): Lists {
  if (rules.length === 0 && clusterRules.length > 0) {
    const [moved, rest] = part(clusterRules, 'first')
    return { rules: moved, clusterRules: rest }
  }
  if (clusterRules.length === 0 && rules.length > 0) {
    const [moved, rest] = part(rules, 'last')
    return { rules: rest, clusterRules: moved }
  }
  return { rules, clusterRules }
}

/** Takes one entry away to the other list, and says so above it. */
function part(full: readonly Entry[], end: 'first' | 'last'): readonly [readonly Entry[], readonly Entry[]] {
  const noted = (entry: Entry, words: string): Entry => ({ ...entry, notes: [...entry.notes, `${why} ${words}`] })
  const moved = full.at(end === 'first' ? 0 : -1)
  if (moved && full.length > 1) {
    return [[noted(moved, 'This rule is listed here only for that reason.')], full.filter(entry => entry !== moved)]
  }
  const [only] = full as readonly [Entry]
  const halves = halve(only.rule)
  if (!halves) return [[noted(only, 'This rule is a single grant and is listed in both only for that reason.')], [only]]
  const [kept, other] = halves.map(rule => ({ ...only, ...entryOf(rule, only.grants, only.notes) })) as [Entry, Entry]
  return end === 'first'
    ? [[noted(kept, 'This rule is split from the one below.')], [other]]
    : [[noted(other, 'This rule is split from the one above.')], [kept]]
}

const factors = ['resources', 'apiGroups', 'resourceNames', 'nonResourceURLs', 'verbs'] as const

/** Splits a rule in two that together grant the same; null for a single grant. */
function halve(rule: PolicyRule): readonly [PolicyRule, PolicyRule] | null {
  for (const factor of factors) {
    const values = rule[factor]
    if (!values || values.length < 2) continue
    return [
      { ...rule, [factor]: values.slice(0, -1) },
      { ...rule, [factor]: values.slice(-1) },
    ]
  }
  return null
}
