import { type Diagnostic, diagnostic, type Outcome } from '../../diagnostic/diagnostic.ts'
import type { Span } from '../../source.ts'
import type { Configuration } from '../configuration.ts'
import type { Account } from '../deployment.ts'
import { find, type Stream } from '../manifests/objects.ts'
import { unseenInValues } from '../manifests/unseen.ts'
import { parent } from '../path.ts'
import { chartEnvironment, environment } from '../process/env.ts'
import { engineValues } from '../process/otel-engine.ts'
import type { InputContext } from '../workloads.ts'
import { itemsAt, knownTextAt, type Mapping, mapAt, scalarAt, textAt, textsAt, truthy } from '../yaml/tree.ts'
import { chartSettings } from './chart-settings.ts'
import { type ChartText, chartText } from './chart-text.ts'
import { readEngine } from './engine-values.ts'
import { generatedConfiguration, monitoringValues } from './monitoring-values.ts'
import { assumedChart, chartAt, findCharts, type Nested } from './nesting.ts'
import { fullName, type Release } from './release.ts'
import { dependencyRelease } from './umbrella.ts'

/** How sure it is that values are for the Alloy chart: `asked` by the user or by name, or `searched` among other things. */
export type Certainty = 'asked' | 'searched'

/** Reads every use of the Alloy chart in the values of a release. */
export function readRelease(
  release: Release,
  around: InputContext,
  certainty: Certainty,
): Outcome<readonly Configuration[]> {
  const engine = release.chart === 'alloy' ? null : engineValues(release.values)
  if (engine) return readEngine(engine, release, around)
  const all = chartsOf(release, around, certainty)
  const monitoring = monitoringValues(release)
  const [generating] = monitoring
  if (generating && (generating.at.length > 0 || !all.some(({ chart }) => hasText(chart)))) {
    const namespace = release.namespace ?? around.namespace
    return { value: [], diagnostics: [generatedConfiguration(release, generating, namespace)] }
  }
  const charts = all.filter(({ disabled }) => !disabled)
  const diagnostics: Diagnostic[] = all
    .filter(({ disabled }) => disabled)
    .map(({ at, chart }) =>
      diagnostic('chart-disabled', scalarAt(chart, 'enabled')?.span ?? chart.span, { path: at.join('.') }),
    )
  if (charts.length > 1 && around.alloy.length > 0) {
    const paths = charts.map(({ at }) => at.join('.') || '(top)').join(', ')
    return { value: [], diagnostics: [...diagnostics, diagnostic('several-charts', release.span, { paths })] }
  }
  const value: Configuration[] = []
  if (charts.length > 0) {
    for (const each of release.elsewhere.map(({ what, span }) => diagnostic('values-elsewhere', span, { what })))
      diagnostics.push(each)
  }
  if (charts.length > 0) for (const found of unseenInValues(release.values, release.label)) diagnostics.push(found)
  for (const chart of charts) {
    const outcome = readChart(chart, release, around, charts.length > 1)
    if (outcome.value) value.push(outcome.value)
    for (const each of outcome.diagnostics) diagnostics.push(each)
  }
  return { value, diagnostics }
}

function chartsOf(release: Release, around: InputContext, certainty: Certainty): readonly Nested[] {
  const root = release.values
  const whole = chartAt(root, [])
  if (release.chart === 'alloy') return whole ? [whole] : []
  const found = findCharts(root)
  if (found.length > 0 || certainty === 'searched' || release.chart !== null || monitoringValues(release).length > 0)
    return found
  const assumed = assumedChart(root) ?? (around.alloy.length > 0 ? whole : null)
  return assumed ? [assumed] : []
}

function hasText(chart: Mapping): boolean {
  const map = mapAt(chart, 'alloy', 'configMap')
  return map !== null && ['content', 'name', 'create'].some(key => map.entries.has(key))
}

function readChart(
  { at, chart }: Nested,
  release: Release,
  around: InputContext,
  several: boolean,
): Outcome<Configuration | null> {
  const nesting = at.join('.')
  const inRelease = several ? `${release.label}/${nesting}` : release.label
  const name = release.label === '' ? nesting : inRelease
  const namespace = knownTextAt(chart, 'namespaceOverride') || release.namespace || around.namespace
  const here = { release, around, namespace, name, at, span: placeOf(chart, release) }
  if (textsAt(chart, 'alloy', 'command').some(word => /^otel$|(?:^|\/)otelcol$/.test(word)))
    return { value: null, diagnostics: [diagnostic('otel-engine', here.span, { name: name || 'this chart' })] }
  const text = chartText(chart, here)
  const beside = dependencyRelease(around.charts, parent(release.file), at)
  const settings = chartSettings(chart, { ...release, chartVersion: release.chartVersion ?? beside })
  const alloy = mapAt(chart, 'alloy')
  const envOpen = itemsAt(alloy, 'envFrom').length > 0
  const env = environment(itemsAt(alloy, 'extraEnv'), { before: chartEnvironment, open: envOpen })
  const diagnostics = [...env.diagnostics, ...text.diagnostics, ...settings.diagnostics]
  if (!text.value) return { value: null, diagnostics }
  const value: Configuration = {
    name,
    ...configured(text.value),
    folder: around.folder,
    containerDirectory: '/',
    env: env.value,
    envOpen,
    settings: settings.value,
    namespace,
    deployment: null,
    values: { root: release.values, at, chart, release: release.name },
    place: release.place,
    account: around.stream.length > 0 ? accountOf(chart, release, { namespace, stream: around.stream }) : null,
    objects: around.stream,
    span: here.span,
  }
  return { value, diagnostics }
}

function configured({
  sources,
  templates,
  files,
}: ChartText): Pick<Configuration, 'sources' | 'templates' | 'files' | 'modulePath'> {
  return { sources, templates, files, modulePath: '/etc/alloy' }
}

/** Where the chart's values say `alloy:`, else where the release stands. */
function placeOf(chart: Mapping, release: Release): Span {
  return chart.entries.get('alloy')?.key ?? release.span
}

/** The account that the chart gives to the pod: its own, one that is named, or the namespace's default. */
function accountOf(
  chart: Mapping,
  { name: release }: Release,
  { namespace, stream }: { readonly namespace: string | null; readonly stream: Stream },
): Account {
  const account = mapAt(chart, 'serviceAccount')
  const create = account?.entries.has('create') ? truthy(account.entries.get('create')?.value ?? null) : true
  const name = textAt(account, 'name') || (create ? fullName(chart, release) : 'default')
  const span = scalarAt(account, 'name')?.span ?? null
  return { name, namespace, object: find(stream, 'ServiceAccount', namespace, name), span }
}
