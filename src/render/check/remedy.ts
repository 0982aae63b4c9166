import type { Diagnostic } from '../../diagnostic/diagnostic.ts'
import { byGenerate } from '../../diagnostic/edit-in-words.ts'
import { type Finding, reaches } from '../../reports/check/finding.ts'
import type { CheckReport } from '../../reports/check/report.ts'
import type { Report } from '../../reports/check/verdict.ts'
import { inert } from '../../text/inert.ts'

/** A diagnostic as a page shows it that names the values once, at the end: what is left of its help. */
export function withoutRemedy({ diagnostic, byValues }: Finding): Diagnostic {
  const { help } = diagnostic
  if (byValues !== true || !help?.startsWith(byGenerate)) return diagnostic
  const rest = help.slice(byGenerate.length).replace(/^; /, '')
  return { ...diagnostic, help: rest === '' ? null : rest }
}

/** Says how many findings of a workload the values of generate resolve; nothing where there are none. */
export function closingLine({ name, findings }: Report, { workloads }: CheckReport): readonly string[] {
  const count = findings.filter(({ byValues }) => byValues).length
  if (count === 0) return []
  const all = findings.filter(({ byValues, diagnostic }) => byValues || reaches(diagnostic.severity, 'warning')).length
  const which = workloads.length === 1 || name === '' ? '' : ` --workload ${name}`
  const whole = count === 1 ? 'the finding' : `all ${count} findings`
  const part = count === all ? whole : `${count} of ${all} findings`
  return [inert(`help: alloy-rbac generate${which} on the same input prints the values that resolve ${part}`)]
}
