import type { Label } from '../../diagnostic/diagnostic.ts'
import { type Grant, grantKey } from '../../kubernetes/grant.ts'
import { implying } from '../../plan/implying.ts'
import { reduceGrants } from '../../plan/reduce.ts'
import { compareText } from '../../text/compare-text.ts'
import type { Aspect } from './comparison.ts'
import type { Item, Thing } from './items.ts'

/** What one of two lists has that the other does not imply, with what the other has in its place. */
export interface Gained {
  readonly item: Item
  readonly instead: readonly Item[]
}

/** The items of two lists that are not in both. Exchanging the lists exchanges `gained` and `lost`. */
export interface ItemDifference {
  readonly gained: readonly Gained[]
  readonly lost: readonly Gained[]
  /** Of both, with another certainty: as the new list has it. */
  readonly changed: readonly Gained[]
}

/** Compares two lists of items; neither their order nor how often one is repeated matters. */
export function differenceOf(old: readonly Item[], now: readonly Item[]): ItemDifference {
  const [before, after] = [setOf(old), setOf(now)]
  return { gained: gainedIn(after, before), lost: gainedIn(before, after), changed: changedIn(after, before) }
}

/** Items without those that another one implies, and what is asked of them. */
interface ItemSet {
  readonly items: ReadonlyMap<string, Item>
  /** The items of the set that imply a thing of an aspect. */
  readonly implying: (aspect: Aspect, thing: Thing) => readonly Item[]
}

function setOf(items: readonly Item[]): ItemSet {
  const merged = mergedItems(items)
  const aspects = { needed: implyingGrants(merged, 'needed'), granted: implyingGrants(merged, 'granted') }
  const widest = (aspect: Aspect, thing: Thing): readonly Item[] => {
    if (thing.kind === 'access') return aspects[aspect](thing.grant)
    const keys = thing.kind === 'privilege' ? [thing.line, writable(thing.line)] : [thing.key]
    return [...new Set(keys)].flatMap(key => merged.get(`${aspect}\0${thing.kind}\0${key}`) ?? [])
  }
  const kept = [...merged].filter(([, item]) => widest(item.aspect, item.thing).every(each => each === item))
  return { items: new Map(kept), implying: widest }
}

/** Items of one key as one: certain where one of them is, with the places of all. */
function mergedItems(items: readonly Item[]): ReadonlyMap<string, Item> {
  const groups = new Map<string, Item[]>()
  for (const item of items) {
    const known = groups.get(keyOf(item))
    if (known) known.push(item)
    else groups.set(keyOf(item), [item])
  }
  return new Map(
    [...groups].flatMap(([key, group]) => {
      const first = group.find(({ certainty }) => certainty === 'certain') ?? group[0]
      return first === undefined
        ? []
        : [[key, { ...first, places: distinctPlaces(group.flatMap(each => each.places)) }]]
    }),
  )
}

function distinctPlaces(places: readonly Label[]): readonly Label[] {
  const keyOfPlace = ({ span, text }: Label): string => [text, span.source.path, span.start, span.end].join('\0')
  const unique = new Map(places.map(place => [keyOfPlace(place), place]))
  return [...unique.values()].sort(
    (a, b) =>
      compareText(a.span.source.path, b.span.source.path) || a.span.start - b.span.start || compareText(a.text, b.text),
  )
}

/** Finds the items whose grants imply another one. */
function implyingGrants(merged: ReadonlyMap<string, Item>, aspect: Aspect): (grant: Grant) => readonly Item[] {
  const grants = [...merged.values()].flatMap(item =>
    item.aspect === aspect && item.thing.kind === 'access' ? [item.thing.grant] : [],
  )
  const wider = implying(reduceGrants(grants))
  return grant => wider(grant).flatMap(each => merged.get(accessKey(aspect, each)) ?? [])
}

/** A path that may be written may be read. */
const writable = (line: string): string => (/\bmount /.test(line) ? line.replace(/ ro$/, ' rw') : line)

const accessKey = (aspect: Aspect, grant: Grant): string => `${aspect}\0access\0${grantKey(grant)}`

function keyOf({ aspect, thing }: Item): string {
  if (thing.kind === 'access') return accessKey(aspect, thing.grant)
  return `${aspect}\0${thing.kind}\0${thing.kind === 'privilege' ? thing.line : thing.key}`
}

function gainedIn(after: ItemSet, before: ItemSet): readonly Gained[] {
  const replaced = replacedBy(after, before)
  return [...after.items.values()]
    .filter(({ aspect, thing }) => before.implying(aspect, thing).length === 0)
    .map(item => ({ item, instead: replaced.get(item) ?? [] }))
}

/** What items take the place of: what the other side has, this one does not, and they imply. */
function replacedBy(after: ItemSet, before: ItemSet): ReadonlyMap<Item, readonly Item[]> {
  const replaced = new Map<Item, Item[]>()
  for (const [key, item] of before.items) {
    if (after.items.has(key)) continue
    for (const wider of after.implying(item.aspect, item.thing)) {
      const known = replaced.get(wider)
      if (known) known.push(item)
      else replaced.set(wider, [item])
    }
  }
  return replaced
}

function changedIn(after: ItemSet, before: ItemSet): readonly Gained[] {
  return [...after.items].flatMap(([key, item]) => {
    const was = before.items.get(key)
    if (was === undefined || was.certainty === item.certainty) return []
    return [{ item, instead: [was] }]
  })
}
