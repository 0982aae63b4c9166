import { type Diagnostic, diagnostic } from '../../../diagnostic/diagnostic.ts'
import type { Edit, RuleEdit } from '../../../diagnostic/edit-in-words.ts'
import { groupedBy } from '../../../grouped-by.ts'
import { type Grant, grantKey, grantLine, grantLines, implies, uniqueGrants } from '../../../kubernetes/grant.ts'
import { isPhantomGrant, resourceScope, withoutWildcards } from '../../../kubernetes/resources.ts'
import { riskOf, riskRank } from '../../../kubernetes/risk.ts'
import { grantsOf } from '../../../kubernetes/rule.ts'
import { compare, needless } from '../../../plan/compare.ts'
import { implying } from '../../../plan/implying.ts'
import type { Plan } from '../../../plan/plan.ts'
import type { PlannedGrant } from '../../../plan/reduce.ts'
import type { Span } from '../../../source.ts'
import { type Finding, findingOf, type HeldGrant } from '../finding.ts'
import { areOfValues, type DefinedIn } from './defined-in.ts'
import { narrowing, users } from './edit.ts'
import type { HeldRule } from './granted.ts'
import { type Lacking, missingGrants } from './missing.ts'

/** The grants of a plan, compared with those that rules give. */
export interface GrantCheck {
  readonly missing: readonly PlannedGrant[]
  readonly excess: readonly HeldGrant[]
  readonly phantom: readonly HeldGrant[]
  /** How many of those that are needed are granted for more than is needed alone. */
  readonly tooWide: number
  /** How many are granted that only objects which were not passed may ask for. */
  readonly forOthers: number
  readonly findings: readonly Finding[]
}

/** Compares the grants of a plan with what the account holds; `definedIn` is where further rules would be written. */
export function checkGrants(
  { grants: planned, beyond: others = [] }: Plan,
  rules: readonly HeldRule[],
  { kubernetes, ...lacking }: { readonly kubernetes: string } & Lacking,
): GrantCheck {
  const needed = planned.map(({ grant }) => grant)
  const held = rules.flatMap(usableGrants)
  const absent = (grants: readonly Grant[]): ReadonlySet<string> =>
    new Set(compare(grants, held, kubernetes).missing.map(grantKey))
  const lacks = absent(needed)
  const missing = planned.filter(({ grant }) => lacks.has(grantKey(grant)))
  const spelled = (those: readonly HeldRule[]): readonly Grant[] =>
    uniqueGrants(those.flatMap(usableGrants).flatMap(each => withoutWildcards(each, kubernetes)))
  const given = new Set(spelled(rules).map(grantKey))
  const tooWide = needed.map(grantKey).filter(key => !lacks.has(key) && !given.has(key)).length
  const inside = missing.flatMap(each => certainInside(each, absent(each.inside ?? [])))
  // What objects may ask for that no one has passed is not too much.
  const possible = [...needed, ...others]
  const wanted = implying(possible)
  const asked = implying(needed)
  const forOthers = spelled(rules.filter(rule => !rule.builtIn)).filter(
    grant => wanted(grant).length > 0 && asked(grant).length === 0,
  ).length
  const excess: HeldGrant[] = []
  const phantom: HeldGrant[] = []
  const findings: Finding[] = [...missingGrants([...missing, ...inside], rules, lacking)]
  const beyond: Graded[] = []
  const groups = groupedBy(
    rules.filter(rule => !rule.builtIn),
    judgedWith,
  )
  const keptBy = keptGrants(groups, planned)
  for (const group of groups) {
    for (const { role, index, span, ...rule } of group) {
      const found = needless(usableGrants(rule), wanted, kubernetes)
      for (const each of found.excess.map(grant => ({ grant, role, index, span }))) excess.push(each)
      for (const each of found.phantom.map(grant => ({ grant, role, index, span }))) phantom.push(each)
    }
    const usable = group.flatMap(usableGrants)
    const judged = judgedRule(group[0], keptBy.get(group) ?? [])
    const unneeded = uniqueGrants(usable.filter(grant => wanted(grant).length === 0))
    const [unserved, served] = split(unneeded, grant => isPhantomGrant(grant, kubernetes))
    const [wildcard, exact] = split(served, hasWildcard)
    const wrong = group.flatMap(misplacedGrants)
    for (const each of misplaced(judged, wrong, { missing, strict: lacking.assumed === 'error' })) findings.push(each)
    for (const each of phantoms(judged, unserved)) findings.push(each)
    for (const each of wildcards(judged, wildcard)) findings.push(each)
    for (const each of excessive(judged, exact)) beyond.push(each)
  }
  return {
    ...{ missing, excess: excess.sort(byRisk), phantom, tooWide, forOthers },
    findings: [...findings, ...mostSevereFirst(beyond)],
  }
}

