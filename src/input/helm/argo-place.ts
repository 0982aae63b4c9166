import type { KubernetesObject } from '../deployment.ts'
import { type DataMap, type Place, placeIn } from '../place.ts'
import { type Data, data, itemsAt, type Mapping, mapAt, scalarAt, type Tree } from '../yaml/tree.ts'

/** A source of an Application that has Helm render a chart. */
export interface HelmSource {
  readonly object: KubernetesObject
  readonly label: string
  /** What leads to the specification of the Application: `spec.template` of an ApplicationSet. */
  readonly prefix: readonly string[]
  readonly source: Tree
  /** Its values, as an object or read from a text. */
  readonly values: Mapping
}

/**
 * Where an Application takes values: `valuesObject`, beside which Argo CD ignores the text `values`, so that it has to repeat that; and of
 * several sources the list as a whole, since a patch replaces it.
 */
export function sourcePlace({ object, label, prefix, source, values }: HelmSource): Place {
  const spec = [...prefix, 'spec']
  const index = itemsAt(object.tree, ...spec, 'sources').indexOf(source)
  const isText = mapAt(source, 'helm', 'valuesObject') === null && scalarAt(source, 'helm', 'values') !== null
  const at = index === -1 ? [...spec, 'source'] : [...spec, 'sources', index]
  const place = placeIn(object, label, [...at, 'helm', 'valuesObject'])
  if (index === -1 && !isText) return place
  const repeated = index === -1 ? textInstead(values) : listWith(object, { spec, index, values })
  const around = index === -1 ? [...spec, 'source', 'helm'] : [...spec, 'sources']
  return { ...place, frame: { ...place.frame, ...(nested(around, repeated) as DataMap) }, repeats: true }
}

const textInstead = (values: Mapping): DataMap => ({ values: null, valuesObject: data(values) })

function listWith(
  object: KubernetesObject,
  { spec, index, values }: { readonly spec: readonly string[]; readonly index: number; readonly values: Mapping },
): readonly Data[] {
  return itemsAt(object.tree, ...spec, 'sources').map((each, at) => {
    if (at !== index || each.kind !== 'map') return data(each)
    const { values: _, ...helm } = data(mapAt(each, 'helm') ?? { ...each, entries: new Map() }) as DataMap
    return { ...(data(each) as DataMap), helm: { ...helm, valuesObject: data(values) } }
  })
}

const nested = (path: readonly string[], value: Data): Data =>
  path.reduceRight<Data>((inner, key) => ({ [key]: inner }), value)
