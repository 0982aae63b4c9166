import { diagnostic, type Outcome } from '../../diagnostic/diagnostic.ts'
import { mergeAll } from '../yaml/merge.ts'
import { type Mapping, mapAt, scalarAt } from '../yaml/tree.ts'
import { findCharts } from './nesting.ts'

/**
 * The sets of values that layers make: one, as Helm merges them, while at most one layer holds a configuration. Else each that does is
 * a deployment of its own, with the layers that hold none: merged, the last configuration would hide the others.
 */
export function valuesLayers(layers: readonly Mapping[], merge: boolean): Outcome<readonly Mapping[]> {
  const holders = merge ? [] : layers.filter(holdsConfiguration)
  if (holders.length < 2) return { value: merged(layers), diagnostics: [] }
  const files = holders.map(({ span }) => span.source.path)
  const [, second] = holders
  const span = second === undefined ? null : { ...second.span, end: second.span.start + 1 }
  const apart = new Set(holders)
  const shared = layers.filter(each => !apart.has(each))
  const value: Mapping[] = []
  let before = 0
  for (const layer of layers) {
    if (apart.has(layer)) for (const each of merged(shared.toSpliced(before, 0, layer))) value.push(each)
    else before++
  }
  return {
    value,
    diagnostics: [diagnostic('values-are-deployments', span, { files })],
  }
}

const merged = ([under, ...over]: readonly Mapping[]): readonly Mapping[] => (under ? [mergeAll(under, over)] : [])

/** Says whether values hold the text of a configuration, or name the ConfigMap that does. */
const holdsConfiguration = (values: Mapping): boolean =>
  findCharts(values).some(({ chart }) => {
    const map = mapAt(chart, 'alloy', 'configMap')
    return ['content', 'name'].some(key => Boolean(scalarAt(map, key)?.value))
  })
