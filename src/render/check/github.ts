import type { Diagnostic } from '../../diagnostic/diagnostic.ts'
import { allFindings, type CheckReport } from '../../reports/check/report.ts'
import { inert } from '../../text/inert.ts'
import { rangeOf } from '../places.ts'

const commands = { error: 'error', warning: 'warning', note: 'notice' } as const

/** Workflow commands of GitHub Actions, one line for each finding. */
export function githubAnnotations(report: CheckReport): string {
  return allFindings(report)
    .map(({ diagnostic }) => `${annotation(diagnostic)}\n`)
    .join('')
}

/** A workflow command without its end of line. */
export function annotation({ code, severity, message, help, span, of }: Diagnostic): string {
  const range = span === null ? null : rangeOf(span)
  // Columns are ignored, or refused, where a finding takes several lines.
  const columns = range !== null && range.line === range.endLine
  const properties: readonly (readonly [string, string | number])[] = [
    ...(range === null
      ? []
      : ([
          ['file', inert(range.path)],
          ['line', range.line],
          ['endLine', range.endLine],
        ] as const)),
    ...(columns && range !== null
      ? ([
          ['col', range.column],
          ['endColumn', range.endColumn],
        ] as const)
      : []),
    ['title', of === undefined ? code : `${code} ${inert(of)}`],
  ]
  const text = help === null ? message : `${message}\nhelp: ${help}`
  return `::${commands[severity]} ${properties.map(([key, value]) => `${key}=${property(String(value))}`).join(',')}::${escaped(text)}`
}

const escaped = (text: string): string => text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A')
const property = (text: string): string => escaped(text).replaceAll(':', '%3A').replaceAll(',', '%2C')
