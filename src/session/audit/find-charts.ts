import { charts as known } from '#rulemap/charts'
import { type Diagnostic, diagnostic, type Outcome } from '../../diagnostic/diagnostic.ts'
import { assumedChart, chartAt, findCharts, type Nested } from '../../input/helm/nesting.ts'
import { chartName, namedRelease } from '../../input/helm/release.ts'
import { type ChartFile, dependencyRelease } from '../../input/helm/umbrella.ts'
import { parent } from '../../input/path.ts'
import type { NamedRelease } from '../../input/process/settings.ts'
import { itemsAt, type Mapping, mapAt, scalarAt, type Tree, textAt } from '../../input/yaml/tree.ts'
import { sizeOf } from '../../kubernetes/rule.ts'
import type { AuditedChart, RuleBlock, RuleList } from '../../reports/audit/audited-chart.ts'
import type { Source } from '../../source.ts'
import { baseName } from '../../text/cut.ts'
import type { TargetOptions } from '../options.ts'
import { versionsFor } from '../versions.ts'
import { type ChartFiles, packedCharts, sourceAt, treeAt, treeOf } from './chart-files.ts'
import { listsIn, releasedRules, rulesIn } from './read-rules.ts'

/** The Alloy chart in a folder, an archive, or a file, with what its default configuration is made from. */
export interface FoundChart {
  readonly chart: AuditedChart
  /** Its values; null where a released chart has them. */
  readonly values: Mapping | null
  /** The configuration that it installs where the values hold none; null: that of the release. */
  readonly example: Source | null
}

/** The releases that an audit is for. */
export type ReleaseOptions = Pick<TargetOptions, 'alloyVersion' | 'chartVersion' | 'kubeVersion'>

/** How many grants the default rules of a chart may stand for, each of which is compared with what every component can need. */
export const mostDefaultGrants = 20_000

/** Where charts are looked for. */
interface Search {
  readonly files: ChartFiles
  readonly options: ReleaseOptions
  readonly diagnostics: Diagnostic[]
}

/** What names the releases of a chart; null where nothing does. */
interface Named {
  readonly chart: NamedRelease | null
  readonly alloy: NamedRelease | null
}

/** A chart that was released, by its version. */
export function releasedChart(options: ReleaseOptions): Outcome<readonly FoundChart[]> {
  const { value: versions, diagnostics } = versionsFor(options, null)
  if (versions === null) return { value: [], diagnostics }
  const { release, target } = versions
  const blocks = releasedRules(release)
  const chart: AuditedChart = {
    name: `grafana/alloy ${release.version}`,
    at: [],
    source: null,
    isArchived: false,
    blocks,
    unreadRules: { rules: 0, clusterRules: 0 },
    isNamespaced: false,
    release,
    target,
  }
  return { value: [{ chart, values: null, example: null }], diagnostics }
}

/** The Alloy charts that files hold: charts of their own, dependencies of others, and values for one that something else installs. */
export function findAlloyCharts(files: ChartFiles, options: ReleaseOptions): Outcome<readonly FoundChart[]> {
  const diagnostics: Diagnostic[] = [...(files.notes ?? [])]
  const search = { files, options, diagnostics }
  const folders = files.names.filter(name => /(?:^|\/)Chart\.yaml$/.test(name)).map(parent)
  const value = [...folders.flatMap(folder => chartsIn(folder, folders, search)), ...looseCharts(folders, search)]
  if (value.length === 0 && diagnostics.every(({ severity }) => severity !== 'error'))
    diagnostics.push(diagnostic('no-alloy-chart', null, { path: files.path }))
  return { value, diagnostics }
}

const inFolder = (folder: string, name: string): string => (folder === '.' ? name : `${folder}/${name}`)

/** What one chart is or embeds. */
function chartsIn(folder: string, folders: readonly string[], search: Search): readonly FoundChart[] {
  const description = read(inFolder(folder, 'Chart.yaml'), search)
  if (description?.kind !== 'map') return []
  const values = read(inFolder(folder, 'values.yaml'), search)
  const root = values?.kind === 'map' ? values : null
  const source = root?.span.source ?? null
  const isAlloy = chartName(textAt(description, 'name')) === 'alloy'
  if (root && source && (isAlloy || findCharts(root).some(({ at }) => at.length === 0))) {
    // A chart of another name counts its own releases.
    const named = { chart: isAlloy ? versionOf(description) : null, alloy: alloyOf(root, description) }
    const example = sourceAt(search.files, inFolder(folder, 'config/example.alloy')).value
    return made({ nested: chartAt(root, []), source, named, example, isWhole: true }, search)
  }
  const packed = packedCharts(search.files, folder)
  for (const each of packed.diagnostics) search.diagnostics.push(each)
  const carried = packed.value.flatMap(files => carriedCharts(files, search))
  const isCarried = folders.includes(inFolder(folder, 'charts/alloy')) || carried.length > 0
  const dependencies = [...embedded(description, folder, { root, source, isCarried }, search), ...carried]
  const operated = operatedRelease(description, packed.value)
  const inFiles = search.files.names
    .filter(name => isOfChart(name, folder, folders) && !/(?:^|\/)(?:Chart|values)\.yaml$/.test(name))
    .flatMap(name => valuesFile(name, { chart: operated, alloy: null }, search))
  const handled = new Set(dependencies.map(({ chart }) => chart.at.join('.')))
  const nested =
    root && source
      ? findCharts(root)
          .filter(({ at, chart }) => !handled.has(at.join('.')) && listsIn(chart).length > 0)
          .flatMap(each => made({ nested: each, source, named: { chart: operated, alloy: null } }, search))
      : []
  const found = [...dependencies, ...nested, ...inFiles]
  if (found.length > 0 || operated === null) return found
  return made({ nested: null, source: null, named: { chart: operated, alloy: null }, by: 'alloy-operator' }, search)
}

