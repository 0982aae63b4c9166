import { type Diagnostic, diagnostic } from '../../diagnostic/diagnostic.ts'
import { inert } from '../../text/inert.ts'
import { type Mapping, mapAt, scalarAt, type Tree } from '../yaml/tree.ts'
import type { Release } from './release.ts'

const chartName = 'k8s-monitoring'
const repository = 'https://grafana.github.io/helm-charts'

/** Values of the k8s-monitoring chart, which writes the configurations itself, from features and destinations. */
export interface MonitoringValues {
  /** Keys of the charts around it. */
  readonly at: readonly string[]
  readonly values: Mapping
}

/** Finds values of the k8s-monitoring chart: all of them, or those of an umbrella's dependency. */
export function monitoringValues({ values, chart }: Release): readonly MonitoringValues[] {
  if (chart !== null) return chart === chartName ? [{ at: [], values }] : []
  if (['destinations', 'externalServices'].some(key => values.entries.has(key))) return [{ at: [], values }]
  return [...values.entries].flatMap(([key, { value }]) =>
    value.kind === 'map' && isMonitoring(key, value) ? [{ at: [key], values: value }] : [],
  )
}

/** A dependency is known by its name, or by what no other chart is likely to have. */
const isMonitoring = (key: string, values: Mapping): boolean =>
  key === chartName || (values.entries.has('destinations') && mapAt(values, 'cluster') !== null)

/** Says that a chart writes the configuration, with the command that renders it. */
export function generatedConfiguration(
  { values: all, file, span, name, label, place }: Release,
  { at, values }: MonitoringValues,
  namespace: string | null,
): Diagnostic {
  const isList = values.entries.get('destinations')?.value.kind === 'list'
  const chart = at.length > 0 ? '.' : `${chartName} --repo ${repository}${isList ? " --version '^3'" : ''}`
  const isFile = place.form === 'values'
  const files = isFile ? [...new Set([...filesOf(all), file])].filter(path => path !== '') : ['values.yaml']
  const brought = scalarAt(values, 'alloy-operator', 'crds', 'deployAlloyCRD')?.value !== false
  const words = [
    `helm template ${name ?? 'RELEASE'} ${chart} --namespace ${namespace ?? 'NAMESPACE'}`,
    ...files.map(path => `-f ${/^[\w./-]+$/.test(path) ? path : `'${path.replaceAll("'", "'\\''")}'`}`),
    // The chart asks for the kind where it does not bring it.
    ...(brought ? [] : ['--api-versions collectors.grafana.com/v1alpha1/Alloy']),
  ]
  const rendering = { command: inert(words.join(' ')), values: isFile ? null : label }
  return diagnostic('generated-configuration', span, { rendering })
}

/** The files that values were merged of, as far as they have keys of their own. */
const filesOf = (values: Mapping): readonly string[] =>
  [...values.entries.values()].flatMap(({ key, value }) => [key.source.path, ...pathsIn(value)])

const pathsIn = (tree: Tree): readonly string[] =>
  tree.kind === 'map' ? [...tree.entries.values()].map(({ key }) => key.source.path) : []
