import { type CheckReport, type Finding, statusOf } from '../../check/finding.ts'
import type { Severity } from '../../diagnostic/catalog.ts'
import { placeOf } from '../places.ts'
import { checkSummary } from './text.ts'

const titles = { clean: 'clean', findings: 'findings', 'no-plan': 'no verdict' } as const

/** The report as a comment for a pull request: one table for each workload. */
export function checkMarkdown(report: CheckReport, failOn: Severity): string {
  const blocks = [
    `### Alloy's permissions: ${titles[statusOf(report, failOn)]}`,
    ...table(report.findings),
    ...report.workloads.flatMap(each => [escaped(checkSummary(each)), ...table(each.findings)]),
  ]
  return `${blocks.join('\n\n')}\n`
}

function table(findings: readonly Finding[]): readonly string[] {
  if (findings.length === 0) return []
  return [['| | finding | place | what to do |', '| --- | --- | --- | --- |', ...findings.map(row)].join('\n')]
}

function row({ diagnostic: { code, severity, message, help, span } }: Finding): string {
  const place = span === null ? null : placeOf(span)
  const at = place === null ? '' : escaped(`${place.path}:${place.line}`)
  return `| ${severity} ${code} | ${escaped(message)} | ${at} | ${escaped(help ?? '')} |`
}

/** A text that shows as it is, in one cell. */
const escaped = (text: string): string =>
  text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replace(/[\\`*_[\]|@#~]/g, '\\$&')
    .replace(/\r?\n/g, '<br>')
