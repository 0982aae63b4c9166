import { type Grant, grantLines } from '../../kubernetes/grant.ts'
import { ruleText } from '../../kubernetes/rule.ts'
import { type Audit, isTooWide } from '../../reports/audit/audit.ts'
import { markdownCode, markdownText } from '../markdown.ts'
import { auditHead, auditSummary, missingCondition, missingEvidence, ruleRemedy } from './audit-words.ts'

/** The same for an issue or a pull request of the chart. */
export function auditMarkdown(found: Audit): string {
  const parts = [
    `### ${markdownText(auditHead(found))}`,
    markdownText(auditSummary(found)),
    ...table(
      ['rule', 'no API serves', 'no component needs', 'what to do'],
      found.rules
        .filter(isTooWide)
        .map(rule => [
          markdownCode(rule.place),
          grantsCell(rule.phantom),
          grantsCell([...rule.unused, ...rule.wide]),
          markdownText(ruleRemedy(rule)),
        ]),
    ),
    ...titled('Needs that the defaults do not cover', [
      ...table(
        ['not covered', 'components', 'condition', 'evidence'],
        found.missing.map(need => [
          grantsCell(need.grants),
          need.components.map(markdownCode).join('<br>'),
          markdownText(missingCondition(need)),
          need.kind === 'request' ? '' : missingEvidence(need).map(markdownCode).join('<br>'),
        ]),
      ),
    ]),
    ...titled('Who uses what must add these rules, at most', additionsTable(found)),
  ]
  return `${parts.join('\n\n')}\n`
}

/** The rules that users of components must add where the defaults are what the default configuration needs. */
const additionsTable = ({ additions }: Audit): readonly string[] =>
  table(
    ['who uses', 'adds', 'not in the defaults today'],
    additions.map(({ components, rules, missing }) => [
      components.map(markdownCode).join('<br>'),
      rules.map(rule => markdownCode(ruleText(rule))).join('<br>'),
      grantsCell(missing),
    ]),
  )

/** Grants in a cell of a table. */
export const grantsCell = (grants: readonly Grant[]): string => grantLines(grants).map(markdownCode).join('<br>')

const titled = (title: string, parts: readonly string[]): readonly string[] =>
  parts.length === 0 ? [] : [`#### ${title}`, ...parts]

/** A table whose cells are Markdown already; none without rows. */
export function table(titles: readonly string[], rows: readonly (readonly string[])[]): readonly string[] {
  if (rows.length === 0) return []
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`
  return [[line(titles), line(titles.map(() => '---')), ...rows.map(line)].join('\n')]
}
