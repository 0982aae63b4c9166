import { example } from '#rulemap/example'
import { type Diagnostic, diagnostic, type Outcome } from '../../diagnostic/diagnostic.ts'
import type { Range, Source, Span } from '../../source.ts'
import type { Configuration } from '../configuration.ts'
import type { KubernetesObject } from '../deployment.ts'
import { find, objectsOf, qualifiedName, type Stream } from '../manifests/objects.ts'
import { configurationAt, contents, mounted } from '../manifests/volumes.ts'
import { otherTool } from '../other-tools.ts'
import { isWithin } from '../path.ts'
import { argumentsAt, commandLine } from '../process/flags.ts'
import type { InputContext } from '../workloads.ts'
import { embed, syntheticSource } from '../yaml/embed.ts'
import { get, itemsAt, type Mapping, mapAt, type Tree, textAt, truthy } from '../yaml/tree.ts'
import { fullName, type Release } from './release.ts'
import { templateActions } from './templates.ts'

/** The texts that a release of the chart runs or may read. */
export type ChartText = Pick<Configuration, 'sources' | 'templates' | 'files'>

/** Which use of the chart is meant. */
export interface ChartPlace {
  readonly release: Release
  readonly around: InputContext
  readonly namespace: string | null
  readonly name: string
  /** Where the chart's values are nested in those of the release. */
  readonly at: readonly string[]
  readonly span: Span
}

interface Text {
  readonly sources: readonly Source[]
  /** Whether Helm runs the template actions in it. */
  readonly templated: boolean
  readonly files: ReadonlyMap<string, Source>
}

/** Finds the configuration of one use of the chart: in the values, in files beside them, in a ConfigMap of the input. */
export function chartText(chart: Mapping, place: ChartPlace): Outcome<ChartText | null> {
  const line = ['run', '/etc/alloy/config.alloy'].map(text => ({ text, span: chart.span }))
  const { flags, extra: rest } = commandLine([...line, ...argumentsAt(itemsAt(chart, 'alloy', 'extraArgs'))])
  const [second] = rest
  if (second) {
    const name = place.name || 'the chart'
    return { value: null, diagnostics: [diagnostic('argument-not-taken', second.span, { name })] }
  }
  const format = flags.get('config.format')
  if (format && format.text !== 'alloy') return { value: null, diagnostics: [otherTool(format.span, format.text)] }
  const { value: text, diagnostics } = configuration(chart, place)
  if (!text) return { value: null, diagnostics }
  const extra = extraObjects(chart)
  const mounts = mounted({
    volumeMounts: itemsAt(chart, 'alloy', 'mounts', 'extra'),
    volumes: itemsAt(chart, 'controller', 'volumes', 'extra'),
    namespace: place.namespace,
    lookup: (kind, name) =>
      find(extra, kind, place.namespace, name) ?? find(place.around.stream, kind, place.namespace, name),
    configuration: null,
  })
  const run = `/etc/alloy/${textAt(chart, 'alloy', 'configMap', 'key') || 'config.alloy'}`
  const over = mounts.mountPaths.some(mountPath => isWithin(run, mountPath)) ? configurationAt(run, mounts) : null
  if (over?.sources.length === 0) {
    const what = over.gap?.what ?? `the file ${run}`
    const found = diagnostic('configuration-elsewhere', over.gap?.span ?? place.span, { what, name: nameOf(place) })
    return { value: null, diagnostics: [...diagnostics, found] }
  }
  const sources = over?.sources ?? text.sources
  const templates = new Map<Source, readonly Range[]>()
  const templated = [...mounts.origins].filter(([, object]) => extra.includes(object)).map(([source]) => source)
  for (const source of [...(text.templated && over === null ? sources : []), ...templated]) {
    const actions = templateActions(source.text)
    if (actions.length > 0) templates.set(source, actions)
  }
  return { value: { sources, templates, files: new Map([...text.files, ...mounts.files]) }, diagnostics }
}

function configuration(chart: Mapping, place: ChartPlace): Outcome<Text | null> {
  const { release, around, at, span } = place
  const key = textAt(chart, 'alloy', 'configMap', 'key') || 'config.alloy'
  const own = (source: Source, diagnostics: readonly Diagnostic[] = []): Outcome<Text> => ({
    value: { sources: [source], templated: true, files: new Map([[`/etc/alloy/${key}`, source]]) },
    diagnostics,
  })
  if (around.alloy.length > 0) {
    return { value: { sources: around.alloy, templated: true, files: new Map() }, diagnostics: [] }
  }
  const map = mapAt(chart, 'alloy', 'configMap')
  const create = map?.entries.has('create') ? truthy(get(map, 'create')) : true
  if (!create) return elsewhere(chart, key, place)
  const content = get(map, 'content')
  const path = [...release.path, ...at, 'alloy', 'configMap', 'content'].join('.')
  if (content?.kind === 'scalar' && typeof content.value === 'string' && content.value !== '') {
    return own(embed(content, path))
  }
  if (content && truthy(content))
    return { value: null, diagnostics: [diagnostic('content-type', content.span, { path })] }
  const [missing] = release.elsewhere
  if (missing) {
    const args = { what: missing.what, name: nameOf(place) }
    return { value: null, diagnostics: [diagnostic('configuration-elsewhere', missing.span, args)] }
  }
  return own(syntheticSource(`${path} (the chart's example)`, example, span), [
    diagnostic('chart-example', span, undefined),
  ])
}

/** A ConfigMap that the chart does not make: an object beside it, or one of its `extraObjects`. */
function elsewhere(chart: Mapping, key: string, place: ChartPlace): Outcome<Text | null> {
  const { namespace, release, around, span } = place
  const name = textAt(chart, 'alloy', 'configMap', 'name') || fullName(chart, release.name)
  const extra = extraObjects(chart)
  const named = (stream: Stream) => find(stream, 'ConfigMap', namespace, name)
  const object = name === null ? null : (named(extra) ?? named(around.stream))
  const files = new Map((object ? contents(object) : []).map(file => [`/etc/alloy/${file.path}`, file.read()]))
  const source = files.get(`/etc/alloy/${key}`)
  if (object && source) {
    return { value: { sources: [source], templated: extra.includes(object), files }, diagnostics: [] }
  }
  const where =
    get(chart, 'alloy', 'configMap', 'name')?.span ?? get(chart, 'alloy', 'configMap', 'create')?.span ?? span
  const configMap = name === null ? 'the ConfigMap of the release' : `the ConfigMap ${qualifiedName(namespace, name)}`
  const what = object ? `the key ${key} of ${configMap}` : configMap
  return { value: null, diagnostics: [diagnostic('configuration-elsewhere', where, { what, name: nameOf(place) })] }
}

function nameOf({ name }: ChartPlace): string {
  return name === '' ? 'these values' : name
}

/** Objects that the chart makes of its values, as far as they are written out. */
function extraObjects(chart: Mapping): Stream {
  return elementsOf(get(chart, 'extraObjects')).flatMap((tree): readonly KubernetesObject[] => objectsOf(tree) ?? [])
}

function elementsOf(tree: Tree | null): readonly Tree[] {
  if (tree?.kind === 'list') return tree.items
  return tree?.kind === 'map' ? [...tree.entries.values()].map(({ value }) => value) : []
}
