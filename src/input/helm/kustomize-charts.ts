import { type Diagnostic, hasError, type Outcome } from '../../diagnostic/diagnostic.ts'
import { textOf } from '../detect.ts'
import { isWithin, join, parent } from '../path.ts'
import { valuesPlace } from '../place.ts'
import type { Folder } from '../read-files.ts'
import { merge } from '../yaml/merge.ts'
import { readYaml } from '../yaml/parse-yaml.ts'
import { itemsAt, type Mapping, mapAt, type Tree, textAt, textsAt } from '../yaml/tree.ts'
import { chartName, type ExternalValues, namedRelease, type Release } from './release.ts'

/** Says whether a document is a kustomization. */
export const isKustomization = (tree: Tree): boolean =>
  tree.kind === 'map' &&
  ['configMapGenerator', 'secretGenerator', 'helmCharts', 'patches', 'patchesStrategicMerge', 'patchesJson6902'].some(
    key => tree.entries.get(key)?.value.kind === 'list',
  )

/** Reads the `helmCharts` of a kustomization: values from files in its folder, and inline, laid over each other as it says. */
export function helmChartsOf(tree: Tree, folder: Folder): Outcome<readonly Release[]> {
  const releases: Release[] = []
  const diagnostics: Diagnostic[] = []
  for (const entry of itemsAt(tree, 'helmCharts')) {
    if (entry.kind !== 'map' || tree.kind !== 'map') continue
    const elsewhere: ExternalValues[] = []
    const taken: string[] = []
    let files = none(entry)
    for (const file of [textAt(entry, 'valuesFile') ?? [], textsAt(entry, 'additionalValuesFiles')].flat()) {
      const read = valuesFile(tree, file, folder)
      for (const each of read.diagnostics) diagnostics.push(each)
      if (read.value === null) elsewhere.push({ what: `the values file ${file}`, span: entry.span })
      else {
        files = merge(files, read.value)
        taken.push(read.value.span.source.path)
      }
    }
    const { path } = tree.span.source
    const values = layered(files, mapAt(entry, 'valuesInline'), textAt(entry, 'valuesMerge'))
    const name = textAt(entry, 'releaseName')
    const chart = chartName(textAt(entry, 'name'))
    releases.push({
      values,
      path: [],
      file: values.span.source.path,
      place: { ...valuesPlace, form: 'kustomization', owner: path, document: `${path}#${releases.length}` },
      label: '',
      name,
      namespace: textAt(entry, 'namespace') ?? textAt(tree, 'namespace'),
      chart,
      chartVersion: chart === 'alloy' ? namedRelease(entry, ['version'], `helmCharts of ${path}`) : null,
      elsewhere,
      files: taken,
      span: { ...entry.span, end: entry.span.start + 1 },
    })
  }
  return { value: releases, diagnostics }
}

/** `override`, which is the default, lays inline values over those of files, `merge` the other way around, `replace` takes them alone. */
function layered(files: Mapping, inline: Mapping | null, how: string | null): Mapping {
  if (inline === null) return files
  if (how === 'replace') return inline
  return how === 'merge' ? merge(inline, files) : merge(files, inline)
}

function valuesFile(tree: Mapping, file: string, folder: Folder): Outcome<Mapping | null> {
  const here = parent(tree.span.source.path)
  const path = join(here, file)
  const content = isWithin(folder.real(path), folder.real(here)) ? folder.read(path) : null
  const text = content === null ? null : textOf(path, content)
  if (text === null || text.value === null) return { value: null, diagnostics: text?.diagnostics ?? [] }
  const { value, diagnostics } = readYaml(text.value)
  const [first] = value
  return { value: first?.kind === 'map' && !hasError(diagnostics) ? first : null, diagnostics }
}

function none(tree: Tree): Mapping {
  return { kind: 'map', entries: new Map(), span: tree.span }
}
