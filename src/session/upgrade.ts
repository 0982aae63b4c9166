import type { Change, Upgrade } from '../check/change.ts'
import { check } from '../check/check.ts'
import type { HeldGrant, Verdict } from '../check/finding.ts'
import { accessOf, rendered } from '../check/granted.ts'
import { type Diagnostic, diagnostic, inOrder, type Outcome } from '../diagnostic/diagnostic.ts'
import { type Grant, grantKey, grantLines, uniqueGrants } from '../kubernetes/grant.ts'
import { grantsOf } from '../kubernetes/rule.ts'
import { implying } from '../plan/implying.ts'
import type { Plan } from '../plan/plan.ts'
import { componentsOf } from '../plan/reasons.ts'
import type { PlannedGrant } from '../plan/reduce.ts'
import { targetJson, widened } from './generate.ts'
import type { DocumentOptions } from './options.ts'
import { provedValues } from './proved-values.ts'
import type { Session } from './session.ts'

/** Compares what a configuration needs and is granted by two releases of the chart. The value is null exactly when an error was reported. */
export function upgradeOf(from: Session, to: Session, options: DocumentOptions): Outcome<Upgrade | null> {
  const { deployment } = to.configuration
  if (deployment !== null)
    return {
      value: null,
      diagnostics: [diagnostic('upgrade-of-rendered-workload', deployment.workload.span, undefined)],
    }
  const [before, after] = [from, to].map(session => sideOf(session, options))
  const diagnostics = [...before!.diagnostics, ...after!.diagnostics]
  if (before!.verdict === null || after!.verdict === null) return { value: null, diagnostics: inOrder(diagnostics) }
  const missing = change(before!.verdict.missing, after!.verdict.missing, ({ grant }) => grantKey(grant))
  const privileges = change(before!.verdict.pod.missing, after!.verdict.pod.missing, line => line)
  const isLacking = after!.verdict.missing.length + after!.verdict.pod.missing.length > 0
  const made = isLacking ? repairOf(after!.plan, to, options, after!.verdict) : null
  return {
    value: {
      from: targetJson(from),
      to: targetJson(to),
      breaks: missing.gained,
      repairs: missing.lost,
      missing: after!.verdict.missing.filter(each => !missing.gained.includes(each)),
      needs: change(before!.needed, after!.needed, grantKey),
      excess: change(real(before!.verdict.excess), real(after!.verdict.excess), grantKey),
      privileges,
      needless: change(before!.verdict.pod.excess, after!.verdict.pod.excess, line => line),
      values: made?.document ?? null,
    },
    diagnostics: [
      ...missing.gained.map(planned => broken(planned, before!.held, to)),
      ...(made?.diagnostics ?? []).filter(({ severity }) => severity !== 'note'),
    ],
  }
}

/** One release: what is needed, what is held, and how the two compare. */
function sideOf(session: Session, options: DocumentOptions) {
  const { configuration, release, target } = session
  const { plan } = widened(session, options)
  const report = check(configuration, plan, { release, kubernetes: target.kubernetes }, [])
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

function change<T>(before: readonly T[], after: readonly T[], keyOf: (element: T) => string): Change<T> {
  const [had, has] = [before, after].map(list => new Set(list.map(keyOf)))
  return {
    gained: after.filter(each => !had!.has(keyOf(each))),
    lost: before.filter(each => !has!.has(keyOf(each))),
  }
}

const real = (held: readonly HeldGrant[]): readonly Grant[] => uniqueGrants(held.map(({ grant }) => grant))

function broken({ grant, reasons }: PlannedGrant, before: readonly Grant[], { release }: Session): Diagnostic {
  const components = componentsOf(reasons).join(', ')
  const args = { grant: grantLines([grant]).join(), components, version: release.version }
  const code = implying(before)(grant).length > 0 ? 'upgrade-removes-a-grant' : 'upgrade-needs-a-grant'
  return diagnostic(code, reasons[0]?.span ?? null, args, { related: reasons[0]?.related ?? [] })
}

/** What generate prints for the release, without the half that nothing breaks in. */
function repairOf(plan: Plan, to: Session, options: DocumentOptions, { missing, pod }: Verdict) {
  const only = pod.missing.length === 0 ? 'rbac' : missing.length === 0 ? 'pod' : undefined
  return provedValues(plan, to, { ...options, ...(only === undefined ? {} : { only }) })
}
