import { type Diagnostic, diagnostic, hasError, type Outcome } from '../../diagnostic/diagnostic.ts'
import type { NamedRelease } from '../configuration.ts'
import type { KubernetesObject } from '../deployment.ts'
import { find, groupOf, ofKind, qualified, type Stream } from '../manifests/objects.ts'
import { contents } from '../manifests/volumes.ts'
import { embed } from '../yaml/embed.ts'
import { merge } from '../yaml/merge.ts'
import { readYaml } from '../yaml/parse-yaml.ts'
import { itemsAt, type Mapping, mapAt, type Scalar, scalarAt, type Tree, textAt } from '../yaml/tree.ts'
import { chartOf } from './flux-source.ts'
import { parameters } from './parameters.ts'
import { chartName, type ExternalValues, namedRelease, type Release } from './release.ts'

/** The releases of charts that an object of a GitOps tool or of the Alloy operator asks for; none for other objects. */
export function releasesOf(object: KubernetesObject, stream: Stream): Outcome<readonly Release[]> {
  const group = groupOf(object)
  if (object.kind === 'Alloy' && group === 'collectors.grafana.com') return customResource(object, stream)
  if (object.kind === 'HelmRelease' && group === 'helm.toolkit.fluxcd.io') return helmRelease(object, stream)
  if (object.kind === 'Application' && group === 'argoproj.io') return application(object, [])
  if (object.kind === 'ApplicationSet' && group === 'argoproj.io') return application(object, ['spec', 'template'])
  return { value: [], diagnostics: [] }
}

function none(tree: Tree): Mapping {
  return { kind: 'map', entries: new Map(), span: tree.span }
}

function customResource(object: KubernetesObject, stream: Stream): Outcome<readonly Release[]> {
  const release: Release = {
    values: mapAt(object.tree, 'spec') ?? none(object.tree),
    document: object.tree,
    path: ['spec'],
    label: qualified(object.kind, object.namespace, object.name),
    name: object.name,
    namespace: object.namespace,
    chart: 'alloy',
    chartVersion: operatorChart(stream),
    elsewhere: [],
    span: object.span,
  }
  return { value: [release], diagnostics: [] }
}

/** The operator embeds one chart, and its image carries that chart's version. */
function operatorChart(stream: Stream): NamedRelease | null {
  for (const { tree, kind, namespace, name } of ofKind(stream, 'Deployment')) {
    for (const container of itemsAt(tree, 'spec', 'template', 'spec', 'containers')) {
      const image = scalarAt(container, 'image')
      const version = /(?:^|\/)alloy-operator:v?(\d+\.\d+\.\d+)(?:@|$)/.exec(String(image?.value ?? ''))?.[1]
      if (image && version !== undefined)
        return { value: version, span: image.span, by: `the image of ${qualified(kind, namespace, name)}` }
    }
  }
  return null
}

function helmRelease(object: KubernetesObject, stream: Stream): Outcome<readonly Release[]> {
  const spec = mapAt(object.tree, 'spec') ?? none(object.tree)
  const diagnostics: Diagnostic[] = []
  const elsewhere: ExternalValues[] = []
  let values = none(spec)
  for (const reference of itemsAt(spec, 'valuesFrom')) {
    const layer = referenced(reference, object, stream)
    for (const each of layer.diagnostics) diagnostics.push(each)
    if (layer.value) values = merge(values, layer.value)
    else elsewhere.push({ what: referenceName(reference, object.namespace), span: reference.span })
  }
  if (hasError(diagnostics)) return { value: [], diagnostics }
  const inline = mapAt(spec, 'values')
  const target = textAt(spec, 'targetNamespace')
  const { chart, version } = chartOf(object, stream)
  const release: Release = {
    values: inline ? merge(values, inline) : values,
    document: object.tree,
    path: ['spec', 'values'],
    label: qualified(object.kind, object.namespace, object.name),
    name: textAt(spec, 'releaseName') ?? (target === null ? object.name : `${target}-${object.name}`),
    namespace: target ?? object.namespace,
    chart,
    chartVersion: chart === 'alloy' || chart === null ? version : null,
    elsewhere,
    span: object.span,
  }
  return { value: [release], diagnostics }
}

