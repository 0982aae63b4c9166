import { charts } from '#rulemap/charts'
import { type Diagnostic, diagnostic, hasError, type Outcome } from '../../diagnostic/diagnostic.ts'
import { outermost, type Source } from '../../source.ts'
import type { KubernetesObject } from '../deployment.ts'
import { substituteText } from '../flux/references.ts'
import { substituteTree } from '../flux/substitute.ts'
import { find, groupOf, labelsOf, ofKind, qualified, type Stream } from '../manifests/objects.ts'
import { contents } from '../manifests/volumes.ts'
import { placeIn } from '../place.ts'
import { isAlloyImage, repositoryOf } from '../process/runs.ts'
import type { NamedRelease } from '../process/settings.ts'
import { merge } from '../yaml/merge.ts'
import { readYaml } from '../yaml/parse-yaml.ts'
import {
  get,
  itemsAt,
  knownTextAt,
  type Mapping,
  mapAt,
  type Scalar,
  scalarAt,
  type Tree,
  textAt,
  truthy,
} from '../yaml/tree.ts'
import { applicationReleases } from './argo.ts'
import { chartOf } from './flux-source.ts'
import { collectorPlace } from './monitoring.ts'
import { parameters } from './parameters.ts'
import type { ExternalValues, Release } from './release.ts'

/** Where what an object names is looked up. */
export interface Beside {
  readonly stream: Stream
  /** Documents of files that are not objects: values, among others. */
  readonly documents: readonly Mapping[]
}

/** The releases of charts that an object of a GitOps tool or of the Alloy operator asks for; none for other objects. */
export function releasesOf(object: KubernetesObject, { stream, documents }: Beside): Outcome<readonly Release[]> {
  const group = groupOf(object)
  if (object.kind === 'Alloy' && group === 'collectors.grafana.com') return customResource(object, stream)
  if (object.kind === 'HelmRelease' && group === 'helm.toolkit.fluxcd.io') return helmRelease(object, stream)
  if (object.kind === 'Application' && group === 'argoproj.io') return applicationReleases(object, [], documents)
  if (object.kind === 'ApplicationSet' && group === 'argoproj.io')
    return applicationReleases(object, ['spec', 'template'], documents)
  const image = textAt(object.tree, 'spec', 'image')
  if (object.kind === 'OpenTelemetryCollector' && image !== null && isAlloyImage(repositoryOf(image))) {
    const name = qualified(object.kind, object.namespace, object.name)
    return { value: [], diagnostics: [diagnostic('otel-engine', object.span, { name })] }
  }
  return { value: [], diagnostics: [] }
}

function none(tree: Tree): Mapping {
  return { kind: 'map', entries: new Map(), span: tree.span }
}

function customResource(object: KubernetesObject, stream: Stream): Outcome<readonly Release[]> {
  const label = qualified(object.kind, object.namespace, object.name)
  const release: Release = {
    values: mapAt(object.tree, 'spec') ?? none(object.tree),
    path: ['spec'],
    file: object.tree.span.source.path,
    place: collectorPlace(object, stream) ?? placeIn(object, label, ['spec']),
    label,
    name: object.name,
    namespace: object.namespace,
    chart: 'alloy',
    chartVersion: operatorChart(stream),
    elsewhere: [],
    files: [],
    span: object.span,
  }
  return { value: [release], diagnostics: [] }
}

/**
 * The operator embeds one chart. Its own chart says which one; else its image carries that version, or a label does where the image has a tag
 * of someone else.
 */
function operatorChart(stream: Stream): NamedRelease | null {
  for (const object of ofKind(stream, 'Deployment')) {
    const label = qualified(object.kind, object.namespace, object.name)
    const labels = labelsOf(object)
    const span = object.span
    const [, release = ''] = /^alloy-operator-(.+)$/.exec(labels.get('helm.sh/chart') ?? '') ?? []
    const embedded = Object.hasOwn(charts.operators, release) ? charts.operators[release] : undefined
    if (embedded) return { value: embedded.chart, span, by: `the label helm.sh/chart of ${label}` }
    for (const container of itemsAt(object.tree, 'spec', 'template', 'spec', 'containers')) {
      const image = scalarAt(container, 'image')
      const version = /(?:^|\/)alloy-operator:v?(\d+\.\d+\.\d+)(?:@|$)/.exec(String(image?.value ?? ''))?.[1]
      if (image && version !== undefined) return { value: version, span: image.span, by: `the image of ${label}` }
    }
    const version = release === '' ? undefined : labels.get('app.kubernetes.io/version')
    if (version !== undefined) return { value: version, span, by: `the label app.kubernetes.io/version of ${label}` }
  }
  return null
}

