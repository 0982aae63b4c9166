import { newestRead, placeFor } from '../../rules/map/readings.ts'
import type {
  ComponentRules,
  Evidence as Fact,
  GrantRule,
  PrivilegeRule,
  RequestRule,
  Scope,
  UrlRule,
} from '../../rules/map/schema.ts'
import { type NamedCondition, phrasing } from './phrase.ts'

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
  /** What the names in it mean: conditions that rules share. */
  readonly conditions: readonly NamedCondition[]
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

/** A fact where it was read last: at the newest release that was, or before it ended. */
export function cited(fact: Fact): Evidence {
  const place = placeFor(fact, newestRead)
  const [, repository = '', tag = '', path = ''] = place.at.match(/^([^@]+)@([^:]+):(.*)$/) ?? []
  const url = `https://github.com/${repository}/blob/${tag}/${path.replaceAll(' ', '%20')}`
  return { ...place, url, until: fact.until ?? null }
}

type AnyRule = GrantRule | UrlRule | RequestRule | PrivilegeRule

/** The rules of a component in words. */
export function explainRules(component: string, rules: ComponentRules): readonly RuleExplanation[] {
  const { phraseOf, namedIn } = phrasing(rules)
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
        conditions: rule.when === undefined ? [] : namedIn(rule.when),
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

function requestNeeds(rule: RequestRule): readonly string[] {
  const from = 'url' in rule ? rule.url : rule.targets
  return [`whatever the server at ${from} requires, if ${rule.token.join(' or ')} contains the service account's token`]
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
  if (since) return `from ${since} on`
  return until ? `before ${until}` : null
}

function place(scope: Scope): string | null {
  if (scope === 'cluster') return 'cluster-wide'
  if (scope === 'own') return 'in the namespace Alloy runs in'
  if ('namespace' in scope) return `in namespace ${scope.namespace}`
  if ('targets' in scope) return `in the namespaces of ${scope.targets}`
  if ('service' in scope) return `in the namespace that ${scope.service} names`
  return `in the namespaces of ${scope.names}; in all namespaces if that is empty or not known`
}
