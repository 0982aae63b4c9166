import { type Entry, parseRuleMap, type RuleMap, readRuleMap, readShapes } from '../../scripts/rulemap.ts'
import type { GrantRule, PrivilegeRule, RequestRule, UrlRule } from '../../src/rules/map/schema.ts'
import { root } from '../harness.ts'

/** The rule map of this checkout. */
export const map: RuleMap = readRuleMap(`${root}rulemap`)

const shapes = readShapes(`${root}rulemap`)

/** Parses a text as one file of a rule map; the conditions are those of `conditions.yaml`. */
export function parsed(text: string, file = 'components/a.yaml', conditions = ''): RuleMap {
  const shared = conditions === '' ? [] : [{ file: 'conditions.yaml', text: conditions }]
  return parseRuleMap([...shared, { file, text }], shapes)
}

/** The entries of a text that fits the schema. */
export function entries(text: string, file = 'components/a.yaml'): readonly Entry[] {
  const { entries, problems } = parsed(text, file)
  if (problems.length > 0) throw new Error(problems.map(({ message }) => message).join('\n'))
  return entries
}

/** What can be needed: a rule with its name. */
export type Demand =
  | { readonly kind: 'grants'; readonly id: string; readonly rule: GrantRule }
  | { readonly kind: 'urls'; readonly id: string; readonly rule: UrlRule }
  | { readonly kind: 'requests'; readonly id: string; readonly rule: RequestRule }
  | { readonly kind: 'privileges'; readonly id: string; readonly rule: PrivilegeRule }

/** All rules of an entry that demand something. */
export function demands({ rules }: Entry): readonly Demand[] {
  return [
    ...Object.entries(rules.grants ?? {}).map(([id, rule]): Demand => ({ kind: 'grants', id, rule })),
    ...Object.entries(rules.urls ?? {}).map(([id, rule]): Demand => ({ kind: 'urls', id, rule })),
    ...Object.entries(rules.requests ?? {}).map(([id, rule]): Demand => ({ kind: 'requests', id, rule })),
    ...Object.entries(rules.privileges ?? {}).map(([id, rule]): Demand => ({ kind: 'privileges', id, rule })),
  ]
}
