import { defaultGrants } from './chart/release/default-grants.ts'
import { policyRule, type Release } from './chart/release/releases.ts'
import { type Grant, grantKey, uniqueGrants } from './kubernetes/grant.ts'
import { isPhantomGrant } from './kubernetes/resources.ts'
import { grantsOf, type PolicyRule } from './kubernetes/rule.ts'
import { packRules } from './plan/pack.ts'
import { mayNeed } from './rules/map/search.ts'

/** A default rule that grants what no one can use. */
export interface AuditedRule {
  /** Where the rule is: `rbac.rules[3]`, `templates/rbac.yaml rules[3]`. */
  readonly place: string
  /** The chart's own comment above the rule. */
  readonly comment: string | null
  readonly phantom: readonly Grant[]
  readonly unused: readonly Grant[]
  /** What may be needed of it, as few rules; none where the rule can go. */
  readonly left: readonly PolicyRule[]
}

/** The default grants of a chart release, compared with everything that the components of a release of Alloy can ask for. */
export interface Audit {
  readonly chart: string
  readonly alloy: string
  readonly kubernetes: string
  readonly defaults: number
  /** On a resource that no API serves under that group. */
  readonly phantom: readonly Grant[]
  /** Served, and asked for by no component, with whatever arguments. */
  readonly unused: readonly Grant[]
  /** The rules that hold one of both. */
  readonly rules: readonly AuditedRule[]
}

/** Compares the default rules of a release with everything that some configuration could need. */
export function audit(release: Release, alloy: string, kubernetes: string): Audit {
  const usable = new Map<string, boolean>()
  const isUsable = (grant: Grant): boolean => {
    const key = grantKey(grant)
    const known = usable.get(key) ?? mayNeed(grant, alloy).length > 0
    usable.set(key, known)
    return known
  }
  const isPhantom = (grant: Grant) => isPhantomGrant(grant, kubernetes)
  const isUnused = (grant: Grant) => !isPhantom(grant) && !isUsable(grant)
  const judge = (rule: PolicyRule, place: string, comment: string | null): AuditedRule => {
    const grants = uniqueGrants(grantsOf(rule, null))
    const left = packRules(grants.filter(grant => !isPhantom(grant) && isUsable(grant)))
    return { place, comment, phantom: grants.filter(isPhantom), unused: grants.filter(isUnused), left }
  }
  const lists = release.configurable ? (['rules', 'clusterRules'] as const) : (['rules'] as const)
  const rules = lists.flatMap(list =>
    release[list].map((block, at) => {
      const place = release.configurable ? `rbac.${list}[${at}]` : `templates/rbac.yaml ${list}[${at}]`
      return judge(policyRule(block) as unknown as PolicyRule, place, block.comment)
    }),
  )
  const all = defaultGrants(release)
  return {
    chart: release.version,
    alloy,
    kubernetes,
    defaults: all.length,
    phantom: all.filter(isPhantom),
    unused: all.filter(isUnused),
    rules: rules.filter(({ phantom, unused }) => phantom.length + unused.length > 0),
  }
}
