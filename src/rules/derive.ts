import { type Diagnostic, diagnostic, type Outcome } from '../diagnostic/diagnostic.ts'
import type { Arguments, Use } from '../resolve/use.ts'
import { liesIn } from '../version.ts'
import { linesOf, noteOlderKernels } from './kernel-notes.ts'
import { type Facts, judge, type Target, type Verdict } from './map/condition.ts'
import { holdsIn, placeFor, unreadFacts } from './map/readings.ts'
import type { ComponentRules, Condition, Demand, GrantRule, PrivilegeRule, Scope, UrlRule } from './map/schema.ts'
import { narrowedGrants, narrowedUrls } from './objects/narrowed-needs.ts'
import { noteObjects } from './objects/notes.ts'
import { type Selection, selectionOf } from './objects/selection.ts'
import type { World } from './objects/world.ts'
import { type LeftOut, notesOnLeftOut } from './optional-notes.ts'
import { needsOfPrivilege } from './privileges.ts'
import { needsOfToken } from './requests/credentials.ts'
import { needsOfRequest } from './requests/request.ts'
import type { Reason, Requirement } from './requirement.ts'
import { type RuleContext, reasonOf } from './rule-context.ts'
import { namespacesOf, objectNames, type Target as ScrapeTarget, targetsAt } from './scope.ts'
import { notePossible, noteUnknownArgument } from './unknown-notes.ts'
import { privilegesOnWindows } from './windows.ts'

/** What the derivation is made for, and the knowledge it is made from. */
export interface Derivation {
  readonly target: Target
  /** The rules of a component; null when the map does not know it. */
  readonly rulesOf: (component: string) => ComponentRules | null
  readonly conditions: Readonly<Record<string, Condition>>
  /** The environment variables that the container is known to set. */
  readonly environment: Pick<ReadonlySet<string>, 'has'>
  /** Those that it is known not to set; absent: of none is that known. */
  readonly unset?: Pick<ReadonlySet<string>, 'has'>
  /** Also demand what is optional. */
  readonly optional: boolean
  /** Of a pod on Windows; absent: it runs on Linux, as far as that is known. */
  readonly windows?: { readonly isHostProcess: boolean }
  /** The objects of the cluster; absent: none are known. */
  readonly objects?: World
}

/** What the conditions of a use's rules are judged against. */
export function factsOf(use: Use, rules: ComponentRules, derivation: Derivation): Facts {
  return {
    body: use.arguments,
    defaults: rules.defaults,
    target: derivation.target,
    shared: derivation.conditions,
    environment: derivation.environment,
    ...(derivation.unset && { unset: derivation.unset }),
  }
}

/** Finds what the uses need, each need with its reason; what is assumed or optional is said in notes. */
export function derive(uses: readonly Use[], derivation: Derivation): Outcome<readonly Requirement[]> {
  const requirements: Requirement[] = []
  const diagnostics: Diagnostic[] = []
  const leftOut: LeftOut[] = []
  const notes: Notes = {
    report: found => void diagnostics.push(found),
    leaveOut: found => void leftOut.push(found),
  }
  /** Repeated instances of a module share their arguments: what they need differs in the name and the way alone. */
  const derived = new Map<Arguments, { readonly certain: boolean; readonly needs: readonly Requirement[] }>()
  for (const each of uses) {
    const use = asRead(each, derivation.target)
    const before = derived.get(use.arguments)
    if (before?.certain === use.certain) {
      for (const each of repeated(before.needs, use)) requirements.push(each)
      continue
    }
    const said = diagnostics.length + leftOut.length
    const rules = derivation.rulesOf(use.component)
    const needs = [...(rules ? needsOf(use, rules, derivation, notes) : []), ...needsOfToken(use, notes.report)]
    for (const each of needs) requirements.push(each)
    // What was said names the use.
    if (diagnostics.length + leftOut.length === said) derived.set(use.arguments, { certain: use.certain, needs })
  }
  return { value: requirements, diagnostics: [...diagnostics, ...notesOnLeftOut(leftOut)] }
}

/** Where a derivation says what it found beside needs. */
interface Notes {
  readonly report: RuleContext['report']
  /** Takes what is optional and not granted. */
  readonly leaveOut: (found: LeftOut) => void
}

