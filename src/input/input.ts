import { type Diagnostic, diagnostic, hasError, inOrder, type Outcome } from '../diagnostic/diagnostic.ts'
import { outermost, type Source } from '../source.ts'
import type { ClusterOptions } from './cluster.ts'
import { clusterOf } from './cluster-objects.ts'
import type { Configuration } from './configuration.ts'
import type { KubernetesObject } from './deployment.ts'
import { isBlank, looksLikeYaml, textOf } from './detect.ts'
import { substituted } from './flux/substituted.ts'
import { type Content, readFolder } from './folder.ts'
import { manifestsElsewhere } from './helm/argo-paths.ts'
import { releasesOf } from './helm/gitops.ts'
import { helmChartsOf, isKustomization } from './helm/kustomize-charts.ts'
import { findCharts } from './helm/nesting.ts'
import type { Release } from './helm/release.ts'
import { type ChartFile, chartFileOf } from './helm/umbrella.ts'
import { readRelease } from './helm/values.ts'
import { valuesLayers } from './helm/values-layers.ts'
import type { Item } from './item.ts'
import { deploymentsOf } from './manifests/deployments.ts'
import { generatedObjects } from './manifests/kustomize.ts'
import { objectsOf } from './manifests/objects.ts'
import { unappliedChanges } from './manifests/unapplied.ts'
import { formatOf, otherTool } from './other-tools.ts'
import { normalize, parent } from './path.ts'
import { valuesPlace } from './place.ts'
import { alloyDefaults, chartStorage } from './process/flags.ts'
import { embeddedConfigurations, hasAlloyExtension } from './process/otel-engine.ts'
import type { Folder } from './read-files.ts'
import { readTerraform, type TerraformInput } from './read-terraform.ts'
import { readRemote } from './remote/read-remote.ts'
import { mentionsAlloy, unrenderedDocument, unrenderedFile } from './renderers.ts'
import { isTerraform } from './terraform/resources.ts'
import { type InputContext, readWorkloads } from './workloads.ts'
import { embed } from './yaml/embed.ts'
import { readYaml } from './yaml/parse-yaml.ts'
import type { Mapping, Tree } from './yaml/tree.ts'

/** What the user says beside the input. */
export interface Options extends ClusterOptions {
  /** The namespace of what names none. */
  readonly namespace?: string
  /** Values files that each hold a configuration are merged all the same: the last one counts, as `helm -f` has it. */
  readonly merge?: boolean
  /** Pipelines that a server holds for the collectors of the input. */
  readonly remote?: readonly Item[]
}

/** So many configurations are judged in one run. */
const mostConfigurations = 5_000

/** What the items hold, detected from the content. */
interface ClassifiedInput {
  readonly alloy: Source[]
  readonly objects: KubernetesObject[]
  /** Layers of one set of values, in order. */
  readonly layers: Mapping[]
  /** Documents of folders that are not objects: each may hold values of its own. */
  readonly otherDocuments: Mapping[]
  readonly charts: ChartFile[]
  /** What Terraform plans and states make beside objects. */
  readonly terraform: TerraformInput[]
  readonly diagnostics: Diagnostic[]
}