/** The Alloy chart itself in an archive that another chart carries along. */
function carriedCharts(files: ChartFiles, search: Search): readonly FoundChart[] {
  if (textAt(read('Chart.yaml', { ...search, files }), 'name') !== 'alloy') return []
  const { value, diagnostics } = findAlloyCharts(files, search.options)
  for (const each of diagnostics) search.diagnostics.push(each)
  return value
}

/** Values that lie in no chart, as one file does that is named alone. */
function looseCharts(folders: readonly string[], search: Search): readonly FoundChart[] {
  return search.files.names
    .filter(name => /\.ya?ml$/.test(name) && !folders.some(folder => isBelow(name, folder)))
    .flatMap(name => valuesFile(name, { chart: null, alloy: null }, search))
}

const isBelow = (name: string, folder: string): boolean => folder === '.' || name.startsWith(`${folder}/`)

/** Says whether a file belongs to a chart, and to none within it. */
const isOfChart = (name: string, folder: string, folders: readonly string[]): boolean =>
  /\.ya?ml$/.test(name) &&
  isBelow(name, folder) &&
  !folders.some(each => each !== folder && isBelow(each, folder) && isBelow(name, each))

/** Charts within a file of values that hold a list of rules. */
function valuesFile(name: string, named: Named, search: Search): readonly FoundChart[] {
  const { value: source } = sourceAt(search.files, name)
  // Most files of a chart are about something else, and some are not YAML.
  if (source === null || !/\brbac\b/.test(source.text)) return []
  const { value: tree, diagnostics } = treeOf(source)
  const isAlone = search.files.names.length === 1
  if (isAlone) for (const each of diagnostics) search.diagnostics.push(each)
  else if (baseName(name).includes('values'))
    for (const each of diagnostics) search.diagnostics.push({ ...each, severity: 'warning' })
  if (tree?.kind !== 'map') return []
  // Who names a file says that it is one of values.
  const assumed = assumedChart(tree) ?? (isAlone ? chartAt(tree, []) : null)
  const found = findCharts(tree)
  return (found.length > 0 || assumed === null ? found : [assumed])
    .filter(({ chart }) => listsIn(chart).length > 0)
    .flatMap(nested => made({ nested, source, named }, search))
}

/** The dependencies of a chart that are the Alloy chart, each under its alias. */
function embedded(
  description: Mapping,
  folder: string,
  { root, source, isCarried }: { root: Mapping | null; source: Source | null; isCarried: boolean },
  search: Search,
): readonly FoundChart[] {
  const files = ['Chart.yaml', 'Chart.lock'].flatMap((name, at): readonly ChartFile[] => {
    const tree = at === 0 ? description : read(inFolder(folder, name), search)
    return tree?.kind === 'map' ? [{ folder, tree, isLock: at === 1 }] : []
  })
  return itemsAt(description, 'dependencies').flatMap(each => {
    if (chartName(textAt(each, 'name')) !== 'alloy') return []
    const key = textAt(each, 'alias') ?? 'alloy'
    const nested = root && chartAt(root, [key])
    const lists = nested === null ? [] : listsIn(nested.chart)
    // The chart that lies below is one of its own.
    if (lists.length === 0 && isCarried) return []
    const named = { chart: dependencyRelease(files, folder, [key]), alloy: nested && imageOf(nested.chart) }
    return made({ nested, source: lists.length === 0 ? null : source, named, by: key }, search)
  })
}

/** A chart as it is found, before the releases that name it are known. */
interface Finding {
  readonly nested: Nested | null
  readonly source: Source | null
  readonly named: Named
  readonly example?: Source | null
  /** What the chart is called that has no file. */
  readonly by?: string
  /** Whether the file holds all values, so that a list that it lacks is lacking. */
  readonly isWhole?: boolean
}