/** The needs of a use by the rules of its component, and what the component's notes say of it. */
function needsOf(use: Use, rules: ComponentRules, derivation: Derivation, notes: Notes): readonly Requirement[] {
  const { report } = notes
  const facts = factsOf(use, rules, derivation)
  const started = judge(rules.started, facts)
  if (started.truth === false) {
    report(diagnostic('component-not-started', use.block.header, { component: use.id }, { related: use.related }))
    return []
  }
  const identity = judge(rules.identity, facts)
  const selection = selectionOf(rules, facts, derivation.objects)
  const narrows = selection?.world.given ? selection : null
  const assumed: string[] = []
  const asked: string[] = []
  const each = <R extends Demand>(
    all: Readonly<Record<string, R>> | undefined,
    identified: Verdict | null,
    asks: (rule: R, situation: RuleContext, known: Selection | null) => readonly Requirement[],
  ): readonly Requirement[] =>
    Object.entries(all ?? {}).flatMap(([id, rule]) => {
      const name = `${use.component}#${id}`
      const verdict = verdictOn(rule, name, { use, facts, derivation, ...notes })
      if (verdict === null) return []
      const known = narrows !== null && 'objects' in rule ? narrows : null
      if ('objects' in rule) asked.push(id)
      if (rule.assumed && known === null) assumed.push(id)
      const judgements = [verdict, identified, started]
      for (const judged of judgements) if (judged?.truth === null) noteUnknownArgument(use, judged.open, report)
      const sure = use.certain && judgements.every(judged => judged?.truth !== null)
      const situation: RuleContext = {
        use,
        rule: name,
        facts,
        evidence: evidenceOf(rule, name, rules, derivation.target.alloy),
        certain: sure && (known ? known.world.complete : rule.assumed !== true),
        report,
      }
      const found = asks(rule, situation, known)
      if (known === null || known.world.complete) return found
      const others = asks(rule, { ...situation, certain: false }, null)
      return [...found, ...others.map((other): Requirement => ({ ...other, elsewhere: true }))]
    })
  const needs = [
    ...each(identity.truth === false ? {} : rules.grants, identity, (rule, situation, known) =>
      known ? narrowedGrants(rule, situation, known, rules.scope) : needsOfGrant(rule, situation, rules.scope),
    ),
    ...each(identity.truth === false ? {} : rules.urls, identity, (rule, situation, known) =>
      known ? narrowedUrls(rule, situation, known) : needsOfUrl(rule, situation),
    ),
    ...each(rules.requests, null, needsOfRequest),
    ...each(derivation.windows ? privilegesOnWindows(rules.privileges) : rules.privileges, null, needsOfPrivilege),
  ]
  const { header: span } = use.block
  if (assumed.length > 0) {
    const args = { rules: assumed, kind: use.component, component: use.id }
    report(diagnostic('assumed-by-cluster', span, args, { related: use.related }))
  }
  if (selection !== null) noteObjects(use, selection, asked, report)
  const { windows } = derivation
  for (const { when, severity, text, hostProcess, linux } of Object.values(rules.notes ?? {})) {
    if ((linux && windows) || (hostProcess && windows?.isHostProcess)) continue
    if (judge(when, facts).truth !== true) continue
    const args = { component: use.id, text, ...(hostProcess && !windows && { forLinux: true }) }
    report(diagnostic(remarks[severity ?? 'note'], span, args, { related: use.related }))
  }
  return needs
}

/** The diagnostic of each severity of a remark. */
const remarks = { error: 'component-refused', warning: 'component-warning', note: 'component-note' } as const

/** Whether a rule asks for something; null where it does not, and what would make it ask is said. */
function verdictOn(
  demand: PrivilegeRule,
  rule: string,
  {
    use,
    facts,
    derivation,
    report,
    leaveOut,
  }: Pick<RuleContext, 'use' | 'facts'> & Notes & { readonly derivation: Derivation },
): Verdict | null {
  const { when, optional, whenKnown } = demand
  if (!liesIn(derivation.target.alloy, demand)) return null
  const verdict = judge(when, facts)
  if (verdict.truth === false) {
    noteOlderKernels(demand, facts, use, report)
    return null
  }
  if (optional !== undefined && !derivation.optional) {
    leaveOut({ use, rule, loss: optional })
    return null
  }
  if (verdict.truth !== null || !whenKnown) return verdict
  notePossible(linesOf(demand), use, verdict.open, report)
  return null
}

/** A use whose rules were not read for the release that was named is not certain to need what they say. */
function asRead(use: Use, { stated }: Target): Use {
  return stated !== undefined && use.certain && unreadFacts(use.component, stated) > 0
    ? { ...use, certain: false }
    : use
}

/** The needs of another use with the same arguments, for the same reasons. */
function repeated(needs: readonly Requirement[], { id, related }: Use): readonly Requirement[] {
  const reasons = new Map<Reason, Reason>()
  return needs.map(({ need, reason }) => {
    const known = reasons.get(reason) ?? { ...reason, component: id, related }
    reasons.set(reason, known)
    return { need, reason: known }
  })
}

function evidenceOf(demand: Demand, rule: string, { evidence }: ComponentRules, release: string): readonly string[] {
  const places = demand.evidence.flatMap(key => {
    if (!evidence[key]) throw new Error(`${rule} cites evidence that does not exist: ${key}`)
    return holdsIn(evidence[key], release) ? [placeFor(evidence[key], release).at] : []
  })
  return [...new Set(places)].sort()
}

function needsOfGrant(rule: GrantRule, situation: RuleContext, common: Scope | undefined): readonly Requirement[] {
  const { facts } = situation
  const scope = rule.scope ?? common ?? 'cluster'
  const path = targetsPath(scope) ?? targetsPath(rule.allow.names)
  const targets: readonly (ScrapeTarget | null)[] = path === null ? [null] : targetsAt(path, facts)
  return targets.flatMap(target =>
    namespacesOf(scope, facts, target).flatMap(namespace =>
      objectNames(rule.allow.names, facts, target).flatMap(name => {
        const open = [...namespace.open, ...name.open]
        noteUnknownArgument(situation.use, open, situation.report)
        const reason = reasonOf(situation, namespace.certain && name.certain)
        return (rule.allow.groups ?? ['']).flatMap(group =>
          rule.allow.resources.flatMap(resource =>
            rule.allow.verbs.map(
              (verb): Requirement => ({
                need: {
                  kind: 'grant',
                  grant: { kind: 'resource', namespace: namespace.name, group, resource, name: name.name, verb },
                },
                reason,
              }),
            ),
          ),
        )
      }),
    ),
  )
}

/** The argument whose targets a scope or a name follows; null for one that follows none. */
export function targetsPath(source: unknown): string | null {
  return typeof source === 'object' && source !== null && 'targets' in source ? String(source.targets) : null
}

function needsOfUrl(rule: UrlRule, situation: RuleContext): readonly Requirement[] {
  const reason = reasonOf(situation, true)
  return rule.paths.flatMap(url =>
    rule.verbs.map((verb): Requirement => ({ need: { kind: 'grant', grant: { kind: 'url', url, verb } }, reason })),
  )
}
