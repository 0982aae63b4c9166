import { type Diagnostic, diagnostic } from '../../diagnostic/diagnostic.ts'
import { type Grant, grantLines, implies, uniqueGrants } from '../../kubernetes/grant.ts'
import { privilegeLine } from '../../plan/privilege.ts'
import type { PlannedGrant } from '../../plan/reduce.ts'
import { rulesOf } from '../../rules/map/load.ts'
import { endpointAt } from '../../rules/requests/endpoint.ts'
import { answerAt } from '../../rules/requests/server.ts'
import type { Privilege } from '../../rules/requirement.ts'
import { liesIn } from '../../version.ts'
import { addition, users } from '../check/rights/edit.ts'
import { componentOf } from './component.ts'
import type { DenialContext } from './judge.ts'
import type { Refusal } from './log.ts'
import type { SystemError } from './system-errors.ts'

/** A refusal that names no grant, who met it, and what would end it. */
export interface JudgedRefusal {
  readonly refusal: Refusal
  /** Privileges that the component needs of its pod, as far as they bear on it, in the notation of all outputs. */
  readonly privileges: readonly string[]
  readonly grants: readonly Grant[]
  readonly diagnostic: Diagnostic
}

/** Says of a refusal what would end it. */
export function judgeRefusal(refusal: Refusal, context: DenialContext): JudgedRefusal {
  switch (refusal.kind) {
    case 'system':
      return bySystem(refusal, context)
    case 'answer':
      return byServer(refusal, context)
    case 'escalation': {
      const grants = uniqueGrants(refusal.grants)
      const lines = grantLines(grants).join(' · ')
      const said = diagnostic('denied-to-grant', refusal.span, { user: refusal.user ?? 'an account', lines })
      return { refusal, privileges: [], grants, diagnostic: said }
    }
    default:
      return refusal satisfies never
  }
}

type Told<Kind> = Extract<Refusal, { readonly kind: Kind }>

function bySystem(refusal: Told<'system'>, context: DenialContext): JudgedRefusal {
  const { component, error, operation, path, port } = refusal
  const absent = absentIn(context, component)
  const privileges =
    absent !== null
      ? []
      : needsOf(component, context)
          .filter(each => bears(each, refusal))
          .map(privilegeLine)
  const lines = [...new Set(privileges)]
  const what = [operation, port === null ? path : `on port ${port}`].filter(each => each !== null).join(' ')
  const told = { error, operation, path, port, capabilities: refusal.capabilities }
  const args = { who: component ?? 'Alloy', what, error, absent, lines, refusal: told }
  const severity = context.plan !== null && lines.length > 0 ? ('error' as const) : ('warning' as const)
  const said = diagnostic('denied-by-linux', refusal.span, args, { severity })
  return { refusal, privileges: lines, grants: [], diagnostic: said }
}

/** Whether a privilege bears on what was refused: of paths those that are about the one that is named. */
function bears(privilege: Privilege, { path, port, operation }: SystemError): boolean {
  switch (privilege.kind) {
    case 'mount':
      return (
        path !== null &&
        (isAround(privilege.mountPath ?? privilege.hostPath, path) || isAround(privilege.hostPath, path))
      )
    case 'writable':
      return path !== null && isAround(privilege.path, path)
    case 'port':
      return false
    case 'capability':
      return port === null && operation !== 'socket'
        ? privilege.name !== 'NET_BIND_SERVICE'
        : privilege.name === (port === null ? 'NET_RAW' : 'NET_BIND_SERVICE')
    case 'pod':
      return privilege.field !== 'token'
    default:
      return privilege satisfies never
  }
}

const isAround = (folder: string, path: string): boolean => `${path}/`.startsWith(folder === '/' ? '/' : `${folder}/`)

/** What the instance needs of its pod; without a configuration what its component may need, and without either all that is planned. */
function needsOf(instance: string | null, { plan, alloy }: DenialContext): readonly Privilege[] {
  if (plan !== null) {
    return plan.privileges
      .filter(({ reasons }) => instance === null || reasons.some(({ component }) => component === instance))
      .map(({ privilege }) => privilege)
      .filter(privilege => instance !== null || privilege.kind === 'writable' || privilege.kind === 'mount')
  }
  const component = instance === null ? null : componentOf(instance)
  const rules = component === null ? null : rulesOf(component)
  return Object.values(rules?.privileges ?? {})
    .filter(rule => rule.optional === undefined && liesIn(alloy, rule))
    .flatMap((rule): readonly Privilege[] => [
      ...(rule.capabilities ?? []).map(name => ({ kind: 'capability' as const, name })),
      ...(rule.pod ?? []).map(field => ({ kind: 'pod' as const, field })),
      ...(rule.mounts ?? []).flatMap(({ path, readOnly }) =>
        typeof path === 'string' ? [{ kind: 'mount' as const, hostPath: path, readOnly }] : [],
      ),
    ])
}

function byServer(refusal: Told<'answer'>, context: DenialContext): JudgedRefusal {
  const { component, url, span } = refusal
  const who = component ?? 'a request'
  const server = url ?? 'its server'
  const kind = component === null ? null : componentOf(component)
  const rules = kind === null ? null : rulesOf(kind)
  if (rules !== null && Object.keys(rules.requests ?? {}).length === 0) {
    const said = diagnostic('answered-by-another-server', span, { who, server })
    return { refusal, privileges: [], grants: [], diagnostic: said }
  }
  const absent = absentIn(context, component)
  if (absent !== null) {
    const said = diagnostic('answered-forbidden', span, { who, server, lines: '', absent, edit: null })
    return { refusal, privileges: [], grants: [], diagnostic: said }
  }
  const asked = url === null ? null : endpointAt(url)
  const answer = asked === null ? null : answerAt(asked, ['GET'], context.kubernetes)
  const planned = plannedFor(refusal, context, answer?.grants ?? [])
  const grants = planned.length > 0 ? planned.map(({ grant }) => grant) : (answer?.grants ?? [])
  const lines = grantLines(grants).join(' · ')
  const isOthers = answer !== null && planned.length === 0 && grants.length === 0
  if (isOthers) {
    const said = diagnostic('answered-by-another-server', span, { who, server })
    return { refusal, privileges: [], grants: [], diagnostic: said }
  }
  const edit = grants.length > 0 ? addition(grants, 'objects') : null
  const severity = planned.some(({ certainty }) => certainty === 'certain') ? ('error' as const) : ('warning' as const)
  const args = { who, server, lines, absent: null, edit }
  const said = diagnostic('answered-forbidden', span, args, { severity, related: users(planned) })
  return { refusal, privileges: [], grants, diagnostic: said }
}

/** The grants that the plan has for the requests of an instance, of these the ones for an address where it names some. */
function plannedFor(
  { component }: Told<'answer'>,
  { plan }: DenialContext,
  asked: readonly Grant[],
): readonly PlannedGrant[] {
  if (plan === null) return []
  const requests = plan.grants.filter(({ reasons }) =>
    reasons.some(reason => (component === null || reason.component === component) && isRequest(reason.rule)),
  )
  const meant = requests.filter(({ grant }) => asked.some(each => implies(grant, each) || implies(each, grant)))
  return meant.length > 0 || component === null ? meant : requests
}

function isRequest(rule: string): boolean {
  const [component = '', id = ''] = rule.split('#')
  return Object.hasOwn(rulesOf(component)?.requests ?? {}, id)
}

/** The instance that the log names, where the configuration does not have it. */
const absentIn = ({ plan, instances }: DenialContext, instance: string | null): string | null =>
  instance !== null && plan !== null && !instances.has(instance) ? instance : null
