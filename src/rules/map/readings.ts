import { type DocumentedFact, documented } from '#rulemap/documented'
import { type ReadTable, read } from '#rulemap/read'
import { knownReleases } from '../../inventory/inventory.ts'
import { compareMinors, compareVersions, liesIn, olderThan } from '../../version.ts'
import { rulesOf } from './load.ts'
import type { Evidence } from './schema.ts'

/** The newest release of Alloy that was read. */
export const newestRead: string = read.release

/** The tag at which the newest release was read: that of a candidate until the release is seen. */
export const newestReadTag: string = read.tag

/**
 * The release whose rules answer for another one: itself where it was read; the newest that was read where it is newer; where a
 * minor has gained a patch, the newest known one of it.
 */
export function readAs(version: string): string {
  if (compareVersions(version, newestRead) > 0) return newestRead
  const ofMinor = knownReleases.filter(known => compareMinors(known, version) === 0)
  const last = ofMinor.at(-1)
  return last !== undefined && olderThan(last, version) ? last : version
}

/** How many facts of a component have not been read again for a release; all of them where that release was never compared. */
export function unreadFacts(component: string, version: string, unread: ReadTable['unread'] = read.unread): number {
  if (readAs(version) === version) return 0
  const compared = Object.hasOwn(unread, version) ? unread[version] : undefined
  if (compared === undefined) return Object.keys(rulesOf(component)?.evidence ?? {}).length
  return Object.hasOwn(compared, component) ? (compared[component] ?? []).length : 0
}

/** What is documented, and was not read, of components of Alloy in a release. */
export const documentedOf = (components: readonly string[], version: string): readonly DocumentedFact[] =>
  documented.filter(
    ({ component, since }) => component !== undefined && components.includes(component) && liesIn(version, { since }),
  )

/** What is documented, and was not read, of the chart's values in a release, by the keys that it is about. */
export const documentedKeys = (version: string): readonly (DocumentedFact & { readonly key: string })[] =>
  documented.flatMap(fact => (fact.key !== undefined && liesIn(version, fact) ? [{ ...fact, key: fact.key }] : []))

/** Says whether a fact still holds in a release. */
export const holdsIn = (fact: Evidence, release: string): boolean => liesIn(release, fact)

/** A place where a fact was read, and what it says there. */
export interface CitedPlace {
  /** `repository@tag:path#Lx-Ly` */
  readonly at: string
  readonly says: string
}

/** Where a fact was read for a release: the latest reading that is not newer. */
export function placeFor({ at, says, again = [] }: Evidence, version: string): CitedPlace {
  const [, repository = '', path = ''] = at.match(/^([^@]+)@[^:]+:([^#]+)#/) ?? []
  const reading = again.findLast(each => compareVersions(releaseOf(each), version) <= 0)
  if (!reading) return { at, says }
  const [, tag, moved, lines] = reading.at.match(/^([^:#]+)(?::([^#]+))?#(.+)$/) ?? []
  return { at: `${repository}@${tag}:${moved ?? path}#${lines}`, says: reading.says ?? says }
}

/** The release of Alloy that a reading is of. */
const releaseOf = ({ alloy, at }: { readonly alloy?: string; readonly at: string }): string =>
  alloy ?? at.replace(/[:#].*/, '').replace(/^v/, '')
