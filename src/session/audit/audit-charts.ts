import { program } from '#rulemap/program'
import { type Audit, audit } from '../../audit/audit.ts'
import { type Diagnostic, hasError, inOrder, type Outcome } from '../../diagnostic/diagnostic.ts'
import { auditJson } from '../../render/audit/audit-json.ts'
import { auditMarkdown } from '../../render/audit/audit-markdown.ts'
import { auditText } from '../../render/audit/audit-text.ts'
import { neededByDefault } from './default-configuration.ts'
import type { FoundChart, ReleaseOptions } from './find-charts.ts'

/** How an audit is shown. */
export type AuditFormat = 'text' | 'markdown' | 'json'

/** Audits charts, in the order in which they were found; none beside an error. */
export function auditCharts(
  { value: found, diagnostics }: Outcome<readonly FoundChart[]>,
  options: ReleaseOptions,
): Outcome<readonly Audit[]> {
  if (hasError(diagnostics)) return { value: [], diagnostics: inOrder(diagnostics) }
  const needed = found.map(each => neededByDefault(each, options))
  return {
    value: found.map(({ chart }, at) => audit(chart, needed[at]?.value ?? null)),
    diagnostics: inOrder([...diagnostics, ...needed.flatMap(each => each.diagnostics)]),
  }
}

/** The audits in the format asked for. */
export function auditDocument(
  audits: readonly Audit[],
  format: AuditFormat,
  diagnostics: readonly Diagnostic[],
): string {
  switch (format) {
    case 'json':
      return auditJson(audits, program, diagnostics)
    case 'markdown':
      return audits.map(auditMarkdown).join('\n')
    default:
      return audits.map(auditText).join('\n')
  }
}
