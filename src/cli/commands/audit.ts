import { hasError } from '../../diagnostic/diagnostic.ts'
import { auditCharts, auditDocument } from '../../session/audit/audit-charts.ts'
import { releasedChart } from '../../session/audit/find-charts.ts'
import { chartsAt } from '../chart-input.ts'
import { exit } from '../exit.ts'
import type { Io } from '../io.ts'
import type { AuditOptions } from '../options.ts'
import { printFrames, writeDocument } from '../report.ts'

/** `alloy-rbac audit-chart`: default grants that no component of the chart's Alloy can use, and needs that they do not cover. */
export function auditChart(path: string | undefined, options: AuditOptions, io: Io): number {
  const found = path === undefined ? releasedChart(options) : chartsAt(path, options, io)
  const { value: audits, diagnostics } = auditCharts(found, options)
  if (options.format !== 'json' || hasError(diagnostics)) printFrames(diagnostics, { color: 'auto' }, io)
  if (hasError(diagnostics)) return exit.fault
  writeDocument(auditDocument(audits, options.format, diagnostics), options, io)
  return exit.done
}