function referenceName(reference: Tree, namespace: string | null): string {
  const name = textAt(reference, 'name') ?? ''
  return `the ${textAt(reference, 'kind') ?? 'ConfigMap'} ${namespace === null ? name : `${namespace}/${name}`}`
}

/** Values in a ConfigMap of the stream. Those in a Secret stay unread: what they hold must not reach an output. */
function referenced(reference: Tree, object: KubernetesObject, stream: Stream): Outcome<Mapping | null> {
  const nothing = { value: null, diagnostics: [] }
  if (textAt(reference, 'kind') !== 'ConfigMap') return nothing
  const configMap = find(stream, 'ConfigMap', object.namespace, textAt(reference, 'name'))
  const key = textAt(reference, 'valuesKey') ?? 'values.yaml'
  const file = configMap && contents(configMap).find(({ path }) => path === key)
  if (!file) return nothing
  const target = textAt(reference, 'targetPath')
  if (target !== null) {
    const value = scalarAt(configMap.tree, 'data', key)
    const set = value ? parameters([{ name: target, value, typed: true }]) : null
    return { value: set?.values ?? null, diagnostics: [] }
  }
  const { value, diagnostics } = readYaml(file.read())
  const [first] = value
  return { value: first?.kind === 'map' ? first : null, diagnostics }
}

function application(object: KubernetesObject, prefix: readonly string[]): Outcome<readonly Release[]> {
  const spec = mapAt(object.tree, ...prefix, 'spec')
  const label = qualified(object.kind, object.namespace, object.name)
  const single = mapAt(spec, 'source')
  const sources = [...(single ? [single] : []), ...itemsAt(spec, 'sources')].filter(each => each.kind === 'map')
  const diagnostics: Diagnostic[] = []
  const value: Release[] = []
  for (const source of sources) {
    const helm = mapAt(source, 'helm')
    const chart = chartName(textAt(source, 'chart'))
    if (!helm && chart === null) continue
    const layers = argoValues(helm ?? none(source))
    for (const each of layers.diagnostics) diagnostics.push(each)
    if (hasError(layers.diagnostics)) continue
    value.push({
      ...layers.value,
      label,
      name: textAt(helm, 'releaseName') ?? object.name,
      namespace: textAt(helm, 'namespace') ?? textAt(spec, 'destination', 'namespace'),
      chart,
      chartVersion: chart === 'alloy' ? namedRelease(source, ['targetRevision'], `targetRevision of ${label}`) : null,
      span: object.span,
    })
  }
  return { value, diagnostics }
}

type Layers = Pick<Release, 'values' | 'document' | 'path' | 'elsewhere'>

/** Files first, then the inline values (an object goes before a text), then single parameters, as Argo CD lays them. */
function argoValues(helm: Mapping): Outcome<Layers> {
  const elsewhere: ExternalValues[] = itemsAt(helm, 'valueFiles').map(file => ({
    what: `the values file ${textAt(file) ?? ''}`,
    span: file.span,
  }))
  const object = mapAt(helm, 'valuesObject')
  const text = object ? null : scalarAt(helm, 'values')
  const inline = text ? valuesText(text) : { value: object, diagnostics: [] }
  const base = inline.value ?? none(helm)
  const single = parameters(
    itemsAt(helm, 'parameters').flatMap(each => {
      const name = textAt(each, 'name')
      const value = scalarAt(each, 'value')
      return name && value ? [{ name, value, typed: scalarAt(each, 'forceString')?.value !== true }] : []
    }),
  )
  for (const each of single.skipped.map(({ name, value }) => ({ what: `the parameter ${name}`, span: value.span })))
    elsewhere.push(each)
  for (const each of itemsAt(helm, 'fileParameters')) {
    elsewhere.push({ what: `the file ${textAt(each, 'path') ?? ''}`, span: each.span })
  }
  return {
    value: { values: merge(base, single.values), document: base, path: [], elsewhere },
    diagnostics: inline.diagnostics,
  }
}

/** Values written as a text within another document; their places map into it. */
function valuesText(text: Scalar): Outcome<Mapping | null> {
  const { value, diagnostics } = readYaml(embed(text, 'helm.values'))
  const [first] = value
  if (first === undefined || first.kind === 'map') return { value: first ?? null, diagnostics }
  return {
    value: null,
    diagnostics: [...diagnostics, diagnostic('not-understood', text.span, { what: 'these values' })],
  }
}
