import { type Diagnostic, diagnostic, hasError, type Outcome } from '../diagnostic/diagnostic.ts'
import type { ClusterObjects, ClusterOptions } from './cluster.ts'
import { textOf } from './detect.ts'
import { substituted } from './flux/substituted.ts'
import { readDocuments } from './folder.ts'
import type { Item } from './item.ts'
import { objectsOf, type Stream } from './manifests/objects.ts'
import type { Folder } from './read-files.ts'
import { readYaml } from './yaml/parse-yaml.ts'
import type { Tree } from './yaml/tree.ts'

/** The objects of the cluster that runs the configurations of an input: those of the input are deployed there too. */
export function clusterOf(
  input: Stream,
  folder: Folder,
  { objects: items = [], objectsComplete = false, allowOutside = false, substitute = new Map() }: ClusterOptions,
): Outcome<ClusterObjects> {
  const { value, diagnostics } = readObjects(items, folder, allowOutside)
  const isUnread = diagnostics.some(({ severity }) => severity !== 'note')
  const objects = [...input, ...substituted(value, substitute).value]
  return {
    value: { objects, given: items.length > 0 || objectsComplete, complete: objectsComplete && !isUnread },
    diagnostics: isUnread && objectsComplete ? [...diagnostics, diagnostic('objects-not-read', null, {})] : diagnostics,
  }
}

function readObjects(items: readonly Item[], folder: Folder, allowOutside: boolean): Outcome<Stream> {
  const objects: Stream[] = []
  const diagnostics: Diagnostic[] = []
  for (const item of items) {
    const { value, diagnostics: said } = documentsOf(item, folder, allowOutside)
    for (const each of said) diagnostics.push(each)
    for (const each of value.flatMap(changedByKustomize)) diagnostics.push(each)
    const found = value.map(objectsOf)
    if (found.every(each => each === null) && !hasError(said))
      diagnostics.push(diagnostic('no-objects', null, { path: item.path }))
    for (const each of found) if (each) objects.push(each)
  }
  return { value: objects.flat(), diagnostics }
}

/** Objects that kustomize changes are not what the cluster has: their namespaces, names and contents may differ. */
function changedByKustomize(tree: Tree): readonly Diagnostic[] {
  const { path } = tree.span.source
  if (tree.kind !== 'map' || !/(?:^|\/)kustomization\.ya?ml$/.test(path)) return []
  const keys = changing.filter(key => tree.entries.has(key))
  if (keys.length === 0) return []
  return [diagnostic('objects-kustomized', { ...tree.span, end: tree.span.start + 1 }, { path, keys })]
}

/** What of a kustomization changes objects, or adds others. */
const changing = [
  ...['components', 'generators', 'helmCharts', 'namePrefix', 'nameSuffix', 'namespace', 'patches', 'patchesJson6902'],
  ...['patchesStrategicMerge', 'replacements', 'transformers', 'vars'],
]

function documentsOf(item: Item, folder: Folder, allowOutside: boolean): Outcome<readonly Tree[]> {
  if (item.kind === 'folder') return readDocuments(item.path, folder, allowOutside)
  const { value: source, diagnostics } = textOf(item.path, item.content)
  if (source === null) return { value: [], diagnostics }
  const read = readYaml(source)
  return { value: read.value, diagnostics: [...diagnostics, ...read.diagnostics] }
}