/** What groups of rules allow of what is needed, looked for among all at once: there may be thousands of either. */
function keptGrants<Group extends readonly HeldRule[]>(
  groups: readonly Group[],
  planned: readonly PlannedGrant[],
): ReadonlyMap<Group, readonly PlannedGrant[]> {
  const holders = new Map<string, Set<Group>>()
  const all: Grant[] = []
  for (const group of groups)
    for (const grant of group.flatMap(usableGrants)) {
      const key = grantKey(grant)
      holders.set(key, (holders.get(key) ?? new Set()).add(group))
      all.push(grant)
    }
  const given = implying(all)
  const kept = new Map<Group, PlannedGrant[]>()
  for (const each of planned) {
    const found = new Set(given(each.grant).flatMap(grant => [...(holders.get(grantKey(grant)) ?? [])]))
    for (const group of found) {
      const before = kept.get(group)
      if (before) before.push(each)
      else kept.set(group, [each])
    }
  }
  return kept
}

/** What is needed for certain of a grant that is assumed as a whole, and is not there either. */
const certainInside = ({ inside = [], reasons }: PlannedGrant, absent: ReadonlySet<string>): readonly PlannedGrant[] =>
  inside
    .filter(grant => absent.has(grantKey(grant)))
    .map(grant => ({
      grant,
      certainty: 'certain',
      reasons: reasons.filter(({ certainty }) => certainty === 'certain'),
    }))

/**
 * A rule that is written is judged by itself; those that only the chart's defaults hold are one to anyone who changes the values, and
 * those of a role that every cluster has are one to anyone who removes the binding.
 */
function judgedWith({ definedIn, role, namespace, index, span, binding }: HeldRule): string {
  if (definedIn === 'defaults') return JSON.stringify([role, namespace])
  if (definedIn === 'built-in') return JSON.stringify([role, namespace, binding])
  return JSON.stringify([role, namespace, index, span.start, span.source.path])
}

function judgedRule(rule: HeldRule, kept: readonly PlannedGrant[]): JudgedRule {
  const { role, title, span, definedIn } = rule
  const edit = narrowing(
    kept.map(({ grant }) => grant),
    rule,
  )
  return { role, rule: title, span, definedIn, kept, edit }
}

/** What a rule allows, as it is written: without what is in the wrong place. */
export const usableGrants = ({ rule, namespace }: Pick<HeldRule, 'rule' | 'namespace'>): readonly Grant[] =>
  grantsOf(rule, namespace).filter(grant => !isMisplaced(grant))

/** What a rule names in the wrong place, so that it allows none of it. No request for a URL has a namespace. */
const misplacedGrants = ({ rule, namespace }: Pick<HeldRule, 'rule' | 'namespace'>): readonly Grant[] => [
  ...grantsOf(rule, namespace).filter(isMisplaced),
  ...(namespace === null ? [] : grantsOf({ ...rule, resources: [] }, null)),
]

/** Says whether a rule bound in a namespace names what has no namespace: it allows nothing then. */
function isMisplaced(grant: Grant): boolean {
  if (grant.kind === 'url' || grant.namespace === null) return false
  if (resourceScope(grant.group, grant.resource) !== 'cluster') return false
  const itself = grant.group === '' && /^namespaces(\/|$)/.test(grant.resource)
  return !(itself && ['get', 'update', 'patch', 'delete', '*'].includes(grant.verb))
}

/** A finding with its severity, 0 first. */
interface Graded extends Finding {
  readonly rank: number
}

const mostSevereFirst = (graded: readonly Graded[]): readonly Finding[] =>
  [...graded].sort((a, b) => a.rank - b.rank).map(({ rank: _, ...found }) => found)

