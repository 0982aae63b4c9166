import { diagnostic, type Label } from '../../../diagnostic/diagnostic.ts'
import type { Severity } from '../../../diagnostic/entry.ts'
import { groupedBy } from '../../../grouped-by.ts'
import { type Grant, grantKey, grantLine, grantLines } from '../../../kubernetes/grant.ts'
import { componentsOf } from '../../../plan/reasons.ts'
import type { PlannedGrant } from '../../../plan/reduce.ts'
import type { Certainty } from '../../../rules/requirement.ts'
import { type Finding, findingOf } from '../finding.ts'
import { type Known, settling } from '../settle.ts'
import { areOfValues, type DefinedIn } from './defined-in.ts'
import { addition } from './edit.ts'
import type { HeldRule } from './granted.ts'

/** How what lacks is told. */
export interface Lacking {
  /** Where further rules would be written. */
  readonly definedIn: DefinedIn
  readonly known: Known
  /** Absent: what is only assumed is a warning, and a note for a URL. */
  readonly assumed?: 'error'
}

/** What lacks is one finding for each component and resource; its help is one rule, and what would settle whether it is needed. */
export function missingGrants(
  missing: readonly PlannedGrant[],
  rules: readonly HeldRule[],
  { definedIn, known, assumed }: Lacking,
): readonly Finding[] {
  return groupedBy(missing, ({ grant, certainty, reasons }) =>
    JSON.stringify([grantKey({ ...grant, verb: '' }), certainty, reasons.map(({ component }) => component)]),
  ).map(group => {
    const [{ certainty, reasons, grant }] = group
    const components = componentsOf(reasons).join(', ')
    const settled = certainty === 'assumed' ? settling(reasons, known) : null
    const related = [...(reasons[0]?.related ?? []), ...(settled?.related ?? []), ...near(grant, rules)]
    const severity = severityOf(certainty, { isUrl: grant.kind === 'url', strict: assumed === 'error' })
    return findingOf(
      group,
      each => `${components}: ${grantLine(each.grant)}`,
      members => {
        const grants = members.map(each => each.grant)
        const line = grantLines(grants).join(' · ')
        const args = {
          grant: line + (settled ? ' assumed' : ''),
          components,
          edit: addition(grants, definedIn),
          settlers: settled?.settlers ?? null,
        }
        const found = diagnostic('missing-grant', reasons[0]?.span ?? null, args, { related, severity })
        return { subject: `${components}: ${line}`, diagnostic: found, byValues: areOfValues(definedIn) }
      },
    )
  })
}

/** What is certain to lack breaks something; what is assumed may not, and a URL of a server that may not even ask still less. */
export function severityOf(
  certainty: Certainty,
  { isUrl, strict }: { readonly isUrl: boolean; readonly strict: boolean },
): Severity {
  if (certainty === 'certain' || strict) return 'error'
  return isUrl ? 'note' : 'warning'
}

/** Where the account gets the like of it: the second place of the finding. */
function near(grant: Grant, rules: readonly HeldRule[]): readonly Label[] {
  const namespace = grant.kind === 'url' ? null : grant.namespace
  const found = rules.find(each => each.definedIn !== 'defaults' && each.namespace === namespace)
  if (found === undefined) return []
  const name = found.definedIn === 'values' ? found.title.replace(/\[.*/, '') : found.role
  return [{ span: found.span, text: `the grants of ${name} start here` }]
}
