import { type Diagnostic, diagnostic, hasError, type Outcome } from '../../diagnostic/diagnostic.ts'
import type { Source } from '../../source.ts'
import { isBlank, looksLikeYaml, textOf } from '../detect.ts'
import type { Item } from '../item.ts'
import { normalize, parent } from '../path.ts'
import { type Border, type Folder, filesBelow, readAll } from '../read-files.ts'
import { readYaml } from '../yaml/parse-yaml.ts'
import type { Tree } from '../yaml/tree.ts'
import { nameOfFile, pipelinesOf } from './entries.ts'
import { shownSource } from './fields.ts'
import type { RemotePipeline } from './pipeline.ts'

/** The texts of one thing that is passed. */
interface Texts {
  readonly alloy: readonly Source[]
  readonly documents: readonly Tree[]
  /** Looks up an Alloy file that a document names. */
  readonly file: (path: string) => Source | null
  /** Whether the user named the file itself. */
  readonly isNamed: boolean
}

/** Reads the pipelines that are passed, each item by what it holds: a folder of them, an index, JSON of the API, Terraform. */
export function readRemote(
  items: readonly Item[],
  folder: Folder,
  allowOutside: boolean,
): Outcome<readonly RemotePipeline[]> {
  const outcomes = items.map(item => {
    const texts = item.kind === 'folder' ? inFolder(item.path, folder, allowOutside) : inFile(item, folder)
    const found = hasError(texts.diagnostics) ? { value: [], diagnostics: [] } : pipelinesIn(texts.value)
    const all = [...texts.diagnostics, ...found.diagnostics]
    const isEmpty = found.value.length === 0 && !hasError(all)
    return {
      value: found.value,
      diagnostics: isEmpty ? [...all, diagnostic('remote-nothing', null, { path: item.path })] : all,
    }
  })
  const value = outcomes.flatMap(outcome => outcome.value)
  return { value, diagnostics: [...outcomes.flatMap(outcome => outcome.diagnostics), ...namesakes(value)] }
}

/** A server knows pipelines by their names: of two that differ one replaces the other, and no one says which. */
function namesakes(pipelines: readonly RemotePipeline[]): readonly Diagnostic[] {
  const seen = new Map<string, RemotePipeline>()
  return pipelines.flatMap(each => {
    const first = seen.get(each.name)
    if (first === undefined) seen.set(each.name, each)
    if (first === undefined || first.contents?.text === each.contents?.text) return []
    const related = [{ span: first.span, text: 'it is defined here as well' }]
    return [diagnostic('remote-pipeline-repeated', each.span, { name: each.name }, { related })]
  })
}

function inFolder(path: string, folder: Folder, allowOutside: boolean): Outcome<Texts> {
  const border: Border = { folder, root: folder.real(path), allowOutside }
  const found = filesBelow(path, border, name => /\.(?:alloy|ya?ml|json)$/.test(name))
  const read = readAll(found.value, border, 'error')
  const alloy = read.value.filter(each => each.path.endsWith('.alloy'))
  const byPath = new Map(alloy.map(each => [normalize(each.path), each]))
  const trees = read.value.filter(each => !alloy.includes(each)).map(each => readYaml(each))
  return {
    value: {
      alloy,
      documents: trees.flatMap(each => each.value),
      file: each => byPath.get(each) ?? null,
      isNamed: false,
    },
    diagnostics: [found, read, ...trees].flatMap(each => each.diagnostics),
  }
}

function inFile(item: Item & { readonly kind: 'file' }, folder: Folder): Outcome<Texts> {
  const { value: source, diagnostics } = textOf(item.path, item.content)
  const nothing: Texts = { alloy: [], documents: [], file: () => null, isNamed: true }
  if (source === null) return { value: nothing, diagnostics }
  if (item.path.endsWith('.alloy') || !(looksLikeYaml(source) || isBlank(source)))
    return { value: { ...nothing, alloy: [source] }, diagnostics }
  const root = folder.real(parent(item.path))
  const border: Border = { folder, root, allowOutside: false }
  const read = new Map<string, Source | null>()
  const file = (path: string): Source | null => {
    if (!read.has(path))
      read.set(path, folder.kind(path) === 'file' ? (readAll([path], border, 'error').value[0] ?? null) : null)
    return read.get(path) ?? null
  }
  const trees = readYaml(source)
  return { value: { ...nothing, documents: trees.value, file }, diagnostics: [...diagnostics, ...trees.diagnostics] }
}

function pipelinesIn({ alloy, documents, file, isNamed }: Texts): Outcome<readonly RemotePipeline[]> {
  const value: RemotePipeline[] = []
  const diagnostics: Diagnostic[] = []
  for (const document of documents) {
    const found = pipelinesOf(document, path => file(normalize(path)))
    for (const each of found?.value ?? []) value.push(each)
    for (const each of found?.diagnostics ?? []) diagnostics.push(each)
    if (found === null) {
      const { start } = document.span
      const span = { source: shownSource(document), start, end: start + 1 }
      const severity = isNamed ? 'error' : 'note'
      diagnostics.push(diagnostic('remote-not-understood', span, { path: span.source.path }, { severity }))
    }
  }
  const described = new Set(value.map(({ contents }) => contents))
  for (const source of alloy) if (!described.has(source)) value.push(undescribed(source))
  return { value, diagnostics }
}

/** A file that nothing says more of. */
const undescribed = (source: Source): RemotePipeline => ({
  name: nameOfFile(source.path),
  contents: source,
  matchers: null,
  enabled: true,
  type: 'alloy',
  span: { source, start: 0, end: Math.min(1, source.text.length) },
})