/** A rule, what of it is needed, and the edit that leaves just that. */
interface JudgedRule {
  readonly role: string
  /** `rules[3] of ClusterRole/alloy`. */
  readonly rule: string
  readonly span: Span
  readonly definedIn: DefinedIn
  readonly kept: readonly PlannedGrant[]
  readonly edit: Edit
}

/** What a rule is found to grant, as one finding. */
const told = (
  { role, definedIn }: JudgedRule,
  grants: readonly [Grant, ...Grant[]],
  tell: (grants: readonly Grant[]) => Diagnostic,
): Finding =>
  findingOf(
    grants,
    grant => `${role}: ${grantLine(grant)}`,
    members => ({
      subject: `${role}: ${grantLines(members).join(' · ')}`,
      diagnostic: tell(members),
      byValues: areOfValues(definedIn),
    }),
  )

/** Not needed, or not that widely: what one rule gives away in one way is one finding. */
function excessive(rule: JudgedRule, grants: readonly Grant[]): readonly Graded[] {
  return groupedBy(grants, grant => riskOf(grant)?.sentence ?? '').map(members => {
    const risk = riskOf(members[0])?.sentence ?? ''
    const found = told(rule, members, some => {
      const narrower = rule.kept.filter(({ grant }) => some.some(member => implies(member, grant)))
      const args = { ...about(rule, some), narrower: linesOf(narrower), risk }
      return diagnostic('excess-grant', rule.span, args, { related: users(narrower) })
    })
    return { ...found, rank: riskRank(members[0]) }
  })
}

function wildcards(rule: JudgedRule, grants: readonly Grant[]): readonly Finding[] {
  return groupedBy(grants, () => '').map(members =>
    told(rule, members, some => {
      const used = rule.kept.filter(({ grant }) => some.some(member => implies(member, grant)))
      return diagnostic('wildcard-grant', rule.span, about(rule, some), { related: users(used) })
    }),
  )
}

function phantoms(rule: JudgedRule, grants: readonly Grant[]): readonly Finding[] {
  return groupedBy(grants, () => '').map(members =>
    told(rule, members, some => diagnostic('phantom-grant', rule.span, about(rule, some))),
  )
}

function misplaced(
  rule: JudgedRule,
  useless: readonly Grant[],
  { missing, strict }: { readonly missing: readonly PlannedGrant[]; readonly strict: boolean },
): readonly Finding[] {
  return groupedBy(useless, grant => grantKey({ ...grant, verb: '' })).map(group =>
    told(rule, group, some => {
      const wanted = missing.filter(({ grant }) => some.some(member => implies(everywhere(member), grant)))
      const isSure = wanted.some(({ certainty }) => strict || certainty === 'certain')
      const severity = isSure ? 'error' : 'warning'
      const isOfChart = rule.definedIn === 'rendered' || rule.definedIn === 'defaults'
      const { grant, rule: title } = about(rule, some)
      const args = { grant, rule: title, isOfChart, isNeeded: wanted.length > 0 }
      return diagnostic('rule-in-the-wrong-place', rule.span, args, { related: users(wanted), severity })
    }),
  )
}

/** So many grants a message names; the help has the whole list. */
const most = 4

interface About extends RuleEdit {
  readonly grant: string
  readonly rule: string
}

/** Which grants of which rule a finding is about, and all of them where the message names only some. */
function about({ rule, edit }: JudgedRule, grants: readonly Grant[]): About {
  const lines = grantLines(grants)
  if (lines.length <= most) return { grant: lines.join(' · '), rule, edit, all: null }
  const grant = `${lines.slice(0, most - 1).join(' · ')} and ${lines.length - most + 1} more`
  return { grant, rule, edit, all: lines }
}

function split<T>(elements: readonly T[], is: (element: T) => boolean): readonly [readonly T[], readonly T[]] {
  return [elements.filter(is), elements.filter(each => !is(each))]
}

const everywhere = (grant: Grant): Grant => (grant.kind === 'url' ? grant : { ...grant, namespace: null })

const hasWildcard = (grant: Grant): boolean =>
  grant.verb === '*' ||
  (grant.kind === 'url' ? grant.url.endsWith('*') : grant.group === '*' || grant.resource.startsWith('*'))

const byRisk = (a: HeldGrant, b: HeldGrant): number => riskRank(a.grant) - riskRank(b.grant)

const linesOf = (planned: readonly PlannedGrant[]): string => grantLines(planned.map(({ grant }) => grant)).join(' · ')
