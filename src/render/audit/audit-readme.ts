import { ruleText } from '../../kubernetes/rule.ts'
import { packRules } from '../../plan/pack.ts'
import type { Audit, AuditedRule } from '../../reports/audit/audit.ts'
import { markdownCode, markdownText } from '../markdown.ts'
import { grantsCell, table } from './audit-markdown.ts'

const begin = '<!-- alloy-rbac audit-chart: begin -->'
const end = '<!-- alloy-rbac audit-chart: end -->'

/** The part of a page that tells users of a chart what its rules are for, between its marks. */
export function auditReadme(audits: readonly Audit[]): string {
  const several = audits.length > 1
  return `${[begin, ...audits.flatMap(found => tables(found, several)), end].join('\n\n')}\n`
}

function tables(found: Audit, isTitled: boolean): readonly string[] {
  const { chart, rules, additions } = found
  const lacking = additions.filter(({ missing }) => missing.length > 0)
  return [
    ...(isTitled ? [`### ${markdownText(chart.name)}`] : []),
    `What the components of Alloy ${chart.target.alloy} can use of the default rules:`,
    ...table(['Rule', 'Comment', 'Grants', 'Used by', 'Used by none'], rules.map(row)),
    ...(lacking.length === 0 ? [] : ['Users of these components may have to add rules:']),
    ...table(
      ['Component', 'Rules to add, at most'],
      lacking.map(({ components, missing }) => [
        components.map(markdownCode).join('<br>'),
        packRules(missing)
          .map(rule => markdownCode(ruleText(rule)))
          .join('<br>'),
      ]),
    ),
  ]
}

const row = ({ place, comment, usable, phantom, unused, wide }: AuditedRule): readonly string[] => [
  markdownCode(place),
  markdownText(comment?.split('\n').join(' ') ?? ''),
  grantsCell(usable.map(({ grant }) => grant)),
  [...new Set(usable.flatMap(({ components }) => components))].sort().map(markdownCode).join('<br>'),
  grantsCell([...phantom, ...unused, ...wide]),
]

/** A page with that part in the place of what is between its marks. Null where the page does not have both, once and in order. */
export function withReadme(page: string, part: string): string | null {
  const [start, stop] = [page.indexOf(begin), page.indexOf(end)]
  const isOnce = start === page.lastIndexOf(begin) && stop === page.lastIndexOf(end)
  if (start === -1 || stop < start || !isOnce) return null
  const shown = page.includes('\r\n') ? part.replaceAll('\n', '\r\n') : part
  return page.slice(0, start) + shown.trimEnd() + page.slice(stop + end.length)
}

/** The lines that a page must have. */
export const readmeMarks = [begin, end] as const
