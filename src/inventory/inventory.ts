import { ahead, blocks, components, releases } from '#rulemap/inventory'
import { nearest } from '../diagnostic/suggest.ts'
import type { StabilityLevel } from '../evaluate/stability-level.ts'
import { required } from '../required.ts'
import type { Service } from '../resolve/knowledge.ts'
import { compareMinors, compareVersions, liesIn, type ReleaseRange } from '../version.ts'

/** A component's own level; community components have none and need a switch of their own. */
export type Stability = StabilityLevel | 'community'

/** Something that has a value in a range of releases: `string! since 1.5.0 until 1.9.0`. */
export interface Variant extends ReleaseRange {
  readonly value: string
}

/** A component of Alloy in one release. */
export interface Component extends ReleaseRange {
  readonly name: string
  readonly since: string
  readonly stability: Stability
  /** The body that its block has. */
  readonly body: string
  /** Names of its exports. */
  readonly exports: readonly string[]
}

/** What a name is in a release. */
export type Standing =
  | { readonly kind: 'known'; readonly component: Component }
  /** In releases of this range only. */
  | { readonly kind: 'other-release'; readonly range: ReleaseRange }
  | { readonly kind: 'unknown' }

/** A configuration block in one release: `logging`, `import.git`. */
export interface ConfigurationBlock extends ReleaseRange {
  readonly name: string
  readonly since: string
  readonly stability: StabilityLevel
  /** `ignored`: is allowed there and says nothing. */
  readonly label: 'required' | 'none' | 'ignored'
  /** Where it is allowed. `module`: in everything but the root. */
  readonly in: 'root' | 'module' | 'any'
  readonly body: string
  /** The argument that names where further configuration is loaded from; null for a block that loads none. */
  readonly loads: string | null
}

interface Entry extends ReleaseRange {
  readonly since: string
  /** Generally available where nothing is said. */
  readonly stability?: readonly string[]
  readonly body: string | readonly string[]
  readonly exports?: Readonly<Record<string, string | readonly string[]>>
}

interface BlockEntry extends Entry {
  readonly label: ConfigurationBlock['label']
  readonly in: ConfigurationBlock['in']
  readonly loads?: string
}

/** Every release of Alloy that is known, oldest first. */
export const knownReleases: readonly string[] = releases

/** The newest known release, which stands for every newer one. */
export const newestRelease = required(releases.at(-1), 'the newest release')

/**
 * The release whose lists a version is judged by: its own, but a candidate of the release that is ahead is taken for the one that
 * was read.
 */
export function judgedBy(version: string): string {
  const minor = (each: string) => each.split('.').slice(0, 2).join('.')
  return compareVersions(version, ahead) < 0 && minor(version) === minor(ahead) ? ahead : version
}

/** The release whose candidate was read. */
const releaseAhead = ahead.replace(/-.*/, '')

/**
 * Says whether a version is newer than everything that is known, so that it may have more than the inventory lists: a later patch
 * of the newest minor, or what comes after the release that is ahead.
 */
export const isBeyond = (version: string): boolean =>
  compareVersions(version, releaseAhead) > 0 ||
  (compareVersions(version, newestRelease) > 0 && compareMinors(version, newestRelease) === 0)

/** The names of all components of all releases, sorted. */
export const componentNames: readonly string[] = Object.keys(components).sort()

/** What was read of each table: a component and a configuration block may have the same name. */
const parsed = new WeakMap<Readonly<Record<string, string>>, Map<string, Entry>>()

function entryOf(table: Readonly<Record<string, string>>, name: string): Entry | null {
  const read = parsed.get(table) ?? new Map<string, Entry>()
  parsed.set(table, read)
  const known = read.get(name)
  if (known) return known
  const text = Object.hasOwn(table, name) ? table[name] : undefined
  if (text === undefined) return null
  const entry = JSON.parse(text) as Entry
  read.set(name, entry)
  return entry
}

