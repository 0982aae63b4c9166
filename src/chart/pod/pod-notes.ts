import { type Diagnostic, diagnostic } from '../../diagnostic/diagnostic.ts'
import { grantLines } from '../../kubernetes/grant.ts'
import { autopilotDenies, autopilotRefusals } from '../../kubernetes/pod/autopilot.ts'
import type { PodSecurity, PodSpec } from '../../kubernetes/pod/security.ts'
import type { Plan } from '../../plan/plan.ts'
import { privilegeLine } from '../../plan/privilege.ts'
import { componentsOf } from '../../plan/reasons.ts'
import { isLoopbackHost } from '../../rules/ports.ts'
import { type JsonMap, mapAt, valueAt } from '../json.ts'
import { admissionNotes, blame, guilty } from './admission.ts'
import { normalizePath } from './mounts/paths.ts'
import { freePorts } from './settings.ts'
import { valuesOnWindows } from './values-on-windows.ts'

/** What there is to say of the pod of a plan. `security`: null where no pod could be judged. */
export function podNotes(
  plan: Plan,
  user: JsonMap,
  security: PodSecurity | null,
  kubernetes: string,
): readonly Diagnostic[] {
  if (valuesOnWindows(user)) return [diagnostic('windows-left-alone', null, undefined)]
  return [
    ...lowPorts(plan, user),
    ...unreachableProbe(user),
    ...(security === null ? [] : admissionNotes(plan, security, kubernetes)),
  ]
}

/** What GKE Autopilot says to a pod, and the components that it says it for. */
export function autopilotNotes(plan: Plan, pod: JsonMap, kubernetes: string): readonly Diagnostic[] {
  const refused = autopilotRefusals(pod as PodSpec)
  if (refused.length === 0) return [diagnostic('autopilot-accepts', null, {})]
  const blamed = blame(plan, kubernetes, template => autopilotRefusals(mapAt(template, 'spec') as PodSpec))
  const grouped = new Map<string, { constraint: string; what: string[]; components: readonly string[] }>()
  for (const { constraint, what, path } of refused) {
    const components =
      path === undefined ? guilty(blamed, found => found.some(each => each.what === what)) : mountedBy(plan, path)
    const key = [constraint, ...components].join('\0')
    const known = grouped.get(key)
    if (known) known.what.push(what)
    else grouped.set(key, { constraint, what: [what], components })
  }
  return [...grouped.values()].map(each => diagnostic('autopilot-rejects', null, each))
}

/** What a plan grants that GKE Autopilot denies all the same, and the components that need it. */
export function autopilotRights({ grants }: Plan): readonly Diagnostic[] {
  const denied = grants.filter(({ grant }) => autopilotDenies(grant))
  if (denied.length === 0) return []
  const components = componentsOf(denied.flatMap(({ reasons }) => reasons))
  const args = { grants: grantLines(denied.map(({ grant }) => grant)), components }
  const [reason] = denied.flatMap(({ reasons }) => reasons)
  return [diagnostic('autopilot-denies', reason?.span ?? null, args)]
}

/** The components that need a path of the host. */
function mountedBy(plan: Plan, path: string): readonly string[] {
  const found = plan.privileges.filter(
    ({ privilege }) => privilege.kind === 'mount' && normalizePath(privilege.hostPath) === normalizePath(path),
  )
  return componentsOf(found.flatMap(({ reasons }) => reasons))
}

/** The probe goes to the address of the pod. */
function unreachableProbe(user: JsonMap): readonly Diagnostic[] {
  const address = valueAt(user, 'alloy.listenAddr')
  if (typeof address !== 'string' || !isLoopbackHost(address)) return []
  return valueAt(user, 'alloy.enableHttpServerPort') === false
    ? []
    : [diagnostic('probe-cannot-reach', null, { address })]
}

function lowPorts(plan: Plan, user: JsonMap): readonly Diagnostic[] {
  const free = freePorts(user)
  return plan.privileges.flatMap(({ privilege, reasons }) => {
    if (privilege.kind !== 'port' || privilege.port >= free) return []
    const port = privilegeLine(privilege)
    return reasons.map(({ component, span }) => diagnostic('low-port', span, { port, component }))
  })
}
