import { type CheckReport, type Finding, statusOf } from '../../check/finding.ts'
import type { Severity } from '../../diagnostic/catalog.ts'
import { markdownCell, markdownText } from '../markdown.ts'
import { placeOf } from '../places.ts'
import { closingLine, withoutRemedy } from './remedy.ts'
import { checkSummary } from './text.ts'

const titles = { clean: 'clean', findings: 'findings', 'no-plan': 'no verdict' } as const

/** The report as a comment for a pull request: one table for each workload. */
export function checkMarkdown(report: CheckReport, failOn: Severity): string {
  const blocks = [
    `### Alloy's permissions: ${titles[statusOf(report, failOn)]}`,
    ...table(report.findings),
    ...report.workloads.flatMap(each => [
      markdownText(checkSummary(each)),
      ...table(each.findings),
      ...closingLine(each, report).map(markdownText),
    ]),
  ]
  return `${blocks.join('\n\n')}\n`
}

function table(findings: readonly Finding[]): readonly string[] {
  if (findings.length === 0) return []
  return [['| | finding | place | what to do |', '| --- | --- | --- | --- |', ...findings.map(row)].join('\n')]
}

function row(finding: Finding): string {
  const { code, severity, message, help, span } = withoutRemedy(finding)
  const place = span === null ? null : placeOf(span)
  const at = place === null ? '' : markdownText(`${place.path}:${place.line}`)
  return `| ${severity} ${code} | ${markdownText(message)} | ${at} | ${markdownCell(help ?? '')} |`
}
