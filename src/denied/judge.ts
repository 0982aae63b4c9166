import { addition, users } from '../check/edit.ts'
import { type Diagnostic, diagnostic, type Label } from '../diagnostic/diagnostic.ts'
import { type Grant, grantLine, grantLines, implies } from '../kubernetes/grant.ts'
import { riskOf } from '../kubernetes/risk.ts'
import type { Plan } from '../plan/plan.ts'
import { componentsOf } from '../plan/reasons.ts'
import type { PlannedGrant } from '../plan/reduce.ts'
import { mayNeed, whoNeeds } from '../rules/map/search.ts'
import { isInReleases } from '../version.ts'
import type { Denial } from './log.ts'

/**
 * What becomes of a refused request. `needed`: the configuration asks for it, so it is to be granted. `optional`: only for what is
 * granted on request. `elsewhere`: the configuration asks for it, but not that widely or not there. `unneeded`: it does not ask for
 * it. `possible`: without a configuration, some component may ask for it. `never`: no component asks for it. `foreign`: the user who was
 * denied is not a service account.
 */
export type Verdict = 'needed' | 'optional' | 'elsewhere' | 'unneeded' | 'possible' | 'never' | 'foreign' | 'platform'

/** A refused request, who asks for it, and what to do about it. */
export interface Judgement {
  readonly denial: Denial
  readonly verdict: Verdict
  /** Instances of the configuration where there is one, else components of the map. */
  readonly components: readonly string[]
  /** What to grant; empty where nothing is to be granted. */
  readonly grants: readonly Grant[]
  readonly diagnostic: Diagnostic
}

/** What a refusal is compared with: the plan of a configuration where there is one, and the release of Alloy. */
export interface DenialContext {
  readonly plan: Plan | null
  /** The components that the configuration uses. */
  readonly used: ReadonlySet<string>
  readonly alloy: string
}

/** Says of a refused request who asks for it and whether it is to be granted. */
export function judge(denial: Denial, { plan, used, alloy }: DenialContext): Judgement {
  if (denial.account === null) return foreign(denial)
  const judgement = plan === null ? byMap(denial, alloy) : byPlan(denial, { plan, used, alloy })
  return denial.byWarden ? byPlatform(judgement) : judgement
}

/** Asking for it is in vain, and nothing is to be granted. */
function byPlatform({ denial, components }: Judgement): Judgement {
  const account = `${denial.account?.namespace}/${denial.account?.name}`
  const who = components.length === 0 ? '' : `; ${components.join(', ')} asks for it`
  const said = diagnostic('denied-by-autopilot', denial.span, { account, grant: grantLine(denial.grant), who })
  return { denial, verdict: 'platform', components, grants: [], diagnostic: said }
}

/** Components for which a permission is optional. */
function optionalFor(grant: Grant, alloy: string): readonly string[] {
  const asking = whoNeeds(grant).filter(({ demand }) => isInReleases(alloy, demand.since, demand.until))
  return [...new Set(asking.filter(({ demand }) => demand.optional !== undefined).map(({ component }) => component))]
}

function foreign(denial: Denial): Judgement {
  const said = diagnostic('denied-without-account', denial.span, { user: denial.user, grant: grantLine(denial.grant) })
  return { denial, verdict: 'foreign', components: [], grants: [], diagnostic: said }
}

function byPlan(denial: Denial, { plan, used, alloy }: DenialContext & { readonly plan: Plan }): Judgement {
  const own = denial.account?.namespace ?? '.'
  const grant = denial.grant
  const planned = plan.grants.map(each => placed(each, own))
  const needed = planned.filter(each => implies(each.grant, grant))
  if (needed.length > 0) {
    const grants = planned.filter(each => sameThing(each, needed)).map(each => each.grant)
    return judged(denial, 'needed', { components: usersOf(needed), grants, related: users(needed) })
  }
  const alike = planned.filter(each => implies(grant, each.grant) || implies(everywhere(grant), each.grant))
  if (alike.length > 0)
    return judged(denial, 'elsewhere', { components: usersOf(alike), grants: [], related: users(alike) }, alike)
  const components = optionalFor(denial.grant, alloy).filter(name => used.has(name))
  if (components.length > 0) return judged(denial, 'optional', { components, grants: [grant], related: [] })
  // What is unknown of the configuration may ask for anything.
  if (!plan.complete) return byMap(denial, alloy)
  return judged(denial, 'unneeded', { components: [], grants: [], related: [] })
}

function byMap(denial: Denial, alloy: string): Judgement {
  const components = mayNeed(denial.grant, alloy)
  if (components.length === 0) return judged(denial, 'never', { components, grants: [], related: [] })
  return judged(denial, 'possible', { components, grants: [denial.grant], related: [] })
}

interface Answer {
  readonly components: readonly string[]
  readonly grants: readonly Grant[]
  readonly related: readonly Label[]
}

const codes = {
  needed: 'denied-and-needed',
  elsewhere: 'denied-where-not-needed',
  unneeded: 'denied-without-need',
  optional: 'denied-and-optional',
  possible: 'denied-and-possible',
  never: 'denied-to-no-component',
} as const

function judged(
  denial: Denial,
  verdict: Exclude<Verdict, 'foreign' | 'platform'>,
  { components, grants, related }: Answer,
  alike: readonly PlannedGrant[] = [],
): Judgement {
  const account = `${denial.account?.namespace}/${denial.account?.name}`
  const risk = riskOf(denial.grant)
  const args = {
    account,
    grant: grantLine(denial.grant),
    components: components.join(', '),
    there: grantLines(alike.map(({ grant }) => grant)).join(' · '),
    risk: risk === null ? '' : `; it ${risk.sentence}`,
  }
  // A binding whose role is gone refuses everything that the role would allow.
  const gone = denial.lacking === null ? '' : `; a binding names ${denial.lacking}, which does not exist in the cluster`
  const addable = grants.length === 0 ? '' : addition(grants, 'objects') + gone
  const help =
    verdict === 'possible' ? `pass the configuration with --config; if it uses one of these, ${addable}` : addable
  return {
    denial,
    verdict,
    components,
    grants,
    diagnostic: diagnostic(codes[verdict], denial.span, args, { related, ...(help === '' ? {} : { help }) }),
  }
}

/** The own namespace by its name: the log tells it. */
const placed = (planned: PlannedGrant, own: string): PlannedGrant =>
  planned.grant.kind === 'resource' && planned.grant.namespace === '.'
    ? { ...planned, grant: { ...planned.grant, namespace: own } }
    : planned

/** Further verbs on what was refused, for the same components: their refusals are still to come. */
function sameThing({ grant, reasons }: PlannedGrant, needed: readonly PlannedGrant[]): boolean {
  return needed.some(
    each =>
      implies({ ...each.grant, verb: '*' }, grant) &&
      reasons.some(({ component }) => each.reasons.some(reason => reason.component === component)),
  )
}

const everywhere = (grant: Grant): Grant => (grant.kind === 'url' ? grant : { ...grant, namespace: null, name: null })

const usersOf = (planned: readonly PlannedGrant[]): readonly string[] =>
  componentsOf(planned.flatMap(({ reasons }) => reasons))
