import { program } from '#rulemap/program'
import { type Diagnostic, hasError, inOrder, type Outcome } from '../../diagnostic/diagnostic.ts'
import { auditJson } from '../../render/audit/audit-json.ts'
import { auditMarkdown } from '../../render/audit/audit-markdown.ts'
import { auditReadme } from '../../render/audit/audit-readme.ts'
import { auditText } from '../../render/audit/audit-text.ts'
import { auditValues } from '../../render/audit/audit-values.ts'
import { type Audit, audit } from '../../reports/audit/audit.ts'
import { type Kept, type TrimmedLists, trimmedRules } from '../../reports/audit/trim/trimmed-rules.ts'
import { neededByDefault } from './default-configuration.ts'
import type { FoundChart, ReleaseOptions } from './find-charts.ts'

/** How an audit is shown. */
export type AuditFormat = 'text' | 'values' | 'markdown' | 'json' | 'readme'

/** An audit with what stays of its rules. */
export interface TrimmedAudit {
  readonly audit: Audit
  readonly trimmed: TrimmedLists | { readonly why: string }
}

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

/** What stays of the rules of each chart. */
export const trimmedAudits = (audits: readonly Audit[], kept: Kept): readonly TrimmedAudit[] =>
  audits.map(each => ({ audit: each, trimmed: trimmedRules(each, kept) }))

/** The audits in the format asked for, or why there is no such document. */
export function auditDocument(
  all: readonly TrimmedAudit[],
  { format, keep }: { readonly format: AuditFormat; readonly keep: Kept },
  diagnostics: readonly Diagnostic[],
): string | { readonly why: string } {
  const audits = all.map(each => each.audit)
  switch (format) {
    case 'json':
      return auditJson(audits, program, diagnostics)
    case 'markdown':
      return audits.map(auditMarkdown).join('\n')
    case 'readme':
      return auditReadme(audits)
    case 'values':
      return valuesOf(all, keep)
    default:
      return audits.map(auditText).join('\n')
  }
}

function valuesOf(all: readonly TrimmedAudit[], keep: Kept): string | { readonly why: string } {
  const documents: string[] = []
  for (const { audit: found, trimmed } of all) {
    const why = hardCoded(found)
    if (why !== null) return { why }
    if ('why' in trimmed) return trimmed
    documents.push(auditValues(found, trimmed, keep))
  }
  return documents.join('---\n')
}

/** Says that no values decide about rules that are in the template; null where values do. */
export function hardCoded({ chart: { release, source, name } }: Audit): string | null {
  if (release.configurable || source !== null) return null
  return `${name} has its rules in templates/rbac.yaml, and its values cannot change them before chart 1.4.0`
}
