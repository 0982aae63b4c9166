import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Grant, uniqueGrants } from '../../src/kubernetes/grant.ts'
import { grantsOf } from '../../src/kubernetes/rule.ts'
import type { Audit } from '../../src/reports/audit/audit.ts'
import type { Kept } from '../../src/reports/audit/trim/trimmed-rules.ts'
import { auditCharts, trimmedAudits } from '../../src/session/audit/audit-charts.ts'
import { findAlloyCharts } from '../../src/session/audit/find-charts.ts'
import { trimFiles } from '../../src/session/audit/trim-files.ts'

/** The values of a chart with its rules trimmed, and the default grants before and after. */
export interface Trimming {
  readonly text: string
  readonly before: readonly Grant[]
  readonly after: readonly Grant[]
}

/** The audit of a chart folder whose values are those of a text. */
export function auditOf(chart: string, values: string): Audit {
  const names = ['Chart.yaml', 'config/example.alloy', 'values.yaml'].filter(name => existsSync(join(chart, name)))
  const read = (name: string) => (name === 'values.yaml' ? values : readFileSync(join(chart, name)))
  const { value, diagnostics } = auditCharts(
    findAlloyCharts({ path: chart, names, read, unpack: () => ({ why: 'it is not read' }), isArchived: false }, {}),
    {},
  )
  const [first] = value
  if (first === undefined) throw new Error(`${chart}: ${diagnostics.map(({ message }) => message).join('; ')}`)
  return first
}

/** What `--write` makes of values, or why it refuses. */
export function trimming(chart: string, values: string, keep: Kept = 'usable'): Trimming | { readonly why: string } {
  const audit = auditOf(chart, values)
  const files = trimFiles(trimmedAudits([audit], keep))
  if ('why' in files) return files
  const text = files[0]?.text ?? values
  return { text, before: defaultsOf(audit), after: defaultsOf(auditOf(chart, text)) }
}

/** The default grants of an audited chart. */
export const defaultsOf = ({ rules }: Audit): readonly Grant[] =>
  uniqueGrants(rules.flatMap(({ rule }) => grantsOf(rule, null)))
