import { diagnostics as notes } from '#rulemap/diagnostics'
import { type Code, codes, type Entry, entryOf, isCode } from '../diagnostic/catalog.ts'
import { nearest } from '../diagnostic/suggest.ts'
import { riskOf } from '../kubernetes/risk.ts'
import { ruledComponents, rulesOf } from '../rules/map/load.ts'
import { newestRead, placeFor } from '../rules/map/readings.ts'
import type {
  ComponentRules,
  Evidence as Fact,
  GrantRule,
  PrivilegeRule,
  RequestRule,
  Scope,
  UrlRule,
} from '../rules/map/schema.ts'
import { type Permission, requesters, requestReaches, whoNeeds } from '../rules/map/search.ts'
import { permissionOf } from './permission.ts'
import { phraseOf } from './phrase.ts'

/** Where a fact is in the source, as it was read last, and what it says. */
export interface Evidence {
  /** `repository@tag:path#Lx-Ly` */
  readonly at: string
  readonly says: string
  /** The lines at that tag, for a browser. */
  readonly url: string
  /** The first release of Alloy of which it no longer holds; null: it holds. */
  readonly until: string | null
}

/** One rule of the map in words. */
export interface RuleExplanation {
  /** `loki.source.kubernetes#log` */
  readonly rule: string
  readonly kind: 'grant' | 'url' | 'request' | 'privilege'
  /** What it asks for, as lines. */
  readonly needs: readonly string[]
  /** The condition in words; null: always. */
  readonly when: string | null
  /** Where the objects are, in words; null where that says nothing. */
  readonly where: string | null
  /** Alloy releases, in words; null: all. */
  readonly releases: string | null
  readonly assumed: boolean
  /** What is lost without it, for what is granted on request only. */
  readonly optional: string | null
  readonly without: string | null
  readonly alternatives: readonly string[]
  /** How a privilege is known, in words; null for what no one had to weigh. */
  readonly confidence: string | null
  readonly evidence: readonly Evidence[]
}

/** What is said of a diagnostic beyond its message. */
export interface CodeNotes {
  /** Why it is said. */
  readonly means: string
  /** What to do, where the help does not say it all. */
  readonly remedy?: string
  /** An input that shows it, and the command to run over it. */
  readonly command?: string
  readonly files?: readonly { readonly path: string; readonly text: string }[]
  /** Why no input leads to it today, where none does. */
  readonly never?: string
}

/** The answer to `explain THING`. */
export type Explanation =
  | {
      readonly kind: 'overview'
      readonly families: readonly { readonly name: string; readonly components: number; readonly needing: number }[]
    }
  | {
      readonly kind: 'component'
      readonly name: string
      readonly about: string
      /** When the pod's own account talks to the API server, in words; null: always. */
      readonly identity: string | null
      readonly rules: readonly RuleExplanation[]
      /** What shows that it needs nothing, where it does not. */
      readonly evidence: readonly Evidence[]
    }
  | { readonly kind: 'rule'; readonly rule: RuleExplanation; readonly about: string }
  | {
      readonly kind: 'grant'
      readonly wanted: Permission
      readonly askedBy: readonly RuleExplanation[]
      /** Components that may need it because of where their arguments send the token. */
      readonly requesters: readonly string[]
      /** What else it would allow; null where it only reads what it names. */
      readonly risk: string | null
    }
  | {
      readonly kind: 'code'
      readonly code: string
      readonly severity: Entry['severity']
      readonly name: string
      readonly help: string | null
      readonly stage: string
      readonly notes: CodeNotes
    }
  | {
      readonly kind: 'unknown'
      readonly thing: string
      readonly suggestion: string | null
      /** It may be a component of some configuration: `prometheus.scrape.kubelet`. */
      readonly instance: boolean
    }

const stages = ['syntax', 'modules and references', 'evaluation', 'rule map and versions', 'check', 'chart and values']

