import { outermost } from '../../source.ts'
import type { KubernetesObject } from '../deployment.ts'
import { labelsOf } from '../manifests/objects.ts'
import { type Place, valuesPlace } from '../place.ts'
import { templateSource } from './template-source.ts'

/** Where the release that a workload was rendered for takes values: at the top, or below the keys of its subcharts. */
export function renderedPlace(workload: KubernetesObject): Place {
  const labels = labelsOf(workload)
  const chart = labels.get('helm.sh/chart') ?? ''
  if (!/^alloy-\d/.test(chart)) return valuesPlace
  const owner = labels.get('app.kubernetes.io/instance') ?? ''
  const charts = templateSource(workload)?.charts ?? []
  const { path } = outermost(workload.tree.span).source
  const document = JSON.stringify([path, workload.namespace, owner, charts[0] ?? null])
  return { ...valuesPlace, form: 'release', owner, document, at: charts.slice(1) }
}
