import { type Diagnostic, diagnostic, type Outcome } from '../diagnostic/diagnostic.ts'
import type { Arguments, Use } from '../resolve/use.ts'
import { type Facts, judge, type Target, type Verdict } from './condition.ts'
import { noteOlderKernels } from './kernel.ts'
import { noteFound } from './open.ts'
import { needsOfPrivilege } from './privileges.ts'
import { needsOfRequest } from './request.ts'
import type { Reason, Requirement } from './requirement.ts'
import type { ComponentRules, Condition, GrantRule, Scope, UrlRule } from './rulemap.ts'
import { namespacesOf, objectNames, type Target as ScrapeTarget, targetsAt } from './scope.ts'
import { reasonOf, type Situation } from './situation.ts'
import { needsOfToken } from './token.ts'
import { within } from './version.ts'

/** What the derivation is made for, and the knowledge it is made from. */
export interface Derivation {
  readonly target: Target
  /** The rules of a component; null when the map does not know it. */
  readonly rulesOf: (component: string) => ComponentRules | null
  readonly conditions: Readonly<Record<string, Condition>>
  /** The environment variables that the container is known to set. */
  readonly environment: ReadonlySet<string>
  /** Also demand what is optional. */
  readonly optional: boolean
}

/** What the conditions of a use's rules are judged against. */
export function factsOf(use: Use, rules: ComponentRules, derivation: Derivation): Facts {
  return {
    body: use.arguments,
    defaults: rules.defaults,
    target: derivation.target,
    shared: derivation.conditions,
    environment: derivation.environment,
  }
}

/** Finds what the uses need, each need with its reason; what is assumed or optional is said in notes. */
export function derive(uses: readonly Use[], derivation: Derivation): Outcome<readonly Requirement[]> {
  const requirements: Requirement[] = []
  const diagnostics: Diagnostic[] = []
  /** Repeated instances of a module share their arguments: what they need differs in the name and the way alone. */
  const derived = new Map<Arguments, { readonly certain: boolean; readonly needs: readonly Requirement[] }>()
  for (const use of uses) {
    const before = derived.get(use.arguments)
    if (before?.certain === use.certain) {
      requirements.push(...repeated(before.needs, use))
      continue
    }
    const [first, said] = [requirements.length, diagnostics.length]
    const rules = derivation.rulesOf(use.component)
    if (rules) one(use, rules)
    requirements.push(...needsOfToken(use))
    // What was said names the use.
    if (diagnostics.length === said)
      derived.set(use.arguments, { certain: use.certain, needs: requirements.slice(first) })
  }
  return { value: requirements, diagnostics }

  function one(use: Use, rules: ComponentRules): void {
    const facts = factsOf(use, rules, derivation)
    const identity = judge(rules.identity, facts)
    const report = (found: Diagnostic) => void diagnostics.push(found)
    const add = (needs: readonly Requirement[]) => void requirements.push(...needs)
    const assumed: string[] = []

    if (identity.truth !== false) {
      each(rules.grants, (rule, situation) => add(needsOfGrant(rule, situation, rules.scope)), identity)
      each(rules.urls, (rule, situation) => add(needsOfUrl(rule, situation)), identity)
    }
    each(rules.requests, (rule, situation) => add(needsOfRequest(rule, situation)), null)
    each(rules.privileges, (rule, situation) => add(needsOfPrivilege(rule, situation)), null)
    if (assumed.length > 0) {
      const args = { rules: assumed, kind: use.component, component: use.id }
      report(diagnostic('ARB202', use.block.header, args, { related: use.related }))
    }
    for (const note of Object.values(rules.notes ?? {})) {
      if (judge(note.when, facts).truth !== true) continue
      const args = { component: use.id, text: note.text }
      report(
        diagnostic(note.severity === 'warning' ? 'ARB311' : 'ARB312', use.block.header, args, { related: use.related }),
      )
    }

    function each<R extends GrantRule | UrlRule | { evidence: readonly string[] }>(
      all: Readonly<Record<string, R>> | undefined,
      apply: (rule: R, situation: Situation) => void,
      identified: Verdict | null,
    ): void {
      for (const [id, rule] of Object.entries(all ?? {})) {
        const demand = rule as GrantRule
        if (!within(derivation.target.alloy, demand.since, demand.until)) continue
        const verdict = judge(demand.when, facts)
        if (verdict.truth === false) {
          noteOlderKernels(rule, facts, use, report)
          continue
        }
        const name = `${use.component}#${id}`
        if (demand.optional !== undefined && !derivation.optional) {
          report(
            diagnostic(
              'ARB203',
              use.block.header,
              { rule: name, component: use.id, loss: demand.optional },
              { related: use.related },
            ),
          )
          continue
        }
        if (demand.assumed) assumed.push(id)
        for (const open of [verdict, identified].filter(each => each?.truth === null))
          noteFound(use, open!.open, report)
        apply(rule, {
          use,
          rules,
          rule: name,
          facts,
          evidence: [...new Set(demand.evidence.map(key => evidenceAt(rules, key, name)))].sort(),
          certain: use.certain && verdict.truth === true && identified?.truth !== null && demand.assumed !== true,
          report,
        })
      }
    }
  }
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

function evidenceAt(rules: ComponentRules, key: string, rule: string): string {
  const evidence = rules.evidence[key]
  if (!evidence) throw new Error(`${rule} cites evidence that does not exist: ${key}`)
  return evidence.at
}

function needsOfGrant(rule: GrantRule, situation: Situation, common: Scope | undefined): readonly Requirement[] {
  const { facts } = situation
  const scope = rule.scope ?? common ?? 'cluster'
  const path = targetsPath(scope) ?? targetsPath(rule.allow.names)
  const targets: readonly (ScrapeTarget | null)[] = path === null ? [null] : targetsAt(path, facts)
  return targets.flatMap(target =>
    namespacesOf(scope, facts, target).flatMap(namespace =>
      objectNames(rule.allow.names, facts, target).flatMap(name => {
        const open = [...namespace.open, ...name.open]
        noteFound(situation.use, open, situation.report)
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

function needsOfUrl(rule: UrlRule, situation: Situation): readonly Requirement[] {
  const reason = reasonOf(situation, true)
  return rule.paths.flatMap(url =>
    rule.verbs.map((verb): Requirement => ({ need: { kind: 'grant', grant: { kind: 'url', url, verb } }, reason })),
  )
}
