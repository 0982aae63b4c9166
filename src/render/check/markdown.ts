import type { Severity } from '../../diagnostic/entry.ts'
import type { Finding } from '../../reports/check/finding.ts'
import { type CheckReport, statusOf } from '../../reports/check/report.ts'
import { boundedMarkdown, markdownCell, markdownText } from '../markdown.ts'
import { placeOf } from '../places.ts'
import { tableMarkdown } from '../table.ts'
import { pipelinesTable } from './pipelines.ts'
import { closingLine, withoutRemedy } from './remedy.ts'
import { acceptedLine, checkSummary } from './text.ts'
import { checkTotals } from './totals.ts'

const titles = { clean: 'clean', findings: 'findings', 'no-plan': 'no verdict' } as const

/**
 * The report as a comment for a pull request: one table for each workload, those of several workloads folded below totals, and only as many
 * as a comment takes.
 */
export function checkMarkdown(report: CheckReport, failOn: Severity): string {
  const title = `### Alloy's permissions: ${titles[statusOf(report, failOn)]}`
  const several = report.workloads.length > 1
  const accepted = acceptedLine(report)
  const { pipelines = [] } = report
  const workloads = report.workloads.map(each => {
    const summary = markdownText(checkSummary(each))
    const rest = [...table(each.findings), ...closingLine(each, report).map(markdownText)]
    return several && rest.length > 0
      ? [`<details><summary>${summary}</summary>`, ...rest, '</details>'].join('\n\n')
      : [summary, ...rest].join('\n\n')
  })
  return boundedMarkdown(
    [
      title,
      ...(several ? [tableMarkdown(checkTotals(report))] : []),
      ...(pipelines.length > 0 ? [tableMarkdown(pipelinesTable(pipelines))] : []),
      ...(accepted === null ? [] : [markdownText(accepted)]),
      ...table(report.findings),
    ],
    workloads,
  )
}

function table(findings: readonly Finding[]): readonly string[] {
  if (findings.length === 0) return []
  return [['| | finding | place | what to do |', '| --- | --- | --- | --- |', ...findings.map(row)].join('\n')]
}

function row(finding: Finding): string {
  const { code, severity, message, help, span } = withoutRemedy(finding)
  const rest = severity === 'note' ? 'nothing' : `see alloy-rbac explain ${code}`
  const todo = help ?? finding.diagnostic.help ?? rest
  const place = span === null ? null : placeOf(span)
  const at = place === null ? '' : markdownText(`${place.path}:${place.line}`)
  return `| ${severity} ${code} | ${markdownText(message)} | ${at} | ${markdownCell(todo)} |`
}
