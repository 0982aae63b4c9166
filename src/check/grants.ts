import { diagnostic, type Label } from '../diagnostic/diagnostic.ts'
import { compareText, type Grant, grantKey, grantLine, grantLines, implies } from '../kubernetes/grant.ts'
import { isPhantomGrant, resourceScope } from '../kubernetes/resources.ts'
import { riskOf, riskRank } from '../kubernetes/risk.ts'
import { grantsOf } from '../kubernetes/rule.ts'
import { compare } from '../plan/compare.ts'
import { implying } from '../plan/implying.ts'
import type { Plan, PlannedGrant } from '../plan/plan.ts'
import type { Finding, HeldGrant } from './finding.ts'
import type { HeldRule } from './granted.ts'

/** The grants of a plan against those that rules give. */
export interface GrantCheck {
  readonly missing: readonly PlannedGrant[]
  readonly excess: readonly HeldGrant[]
  readonly phantom: readonly HeldGrant[]
  readonly findings: readonly Finding[]
}

/** Compares the grants of a plan with what the account holds. */
export function checkGrants({ grants: planned }: Plan, rules: readonly HeldRule[], kubernetes: string): GrantCheck {
  const needed = planned.map(({ grant }) => grant)
  const held = rules.flatMap(rule => partsOf(rule).usable)
  const lacking = new Set(compare(needed, held, kubernetes).missing.map(grantKey))
  const missing = planned.filter(({ grant }) => lacking.has(grantKey(grant)))
  const wanted = implying(needed)
  const excess: HeldGrant[] = []
  const phantom: HeldGrant[] = []
  const findings: Finding[] = missing.map(missingGrant)
  const beyond: Graded[] = []
  for (const rule of rules) {
    const { usable, useless } = partsOf(rule)
    const { role, index, span } = rule
    const found = compare(needed, usable, kubernetes)
    excess.push(...found.excess.map(grant => ({ grant, role, index, span })))
    phantom.push(...found.phantom.map(grant => ({ grant, role, index, span })))
    const needless = usable.filter(grant => !isPhantomGrant(grant, kubernetes) && wanted(grant).length === 0)
    findings.push(
      ...misplaced(rule, useless, missing),
      ...phantoms(rule, found.phantom),
      ...wildcards(rule, needless.filter(hasWildcard), planned),
    )
    beyond.push(
      ...excessive(
        rule,
        needless.filter(grant => !hasWildcard(grant)),
        planned,
      ),
    )
  }
  return { missing, excess: excess.sort(byRisk), phantom, findings: [...findings, ...gravestFirst(beyond)] }
}

/** A rule's grants as they are written: those that allow something, and those that are in the wrong place. */
function partsOf({ rule, namespace }: HeldRule): {
  readonly usable: readonly Grant[]
  readonly useless: readonly Grant[]
} {
  const all = grantsOf(rule, namespace)
  // No request for a URL has a namespace.
  const urls = namespace === null ? [] : grantsOf({ ...rule, resources: [] }, null)
  return { usable: all.filter(grant => !isMisplaced(grant)), useless: [...all.filter(isMisplaced), ...urls] }
}

/** Says whether a rule bound in a namespace names what has no namespace: it allows nothing then. */
function isMisplaced(grant: Grant): boolean {
  if (grant.kind === 'url' || grant.namespace === null) return false
  if (resourceScope(grant.group, grant.resource) !== 'cluster') return false
  const itself = grant.group === '' && /^namespaces(\/|$)/.test(grant.resource)
  return !(itself && ['get', 'update', 'patch', 'delete', '*'].includes(grant.verb))
}

function missingGrant({ grant, certainty, reasons }: PlannedGrant): Finding {
  const [first] = reasons
  const line = grantLine(grant) + (certainty === 'assumed' ? ' assumed' : '')
  const components = names(reasons.map(({ component }) => component))
  const related = first?.related ?? []
  return {
    subject: `${components}: ${grantLine(grant)}`,
    diagnostic: diagnostic(
      'ARB401',
      first?.span ?? null,
      { grant: line, components },
      { related, help: addition(grant) },
    ),
  }
}

/** The smallest rule that gives a grant. */
function addition(grant: Grant): string {
  const list = (text: string) => JSON.stringify([text])
  if (grant.kind === 'url')
    return `add to a ClusterRole of the account: {nonResourceURLs: ${list(grant.url)}, verbs: ${list(grant.verb)}}`
  const { namespace, group, resource, name, verb } = grant
  const place =
    namespace === null ? 'a ClusterRole' : namespace === '.' ? "a Role in Alloy's namespace" : `a Role in ${namespace}`
  const objects = name === null ? '' : `, resourceNames: ${list(name)}`
  return `add to ${place} of the account: {apiGroups: ${list(group)}, resources: ${list(resource)}${objects}, verbs: ${list(verb)}}`
}

/** A finding with its gravity, 0 first. */
interface Graded extends Finding {
  readonly rank: number
}

