import { required } from '../required.ts'
/** What a YAML document holds, once read. */
export type Json = null | boolean | number | string | readonly Json[] | JsonMap

/** A map of Helm values, or a part of one. */
export interface JsonMap {
  readonly [key: string]: Json
}

/** Says whether a tree is a map. */
export function isMap(tree: Json | undefined): tree is JsonMap {
  return typeof tree === 'object' && tree !== null && !Array.isArray(tree)
}

/** Finds what is at a path, written `alloy.mounts.extra`; undefined where nothing does. */
export function valueAt(tree: Json, path: string): Json | undefined {
  let at: Json | undefined = tree
  for (const key of path.split('.')) {
    if (!isMap(at) || !Object.hasOwn(at, key)) return undefined
    at = at[key]
  }
  return at
}

/** The list at a path; empty where there is something else, or nothing. */
export function listAt(tree: Json, path: string): readonly Json[] {
  const found = valueAt(tree, path)
  return Array.isArray(found) ? found : []
}

/** The map at a path; empty where there is something else, or nothing. */
export function mapAt(tree: Json, path: string): JsonMap {
  const found = valueAt(tree, path)
  return isMap(found) ? found : {}
}

/**
 * Lays values over the defaults of a chart as Helm does: maps merge, everything else replaces, and null removes a key that has a
 * default.
 */
export function overlay(defaults: JsonMap, values: JsonMap): JsonMap {
  const merged: Record<string, Json> = {}
  for (const [key, value] of Object.entries(defaults)) if (!Object.hasOwn(values, key)) put(merged, key, value)
  for (const [key, value] of Object.entries(values)) {
    const below = Object.hasOwn(defaults, key) ? defaults[key] : undefined
    if (value === null && below !== undefined) continue
    put(merged, key, isMap(value) && isMap(below) ? overlay(below, value) : value)
  }
  return merged
}

/** Lays one values file over another, as Helm does with several `--values`: null stays, to remove a default later. */
export function mergeMaps(first: JsonMap, second: JsonMap): JsonMap {
  const merged: Record<string, Json> = {}
  for (const [key, value] of Object.entries(first)) put(merged, key, value)
  for (const [key, value] of Object.entries(second)) {
    const below = Object.hasOwn(first, key) ? first[key] : undefined
    put(merged, key, isMap(value) && isMap(below) ? mergeMaps(below, value) : value)
  }
  return merged
}

/** What Go templates and sprig take for false. */
export function isEmpty(tree: Json | undefined): boolean {
  if (tree === undefined || tree === null || tree === false || tree === 0 || tree === '') return true
  return Array.isArray(tree) ? tree.length === 0 : isMap(tree) && Object.keys(tree).length === 0
}

/** Says whether two trees hold the same; the order of keys does not count. */
export function equalJson(a: Json | undefined, b: Json | undefined): boolean {
  if (Array.isArray(a))
    return Array.isArray(b) && a.length === b.length && a.every((each, at) => equalJson(each, b[at]))
  if (!isMap(a)) return a === b
  const keys = Object.keys(a)
  if (!isMap(b) || Object.keys(b).length !== keys.length) return false
  return keys.every(key => Object.hasOwn(b, key) && equalJson(a[key], b[key]))
}

/** A text that two trees share exactly where they hold the same. */
export function canonicalJson(tree: Json | undefined): string {
  if (Array.isArray(tree)) return `[${tree.map(canonicalJson).join()}]`
  if (!isMap(tree)) return JSON.stringify(tree) ?? 'undefined'
  const keys = Object.keys(tree).sort()
  return `{${keys.map(key => `${JSON.stringify(key)}:${canonicalJson(tree[key])}`).join()}}`
}

/** Sets what is at a path of a map under construction. */
export function setAt(tree: Record<string, Json>, path: readonly string[], value: Json): void {
  let at = tree
  for (const key of path.slice(0, -1)) {
    if (!Object.hasOwn(at, key)) put(at, key, {})
    at = at[key] as Record<string, Json>
  }
  put(at, required(path.at(-1), 'the key to set'), value)
}

/** Sets a key of any name; a plain assignment to `__proto__` would not. */
function put(map: Record<string, Json>, key: string, value: Json): void {
  if (key === '__proto__')
    Object.defineProperty(map, key, { value, enumerable: true, writable: true, configurable: true })
  else map[key] = value
}
