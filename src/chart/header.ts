import { few } from '../diagnostic/suggest.ts'
import type { Plan } from '../plan/plan.ts'
import { newestRead, newestReadTag } from '../rules/map/readings.ts'
import { incompleteLines } from './incomplete.ts'
import { type JsonMap, valueAt } from './json.ts'
import type { Blocks } from './rbac/blocks.ts'
import type { Placement } from './rbac/placement.ts'
import { clusterScopeNotes } from './rbac/reach.ts'
import { isWidened } from './rbac/widen.ts'
import { defaultGrants } from './release/default-grants.ts'
import type { Release } from './release/releases.ts'

/** What the values hold that a header is about. */
export interface Printed {
  readonly tree: JsonMap
  readonly placement: Placement
  readonly blocks: Blocks | null
}

/** Releases that were named and not read. */
export interface Asked {
  readonly alloy: string | null
  readonly chart: string | null
  readonly kubernetes: string | null
}

/** What a header names beside what the values hold. */
export interface HeaderOptions {
  readonly release: Release
  /** What was asked for, where it was not read and another release answers for it. */
  readonly asked?: Asked
  /** Releases that the plan was made for, without `v`. */
  readonly alloy: string
  readonly kubernetes: string
  /** The oldest minor of Kubernetes from which on the answer is the same up to the newest. */
  readonly sameSince?: string
  /** What says that these are the releases. */
  readonly origins?: { readonly alloy: string; readonly chart: string; readonly kubernetes: string }
  /** Name and version of this program. */
  readonly tool: string
  /** Says where the document goes. */
  readonly goesTo?: string | null
  /** `cluster`: the plan was widened to the cluster, and nothing is to be said of narrower ones. */
  readonly scope?: 'auto' | 'cluster'
  /** Half of the values alone. */
  readonly only?: 'rbac' | 'pod'
  /** The user's own values of the chart, merged and without nesting; null when there are none. */
  readonly user?: JsonMap | null
}

/** Lists that Helm replaces as a whole. */
const lists = ['extraObjects', 'alloy.mounts.extra', 'controller.volumes.extra']

/** What is above printed values, in parts: several documents share all but what is their own. */
export interface Header {
  readonly title: string
  readonly versions: readonly string[]
  /** Where the document goes; null where that is for the user to know. */
  readonly goesTo: string | null
  /** Numbers, what the values hold on purpose beyond the plan, what would narrow them. */
  readonly own: readonly string[]
}

/** The parts as lines, in the order in which they are read. */
export const headerLines = ({ title, versions, goesTo, own }: Header): readonly string[] => [
  title,
  ...versions,
  ...(goesTo === null ? [] : [goesTo]),
  ...own,
]

/** Makes the header of values. */
export function headerOf(plan: Plan, { tree, placement, blocks }: Printed, options: HeaderOptions): Header {
  const { release, alloy, asked, origins, tool, only, user, scope, goesTo = null } = options
  const replaced = lists.filter(path => valueAt(tree, path) !== undefined)
  return {
    title: `What this Alloy configuration needs${blocks ? ', in whole blocks of the chart defaults' : ''}, by ${tool}.`,
    versions: [
      `${alloyText(alloy, asked?.alloy)}, ${versionText('chart grafana/alloy', release.version, asked?.chart)}, ${kubernetesText(options)}.`,
      ...(origins
        ? [
            `Alloy version: ${origins.alloy}. Chart version: ${origins.chart}. Kubernetes version: ${origins.kubernetes}.`,
          ]
        : []),
    ],
    goesTo,
    own: [
      ...(only === 'pod' ? [] : grantLines(plan, placement, blocks, options)),
      ...incompleteLines(plan),
      ...(only === 'pod' || scope === 'cluster' ? [] : clusterScopeNotes(plan)),
      ...(replaced.length === 0 || user
        ? []
        : [`Helm replaces lists: add your own entries to ${replaced.join(', ')} here.`]),
    ],
  }
}

/** Says what an answer is for: what was read, and what was asked for where that is another release. */
export const versionText = (name: string, read: string, asked: string | null | undefined): string =>
  asked ? `${name} (read for ${read}, asked for ${asked})` : `${name} ${read}`

/** The release of Alloy that an answer is for. */
export const alloyText = (alloy: string, asked: string | null | undefined): string =>
  `${versionText('Alloy', alloy, asked)}${asked ? '' : readAt(alloy)}`

/** The minor of Kubernetes that an answer is for, and the older ones that get the same. */
export const kubernetesText = ({
  kubernetes,
  asked,
  sameSince,
}: Pick<HeaderOptions, 'kubernetes' | 'asked' | 'sameSince'>): string =>
  versionText('Kubernetes', kubernetes, asked?.kubernetes) +
  (sameSince === undefined || sameSince === kubernetes ? '' : ` (the same for ${sameSince} and later)`)

/** A release of which only a candidate was seen is named with the tag that was read. */
const readAt = (alloy: string): string =>
  alloy === newestRead && newestReadTag !== `v${alloy}` ? ` (as read at ${newestReadTag})` : ''

function grantLines(plan: Plan, placement: Placement, blocks: Blocks | null, { release }: HeaderOptions) {
  const before = `Grants: ${defaultGrants(release).length} by default`
  const after = plan.grants.length + (blocks?.beyond.length ?? 0)
  const { kind } = placement
  const widened = plan.grants.filter(isWidened).length
  if (kind === 'manifests')
    return [
      `${before}, none with these values: print the ${plan.grants.length} that are needed with --format manifests.`,
    ]
  if (kind === 'untouched')
    return [`${before}; they stay, for this chart renders no role without rules, and what is unknown may need one.`]
  return [
    `${before}, ${after} with these values${rolesInWords(placement)}.`,
    ...(widened === 0
      ? []
      : [`--scope cluster: without it, ${widened} of them would be limited to single namespaces.`]),
    ...(blocks
      ? [
          `Blocks of the chart defaults: ${blocks.kept} of ${blocks.total} kept, with ${blocks.beyond.length} grants that nothing needs.`,
        ]
      : []),
  ]
}

/** Where Roles are; a ClusterRole alone, which the chart makes by default, is not worth a word. */
function rolesInWords(placement: Placement): string {
  const names = namespacesOf(placement).map(each => (each === '.' ? "Alloy's own namespace" : each))
  if (names.length === 0) return ''
  const hasClusterRole = placement.kind === 'lists' || ('cluster' in placement && placement.cluster.length > 0)
  return `: ${hasClusterRole ? 'a ClusterRole, and ' : ''}${names.length === 1 ? 'a Role' : 'Roles'} in ${few(names, 4).join(', ')}`
}

function namespacesOf(placement: Placement): readonly string[] {
  if (placement.kind === 'namespaces') return placement.namespaces
  return 'roles' in placement ? placement.roles.map(({ namespace }) => namespace) : []
}
