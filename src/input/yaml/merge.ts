import type { Entry, Mapping } from './tree.ts'

/** Lays one map of values over another as Helm does: maps merge, all else replaces; a null stays, and deletes a default. */
export function merge(under: Mapping, over: Mapping): Mapping {
  if (over.entries.size === 0) return under
  const entries = new Map<string, Entry>(under.entries)
  for (const [key, entry] of over.entries) {
    const below = entries.get(key)?.value
    const both = below?.kind === 'map' && entry.value.kind === 'map'
    entries.set(key, both ? { key: entry.key, value: merge(below, entry.value) } : entry)
  }
  return { kind: 'map', entries, span: over.span }
}

/** The same map with one key set. */
export function withEntry(map: Mapping, key: string, entry: Entry): Mapping {
  return { ...map, entries: new Map([...map.entries, [key, entry]]) }
}
