import { type Diagnostic, diagnostic, type Outcome } from '../../diagnostic/diagnostic.ts'
import type { Source, Span } from '../../source.ts'
import { baseName } from '../../text/cut.ts'
import { join, parent } from '../path.ts'
import { isTerraform, terraformResources } from '../terraform/resources.ts'
import { get, type Mapping, mapAt, scalarAt, type Tree, textAt } from '../yaml/tree.ts'
import { behind } from '../yaml/veil.ts'
import { contentsOf, matchersOf, shownSource, typeOf } from './fields.ts'
import type { RemotePipeline } from './pipeline.ts'
import { terraformPipeline } from './terraform-pipeline.ts'

/** The Alloy file at a path; null where it is not passed. */
export type AlloyFile = (path: string) => Source | null

/**
 * The pipelines of a document: an index, an answer or a request of the Fleet Management API, a Terraform plan or state, the description
 * of the Alloy file beside it. Null where it is none of these.
 */
export function pipelinesOf(tree: Tree, file: AlloyFile): Outcome<readonly RemotePipeline[]> | null {
  const shown = shownSource(tree)
  if (isTerraform(tree)) {
    const found = terraformResources(tree).map(each => terraformPipeline(each, shown))
    return { value: found.filter(each => each !== null), diagnostics: [] }
  }
  const listed = get(tree, 'pipelines')
  if (listed?.kind === 'list') return all(listed.items, file, shown)
  // An answer of the API that holds no pipelines leaves the list out.
  if (tree.kind === 'map' && tree.entries.size === 0) return { value: [], diagnostics: [] }
  if (tree.kind === 'list' && tree.items.length > 0 && tree.items.every(isEntry)) return all(tree.items, file, shown)
  const single = mapAt(tree, 'pipeline') ?? tree
  if (isEntry(single)) return all([single], file, shown)
  const beside = stemOf(tree.span.source.path)
  const source = beside === null ? null : file(`${beside}.alloy`)
  if (tree.kind !== 'map' || source === null) return null
  return { value: [entry(tree, { contents: source, name: nameOfFile(source.path), shown })], diagnostics: [] }
}

/** The name that a pipeline has of its file. */
export const nameOfFile = (path: string): string => baseName(path).replace(/\.[^.]*$/, '')

/** The path of a YAML file without its ending. */
const stemOf = (path: string): string | null => /^(.*)\.ya?ml$/.exec(path)?.[1] ?? null

const isEntry = (tree: Tree): tree is Mapping =>
  tree.kind === 'map' && ['contents', 'file'].some(key => scalarAt(tree, key) !== null)

function all(items: readonly Tree[], file: AlloyFile, shown: Source): Outcome<readonly RemotePipeline[]> {
  const diagnostics: Diagnostic[] = []
  const value = items.map(item => {
    const path = textAt(item, 'file')
    const inline = scalarAt(item, 'contents')
    const source = inline === null && path !== null ? file(join(parent(item.span.source.path), path)) : null
    const name = textAt(item, 'name') ?? (path === null ? '' : nameOfFile(path))
    if (name === '')
      diagnostics.push(diagnostic('remote-pipeline-unread', startOf(item, shown), { name: '', why: 'has no name' }))
    else if (inline === null && source === null) {
      const why = path === null ? 'has neither contents nor a file' : `names ${path}, which is not passed`
      diagnostics.push(diagnostic('remote-pipeline-unread', startOf(item, shown), { name, why }))
    }
    return entry(item, { contents: inline === null ? source : contentsOf(inline, name), name, shown })
  })
  return { value, diagnostics }
}

const startOf = ({ span: { start } }: Tree, source: Source): Span => ({ source, start, end: start + 1 })

function entry(
  tree: Tree,
  { contents, name, shown }: Pick<RemotePipeline, 'contents' | 'name'> & { readonly shown: Source },
): RemotePipeline {
  const said = scalarAt(tree, 'name')
  return {
    name: textAt(tree, 'name') ?? name,
    contents,
    matchers: matchersOf(get(tree, 'matchers'), shown),
    enabled: scalarAt(tree, 'enabled')?.value !== false,
    type: typeOf(tree, contents),
    span: said === null ? startOf(tree, shown) : behind(shown, said.span),
  }
}
