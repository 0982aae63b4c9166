import { type Diagnostic, diagnostic } from '../diagnostic/diagnostic.ts'
import type { PodSecurity } from '../kubernetes/security.ts'
import type { Plan } from '../plan/plan.ts'
import { privilegeLine } from '../plan/privilege.ts'
import { admissionNotes } from './admission.ts'
import type { JsonMap } from './json.ts'
import { freePorts } from './pod.ts'

/** What there is to say of the pod of a plan. `security`: null where no pod could be judged. */
export function podNotes(
  plan: Plan,
  user: JsonMap,
  security: PodSecurity | null,
  kubernetes: string,
): readonly Diagnostic[] {
  return [...lowPorts(plan, user), ...(security === null ? [] : admissionNotes(plan, security, kubernetes))]
}

function lowPorts(plan: Plan, user: JsonMap): readonly Diagnostic[] {
  const free = freePorts(user)
  return plan.privileges.flatMap(({ privilege, reasons }) => {
    if (privilege.kind !== 'port' || privilege.port >= free) return []
    const port = privilegeLine(privilege)
    return reasons.map(({ component, span }) => diagnostic('ARB565', span, { port, component }))
  })
}
