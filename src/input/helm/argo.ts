import { type Diagnostic, diagnostic, hasError, type Outcome } from '../../diagnostic/diagnostic.ts'
import type { KubernetesObject } from '../deployment.ts'
import { qualified } from '../manifests/objects.ts'
import { join, normalize } from '../path.ts'
import type { DataMap } from '../place.ts'
import { embed } from '../yaml/embed.ts'
import { merge, mergeAll } from '../yaml/merge.ts'
import { readYaml } from '../yaml/parse-yaml.ts'
import { data, itemsAt, type Mapping, mapAt, type Scalar, scalarAt, type Tree, textAt } from '../yaml/tree.ts'
import { sourcePlace } from './argo-place.ts'
import { parameters } from './parameters.ts'
import { chartName, type ExternalValues, namedRelease, type Release } from './release.ts'

/**
 * The releases that an Application asks for, or the template of an ApplicationSet at a path. Values files of another source are those of
 * the repository that the input holds.
 */
export function applicationReleases(
  object: KubernetesObject,
  prefix: readonly string[],
  documents: readonly Mapping[],
): Outcome<readonly Release[]> {
  const spec = mapAt(object.tree, ...prefix, 'spec')
  const label = qualified(object.kind, object.namespace, object.name)
  const single = mapAt(spec, 'source')
  const sources = [...(single ? [single] : []), ...itemsAt(spec, 'sources')].filter(each => each.kind === 'map')
  const references = new Set(sources.flatMap(source => textAt(source, 'ref') ?? []))
  const diagnostics: Diagnostic[] = []
  const value: Release[] = []
  for (const source of sources) {
    const helm = mapAt(source, 'helm')
    const chart = chartName(textAt(source, 'chart'))
    if (!helm && chart === null) continue
    const file = (name: string): Mapping | 'default' | null => {
      const [, reference = '', path = ''] = /^\$([^/]+)\/(.*)$/.exec(name) ?? []
      if (references.has(reference)) return fileAt(path, documents)
      // The chart's own values.yaml is what its templates start from, and always there.
      if (chart !== null) return normalize(name) === 'values.yaml' ? 'default' : null
      return fileAt(join(textAt(source, 'path') ?? '.', name), documents)
    }
    const layers = argoValues(helm ?? none(source), file)
    for (const each of layers.diagnostics) diagnostics.push(each)
    if (hasError(layers.diagnostics)) continue
    const { inline, after, ...rest } = layers.value
    value.push({
      ...rest,
      path: [],
      file: object.tree.span.source.path,
      place: { ...sourcePlace({ object, label, prefix, source, values: inline }), after: data(after) as DataMap },
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

/** The document of a file of the repository: at its path, or the only one that ends with it where the input holds more around it. */
function fileAt(path: string, documents: readonly Mapping[]): Mapping | null {
  const wanted = normalize(path.replace(/^\/+/, ''))
  const pathOf = ({ span }: Mapping): string => normalize(span.source.path)
  const exact = documents.find(each => pathOf(each) === wanted)
  const [first, ...others] = documents.filter(each => pathOf(each).endsWith(`/${wanted}`))
  return exact ?? (first !== undefined && others.every(each => pathOf(each) === pathOf(first)) ? first : null)
}

type Layers = Pick<Release, 'values' | 'elsewhere' | 'files'> & Readonly<Record<'inline' | 'after', Mapping>>

/** Files first, then the inline values (an object goes before a text), then single parameters, as Argo CD lays them. */
function argoValues(helm: Mapping, file: (name: string) => Mapping | 'default' | null): Outcome<Layers> {
  const elsewhere: ExternalValues[] = []
  const found: Mapping[] = []
  for (const each of itemsAt(helm, 'valueFiles')) {
    const name = textAt(each) ?? ''
    const document = file(name)
    if (document === null) elsewhere.push({ what: `the values file ${name}`, span: each.span })
    else if (document !== 'default') found.push(document)
  }
  const object = mapAt(helm, 'valuesObject')
  const text = object ? null : scalarAt(helm, 'values')
  const inline = text ? valuesText(text) : { value: object, diagnostics: [] }
  const base = mergeAll(none(helm), [...found, ...(inline.value ? [inline.value] : [])])
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
    value: {
      values: merge(base, single.values),
      inline: inline.value ?? none(helm),
      after: single.values,
      elsewhere,
      files: found.map(({ span }) => span.source.path),
    },
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

function none(tree: Tree): Mapping {
  return { kind: 'map', entries: new Map(), span: tree.span }
}
