import { parent } from '../path.ts'
import type { NamedRelease } from '../process/settings.ts'
import { get, itemsAt, type Mapping, type Tree, textAt } from '../yaml/tree.ts'
import { chartName, namedRelease } from './release.ts'

/** A `Chart.yaml` or `Chart.lock` of the input, with its folder. */
export interface ChartFile {
  readonly folder: string
  readonly tree: Mapping
  readonly isLock: boolean
}

/** Reads a document as the description of a chart; null where it is something else. */
export function chartFileOf(tree: Tree): ChartFile | null {
  const { path } = tree.span.source
  const [, kind] = /(?:^|\/)Chart\.(yaml|lock)$/.exec(path) ?? []
  return tree.kind === 'map' && kind !== undefined ? { folder: parent(path), tree, isLock: kind === 'lock' } : null
}

/**
 * The release of the Alloy chart that the charts of the input name for values beside them: the lock of the chart's dependencies, else
 * `Chart.yaml`, whose dependency is known by its alias. `at`: where the values nest the Alloy chart.
 */
export function dependencyRelease(
  charts: readonly ChartFile[],
  folder: string,
  at: readonly string[],
): NamedRelease | null {
  const beside = charts.filter(each => each.folder === folder)
  const chart = beside.find(({ isLock }) => !isLock)
  if (chart === undefined) return null
  const file = chart.tree.span.source.path
  if (at.length === 0)
    return textAt(chart.tree, 'name') === 'alloy' ? namedRelease(chart.tree, ['version'], `version of ${file}`) : null
  const dependencies = itemsAt(chart.tree, 'dependencies')
  const index = dependencies.findIndex(
    each => chartName(textAt(each, 'name')) === 'alloy' && (textAt(each, 'alias') ?? textAt(each, 'name')) === at[0],
  )
  const dependency = dependencies[index]
  if (dependency === undefined || at.length > 1) return null
  const lock = beside.find(({ isLock }) => isLock)
  const locked = lock && itemsAt(lock.tree, 'dependencies')[index]
  const isSame = locked !== undefined && textAt(locked, 'name') === textAt(dependency, 'name')
  return (
    (isSame ? namedRelease(get(locked), ['version'], `the dependency ${at[0]} of Chart.lock`) : null) ??
    namedRelease(dependency, ['version'], `the dependency ${at[0]} of Chart.yaml`)
  )
}
