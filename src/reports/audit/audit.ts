import { type Grant, grantKey, implies, uniqueGrants } from '../../kubernetes/grant.ts'
import { isPhantomGrant } from '../../kubernetes/resources.ts'
import { grantsOf, type PolicyRule } from '../../kubernetes/rule.ts'
import { packRules } from '../../plan/pack.ts'
import { type Addition, additionsTo } from './additions.ts'
import type { AuditedChart, RuleBlock } from './audited-chart.ts'
import { type MissingNeed, missingNeeds } from './missing-needs.ts'
import { type PossibleNeed, possibleNeeds } from './possible-needs.ts'
import { type Usage, usagesOf } from './usages.ts'

/** A default rule, its grants by who can use them. */
export interface AuditedRule extends RuleBlock {
  /** On a resource that no API serves under that group. */
  readonly phantom: readonly Grant[]
  /** Served, and asked for by no component, with whatever arguments. */
  readonly unused: readonly Grant[]
  /** With a wildcard that covers more than components can use. */
  readonly wide: readonly Grant[]
  /** What components can use of it. */
  readonly usable: readonly Usage[]
  /** What the chart's own default configuration needs of it; null where that is not known. */
  readonly configured: readonly Grant[] | null
  /** What components can use of it, as few rules; none where the rule can go. */
  readonly left: readonly PolicyRule[]
}

/** The default grants of a chart, compared with everything that the components of its release of Alloy can ask for. */
export interface Audit extends Omit<AuditedRule, keyof RuleBlock | 'left'> {
  readonly chart: AuditedChart
  /** How many grants the default rules are the product of. */
  readonly defaults: number
  readonly rules: readonly AuditedRule[]
  readonly missing: readonly MissingNeed[]
  /** What users of components must add where the defaults are what the chart's own default configuration needs. */
  readonly additions: readonly Addition[]
}

/** Says whether a rule grants what no component can use. */
export const isTooWide = ({ phantom, unused, wide }: Pick<AuditedRule, 'phantom' | 'unused' | 'wide'>): boolean =>
  phantom.length + unused.length + wide.length > 0

/** Compares the default rules of a chart with what components can need. `configured`: what its default configuration needs, if known. */
export function audit(chart: AuditedChart, configured: readonly Grant[] | null): Audit {
  const needs = possibleNeeds(chart.target)
  const known = new Map<string, readonly Usage[]>()
  const usages = (grant: Grant): readonly Usage[] => {
    const found = known.get(grantKey(grant)) ?? usagesOf(grant, needs)
    known.set(grantKey(grant), found)
    return found
  }
  const judge = (grants: readonly Grant[]) => judged(grants, { chart, configured, usages })
  const rules = chart.blocks.map(block => {
    const found = judge(uniqueGrants(grantsOf(block.rule, null)))
    return { ...block, ...found, left: packRules(found.usable.map(({ grant }) => grant)) }
  })
  const all = uniqueGrants(chart.blocks.flatMap(({ rule }) => grantsOf(rule, null)))
  return {
    chart,
    defaults: all.length,
    ...judge(all),
    rules,
    missing: missingNeeds(needs, all),
    additions: additionsTo(configured ?? [], { needs: needs.filter(isAddable), defaults: all }),
  }
}

/** Another server's URL is the user's to know. */
const isAddable = ({ isOptional, grant }: PossibleNeed): boolean => !isOptional && grant.kind === 'resource'

interface Judging {
  readonly chart: AuditedChart
  readonly configured: readonly Grant[] | null
  readonly usages: (grant: Grant) => readonly Usage[]
}

function judged(grants: readonly Grant[], { chart, configured, usages }: Judging) {
  const served = grants.filter(grant => !isPhantomGrant(grant, chart.target.kubernetes))
  const usable = served.flatMap(usages)
  return {
    phantom: grants.filter(grant => isPhantomGrant(grant, chart.target.kubernetes)),
    unused: served.filter(grant => usages(grant).length === 0),
    wide: served.filter(grant => usages(grant).some(each => grantKey(each.grant) !== grantKey(grant))),
    usable: uniqueUsages(usable),
    configured: configured && uniqueGrants(usable.map(({ grant }) => grant).filter(isNeededBy(configured))),
  }
}

function uniqueUsages(usages: readonly Usage[]): readonly Usage[] {
  const byKey = new Map(usages.map(each => [grantKey(each.grant), each]))
  return uniqueGrants(usages.map(({ grant }) => grant)).flatMap(grant => byKey.get(grantKey(grant)) ?? [])
}

/** A grant for objects or namespaces by name is part of one for all. */
const isNeededBy =
  (needed: readonly Grant[]) =>
  (grant: Grant): boolean =>
    needed.some(each => implies(grant, each))
