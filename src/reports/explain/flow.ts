import type { Value } from '../../evaluate/value/value.ts'
import { componentNames } from '../../inventory/inventory.ts'
import type { Arguments, Use } from '../../resolve/use.ts'
import { type Derivation, factsOf, targetsPath } from '../../rules/derive.ts'
import type { Facts } from '../../rules/map/condition.ts'
import type { ComponentRules, RequestRule } from '../../rules/map/schema.ts'
import { answersOf, answersOfTarget } from '../../rules/requests/request.ts'
import type { Answer, Server } from '../../rules/requests/server.ts'
import type { Need, Requirement } from '../../rules/requirement.ts'
import { targetsAt } from '../../rules/scope.ts'
import type { Span } from '../../source.ts'

/** Who is asked for what a component needs; `node`: Linux, and what starts the container. */
export type Asked = 'API server' | 'kubelet' | 'node' | 'another server'

/** Something that a component asks for by one rule of the map. */
export interface Ask {
  /** `prometheus.scrape#scrape` */
  readonly rule: string
  readonly asked: Asked
  /** The components whose targets lead there, none where the configuration lists them or they are unknown; null: it follows no targets. */
  readonly targets: readonly string[] | null
  /** Where a request goes; null for what is asked by name. */
  readonly endpoint: Answer['endpoint'] | null
  readonly needs: readonly Need[]
}

/** What one instance of a component asks for; nothing, where it needs nothing. */
export interface ComponentFlow {
  readonly component: string
  readonly span: Span
  readonly asks: readonly Ask[]
}

/** What an analysis knows of its components. */
export interface Analyzed {
  readonly uses: readonly Use[]
  readonly requirements: readonly Requirement[]
  readonly derivation: Derivation
}

/** Targets beyond these are taken for one more of the same. */
const mostTargets = 500

/** Follows what each component needs to who is asked for it, and where its targets are from. */
export function flowOf({ uses, requirements, derivation }: Analyzed): readonly ComponentFlow[] {
  const required = new Map<string, Requirement[]>()
  for (const each of requirements) {
    const known = required.get(each.reason.component)
    if (known) known.push(each)
    else required.set(each.reason.component, [each])
  }
  const flows = new Map<string, ComponentFlow>()
  /** Repeated instances of a module share their arguments, and so what they ask. */
  const asked = new Map<Arguments, readonly Ask[]>()
  const asksOfUse = (use: Use): readonly Ask[] => {
    const known = asked.get(use.arguments) ?? asksOf(required.get(use.id) ?? [], use, derivation)
    asked.set(use.arguments, known)
    return known
  }
  for (const use of uses) {
    const { id: component, block } = use
    // The program itself is not a component, and is listed only where it needs something.
    const isListed = required.has(component) || componentNames.includes(use.component)
    if (isListed && !flows.has(component))
      flows.set(component, {
        component,
        span: block.header,
        asks: asksOfUse(use),
      })
  }
  // What no block of the configuration stands for: the program itself.
  for (const [component, needs] of required) {
    const [first] = needs
    if (first !== undefined && !flows.has(component))
      flows.set(component, { component, span: first.reason.span, asks: asksOf(needs, null, derivation) })
  }
  return [...flows.values()]
}

function asksOf(requirements: readonly Requirement[], use: Use | null, derivation: Derivation): readonly Ask[] {
  const byRule = new Map<string, Need[]>()
  for (const { need, reason } of requirements) {
    const known = byRule.get(reason.rule)
    if (known) known.push(need)
    else byRule.set(reason.rule, [need])
  }
  const rules = use && derivation.rulesOf(use.component)
  const facts = use && rules && factsOf(use, rules, derivation)
  return [...byRule].flatMap(([rule, needs]) => {
    const id = rule.slice(rule.indexOf('#') + 1)
    const request = rules?.requests?.[id]
    if (facts && request) return requested(rule, request, facts)
    const targets = facts && rules ? followed(id, rules, facts) : null
    return [{ rule, asked: byName(needs), targets, endpoint: null, needs }]
  })
}

const byName = (needs: readonly Need[]): Asked => (needs.some(({ kind }) => kind === 'grant') ? 'API server' : 'node')

/** The sources of the targets by which a rule for grants decides; null where it follows none. */
function followed(id: string, rules: ComponentRules, facts: Facts): readonly string[] | null {
  const grant = rules.grants?.[id]
  const path = grant === undefined ? null : (targetsPath(grant.scope ?? rules.scope) ?? targetsPath(grant.allow.names))
  if (path === null) return null
  return sourcesOf(targetsAt(path, facts).map(({ labels }) => labels))
}

/** The requests of a rule, those to one place together. */
function requested(rule: string, request: RequestRule, facts: Facts): readonly Ask[] {
  const found = new Map<string, { readonly answer: Answer; readonly from: Value[] }>()
  const note = (answer: Answer, labels: Value | null): void => {
    const { scheme, host, path } = answer.endpoint
    const key = JSON.stringify([answer.server, scheme, host, path])
    const known = found.get(key) ?? { answer, from: [] }
    found.set(key, known)
    if (labels !== null) known.from.push(labels)
  }
  if ('url' in request) for (const answer of answersOf(request, facts)) note(answer, null)
  else
    for (const { labels } of targetsAt(request.targets, facts).slice(0, mostTargets))
      for (const answer of answersOfTarget(request, labels, facts)) note(answer, labels)
  return [...found.values()]
    .filter(({ answer }) => answer.grants.length > 0)
    .map(({ answer, from }) => ({
      rule,
      asked: servers[answer.server],
      targets: 'url' in request ? null : sourcesOf(from),
      endpoint: answer.endpoint,
      needs: answer.grants.map(grant => ({ kind: 'grant', grant })),
    }))
}

const servers: Readonly<Record<Server, Asked>> = {
  kubelet: 'kubelet',
  'api server': 'API server',
  other: 'another server',
  outside: 'another server',
  'plain http': 'another server',
}

/** The components that targets come from, before anything relabels them. */
function sourcesOf(targets: readonly Value[]): readonly string[] {
  const found = targets.slice(0, mostTargets).flatMap(target => {
    let first = target
    while (first.kind === 'object' && first.provenance && first.provenance.before !== null)
      first = first.provenance.before
    const by = first.kind === 'object' ? first.provenance?.by : undefined
    return by === undefined ? [] : [by.id]
  })
  return [...new Set(found)]
}
