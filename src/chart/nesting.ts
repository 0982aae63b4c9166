import { isMap, type Json, type JsonMap, mergeMaps } from './json.ts'
import type { Path } from './write/write-yaml.ts'

/** Where the chart's values are in the document that takes them. */
export interface Nesting {
  /** What is in the document beside them: the names of an object, for a patch; absent for values of Helm. */
  readonly frame?: JsonMap
  /** What leads to the values of the release; absent where the document is these values. */
  readonly base?: Path
  /** Keys below that, outermost first; none for the chart itself. */
  readonly at: readonly string[]
  /** Whether the chart around it has globals of its own, which Helm lays over those of the chart. */
  readonly parentGlobal: boolean
}

/** The chart's own values. */
export const unnested: Nesting = { at: [], parentGlobal: false }

/** Nests values of the chart. */
export function nestValues(tree: JsonMap, { frame = {}, base = [], at, parentGlobal }: Nesting): JsonMap {
  const { global, ...own } = tree
  const above = parentGlobal && at.length > 0 && global !== undefined
  const nested = at.reduceRight<JsonMap>((inner, key) => ({ [key]: inner }), above ? own : tree)
  return put(frame, base, above ? { ...nested, global } : nested) as JsonMap
}

/** Merges a map into what is at a path. */
function put(around: Json | undefined, [step, ...rest]: Path, inner: JsonMap): Json {
  if (step === undefined) return isMap(around) ? mergeMaps(around, inner) : inner
  if (typeof step === 'number')
    return (Array.isArray(around) ? around : []).map((each: Json, at) => (at === step ? put(each, rest, inner) : each))
  const map = isMap(around) ? around : {}
  return { ...map, [step]: put(Object.hasOwn(map, step) ? map[step] : undefined, rest, inner) }
}

/** Where a path of the chart's values leads in the nested ones. */
export function enclosedPath(path: Path, { base = [], at, parentGlobal }: Nesting): Path {
  return parentGlobal && path[0] === 'global' ? [...base, ...path] : [...base, ...at, ...path]
}

/** Finds the values of the chart in nested ones; null where there is something else. */
export function unnestValues(tree: Json, { base = [], at, parentGlobal }: Nesting): JsonMap | null {
  const release = found(tree, base)
  const inner = found(release, at)
  if (inner !== undefined && !isMap(inner)) return null
  const global = parentGlobal && at.length > 0 && isMap(release) ? release['global'] : undefined
  return global === undefined ? (inner ?? {}) : mergeMaps(inner ?? {}, { global })
}

function found(tree: Json | undefined, path: Path): Json | undefined {
  let inner: Json | undefined = tree
  for (const step of path) {
    if (typeof step === 'number') inner = Array.isArray(inner) ? (inner as readonly Json[])[step] : undefined
    else inner = isMap(inner) && Object.hasOwn(inner, step) ? inner[step] : undefined
  }
  return inner
}