/**
 * Explains a component, a grant, a rule of the map or a diagnostic code; nothing asked: what there is.
 *
 * @example
 * ```ts
 * import { explain } from 'alloy-rbac'
 *
 * const found = explain('loki.source.kubernetes')
 * if (found.kind === 'component') console.log(found.rules.map(({ rule }) => rule).join(' '))
 * // loki.source.kubernetes#log loki.source.kubernetes#pod
 * ```
 */
export function explain(thing: string | null): Explanation {
  if (thing === null || thing.trim() === '') return overview()
  const asked = thing.trim().replace(/\s+/g, ' ')
  const code = asked.toUpperCase()
  if (isCode(code)) return explainCode(code)
  const rules = rulesOf(asked)
  if (rules) return explainComponent(asked, rules)
  const [component = '', id = ''] = asked.split('#')
  const owner = rulesOf(component)
  const rule = owner && rulesIn(component, owner).find(each => each.rule === `${component}#${id}`)
  if (owner && rule) return { kind: 'rule', rule, about: owner.about }
  const wanted = permissionOf(asked)
  if (wanted) {
    const askedBy = whoNeeds(wanted).map(
      each => rulesIn(each.component, each.rules).find(({ rule }) => rule === each.rule)!,
    )
    const reached = requestReaches(wanted)
    const risk = riskOf(wanted)?.sentence ?? null
    return { kind: 'grant', wanted, askedBy, requesters: reached ? requesters() : [], risk }
  }
  const instance = !asked.includes(' ') && ruledComponents().some(each => asked.startsWith(`${each}.`))
  const suggestion = nearest(asked, [...ruledComponents(), ...codes])
  return { kind: 'unknown', thing: asked, suggestion, instance }
}

function overview(): Explanation {
  const families = new Map<string, { components: number; needing: number }>()
  for (const component of ruledComponents()) {
    const name = component.split('.')[0]!
    const family = families.get(name) ?? { components: 0, needing: 0 }
    family.components++
    if (needsSomething(rulesOf(component)!)) family.needing++
    families.set(name, family)
  }
  return { kind: 'overview', families: [...families].map(([name, counts]) => ({ name, ...counts })) }
}

/** Says whether a component may need anything at all. */
const needsSomething = ({ grants, urls, requests, privileges }: ComponentRules): boolean =>
  [grants, urls, requests, privileges].some(each => Object.keys(each ?? {}).length > 0)

/** What is said of a code beyond its message. */
export const notesOf = (code: Code): CodeNotes => JSON.parse(notes[code]!) as CodeNotes

function explainCode(code: Code): Explanation {
  const entry = entryOf(code)
  const stage = stages[Number(code[3])] ?? ''
  return {
    kind: 'code',
    code,
    severity: entry.severity,
    name: entry.name,
    help: entry.help ?? null,
    stage,
    notes: notesOf(code),
  }
}

function explainComponent(name: string, rules: ComponentRules): Explanation {
  const found = rulesIn(name, rules)
  const asking = [rules.started, rules.identity].filter(each => each !== undefined)
  return {
    kind: 'component',
    name,
    about: rules.about,
    identity: asking.length === 0 || found.length === 0 ? null : phraseOf({ $all: asking }),
    rules: found,
    evidence: found.length === 0 ? Object.values(rules.evidence).map(cited) : [],
  }
}

/** A fact where it was read last: at the newest release that was, or before it ended. */
function cited(fact: Fact): Evidence {
  const place = placeFor(fact, newestRead)
  const [, repository = '', tag = '', path = ''] = place.at.match(/^([^@]+)@([^:]+):(.*)$/) ?? []
  const url = `https://github.com/${repository}/blob/${tag}/${path.replaceAll(' ', '%20')}`
  return { ...place, url, until: fact.until ?? null }
}

type AnyRule = GrantRule | UrlRule | RequestRule | PrivilegeRule