/** Turns what the user passes in into configurations, in the order of the input. */
export function readInput(
  items: readonly Item[],
  folder: Folder,
  options: Options = {},
): Outcome<readonly Configuration[]> {
  const { namespace, allowOutside = false, merge = false, substitute = new Map() } = options
  const sorted: ClassifiedInput = {
    alloy: [],
    objects: [],
    layers: [],
    otherDocuments: [],
    charts: [],
    terraform: [],
    diagnostics: [],
  }
  for (const item of items) {
    if (item.kind === 'folder') sortFolder(readFolder(item.path, folder, allowOutside), sorted)
    else sort(item, sorted)
  }
  const { alloy } = sorted
  const kustomizations = [...sorted.objects.map(({ tree }) => tree), ...sorted.otherDocuments]
  const kustomized = kustomizations.map(tree => helmChartsOf(tree, folder))
  const generated = kustomizations.flatMap(tree => generatedObjects(tree, folder))
  const replaced = substituted([...sorted.objects, ...generated], substitute)
  const objects = replaced.value
  const deployments = deploymentsOf(objects, namespace ?? null)
  const documents = [...sorted.otherDocuments, ...sorted.layers]
  const released = deployments.value.map(({ stream, judged }) =>
    judged.map(object => releasesOf(object, { stream, documents })),
  )
  // Values that a release takes are values of it, not of a deployment of their own.
  const releases = [...kustomized, ...released.flat()].flatMap(each => each.value)
  const taken = new Set(releases.flatMap(({ files }) => files))
  const otherDocuments = sorted.otherDocuments.filter(({ span }) => !taken.has(span.source.path))
  // A file that says nothing sets no values, but it does not make values of what was meant to be something else.
  const given = sorted.layers.filter(({ span }) => !taken.has(span.source.path))
  const layers = alloy.length > 0 || given.some(({ span }) => span.end > span.start) ? given : []
  const around: InputContext = {
    stream: objects,
    folder: folderOf(items),
    namespace: namespace ?? null,
    alloy,
    charts: sorted.charts,
  }
  // Alloy files go into the values when there are any, else into the one workload that lacks its own.
  const apart = { ...around, alloy: layers.length > 0 || deployments.value.length > 1 ? [] : alloy }
  const sets = valuesLayers(layers, merge || alloy.length > 0)
  const outcomes = [
    ...sets.value.map(values => readValues(values, around)),
    ...deployments.value.flatMap(({ stream, judged }, at) => [
      readWorkloads({ ...apart, stream }, judged),
      ...(released[at] ?? []).flatMap(each => readReleases(each, { ...around, stream, alloy: [] })),
    ]),
    ...kustomized.flatMap(each => each.value.map(one => readRelease(one, { ...around, alloy: [] }, 'asked'))),
    ...sorted.terraform.flatMap(each =>
      each.releases.map(one => readRelease(one, { ...around, alloy: [] }, 'searched')),
    ),
    ...otherDocuments.map(tree => readRelease(valuesRelease(tree), { ...around, alloy: [] }, 'searched')),
  ]
  const read = outcomes.flatMap(outcome => outcome.value)
  const value = read.length > mostConfigurations ? [] : read
  const cluster = clusterOf(objects, folder, options)
  const diagnostics = [
    ...sorted.diagnostics,
    ...[replaced, sets, deployments, ...kustomized, ...outcomes, cluster].flatMap(outcome => outcome.diagnostics),
  ]
  if (read.length > value.length)
    diagnostics.push(
      diagnostic('too-many-inputs', null, { where: 'the input', what: 'configurations', limit: mostConfigurations }),
    )
  const files = [...sorted.objects.map(({ tree }) => tree), ...documents].map(({ span }) => span.source.path)
  for (const each of manifestsElsewhere(objects, files)) diagnostics.push(each)
  if (value.length > 0) for (const each of unappliedChanges(kustomizations)) diagnostics.push(each)
  const used = new Set(value.flatMap(({ sources }) => sources))
  if (layers.length === 0 && alloy.some(source => !used.has(source))) value.push(bare(around, items))
  if (value.length === 0 && !hasError(diagnostics)) diagnostics.push(diagnostic('no-alloy', null, undefined))
  const pipelines = readRemote(options.remote ?? [], folder, allowOutside)
  for (const each of pipelines.diagnostics) diagnostics.push(each)
  const remote = [...sorted.terraform.flatMap(each => each.pipelines), ...pipelines.value]
  const handed = options.remote?.length || remote.length > 0 ? { remote } : {}
  return {
    value: distinct(value).map(each => ({ ...each, ...handed, cluster: cluster.value })),
    diagnostics: inOrder(diagnostics),
  }
}

function sortFolder({ value, diagnostics }: Outcome<Content>, sorted: ClassifiedInput): void {
  for (const each of value.alloy) sorted.alloy.push(each)
  for (const each of diagnostics) sorted.diagnostics.push(each)
  for (const tree of value.documents) {
    const objects = objectsOf(tree)
    const chart = chartFileOf(tree)
    const unrendered = mentionsAlloy(tree.span.source.text) ? unrenderedDocument(tree) : null
    if (chart) sorted.charts.push(chart)
    else if (isTerraform(tree)) sortTerraform(tree, sorted)
    else if (objects) for (const each of objects) sorted.objects.push(each)
    else if (hasAlloyExtension(tree)) sorted.diagnostics.push(engineOf(tree, 'warning'))
    else if (unrendered) sorted.diagnostics.push({ ...unrendered, severity: 'warning' })
    else if (tree.kind === 'map') sorted.otherDocuments.push(tree)
  }
}

/** The releases of charts that an object asks for. */
function readReleases(
  { value, diagnostics }: Outcome<readonly Release[]>,
  around: InputContext,
): readonly Outcome<readonly Configuration[]>[] {
  return [{ value: [], diagnostics }, ...value.map(release => readRelease(release, around, 'searched'))]
}

function sort(item: Item & { readonly kind: 'file' }, sorted: ClassifiedInput): void {
  const { value: source, diagnostics } = textOf(item.path, item.content)
  for (const each of diagnostics) sorted.diagnostics.push(each)
  if (source === null) return
  const isYaml = looksLikeYaml(source)
  const unrendered = isYaml && !source.text.includes('{{') ? null : unrenderedFile(source)
  if (item.path.endsWith('.alloy')) sorted.alloy.push(source)
  else if (unrendered) sorted.diagnostics.push(unrendered)
  else if (isYaml) sortYaml(source, sorted)
  else if (isBlank(source) && /\.(?:ya?ml|json)$/.test(item.path)) sorted.layers.push(emptyMap(source))
  else sorted.alloy.push(source)
}

