import { type Diagnostic, diagnostic, inOrder } from '../diagnostic/diagnostic.ts'
import { type Grant, grantKey, grantLines, uniqueGrants } from '../kubernetes/grant.ts'
import { grantsOf } from '../kubernetes/rule.ts'
import { implying } from '../plan/implying.ts'
import type { Plan } from '../plan/plan.ts'
import { componentsOf } from '../plan/reasons.ts'
import type { PlannedGrant } from '../plan/reduce.ts'
import type { Change, Upgrade, Versions } from '../reports/check/change.ts'
import { check } from '../reports/check/check.ts'
import type { HeldGrant } from '../reports/check/finding.ts'
import { accessOf, rendered } from '../reports/check/rights/granted.ts'
import { severityOf } from '../reports/check/rights/missing.ts'
import type { Verdict } from '../reports/check/verdict.ts'
import { targetJson, widened } from './generate.ts'
import type { DocumentOptions } from './options.ts'
import { provedValues } from './proved-values.ts'
import type { Opened, Session } from './session.ts'

/** What an upgrade means, and what is to be said of it. */
export interface Upgraded {
  /** Null where the configuration runs with neither release, or cannot be compared: an error says why. */
  readonly upgrade: Upgrade | null
  /** What breaks, each a diagnostic. */
  readonly breaking: readonly Diagnostic[]
  /** Everything else that is to be said. */
  readonly others: readonly Diagnostic[]
}

/**
 * Compares what a configuration needs and is granted by two releases of the chart. Where it runs with one of them only, the answer is
 * for that one: where the old chart does not run it, nothing that works can break; where the new one does not, everything does.
 */
export function upgradeOf(from: Opened, to: Opened, options: DocumentOptions): Upgraded {
  const others = inOrder([...from.diagnostics, ...to.diagnostics])
  const failed = (found: readonly Diagnostic[] = []): Upgraded => ({
    upgrade: null,
    breaking: [],
    others: inOrder([...others, ...found]),
  })
  const either = to.session ?? from.session
  if (either === null || from.releases === null || to.releases === null) return failed()
  const { deployment } = either.configuration
  if (deployment !== null)
    return failed([diagnostic('upgrade-of-rendered-workload', deployment.workload.span, undefined)])
  const releases = { from: targetJson(from.releases), to: targetJson(to.releases) }
  const { session } = to
  if (session === null) {
    const breaking = [refusal('upgrade-to-refused', to, releases.to)]
    return { upgrade: { ...releases, ...unchanged, refused: 'to' }, breaking, others }
  }
  const after = sideOf(session, options)
  const before = from.session === null ? newborn(after) : sideOf(from.session, options)
  if (before.verdict === null || after.verdict === null) return failed([...before.diagnostics, ...after.diagnostics])
  const missing = change(before.verdict.missing, after.verdict.missing, ({ grant }) => grantKey(grant))
  const privileges = change(before.verdict.pod.missing, after.verdict.pod.missing, line => line)
  const isLacking = after.verdict.missing.length + after.verdict.pod.missing.length > 0
  const made = isLacking ? repairOf(after.plan, session, options, after.verdict) : null
  const upgrade: Upgrade = {
    ...releases,
    refused: from.session === null ? 'from' : null,
    breaks: missing.gained,
    repairs: missing.lost,
    missing: after.verdict.missing.filter(each => !missing.gained.includes(each)),
    needs: change(before.needed, after.needed, grantKey),
    excess: change(real(before.verdict.excess), real(after.verdict.excess), grantKey),
    privileges,
    needless: change(before.verdict.pod.excess, after.verdict.pod.excess, line => line),
    values: made?.document ?? null,
  }
  return {
    upgrade,
    breaking: [
      ...missing.gained.map(planned => brokenGrant(planned, before.held, releases.to)),
      ...privileges.gained.map(privilege => brokenPrivilege(privilege, session, releases.to)),
    ],
    others: [
      ...(from.session === null ? [...to.diagnostics, refusal('upgrade-from-refused', from, releases.from)] : others),
      ...(made?.diagnostics ?? []).filter(({ severity }) => severity !== 'note'),
    ],
  }
}

