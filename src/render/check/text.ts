import type { Severity } from '../../diagnostic/entry.ts'
import { type Finding, grantCount } from '../../reports/check/finding.ts'
import { type CheckReport, namedFindings, statusOf } from '../../reports/check/report.ts'
import type { Report } from '../../reports/check/verdict.ts'
import { inert } from '../../text/inert.ts'
import { neededInWords } from '../diff.ts'
import { frame } from '../frame.ts'
import { tableLines } from '../table.ts'
import { pipelinesTable } from './pipelines.ts'
import { closingLine, withoutRemedy } from './remedy.ts'
import { checkTotals } from './totals.ts'

/** Totals where there are several workloads, the findings framed, one summary for each workload. */
export function checkText(
  report: CheckReport,
  { color, failOn, notes }: { readonly color: boolean; readonly failOn: Severity; readonly notes: boolean },
): string {
  const frames = (findings: readonly Finding[]): readonly string[] =>
    findings
      .filter(({ diagnostic }) => notes || diagnostic.severity !== 'note')
      .map(each => `${frame(withoutRemedy(each), { color })}\n`)
  const parts = [
    ...(report.workloads.length > 1 ? [`${tableLines(checkTotals(report)).join('\n')}\n\n`] : []),
    ...frames(report.findings),
    ...report.workloads.flatMap(each => [
      ...frames(report.workloads.length === 1 ? each.findings : namedFindings(each)),
      `${[checkSummary(each), ...closingLine(each, report)].join('\n')}\n`,
    ]),
  ]
  const accepted = acceptedLine(report)
  const { pipelines = [] } = report
  const loaded = pipelines.length > 0 ? `\n${tableLines(pipelinesTable(pipelines)).join('\n')}\n\n` : ''
  return `${parts.join('')}${loaded}${accepted === null ? '' : `${accepted}\n`}${statusLine[statusOf(report, failOn)]}\n`
}

/** Says how many findings a baseline accepts: a verdict alone would read as if there was nothing. */
export function acceptedLine({ accepted }: CheckReport): string | null {
  if (accepted === undefined || accepted.findings.length === 0) return null
  const { length } = accepted.findings
  return inert(`${length} ${length === 1 ? 'finding' : 'findings'} accepted by ${accepted.by}`)
}

const statusLine = {
  clean: 'check: clean',
  findings: 'check: findings',
  'no-plan': 'check: no verdict because of errors in the input',
} as const

/** The numbers of one workload in a line. */
export function checkSummary({ name, verdict }: Report): string {
  const label = name === '' ? 'the configuration' : name
  if (verdict === null) return inert(`${label}: no verdict`)
  const { holds, missing, pod, complete } = verdict
  const [excess, phantom] = [grantCount(verdict.excess), grantCount(verdict.phantom)]
  const grants = `grants: ${holds.granted} granted, ${neededInWords(verdict)}, ${missing.length} missing, ${excess} excess, ${phantom} phantom`
  const settings = `pod settings: ${pod.missing.length} missing, ${pod.excess.length} excess`
  return inert(`${label}: ${grants}; ${settings}${complete ? '' : '; incomplete'}`)
}
