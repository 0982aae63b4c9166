import type { Label } from '../diagnostic/diagnostic.ts'
import { grantLine } from '../kubernetes/grant.ts'
import type { PlannedGrant } from '../plan/reduce.ts'

/** The components that need grants, each once. */
export function users(planned: readonly PlannedGrant[]): readonly Label[] {
  const labels = new Map<string, Label>()
  for (const { grant, reasons } of planned)
    for (const { component, span } of reasons)
      if (!labels.has(component)) labels.set(component, { span, text: `${component} needs ${grantLine(grant)}` })
  return [...labels.values()]
}
