import { bootstrap } from '#rulemap/bootstrap'
import { compareMinors, liesIn, type ReleaseRange } from '../version.ts'
import type { PolicyRule } from './rule.ts'

/** What every API server creates at its start, as rulemap/bootstrap.json states it. */
export interface BootstrapTable {
  readonly oldest: string
  readonly newest: string
  readonly bindings: Readonly<Record<string, ReleaseRange & { readonly groups: readonly string[] }>>
  readonly roles: Readonly<Record<string, BootstrapEntry>>
}

interface BootstrapEntry extends ReleaseRange {
  readonly labels?: readonly string[]
  readonly gathers?: readonly string[]
  readonly rules: readonly (string | (ReleaseRange & { readonly rule: string }))[]
}

/** A role that every cluster of some release has. */
export interface BuiltInRole {
  readonly name: string
  readonly rules: readonly PolicyRule[]
  readonly labels: ReadonlyMap<string, string>
  /** Labels of the roles whose rules make up this one; none where it is not aggregated. */
  readonly gathers: readonly string[]
}

/** The oldest minor of Kubernetes that was read. */
export const oldestKubernetes: string = bootstrap.oldest

const aggregation = (label: string): string => `rbac.authorization.k8s.io/${label}`

/** A ClusterRole by its name, or a Role as `namespace/name`; null where no cluster of that release has it. */
export function builtInRole(name: string, kubernetes: string): BuiltInRole | null {
  const entry = Object.hasOwn(bootstrap.roles, name) ? bootstrap.roles[name] : undefined
  return entry && liesIn(known(kubernetes), entry) ? roleOf(name, entry, known(kubernetes)) : null
}

const clusterRoles = new Map<string, readonly BuiltInRole[]>()

/** Every ClusterRole that clusters of a release have. */
export function builtInClusterRoles(kubernetes: string): readonly BuiltInRole[] {
  const ready = clusterRoles.get(kubernetes)
  if (ready) return ready
  const names = Object.keys(bootstrap.roles).filter(name => !name.includes('/'))
  const roles = names.flatMap(name => builtInRole(name, kubernetes) ?? [])
  clusterRoles.set(kubernetes, roles)
  return roles
}

/** The groups to which every cluster binds the ClusterRole of this name, by a ClusterRoleBinding of the same name. */
export function standingGroups(name: string, kubernetes: string): readonly string[] {
  const entry = Object.hasOwn(bootstrap.bindings, name) ? bootstrap.bindings[name] : undefined
  return entry && liesIn(known(kubernetes), entry) ? entry.groups : []
}

/** The ClusterRoles to which every cluster binds a group, by ClusterRoleBindings of the same names. */
export function standingBindings(group: string, kubernetes: string): readonly string[] {
  return Object.keys(bootstrap.bindings).filter(name => standingGroups(name, kubernetes).includes(group))
}

/** What a role grants in clusters that were upgraded up to a release: the API server adds rules at its start, and removes none. */
export function upgradedRules(name: string, kubernetes: string): readonly PolicyRule[] {
  const entry = Object.hasOwn(bootstrap.roles, name) ? bootstrap.roles[name] : undefined
  return (entry?.rules ?? []).flatMap(each =>
    typeof each === 'string' || liesIn(known(kubernetes), withoutEnd(each)) ? [ruleOf(each)] : [],
  )
}

const withoutEnd = ({ until: _, ...range }: ReleaseRange): ReleaseRange => range

/** A release older or newer than what was read is taken for the nearest that was. */
function known(kubernetes: string): string {
  const { oldest, newest } = bootstrap
  if (compareMinors(kubernetes, oldest) < 0) return oldest
  return compareMinors(kubernetes, newest) > 0 ? newest : kubernetes
}

function roleOf(name: string, { labels = [], gathers = [], rules }: BootstrapEntry, release: string): BuiltInRole {
  return {
    name,
    rules: rules.flatMap(each => (typeof each === 'string' || liesIn(release, each) ? [ruleOf(each)] : [])),
    labels: new Map([
      ['kubernetes.io/bootstrapping', 'rbac-defaults'],
      ...labels.map(label => [aggregation(label), 'true'] as const),
    ]),
    gathers: gathers.map(aggregation),
  }
}

function ruleOf(entry: BootstrapEntry['rules'][number]): PolicyRule {
  const text = typeof entry === 'string' ? entry : entry.rule
  const list = (part: string | undefined): readonly string[] => (part === undefined ? [] : part.split(','))
  if (!text.includes('|')) {
    const [verbs, urls] = text.split(' ')
    return { verbs: list(verbs), nonResourceURLs: list(urls) }
  }
  const [verbs, groups, resources, names] = text.split('|')
  return { verbs: list(verbs), apiGroups: list(groups), resources: list(resources), resourceNames: list(names) }
}
