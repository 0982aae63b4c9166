import { merge, withEntry } from '../yaml/merge.ts'
import { type Mapping, mapAt, scalarAt } from '../yaml/tree.ts'

/** Values of the Alloy chart, found within a map of values. */
export interface Nested {
  readonly at: readonly string[]
  readonly chart: Mapping
  /** The nested values say `enabled: false`, by which umbrella charts leave a dependency out. */
  readonly disabled: boolean
}

/** The top-level keys of the chart's values. */
const chartKeys = new Set([
  'nameOverride',
  'fullnameOverride',
  'namespaceOverride',
  'global',
  'crds',
  'alloy',
  'agent',
  'image',
  'rbac',
  'serviceAccount',
  'configReloader',
  'controller',
  'networkPolicy',
  'service',
  'serviceMonitor',
  'ingress',
  'extraObjects',
])

/** Keys under `alloy` that no other chart is likely to have under a key of that name. */
const alloyKeys = new Set([
  'configMap',
  'clustering',
  'stabilityLevel',
  'storagePath',
  'enableHttpServerPort',
  'listenAddr',
  'listenPort',
  'listenScheme',
  'uiPathPrefix',
  'enableReporting',
  'extraEnv',
  'envFrom',
  'extraArgs',
  'extraPorts',
  'hostAliases',
  'mounts',
])

/** Umbrella charts nest a dependency one level deep, tools that wrap them a few more. */
const depthLimit = 8

/** Finds where the values of the Alloy chart are nested: maps whose `alloy` (once `agent`) has keys of that chart. */
export function findCharts(root: Mapping): readonly Nested[] {
  const found: Nested[] = []
  const search = (map: Mapping, at: readonly string[]): void => {
    if (isChart(map)) {
      found.push(nested(root, map, at))
      return
    }
    if (at.length === depthLimit) return
    for (const [key, { value }] of map.entries) if (value.kind === 'map') search(value, [...at, key])
  }
  search(root, [])
  return found
}

/**
 * The chart in values that set nothing of `alloy` itself: values of the chart when every key is one of its own, of an
 * umbrella chart when that holds for every key under `alloy`.
 */
export function assumedChart(root: Mapping): Nested | null {
  const inner = mapAt(root, 'alloy')
  if (inner && inner.entries.size > 0 && hasOnlyChartKeys(inner)) return nested(root, inner, ['alloy'])
  return hasOnlyChartKeys(root) ? nested(root, root, []) : null
}

/** The map at a path, taken as values of the chart whatever it holds. */
export function chartAt(root: Mapping, at: readonly string[]): Nested | null {
  const map = mapAt(root, ...at)
  return map && nested(root, map, at)
}

function isChart(map: Mapping): boolean {
  return ['alloy', 'agent'].some(key => [...(mapAt(map, key)?.entries.keys() ?? [])].some(each => alloyKeys.has(each)))
}

function hasOnlyChartKeys(map: Mapping): boolean {
  return [...map.entries.keys()].every(key => chartKeys.has(key))
}

function nested(root: Mapping, map: Mapping, at: readonly string[]): Nested {
  const disabled = at.length > 0 && scalarAt(map, 'enabled')?.value === false
  return { at, chart: withAgent(at.length > 0 ? withGlobal(map, root) : map), disabled }
}

/** Helm hands the globals of a parent down to its dependencies; the parent's win. */
function withGlobal(map: Mapping, root: Mapping): Mapping {
  const entry = root.entries.get('global')
  if (entry?.value.kind !== 'map') return map
  const own = mapAt(map, 'global')
  return withEntry(map, 'global', own ? { ...entry, value: merge(own, entry.value) } : entry)
}

/** The chart still takes `agent`, the name of its predecessor, over `alloy`. */
function withAgent(map: Mapping): Mapping {
  const entry = map.entries.get('agent')
  if (entry?.value.kind !== 'map') return map
  const own = mapAt(map, 'alloy')
  return withEntry(map, 'alloy', own ? { ...entry, value: merge(own, entry.value) } : entry)
}
