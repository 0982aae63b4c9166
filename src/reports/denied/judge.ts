import { type Diagnostic, diagnostic, type Label } from '../../diagnostic/diagnostic.ts'
import { compareVerbs, type Grant, grantLine, grantLines, implies } from '../../kubernetes/grant.ts'
import { riskOf } from '../../kubernetes/risk.ts'
import type { Plan } from '../../plan/plan.ts'
import { componentsOf } from '../../plan/reasons.ts'
import type { PlannedGrant } from '../../plan/reduce.ts'
import { mayNeed, whoNeeds } from '../../rules/map/search.ts'
import { liesIn } from '../../version.ts'
import { addition, users } from '../check/rights/edit.ts'
import { componentOf } from './component.ts'
import type { Denial } from './log.ts'

/**
 * What becomes of a refused request. `needed`: the configuration asks for it, so it is to be granted. `optional`: only for what is
 * granted on request. `elsewhere`: the configuration asks for it, but not that widely or not there. `unneeded`: it does not ask for
 * it. `possible`: without a configuration, some component may ask for it, or the one that the log names. `absent`: the log names an
 * instance that the configuration does not have. `never`: no component asks for it, or not the one that the log names. `foreign`: the
 * user who was denied is not a service account. `platform`: no role can grant it there.
 */
export type Verdict =
  | 'needed'
  | 'optional'
  | 'elsewhere'
  | 'unneeded'
  | 'possible'
  | 'absent'
  | 'never'
  | 'foreign'
  | 'platform'

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
  /** Its instances, as the plan names them. */
  readonly instances: ReadonlySet<string>
  readonly alloy: string
  readonly kubernetes: string
}

/** Says of a refused request who asks for it and whether it is to be granted. */
export function judge(denial: Denial, context: DenialContext): Judgement {
  if (denial.account === null && denial.user !== '') return foreign(denial)
  const { plan, alloy } = context
  const judgement = plan === null ? byMap(denial, alloy) : byPlan(denial, { ...context, plan })
  return denial.byWarden ? byPlatform(judgement) : judgement
}

/** Asking for it is in vain, and nothing is to be granted. */
function byPlatform({ denial, components }: Judgement): Judgement {
  const account = accountOf(denial)
  const who = components.length === 0 ? '' : `; ${components.join(', ')} asks for it`
  const said = diagnostic('denied-by-autopilot', denial.span, { account, grant: grantLine(denial.grant), who })
  return { denial, verdict: 'platform', components, grants: [], diagnostic: said }
}

/** The account that was refused; a line that has no words of the API server names none. */
const accountOf = ({ account }: Denial): string =>
  account === null ? 'the account' : `${account.namespace}/${account.name}`

/** Components for which a permission is optional. */
function optionalFor(grant: Grant, alloy: string): readonly string[] {
  const asking = whoNeeds(grant).filter(({ demand }) => liesIn(alloy, demand))
  return [...new Set(asking.filter(({ demand }) => demand.optional !== undefined).map(({ component }) => component))]
}

function foreign(denial: Denial): Judgement {
  const said = diagnostic('denied-without-account', denial.span, { user: denial.user, grant: grantLine(denial.grant) })
  return { denial, verdict: 'foreign', components: [], grants: [], diagnostic: said }
}

function byPlan(denial: Denial, { plan, used, instances, alloy }: DenialContext & { readonly plan: Plan }): Judgement {
  const { component } = denial
  if (component !== null && !instances.has(component)) return byInstance(denial, component, 'absent', alloy)
  const own = denial.account?.namespace ?? '.'
  const grant = denial.grant
  const asking = component === null ? plan.grants : plan.grants.flatMap(each => ofInstance(each, component))
  const planned = asking.map(each => placed(each, own))
  const needed = planned.filter(each => implies(each.grant, grant))
  if (needed.length > 0) {
    const grants = planned.filter(each => sameThing(each, needed)).map(each => each.grant)
    return judged(denial, 'needed', { components: usersOf(needed), grants, related: users(needed) })
  }
  // Objects of the cluster that no one passed may ask for it.
  if (plan.beyond?.some(each => implies(inNamespace(each, own), grant))) return byMap(denial, alloy)
  const alike = planned.filter(each => implies(grant, each.grant) || implies(everywhere(grant), each.grant))
  if (alike.length > 0)
    return judged(denial, 'elsewhere', { components: usersOf(alike), grants: [], related: users(alike) }, alike)
  const kinds = component === null ? used : new Set([componentOf(component) ?? ''])
  const components = optionalFor(denial.grant, alloy).filter(name => kinds.has(name))
  if (components.length > 0)
    return judged(denial, 'optional', { components, grants: informed(grant, alloy, kinds), related: [] })
  // What is unknown of the configuration may ask for anything.
  if (!plan.complete) return byMap(denial, alloy)
  return judged(denial, 'unneeded', { components: [], grants: [], related: [] })
}

