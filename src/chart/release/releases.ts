import { type Block, charts } from '#rulemap/charts'
import { diagnostic, type Outcome } from '../../diagnostic/diagnostic.ts'
import { required } from '../../required.ts'
import { liesIn, olderThan } from '../../version.ts'
import { type Json, type JsonMap, setAt } from '../json.ts'

/** One released version of the grafana/alloy chart. */
export interface Release {
  readonly version: string
  /** The Alloy release that the chart installs when the values name no image tag. */
  readonly alloy: string
  /** Whether the values hold the rules; before 1.4.0 they are in the template. */
  readonly configurable: boolean
  /** The default rules with the comments above them, in the chart's order. */
  readonly rules: readonly Block[]
  readonly clusterRules: readonly Block[]
  /** Maps of the values without which Helm fails, outer ones first: `alloy.mounts`. */
  readonly maps: readonly string[]
  /** Whether both lists may be empty. */
  readonly emptyLists: boolean
  /** Whether everything lies in `alloy.namespace`, which obeys `namespaceOverride`. */
  readonly namespaceHelper: boolean
  /** Variables that the container has beside those that it has in every release. */
  readonly variables: readonly string[]
  /** Whether the values may hold objects of the user's, `extraObjects`. */
  readonly extraObjects: boolean
  /** Whether the values decide if the service account's token is mounted. */
  readonly automount: boolean
}

/** Every released version, oldest first. */
export const chartVersions: readonly string[] = Object.keys(charts.releases)
/** The newest release that the rule map knows. */
export const newestChart: string = required(chartVersions.at(-1), 'the newest chart')

/**
 * Finds a release by its version; null asks for the newest known. A version newer than that is taken for it, with a warning; any
 * other unknown version is an error.
 */
export function findRelease(version: string | null): Outcome<Release | null> {
  const wanted = version?.replace(/^v/, '') ?? newestChart
  if (Object.hasOwn(charts.releases, wanted)) return { value: release(wanted), diagnostics: [] }
  if (/^\d+\.\d+\.\d+(?:[-+].*)?$/.test(wanted) && olderThan(newestChart, wanted)) {
    const newer = diagnostic('newer-chart', null, { version: wanted, newest: newestChart })
    return { value: release(newestChart), diagnostics: [newer] }
  }
  const [oldest = newestChart] = chartVersions
  const unknown = diagnostic('unknown-chart', null, { version: wanted, oldest, newest: newestChart })
  return { value: null, diagnostics: [unknown] }
}

const built = new Map<string, Release>()

/** A release that the rule map knows, made once. */
function release(version: string): Release {
  const known = built.get(version) ?? build(version)
  built.set(version, known)
  return known
}

function build(version: string): Release {
  const era = required(
    charts.eras.findLast(era => liesIn(version, era)),
    `the rules of chart ${version}`,
  )
  const blocks = (names: readonly string[]) => names.map(name => required(charts.blocks[name], `the block ${name}`))
  const has = (fact: keyof typeof charts.templates) => liesIn(version, charts.templates[fact])
  const knows = (key: string) => liesIn(version, required(charts.keys[key], `the key ${key}`))
  const keys = keysOf(version)
  return {
    version,
    alloy: required(charts.releases[version], `chart ${version}`),
    configurable: era.configurable,
    rules: blocks(era.rules),
    clusterRules: blocks(era.clusterRules),
    maps: charts.templates.maps.paths.filter(path => keys.some(key => key.startsWith(`${path}.`))),
    emptyLists: has('emptyLists'),
    namespaceHelper: has('namespaceHelper'),
    variables: has('nodeNameVariable') ? charts.templates.nodeNameVariable.variables : [],
    extraObjects: knows('extraObjects'),
    automount: knows('serviceAccount.automountServiceAccountToken'),
  }
}

/** Says whether a release reads a key of the values, written `alloy.mounts.extra`; keys below an open map count as read. */
export function knowsKey({ version }: Release, path: string): boolean {
  for (let key = path; key !== ''; key = key.slice(0, Math.max(0, key.lastIndexOf('.')))) {
    const known = Object.hasOwn(charts.keys, key) ? charts.keys[key] : undefined
    if (known) return liesIn(version, known) && (key === path || known.open === true)
  }
  return false
}

/** Says whether templates of a release read a key, listed in the chart's values or not. */
export const readsKey = (release: Release, path: string): boolean =>
  knowsKey(release, path) || charts.templates.unlisted.paths.some(each => each === path || path.startsWith(`${each}.`))

/** The release that first knew a key, or keys below it; null for a key of none. */
export function sinceOf(path: string): string | null {
  const below = Object.keys(charts.keys).filter(key => key === path || key.startsWith(`${path}.`))
  return chartVersions.find(version => below.some(key => charts.keys[key]?.since === version)) ?? null
}

/** The keys of the values that a release knows. */
export function keysOf(version: string): readonly string[] {
  return Object.entries(charts.keys).flatMap(([key, known]) => (liesIn(version, known) ? [key] : []))
}

/** The default of a key in a release; undefined where the key is unknown or has none. */
export function defaultOf(release: Release, key: string): Json | undefined {
  const {
    since,
    default: only,
    defaults,
  } = charts.keys[key] ?? { since: newestChart, default: undefined, defaults: [] }
  if (!Object.hasOwn(charts.keys, key) || !liesIn(release.version, { since })) return undefined
  if (key === 'rbac.rules') return release.rules.map(policyRule)
  if (key === 'rbac.clusterRules') return release.clusterRules.map(policyRule)
  const value = defaults ? defaults.findLast(([since]) => liesIn(release.version, { since }))?.[1] : only
  return value as Json | undefined
}

const made = new Map<string, JsonMap>()

/** The values of a release as its values.yaml holds them. */
export function defaultValues(release: Release): JsonMap {
  const known = made.get(release.version)
  if (known) return known
  const values: Record<string, Json> = {}
  for (const key of keysOf(release.version)) {
    const value = defaultOf(release, key)
    if (value !== undefined) setAt(values, key.split('.'), value)
  }
  made.set(release.version, values)
  return values
}

/** A default rule without its comment. */
export function policyRule({ comment: _, ...rule }: Block): Json {
  return rule as Json
}