function made(finding: Finding, { files, options, diagnostics }: Search): readonly FoundChart[] {
  const { nested, source, named, example = null, by, isWhole = false } = finding
  const { value: versions, diagnostics: said } = versionsFor(options, {
    chartVersion: named.chart,
    alloyVersion: named.alloy,
  })
  // Of a chart that lies there whole nothing is taken from another release.
  for (const each of said) if (!isWhole || each.name !== 'newer-chart') diagnostics.push(each)
  if (versions === null) return []
  const { release, target } = versions
  const at = nested?.at ?? []
  const own = nested && source ? rulesIn(nested.chart, at) : { value: [], diagnostics: [] }
  for (const each of own.diagnostics) diagnostics.push(each)
  const given = nested && source ? listsIn(nested.chart) : []
  const isOwn = isWhole && (given.length > 0 || release.configurable)
  const others = isOwn ? [] : releasedRules(release).filter(({ list }) => !given.includes(list))
  for (const each of settingsNotes(nested?.chart ?? null)) diagnostics.push(each)
  const version = named.chart?.value.replace(/^v/, '') ?? release.version
  const where = source?.path ?? (files.path === '.' ? '' : files.path)
  const key = nested && nested.at.length > 0 ? nested.at.join('.') : (by ?? '')
  const name = [where, key, `(grafana/alloy ${isWhole ? version : release.version})`].filter(part => part !== '')
  const chart: AuditedChart = {
    name: name.join(' '),
    at,
    source: given.length > 0 ? source : null,
    isArchived: files.isArchived,
    blocks: [...own.value, ...others],
    unreadRules: unreadIn(nested && source ? nested.chart : null, own.value),
    isNamespaced: itemsAt(nested?.chart ?? null, 'rbac', 'namespaces').length > 0,
    release,
    target,
  }
  if (chart.blocks.reduce((sum, { rule }) => sum + sizeOf(rule), 0) > mostDefaultGrants) {
    const limit = mostDefaultGrants.toLocaleString('en')
    diagnostics.push(diagnostic('too-many-default-grants', null, { chart: chart.name, limit }))
    return []
  }
  return [{ chart, values: nested?.chart ?? null, example }]
}

function unreadIn(values: Mapping | null, read: readonly RuleBlock[]): AuditedChart['unreadRules'] {
  const count = (list: RuleList): number =>
    itemsAt(values, 'rbac', list).length - read.filter(block => block.list === list).length
  return { rules: count('rules'), clusterRules: count('clusterRules') }
}

/** What the values say of the rules beside the lists. */
function settingsNotes(values: Mapping | null): readonly Diagnostic[] {
  const rbac = mapAt(values, 'rbac')
  const off = scalarAt(rbac, 'create')
  const namespaces = itemsAt(rbac, 'namespaces')
  const [first] = namespaces
  return [
    ...(off?.value === false ? [diagnostic('rules-switched-off', off.span, undefined)] : []),
    ...(first === undefined ? [] : [diagnostic('rules-in-namespaces', first.span, { count: namespaces.length })]),
  ]
}

function versionOf(description: Mapping): NamedRelease | null {
  return namedRelease(description, ['version'], `version of ${description.span.source.path}`)
}

const imageOf = (values: Mapping): NamedRelease | null => namedRelease(values, ['image', 'tag'], 'image.tag')

/** The image's tag, else the release of Alloy that the chart names. */
const alloyOf = (values: Mapping, description: Mapping): NamedRelease | null =>
  imageOf(values) ?? namedRelease(description, ['appVersion'], `appVersion of ${description.span.source.path}`)

/**
 * The chart that the operator installs, where a chart is the operator's, which names it as what it ships, or depends on that one; null
 * where none is.
 */
function operatedRelease(description: Mapping, packed: readonly ChartFiles[] = []): NamedRelease | null {
  const { path } = description.span.source
  if (textAt(description, 'name') === 'alloy-operator')
    return namedRelease(description, ['appVersion'], `appVersion of ${path}`)
  const [dependency] = itemsAt(description, 'dependencies').filter(each => textAt(each, 'name') === 'alloy-operator')
  const named = dependency && namedRelease(dependency, ['version'], `the dependency alloy-operator of ${path}`)
  if (!named) return null
  for (const files of packed) {
    const inner = treeAt(files, 'Chart.yaml').value
    const ships = inner?.kind === 'map' && textAt(inner, 'name') === 'alloy-operator' ? operatedRelease(inner) : null
    if (ships !== null) return ships
  }
  const embedded = Object.hasOwn(known.operators, named.value) ? known.operators[named.value] : undefined
  return { ...named, value: embedded?.chart ?? `alloy-operator ${named.value}` }
}

function read(name: string, { files, diagnostics }: Search): Tree | null {
  const { value, diagnostics: said } = treeAt(files, name)
  for (const each of said) diagnostics.push(each)
  return value
}