/** A grant for the sake of one instance; none where it is not a reason. */
function ofInstance(planned: PlannedGrant, component: string): readonly PlannedGrant[] {
  const reasons = planned.reasons.filter(reason => reason.component === component)
  return reasons.length === 0 ? [] : [{ ...planned, reasons }]
}

/** What the map says of an instance that the log names. */
function byInstance(denial: Denial, instance: string, unless: 'possible' | 'absent', alloy: string): Judgement {
  const kind = componentOf(instance)
  const { grant } = denial
  if (kind === null || !mayNeed(grant, alloy).includes(kind))
    return judged(denial, 'never', { components: [instance], grants: [], related: [] })
  if (unless === 'absent') return judged(denial, 'absent', { components: [instance], grants: [], related: [] })
  const kinds = new Set([kind])
  const all = whoNeeds(grant).filter(({ component, demand }) => kinds.has(component) && liesIn(alloy, demand))
  const isOptional = all.length > 0 && all.every(({ demand }) => demand.optional !== undefined)
  const grants = informed(grant, alloy, kinds)
  return judged(denial, isOptional ? 'optional' : 'possible', { components: [instance], grants, related: [] })
}

/**
 * What to grant where only the map tells. An informer lists and watches: who grants one of them meets the refusal of the other. The
 * names of pods, nodes and the like are left out, for these come and go.
 */
function informed(grant: Grant, alloy: string, kinds: ReadonlySet<string> | null): readonly Grant[] {
  if (grant.kind === 'url') return [grant]
  const asking = whoNeeds(grant).flatMap(({ component, demand }) =>
    'allow' in demand && (kinds === null || kinds.has(component)) && liesIn(alloy, demand) ? [demand.allow] : [],
  )
  const isWatched = ['list', 'watch'].includes(grant.verb)
  const paired = isWatched
    ? asking.flatMap(({ verbs }) => verbs.filter(verb => verb === 'list' || verb === 'watch'))
    : []
  return [...new Set([grant.verb, ...paired])]
    .sort(compareVerbs)
    .map(verb => ({ ...grant, verb, name: comesAndGoes(grant.resource) ? null : grant.name }))
}

const comesAndGoes = (resource: string): boolean =>
  /^(pods|replicasets|jobs|nodes|events|endpoints|endpointslices)(\/|$)/.test(resource)

function byMap(denial: Denial, alloy: string): Judgement {
  if (denial.component !== null) return byInstance(denial, denial.component, 'possible', alloy)
  const components = mayNeed(denial.grant, alloy)
  if (components.length === 0) return judged(denial, 'never', { components, grants: [], related: [] })
  return judged(denial, 'possible', { components, grants: informed(denial.grant, alloy, null), related: [] })
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
  absent: 'denied-to-absent-instance',
  never: 'denied-to-no-component',
} as const

/** The same where the log names the instance. */
const namedCodes = { ...codes, possible: 'denied-to-instance', never: 'denied-beyond-the-map' } as const

function judged(
  denial: Denial,
  verdict: Exclude<Verdict, 'foreign' | 'platform'>,
  { components, grants, related }: Answer,
  alike: readonly PlannedGrant[] = [],
): Judgement {
  const account = accountOf(denial)
  const risk = riskOf(denial.grant)
  const args = {
    account,
    grant: grantLine(denial.grant),
    components: components.join(', '),
    there: grantLines(alike.map(({ grant }) => grant)).join(' · '),
    risk: risk === null ? '' : `; it ${risk.sentence}`,
    edit: grants.length === 0 ? null : addition(grants, 'objects'),
    lacking: denial.lacking,
    isNamed: denial.component !== null,
  }
  const code = (args.isNamed ? namedCodes : codes)[verdict]
  return {
    denial,
    verdict,
    components,
    grants,
    diagnostic: diagnostic(code, denial.span, args, { related }),
  }
}

/** The own namespace by its name: the log tells it. */
const placed = (planned: PlannedGrant, own: string): PlannedGrant => ({
  ...planned,
  grant: inNamespace(planned.grant, own),
})

const inNamespace = (grant: Grant, own: string): Grant =>
  grant.kind === 'resource' && grant.namespace === '.' ? { ...grant, namespace: own } : grant

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
