import { type Diagnostic, diagnostic } from '../../diagnostic/diagnostic.ts'
import { parent } from '../path.ts'
import { get, mapAt, type Tree, textAt } from '../yaml/tree.ts'

/** What a kustomization does to the objects of its folder, and is not done here. */
const changes = [
  'patches',
  'patchesStrategicMerge',
  'patchesJson6902',
  'replacements',
  'transformers',
  'components',
  'images',
]

/** Names what kustomizations change in objects that are read as they are in their files. */
export function unappliedChanges(trees: readonly Tree[]): readonly Diagnostic[] {
  return trees.flatMap((tree): readonly Diagnostic[] => {
    const isOfFlux = /^kustomize\.toolkit\.fluxcd\.io\//.test(textAt(tree, 'apiVersion') ?? '')
    if (!isOfFlux && !isOfKustomize(tree)) return []
    const spec = isOfFlux ? mapAt(tree, 'spec') : tree
    const keys = changes.filter(key => isFilled(get(spec, key)))
    const [first] = keys
    if (first === undefined || spec?.kind !== 'map') return []
    const { path } = tree.span.source
    const name = textAt(tree, 'metadata', 'name') ?? 'NAME'
    const command = isOfFlux
      ? `flux build kustomization ${name} --path FOLDER`
      : `kustomize build --enable-helm ${path === '-' ? 'FOLDER' : parent(path)}`
    return [diagnostic('changes-not-applied', spec.entries.get(first)?.key ?? tree.span, { path, keys, command })]
  })
}

const isFilled = (tree: Tree | null): boolean => tree?.kind === 'list' && tree.items.length > 0

/** A kustomization, or a component of one; both may leave their kind out. */
function isOfKustomize(tree: Tree): boolean {
  if (/^kustomize\.config\.k8s\.io\//.test(textAt(tree, 'apiVersion') ?? '')) return true
  return textAt(tree, 'kind') === null && changesOrMakes.some(key => get(tree, key)?.kind === 'list')
}

const changesOrMakes = ['resources', 'helmCharts', 'configMapGenerator', 'patches', ...changes.slice(1, 3)]