function helmRelease(object: KubernetesObject, stream: Stream): Outcome<readonly Release[]> {
  const spec = mapAt(object.tree, 'spec') ?? none(object.tree)
  const diagnostics: Diagnostic[] = []
  const elsewhere: ExternalValues[] = []
  const files: string[] = []
  let values = none(spec)
  for (const reference of itemsAt(spec, 'valuesFrom')) {
    const layer = referenced(reference, object, stream)
    for (const each of layer.diagnostics) diagnostics.push(each)
    if (layer.value.path !== null) files.push(layer.value.path)
    if (layer.value.values) values = merge(values, layer.value.values)
    else elsewhere.push({ what: referenceName(reference, object.namespace), span: reference.span })
  }
  if (hasError(diagnostics)) return { value: [], diagnostics }
  const label = qualified(object.kind, object.namespace, object.name)
  if (truthy(get(spec, 'postRenderers')))
    diagnostics.push(diagnostic('post-renderers', spec.entries.get('postRenderers')?.key ?? null, { object: label }))
  const inline = mapAt(spec, 'values')
  const target = textAt(spec, 'targetNamespace')
  const { chart, version } = chartOf(object, stream)
  const release: Release = {
    values: inline ? merge(values, inline) : values,
    path: ['spec', 'values'],
    file: object.tree.span.source.path,
    place: placeIn(object, label, ['spec', 'values']),
    label,
    name: textAt(spec, 'releaseName') ?? (target === null ? object.name : `${target}-${object.name}`),
    namespace: target === null ? object.namespace : knownTextAt(spec, 'targetNamespace'),
    chart,
    chartVersion: chart === 'alloy' || chart === null ? version : null,
    elsewhere,
    files,
    span: object.span,
  }
  return { value: [release], diagnostics }
}

function referenceName(reference: Tree, namespace: string | null): string {
  const name = textAt(reference, 'name') ?? ''
  return `the ${textAt(reference, 'kind') ?? 'ConfigMap'} ${namespace === null ? name : `${namespace}/${name}`}`
}

/** Values that an object holds, null where they are not known, and the file that they are in. */
interface ReferencedValues {
  readonly values: Mapping | null
  readonly path: string | null
}

/** Values in a ConfigMap of the stream. Those in a Secret stay unread: what they hold must not reach an output. */
function referenced(reference: Tree, object: KubernetesObject, stream: Stream): Outcome<ReferencedValues> {
  const kind = textAt(reference, 'kind')
  const holder = kind === null ? null : find(stream, kind, object.namespace, textAt(reference, 'name'))
  const key = textAt(reference, 'valuesKey') ?? 'values.yaml'
  // A file from which kustomize generates a Secret is a file of the input like any other.
  const isOpen = kind === 'ConfigMap' || (kind === 'Secret' && holder?.files !== undefined)
  const file = isOpen && holder ? contents(holder).find(({ path }) => path === key) : undefined
  if (!file) return { value: { values: null, path: null }, diagnostics: [] }
  const source = file.read()
  const whole: Scalar = { kind: 'scalar', value: source.text, span: { source, start: 0, end: source.text.length } }
  const { path } = outermost(whole.span).source
  const target = textAt(reference, 'targetPath')
  if (target !== null) {
    const value = scalarAt(file.object.tree, 'data', key) ?? whole
    const isShown = kind === 'ConfigMap'
    const values = isShown ? parameters([{ name: target, value, typed: true }]).values : null
    return { value: { values, path }, diagnostics: [] }
  }
  const { value, diagnostics } = readYaml(source)
  const [first] = value
  // SOPS leaves keys readable, and no value.
  const isReadable = first?.kind === 'map' && !first.entries.has('sops')
  return { value: { values: isReadable ? withVariables(first, source) : null, path }, diagnostics }
}

/** Values in a text of their own: what Flux leaves unknown in the text is unknown in them. */
function withVariables(values: Mapping, { variables = [] }: Source): Mapping {
  if (variables.length === 0) return values
  const made = substituteTree(values, text => substituteText(text, () => undefined, false))
  return made.kind === 'map' ? made : values
}