function sortYaml(source: Source, sorted: ClassifiedInput): void {
  const { value, diagnostics } = readYaml(source)
  for (const each of diagnostics) sorted.diagnostics.push(each)
  let values: Tree | null = null
  for (const tree of value) {
    const objects = objectsOf(tree)
    const format = tree.kind === 'map' && findCharts(tree).length === 0 ? formatOf(tree) : null
    const span = { ...tree.span, end: tree.span.start + 1 }
    const chart = chartFileOf(tree)
    const unrendered = unrenderedDocument(tree)
    if (chart) sorted.charts.push(chart)
    else if (isTerraform(tree)) sortTerraform(tree, sorted)
    else if (objects) for (const each of objects) sorted.objects.push(each)
    else if (hasAlloyExtension(tree)) sortEngine(tree, sorted)
    else if (unrendered !== null) sorted.diagnostics.push(unrendered)
    else if (format !== null) sorted.diagnostics.push(otherTool(span, format))
    // Helm reads the first document of a values file and no other.
    else if (tree.kind === 'map' && isKustomization(tree)) sorted.otherDocuments.push(tree)
    else if (tree.kind === 'map' && values === null) values = tree
    else sorted.diagnostics.push(diagnostic('not-understood', span, { what: 'this document' }))
  }
  if (values?.kind === 'map') sorted.layers.push(values)
}

function sortTerraform(tree: Tree, sorted: ClassifiedInput): void {
  const { value, diagnostics } = readTerraform(tree)
  sorted.terraform.push(value)
  for (const each of value.objects) sorted.objects.push(each)
  for (const each of diagnostics) sorted.diagnostics.push(each)
}

/** A configuration of the OpenTelemetry engine: what it has of Alloy is read, and the rest named. */
function sortEngine(tree: Tree, sorted: ClassifiedInput): void {
  const { path } = tree.span.source
  const contents = embeddedConfigurations(tree).flatMap(({ content }) => content ?? [])
  for (const content of contents) sorted.alloy.push(embed(content, `${path}:alloyengine`))
  sorted.diagnostics.push(engineOf(tree, contents.length > 0 ? 'warning' : 'error'))
}

const engineOf = ({ span }: Tree, severity: Diagnostic['severity']): Diagnostic =>
  diagnostic('otel-engine', { ...span, end: span.start + 1 }, { name: span.source.path }, { severity })

function emptyMap(source: Source): Mapping {
  return { kind: 'map', entries: new Map(), span: { source, start: 0, end: 0 } }
}

function readValues(values: Mapping, around: InputContext): Outcome<readonly Configuration[]> {
  const outcome = readRelease(valuesRelease(values), around, 'asked')
  if (outcome.value.length > 0 || outcome.diagnostics.length > 0) return outcome
  const span = { ...values.span, end: values.span.start + 1 }
  return { value: [], diagnostics: [diagnostic('not-understood', span, { what: 'this map' })] }
}

function valuesRelease(values: Mapping): Release {
  return {
    values,
    path: [],
    file: values.span.source.path,
    place: { ...valuesPlace, document: values.span.source.path },
    label: '',
    name: null,
    namespace: null,
    chart: null,
    chartVersion: null,
    elsewhere: [],
    files: [],
    span: { ...values.span, end: values.span.start + 1 },
  }
}

/** Alloy files that nothing else of the input runs. */
function bare({ alloy, folder, namespace }: InputContext, items: readonly Item[]): Configuration {
  const [first] = alloy
  const isGiven = items.some(({ kind, path }) => kind === 'folder' && path === folder)
  const modulePath = isGiven || !first || first.path === '-' ? folder : parent(first.path)
  return {
    name: '',
    sources: alloy,
    templates: new Map(),
    files: new Map(),
    modulePath,
    folder,
    containerDirectory: null,
    env: new Map(),
    envOpen: false,
    settings: { ...alloyDefaults, storagePath: chartStorage, stability: null, alloyVersion: null, chartVersion: null },
    namespace,
    deployment: null,
    values: null,
    place: valuesPlace,
    account: null,
    objects: [],
    span: { source: first ?? { path: folder, text: '' }, start: 0, end: 0 },
  }
}

/** The folder of the first item; of standard input, the current one. */
function folderOf([first]: readonly Item[]): string {
  if (first === undefined || first.path === '-') return '.'
  return first.kind === 'folder' ? normalize(first.path) : parent(first.path)
}

/** Gives every configuration a name of its own: values files of one folder may nest the chart alike. */
function distinct(configurations: readonly Configuration[]): readonly Configuration[] {
  const count = new Map<string, number>()
  for (const { name } of configurations) count.set(name, (count.get(name) ?? 0) + 1)
  const seen = new Map<string, number>()
  return configurations.map(each => {
    if (count.get(each.name) === 1) return each
    const { path } = outermost(each.span).source
    const name = each.name === '' ? path : `${path}:${each.name}`
    const number = (seen.get(name) ?? 0) + 1
    seen.set(name, number)
    return { ...each, name: number === 1 ? name : `${name}#${number}` }
  })
}