const gravestFirst = (graded: readonly Graded[]): readonly Finding[] =>
  [...graded].sort((a, b) => a.rank - b.rank).map(({ subject, diagnostic: found }) => ({ subject, diagnostic: found }))

/** Not needed, or not that widely: each line of a rule is one finding. */
function excessive(rule: HeldRule, grants: readonly Grant[], planned: readonly PlannedGrant[]): readonly Graded[] {
  return grouped(grants).map(({ line, members, rank }) => {
    const narrower = planned.filter(({ grant }) => members.some(member => implies(member, grant)))
    const risk = riskOfAll(members)
    const needs = narrower.length === 0 ? 'no component needs it' : `only ${linesOf(narrower)} is needed`
    const help = narrower.length === 0 ? 'remove it from the rule' : `narrow the rule to ${linesOf(narrower)}`
    return {
      rank,
      subject: `${rule.role}: ${line}`,
      diagnostic: diagnostic(
        'ARB402',
        rule.span,
        { grant: line, role: rule.role, index: rule.index, needs, risk },
        { related: users(narrower), help },
      ),
    }
  })
}

function wildcards(rule: HeldRule, grants: readonly Grant[], planned: readonly PlannedGrant[]): readonly Finding[] {
  return grouped(grants).map(({ line, members }) => {
    const used = planned.filter(({ grant }) => members.some(member => implies(member, grant)))
    const help = used.length === 0 ? 'remove the rule' : `name what is needed: ${linesOf(used)}`
    return {
      subject: `${rule.role}: ${line}`,
      diagnostic: diagnostic(
        'ARB404',
        rule.span,
        { grant: line, role: rule.role, index: rule.index },
        { related: users(used), help },
      ),
    }
  })
}

function phantoms(rule: HeldRule, grants: readonly Grant[]): readonly Finding[] {
  return grouped(grants).map(({ line }) => ({
    subject: `${rule.role}: ${line}`,
    diagnostic: diagnostic('ARB403', rule.span, { grant: line, role: rule.role, index: rule.index }),
  }))
}

function misplaced(rule: HeldRule, grants: readonly Grant[], missing: readonly PlannedGrant[]): readonly Finding[] {
  return grouped(grants).map(({ line, members }) => {
    const wanted = missing.filter(({ grant }) => members.some(member => implies(everywhere(member), grant)))
    const severity = wanted.length > 0 ? 'error' : 'warning'
    return {
      subject: `${rule.role}: ${line}`,
      diagnostic: diagnostic(
        'ARB405',
        rule.span,
        { grant: line, role: rule.role, index: rule.index },
        { related: users(wanted), severity, ...(wanted.length === 0 ? { help: 'remove it from the rule' } : {}) },
      ),
    }
  })
}

const everywhere = (grant: Grant): Grant => (grant.kind === 'url' ? grant : { ...grant, namespace: null })

const hasWildcard = (grant: Grant): boolean =>
  grant.verb === '*' ||
  (grant.kind === 'url' ? grant.url.endsWith('*') : grant.group === '*' || grant.resource.startsWith('*'))

/** Grants that one line names. */
interface Group {
  readonly line: string
  readonly members: readonly Grant[]
  readonly rank: number
}

/** Grants by their lines, those that give most away first. */
function grouped(grants: readonly Grant[]): readonly Group[] {
  const bySubject = new Map<string, Grant[]>()
  for (const grant of grants) {
    const key = grantKey({ ...grant, verb: '' })
    bySubject.set(key, [...(bySubject.get(key) ?? []), grant])
  }
  return [...bySubject.values()]
    .map(members => ({ line: grantLines(members).join(' · '), members, rank: Math.min(...members.map(rankOf)) }))
    .sort((a, b) => a.rank - b.rank || compareText(a.line, b.line))
}

const rankOf = (grant: Grant): number => (grant.kind === 'url' ? 9 : riskRank(grant.resource, grant.verb))

const byRisk = (a: HeldGrant, b: HeldGrant): number => rankOf(a.grant) - rankOf(b.grant)

/** What the gravest of some grants gives away; empty where none carries a risk of its own. */
function riskOfAll(grants: readonly Grant[]): string {
  const [gravest] = [...grants].sort((a, b) => rankOf(a) - rankOf(b))
  return gravest?.kind === 'resource' ? (riskOf(gravest.resource, gravest.verb)?.sentence ?? '') : ''
}

const linesOf = (planned: readonly PlannedGrant[]): string => grantLines(planned.map(({ grant }) => grant)).join(' · ')

const names = (components: readonly string[]): string => [...new Set(components)].sort().join(', ')

/** The components that need grants, each once. */
function users(planned: readonly PlannedGrant[]): readonly Label[] {
  const labels = new Map<string, Label>()
  for (const { grant, reasons } of planned)
    for (const { component, span } of reasons)
      if (!labels.has(component)) labels.set(component, { span, text: `${component} needs ${grantLine(grant)}` })
  return [...labels.values()]
}