/** One release: what is needed, what is held, and how the two compare. */
interface Side {
  readonly plan: Plan
  readonly verdict: Verdict | null
  readonly needed: readonly Grant[]
  readonly held: readonly Grant[]
  /** Why there is no verdict. */
  readonly diagnostics: readonly Diagnostic[]
}

function sideOf(session: Session, options: DocumentOptions): Side {
  const { configuration, release, target } = session
  const { plan } = widened(session, options)
  const report = check(configuration, plan, { release, kubernetes: target.kubernetes })
  const access = accessOf(configuration, rendered(configuration, release), target.kubernetes)
  return {
    plan,
    verdict: report.verdict,
    needed: plan.grants.map(({ grant }) => grant),
    held: access.held.flatMap(({ rule, namespace }) => grantsOf(rule, namespace)),
    diagnostics: report.findings
      .map(each => each.diagnostic)
      .filter(found => report.verdict === null && found.severity === 'error'),
  }
}

/** What is before the first release that runs a configuration: nothing, so that all that is lacking after it was lacking before. */
function newborn({ plan, verdict }: Side): Side {
  const missing = verdict && { ...verdict, excess: [], pod: { missing: verdict.pod.missing, excess: [] } }
  return { plan, verdict: missing, needed: [], held: [], diagnostics: [] }
}

const none = { gained: [], lost: [] }
const unchanged = {
  breaks: [],
  repairs: [],
  missing: [],
  needs: none,
  excess: none,
  privileges: none,
  needless: none,
  values: null,
}

function change<T>(before: readonly T[], after: readonly T[], keyOf: (element: T) => string): Change<T> {
  const [had, has] = [new Set(before.map(keyOf)), new Set(after.map(keyOf))]
  return { gained: after.filter(each => !had.has(keyOf(each))), lost: before.filter(each => !has.has(keyOf(each))) }
}

const real = (held: readonly HeldGrant[]): readonly Grant[] => uniqueGrants(held.map(({ grant }) => grant))

/** Says that a configuration does not run with a release, and why: its errors are not those of the other release. */
function refusal(
  name: 'upgrade-from-refused' | 'upgrade-to-refused',
  side: Opened,
  { chart, alloy }: Versions,
): Diagnostic {
  const errors = side.diagnostics.filter(({ severity }) => severity === 'error')
  // With `--strict`, warnings are what it does not run for.
  const decisive = errors.length > 0 ? errors : side.diagnostics.filter(({ severity }) => severity === 'warning')
  const because = decisive.map(({ message }) => message).join('; ')
  const related = decisive.flatMap(({ span, message }) => (span === null ? [] : [{ span, text: message }]))
  return diagnostic(name, decisive[0]?.span ?? null, { chart, alloy, because }, { related: related.slice(1) })
}

function brokenGrant(planned: PlannedGrant, before: readonly Grant[], { chart }: Versions): Diagnostic {
  const { grant, reasons, certainty } = planned
  const line = grantLines([grant]).join() + (certainty === 'assumed' ? ' assumed' : '')
  const args = { grant: line, components: componentsOf(reasons).join(', '), version: chart }
  const name = implying(before)(grant).length > 0 ? 'upgrade-removes-a-grant' : 'upgrade-needs-a-grant'
  const severity = severityOf(certainty, { isUrl: grant.kind === 'url', strict: false })
  return diagnostic(name, reasons[0]?.span ?? null, args, { related: reasons[0]?.related ?? [], severity })
}

const brokenPrivilege = (privilege: string, { configuration }: Session, { chart }: Versions): Diagnostic =>
  diagnostic('upgrade-needs-a-privilege', configuration.span, { privilege, version: chart })

/** What generate prints for the release, without the half that nothing breaks in. */
function repairOf(plan: Plan, to: Session, options: DocumentOptions, { missing, pod }: Verdict) {
  const only = pod.missing.length === 0 ? 'rbac' : 'pod'
  const isWhole = pod.missing.length > 0 && missing.length > 0
  return provedValues(plan, to, isWhole ? options : { ...options, only })
}
