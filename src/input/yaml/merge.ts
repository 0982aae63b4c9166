import type { Entry, Mapping } from './tree.ts'

/** Lays one map of values over another as Helm does: maps merge, all else replaces; a null stays, and deletes a default. */
export const merge = (under: Mapping, over: Mapping): Mapping => mergeAll(under, [over])

/** Lays maps over a first one, each over those before it. */
export function mergeAll(first: Mapping, layers: readonly Mapping[]): Mapping {
  const filled = layers.filter(({ entries }) => entries.size > 0)
  const last = filled.at(-1)
  if (last === undefined) return first
  const entries = new Map<string, Entry>()
  const maps = new Map<string, Mapping[]>()
  for (const layer of [first, ...filled]) {
    for (const [key, entry] of layer.entries) {
      const below = maps.get(key)
      if (entry.value.kind !== 'map') maps.delete(key)
      else if (below) below.push(entry.value)
      else maps.set(key, [entry.value])
      entries.set(key, entry)
    }
  }
  for (const [key, [under, ...over]] of maps) {
    const entry = entries.get(key)
    if (entry && under && over.length > 0) entries.set(key, { ...entry, value: mergeAll(under, over) })
  }
  return { kind: 'map', entries, span: last.span }
}

/** The same map with one key set. */
export function withEntry(map: Mapping, key: string, entry: Entry): Mapping {
  return { ...map, entries: new Map([...map.entries, [key, entry]]) }
}
