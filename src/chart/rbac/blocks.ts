import type { Block } from '#rulemap/charts'
import { type Grant, grantKey, implies, uniqueGrants } from '../../kubernetes/grant.ts'
import { grantsOf, type PolicyRule } from '../../kubernetes/rule.ts'
import type { Plan } from '../../plan/plan.ts'
import type { PlannedGrant } from '../../plan/reduce.ts'
import type { Release } from '../release/releases.ts'
import type { Entry } from './entry.ts'
import { listsOf, type Placement, place, rolesOf } from './placement.ts'
import { fill } from './split.ts'

/** A plan carried by whole blocks of the chart's defaults. */
export interface Blocks {
  readonly placement: Placement
  /** What the blocks grant that the plan does not need. */
  readonly beyond: readonly Grant[]
  /** How many of the default blocks stay. */
  readonly kept: number
  readonly total: number
}

/**
 * Carries the cluster-wide part of a plan by whole default blocks, in the chart's order and with its comments, and appends what no
 * block holds. Needs of single namespaces stay exact: a block would widen them to the cluster.
 */
export function placeBlocks(plan: Plan, release: Release): Blocks {
  const wide = plan.grants.filter(({ grant }) => grant.kind === 'url' || grant.namespace === null)
  const total = release.rules.length + release.clusterRules.length
  if (wide.length === 0) return { placement: place(plan, release), beyond: [], kept: 0, total }
  const candidates = [
    ...release.rules.map(block => candidate(block, 'rules', wide)),
    ...release.clusterRules.map(block => candidate(block, 'clusterRules', wide)),
  ]
  const chosen = choose(candidates, wide)
  const held = new Set(chosen.flatMap(({ covers }) => covers))
  const rest = listsOf(wide.filter(planned => !held.has(planned)))
  const of = (list: List): readonly Entry[] => [
    ...candidates.filter(each => each.list === list && chosen.includes(each)).map(entryOfBlock),
    ...rest[list],
  ]
  const lists = { rules: of('rules'), clusterRules: of('clusterRules') }
  const roles = rolesOf(plan.grants)
  const all = [...lists.rules, ...lists.clusterRules]
  const planned = new Set(wide.map(({ grant }) => grantKey(grant)))
  const beyond = uniqueGrants(all.flatMap(({ rule }) => grantsOf(rule, null))).filter(
    grant => !planned.has(grantKey(grant)),
  )
  const kind = release.extraObjects ? 'objects' : 'manifests'
  const placement: Placement = release.configurable
    ? { kind: 'lists', lists: fill(lists), roles }
    : { kind, cluster: all, roles }
  return { placement, beyond, kept: chosen.length, total }
}

type List = 'rules' | 'clusterRules'

interface Candidate {
  readonly rule: PolicyRule
  readonly comment: string | null
  readonly list: List
  /** The needs that the block meets. */
  readonly covers: readonly PlannedGrant[]
  readonly size: number
}

function candidate({ comment, ...rule }: Block, list: List, wide: readonly PlannedGrant[]): Candidate {
  const grants = grantsOf(rule, null)
  const covers = wide.filter(({ grant }) => grants.some(each => implies(each, grant)))
  return { rule, comment, list, covers, size: grants.length }
}

/** Picks blocks until all needs that any block meets are met: each time the one that meets most, and of those the smallest. */
function choose(candidates: readonly Candidate[], wide: readonly PlannedGrant[]): readonly Candidate[] {
  const open = new Set(wide)
  const chosen: Candidate[] = []
  for (;;) {
    let best: Candidate | null = null
    let most = 0
    for (const each of candidates) {
      const meets = each.covers.filter(planned => open.has(planned)).length
      if (meets > most || (best && meets === most && each.size < best.size)) [best, most] = [each, meets]
    }
    if (!best) return chosen
    chosen.push(best)
    for (const planned of best.covers) open.delete(planned)
  }
}

function entryOfBlock({ rule, comment, covers }: Candidate): Entry {
  return { rule, grants: covers, notes: [], ...(comment !== null && { title: comment }) }
}
