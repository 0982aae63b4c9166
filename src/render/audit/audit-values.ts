import type { JsonMap } from '../../chart/json.ts'
import { type Remark, writeYaml } from '../../chart/write/write-yaml.ts'
import { uniqueGrants } from '../../kubernetes/grant.ts'
import { grantsOf, type PolicyRule } from '../../kubernetes/rule.ts'
import type { Audit } from '../../reports/audit/audit.ts'
import { ruleLists } from '../../reports/audit/audited-chart.ts'
import { type Kept, repeatedBecause, type TrimmedLists } from '../../reports/audit/trim/trimmed-rules.ts'
import { auditHead } from './audit-words.ts'

/** The rules that stay as values, with the chart's comments. */
export function auditValues(found: Audit, { lists, repeated }: TrimmedLists, kept: Kept): string {
  const { at } = found.chart
  const remarks: Remark[] = []
  const rulesOf = (list: (typeof ruleLists)[number]): readonly PolicyRule[] => {
    const rules: PolicyRule[] = []
    for (const each of lists[list]) {
      const lines = each.block.comment?.split('\n') ?? []
      if (each.rules.length > 0) remarks.push({ path: [...at, 'rbac', list, rules.length], lines })
      for (const rule of each.rules) rules.push(rule)
    }
    if (repeated?.list !== list) return rules
    remarks.push({ path: [...at, 'rbac', list, rules.length], lines: [repeatedBecause] })
    return [...rules, repeated.rule]
  }
  const rbac = Object.fromEntries(ruleLists.map(list => [list, rulesOf(list)])) as Record<string, readonly PolicyRule[]>
  const left = uniqueGrants(Object.values(rbac).flatMap(rules => rules.flatMap(rule => grantsOf(rule, null))))
  const what = kept === 'usable' ? 'some component can need' : 'its default configuration needs'
  const header = [`${auditHead(found)}`, `The default rules that ${what}: ${left.length} of ${found.defaults} grants.`]
  const values = [...at].reverse().reduce<JsonMap>((inner, key) => ({ [key]: inner }), { rbac } as unknown as JsonMap)
  return writeYaml(values, { header, remarks })
}