/** Finds what a component's name means in a release. */
export function componentOf(name: string, release: string): Standing {
  const entry = entryOf(components, name)
  if (!entry) return { kind: 'unknown' }
  const body = at(entry.body, release)
  if (!liesIn(release, entry) || body === null) return { kind: 'other-release', range: rangeIn(entry) }
  const exports = Object.entries(entry.exports ?? {}).flatMap(([each, variants]) =>
    at(variants, release) === null ? [] : [each],
  )
  return {
    kind: 'known',
    component: { name, since: entry.since, ...rangeIn(entry), stability: stabilityAt(entry, release), body, exports },
  }
}

/**
 * The component of a release that an unknown name was meant for; null where none is near in every part:
 * `otelcol.receiver.kubeletstats` is not meant to be `otelcol.receiver.file_stats`.
 */
export function nearestComponent(name: string, release: string): string | null {
  const parts = name.split('.')
  const close = componentNames.filter(candidate => {
    const others = candidate.split('.')
    if (others.length !== parts.length) return false
    if (!parts.every((part, index) => nearest(part, others.slice(index, index + 1)) !== null)) return false
    const entry = entryOf(components, candidate)
    return entry !== null && liesIn(release, entry)
  })
  return nearest(name, close)
}

/** Finds a configuration block; null where the release has none of that name. */
export function blockOf(name: string, release: string): ConfigurationBlock | null {
  const entry = entryOf(blocks, name) as BlockEntry | null
  if (!entry || !liesIn(release, entry)) return null
  const body = at(entry.body, release)
  if (body === null) return null
  const stability = stabilityAt(entry, release) as StabilityLevel
  const { since, label, in: place, loads = null } = entry
  return { name, since, stability, label, in: place, body, loads }
}

/** Where a configuration block exists at all; null when no release has it. */
export function blockRange(name: string): ReleaseRange | null {
  const entry = entryOf(blocks, name)
  return entry && rangeIn(entry)
}

const rangeIn = ({ since, until }: ReleaseRange): ReleaseRange => ({
  ...(since !== undefined && { since }),
  ...(until !== undefined && { until }),
})

/** The configuration blocks of a release that are at the root, once, by their names. */
export function servicesOf(release: string): ReadonlyMap<string, Service> {
  const services = new Map<string, Service>()
  for (const name of Object.keys(blocks)) {
    const block = blockOf(name, release)
    if (block && block.label !== 'required') services.set(name, { label: block.label, loads: block.loads })
  }
  return services
}

function stabilityAt({ stability = [] }: Entry, release: string): Stability {
  const reached = stability.map(variantOf).filter(each => liesIn(release, each))
  return (reached.at(-1)?.value ?? 'generally-available') as Stability
}

/** Reads what the inventory says of something that changed over the releases. */
function variantOf(text: string): Variant {
  const [, value = '', since, until] = text.match(/^(\S+)(?: since (\S+))?(?: until (\S+))?$/) ?? []
  return { value, ...(since !== undefined && { since }), ...(until !== undefined && { until }) }
}

/** Every state that something went through. */
export const variantsOf = (entry: string | readonly string[]): readonly Variant[] =>
  (typeof entry === 'string' ? [entry] : entry).map(variantOf)

/** What something is in a release; null where that has none of it. */
export function at(entry: string | readonly string[], release: string): string | null {
  return variantsOf(entry).find(each => liesIn(release, each))?.value ?? null
}

/** The name of a nested block's body; a leading dot stands for the place of the body around it. */
export function absolute(value: string, around: string): string {
  const name = value.replace(/[!+*]$/, '')
  return name.startsWith('.') ? around.slice(0, around.lastIndexOf('.')) + name : name
}

/** Says of something that a release lacks when it came and went, as the rest of a sentence whose subject it is. */
export function history(ranges: readonly ReleaseRange[], release: string): string {
  const later = ranges.find(({ since }) => since !== undefined && !liesIn(release, { since }))
  const before = ranges.findLast(({ until }) => until !== undefined && !liesIn(release, { until }))
  const left = before ? `was removed in Alloy ${before.until}` : ''
  if (!later) return left
  return left === '' ? `was added in Alloy ${later.since}` : `${left} and added again in ${later.since}`
}
