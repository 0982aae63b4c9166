import { isMap, type Json, type JsonMap, mergeMaps } from './json.ts'
import type { Path } from './write/write-yaml.ts'

/** Where the chart's values are in those of another chart. */
export interface Nesting {
  /** Keys, outermost first; none for the chart itself. */
  readonly at: readonly string[]
  /** Whether the other chart has globals of its own, which Helm lays over those of the chart. */
  readonly parentGlobal: boolean
}

/** The chart's own values. */
export const unnested: Nesting = { at: [], parentGlobal: false }

/** Nests values of the chart. */
export function nestValues(tree: JsonMap, { at, parentGlobal }: Nesting): JsonMap {
  const { global, ...own } = tree
  const above = parentGlobal && at.length > 0 && global !== undefined
  const nested = at.reduceRight<JsonMap>((inner, key) => ({ [key]: inner }), above ? own : tree)
  return above ? { ...nested, global } : nested
}

/** Where a path of the chart's values leads in the nested ones. */
export function enclosedPath(path: Path, { at, parentGlobal }: Nesting): Path {
  return parentGlobal && path[0] === 'global' ? path : [...at, ...path]
}

/** Finds the values of the chart in nested ones; null where there is something else. */
export function unnestValues(tree: Json, { at, parentGlobal }: Nesting): JsonMap | null {
  let inner: Json | undefined = tree
  for (const key of at) inner = isMap(inner) && Object.hasOwn(inner, key) ? inner[key] : undefined
  if (inner !== undefined && !isMap(inner)) return null
  const global = parentGlobal && at.length > 0 && isMap(tree) ? tree['global'] : undefined
  return global === undefined ? (inner ?? {}) : mergeMaps(inner ?? {}, { global })
}