function rulesIn(component: string, rules: ComponentRules): readonly RuleExplanation[] {
  const of = <R extends AnyRule>(
    all: Readonly<Record<string, R>> | undefined,
    kind: RuleExplanation['kind'],
    needs: (rule: R) => readonly string[],
    where: (rule: R) => string | null,
  ) =>
    Object.entries(all ?? {}).map(
      ([id, rule]): RuleExplanation => ({
        rule: `${component}#${id}`,
        kind,
        needs: needs(rule),
        when: rule.when === undefined ? null : phraseOf(rule.when),
        where: where(rule),
        releases: releases(rule.since, rule.until),
        assumed: rule.assumed === true,
        optional: rule.optional ?? null,
        without: rule.without ?? null,
        alternatives: rule.alternatives ?? [],
        confidence: kind === 'privilege' ? confidences[(rule as PrivilegeRule).confidence ?? 'verified'] : null,
        evidence: rule.evidence.flatMap(key => rules.evidence[key] ?? []).map(cited),
      }),
    )
  return [
    ...of(rules.grants, 'grant', grantNeeds, rule => place(rule.scope ?? rules.scope ?? 'cluster')),
    ...of(
      rules.urls,
      'url',
      ({ paths, verbs }) => paths.map(path => `url ${path} ${verbs.join(',')}`),
      () => null,
    ),
    ...of(rules.requests, 'request', requestNeeds, () => null),
    ...of(rules.privileges, 'privilege', privilegeNeeds, () => null),
  ]
}

const confidences: Readonly<Record<NonNullable<PrivilegeRule['confidence']>, string>> = {
  verified: 'verified in the source or the documentation of this version',
  'verified-other-version': 'verified in the source of another version',
  derived: 'derived: follows from the source and the kernel, but is not documented',
  unverified: 'unverified: general knowledge',
}

function grantNeeds({ allow }: GrantRule): readonly string[] {
  return (allow.groups ?? ['']).flatMap(group =>
    allow.resources.map(resource => `${resource}${group === '' ? '' : `.${group}`} ${allow.verbs.join(',')}`),
  )
}

function requestNeeds({ url, targets, token }: RequestRule): readonly string[] {
  return [
    `whatever the server at ${url ?? targets ?? 'the target'} requires, if ${token.join(' or ')} contains the service account's token`,
  ]
}

function privilegeNeeds(rule: PrivilegeRule): readonly string[] {
  const path = (from: unknown): string =>
    typeof from === 'string'
      ? from
      : `the paths of ${Object.values(from as object)
          .flat()
          .join(' ')}`
  return [
    ...(rule.capabilities ?? []).map(name => `capability ${name}`),
    ...(rule.pod ?? []).map(field => `pod ${field}`),
    ...(rule.mounts ?? []).map(mount => `mount ${path(mount.path)} ${mount.readOnly ? 'ro' : 'rw'}`),
    ...(rule.writable ?? []).map(source => `writable ${path(source)}`),
    ...(rule.ports ?? []).map(({ block, from, protocol }) => {
      const path = block === undefined ? from : `${block}.${from}`
      return `port ${path} ${typeof protocol === 'string' ? protocol : protocol.from}`
    }),
  ]
}

function releases(since: string | undefined, until: string | undefined): string | null {
  if (since && until) return `from ${since}, before ${until}`
  return since ? `from ${since} on` : until ? `before ${until}` : null
}

function place(scope: Scope): string | null {
  if (scope === 'cluster') return 'cluster-wide'
  if (scope === 'own') return 'in the namespace Alloy runs in'
  if ('namespace' in scope) return `in namespace ${scope.namespace}`
  if ('targets' in scope) return `in the namespaces of ${scope.targets}`
  if ('service' in scope) return `in the namespace that ${scope.service} names`
  return `in the namespaces of ${scope.names}; in all namespaces if that is empty or not known`
}
