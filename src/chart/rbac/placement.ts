import type { Grant } from '../../kubernetes/grant.ts'
import { resourceScope } from '../../kubernetes/resources.ts'
import { isClosed, type Plan } from '../../plan/plan.ts'
import type { PlannedGrant } from '../../plan/reduce.ts'
import { compareText } from '../../text/compare-text.ts'
import { unquoted } from '../release/names.ts'
import type { Release } from '../release/releases.ts'
import { type Entry, entriesOf, tuple } from './entry.ts'
import { fill, type Lists } from './split.ts'

/** The rules of one namespace; `.` is the one Alloy runs in. */
export interface NamespaceRules {
  readonly namespace: string
  readonly entries: readonly Entry[]
}

/** How the values of a chart carry the grants of a plan. */
export type Placement =
  | { readonly kind: 'nothing' }
  /** What the chart has stays: what is not known of the configuration may need it, and the chart cannot render a role without rules. */
  | { readonly kind: 'untouched' }
  /** One ClusterRole from both lists, and Roles in `extraObjects`. */
  | { readonly kind: 'lists'; readonly lists: Lists; readonly roles: readonly NamespaceRules[] }
  /** The same Role in each of these namespaces, from `rbac.namespaces`. */
  | { readonly kind: 'namespaces'; readonly namespaces: readonly string[]; readonly rules: readonly Entry[] }
  /** The chart makes none; everything stands in `extraObjects`. */
  | { readonly kind: 'objects'; readonly cluster: readonly Entry[]; readonly roles: readonly NamespaceRules[] }
  /** The chart can carry none at all. */
  | { readonly kind: 'manifests'; readonly cluster: readonly Entry[]; readonly roles: readonly NamespaceRules[] }

/** Decides where the grants of a plan are in the values of a release. */
export function place(plan: Plan, release: Release): Placement {
  if (plan.grants.length === 0) return isClosed(plan) ? { kind: 'nothing' } : withoutRules(release)
  const wide = plan.grants.filter(({ grant }) => namespaceOf(grant) === null)
  const roles = rolesOf(plan.grants)
  if (!release.configurable) {
    const kind = release.extraObjects ? 'objects' : 'manifests'
    return { kind, cluster: entriesOf(wide), roles }
  }
  if (wide.length > 0) return { kind: 'lists', lists: fill(listsOf(wide)), roles }
  const alike = new Set(roles.map(({ entries }) => JSON.stringify(entries.map(({ rule }) => rule))))
  // The chart prints these names without quotes.
  const printable = roles.every(({ namespace }) => /^[a-z0-9-]+$/.test(namespace) && unquoted(namespace) === namespace)
  if (alike.size > 1 || !printable) return { kind: 'objects', cluster: [], roles }
  return { kind: 'namespaces', namespaces: roles.map(({ namespace }) => namespace), rules: joined(roles) }
}

/** Nothing is known to be needed, but something may be: the role stays, so that rules can be added to it. */
const withoutRules = ({ configurable, emptyLists }: Release): Placement =>
  configurable && emptyLists
    ? { kind: 'lists', lists: { rules: [], clusterRules: [] }, roles: [] }
    : { kind: 'untouched' }

/** Splits grants that hold everywhere into rules for namespaced resources, and for cluster-scoped ones and URLs. */
export function listsOf(grants: readonly PlannedGrant[]): Lists {
  const scoped = ({ grant }: PlannedGrant) =>
    grant.kind === 'url' || resourceScope(grant.group, grant.resource) === 'cluster'
  return {
    rules: entriesOf(grants.filter(planned => !scoped(planned))),
    clusterRules: entriesOf(grants.filter(scoped)),
  }
}

/** The rules of each namespace that the grants name, the own one first. */
export function rolesOf(grants: readonly PlannedGrant[]): readonly NamespaceRules[] {
  const byNamespace = new Map<string, PlannedGrant[]>()
  for (const planned of grants) {
    const namespace = namespaceOf(planned.grant)
    if (namespace === null) continue
    const known = byNamespace.get(namespace)
    if (known) known.push(planned)
    else byNamespace.set(namespace, [planned])
  }
  return [...byNamespace]
    .sort(([a], [b]) => compareText(a, b))
    .map(([namespace, each]) => ({ namespace, entries: entriesOf(each) }))
}

/** The same rules of several namespaces as one, with the reasons of all. */
function joined(roles: readonly NamespaceRules[]): readonly Entry[] {
  const all = roles.flatMap(({ entries }) => entries.flatMap(({ grants }) => grants))
  const [first] = roles
  return (first?.entries ?? []).map(entry => {
    const held = new Set(entry.grants.map(({ grant }) => tuple(grant)))
    return { ...entry, grants: all.filter(({ grant }) => held.has(tuple(grant))) }
  })
}

const namespaceOf = (grant: Grant): string | null => (grant.kind === 'url' ? null : grant.namespace)
