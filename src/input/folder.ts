import { type Diagnostic, diagnostic, hasError, type Outcome } from '../diagnostic/diagnostic.ts'
import type { Source } from '../source.ts'
import { asWarning, type Border, type Folder, filesBelow, join, readAll } from './read-files.ts'
import { isRendererFile, mentionsAlloy, unrenderedFile } from './renderers.ts'
import { readYaml } from './yaml/parse-yaml.ts'
import type { Tree } from './yaml/tree.ts'

/** So many files make one configuration. */
const mostFiles = 10_000

/** What a folder holds: Alloy files, or else the documents of its YAML and JSON files. */
export interface Content {
  readonly alloy: readonly Source[]
  readonly documents: readonly Tree[]
}

/** Reads a folder as `alloy run` does; one without Alloy files is a folder of manifests, read to the bottom. */
export function readFolder(path: string, folder: Folder, allowOutside = false): Outcome<Content> {
  const names = folder.list(path)
  if (names === null) {
    const args = { path, why: 'there is no such folder' }
    return { value: { alloy: [], documents: [] }, diagnostics: [diagnostic('unreadable', null, args)] }
  }
  const within: Border = { folder, root: folder.real(path), allowOutside }
  const configurations = inOrder(names).filter(
    name => name.endsWith('.alloy') && folder.kind(join(path, name)) !== 'folder',
  )
  if (configurations.length > mostFiles) {
    const args = { where: path, what: 'Alloy files', limit: mostFiles }
    return { value: { alloy: [], documents: [] }, diagnostics: [diagnostic('too-many-inputs', null, args)] }
  }
  if (configurations.length > 0) {
    const { value, diagnostics } = readAll(
      configurations.map(name => join(path, name)),
      within,
      'error',
    )
    const beside = names.filter(name => /^kustomization\.ya?ml$/.test(name))
    const unread = beside.map(name => diagnostic('folder-of-alloy-files', null, { path, name }))
    return { value: { alloy: value, documents: [] }, diagnostics: [...diagnostics, ...unread] }
  }
  const { value: documents, diagnostics } = documentsWithin(path, within)
  return { value: { alloy: [], documents }, diagnostics }
}

/** Reads the YAML and JSON files of a folder to the bottom, whatever else it holds. */
export function readDocuments(path: string, folder: Folder, allowOutside = false): Outcome<readonly Tree[]> {
  return documentsWithin(path, { folder, root: folder.real(path), allowOutside })
}

function documentsWithin(path: string, within: Border): Outcome<readonly Tree[]> {
  const all = filesBelow(path, within, isRead)
  const found = { ...all, value: all.value.filter(each => !isRendererFile(each)) }
  const others = renderersIn(all.value.filter(isRendererFile), within)
  if (found.value.length === 0 && others.length === 0) {
    const nothing = diagnostic('empty-folder', null, { path })
    return { value: [], diagnostics: [...found.diagnostics, nothing] }
  }
  const sources = readAll(found.value, within, 'warning')
  const read = sources.value.map(readMember)
  return {
    value: read.flatMap(({ value }) => value),
    diagnostics: [...[found, sources, ...read].flatMap(({ diagnostics }) => diagnostics), ...others],
  }
}

/** A folder of manifests may hold templates of charts, which are not YAML before Helm has run: they are left out, and said so. */
function readMember(source: Source): Outcome<readonly Tree[]> {
  const outcome = readYaml(source)
  if (!hasError(outcome.diagnostics)) return outcome
  const unrendered = unrenderedFile(source)
  if (unrendered) return { value: [], diagnostics: [asWarning(unrendered)] }
  if (source.text.includes('{{'))
    return { value: [], diagnostics: [diagnostic('chart-template', null, { path: source.path })] }
  return { value: [], diagnostics: outcome.diagnostics.map(asWarning) }
}

/** What is written for a tool that renders manifests is not read; what of it has to do with Alloy is named. */
function renderersIn(paths: readonly string[], border: Border): readonly Diagnostic[] {
  return readAll(paths, border, 'warning').value.flatMap(source => {
    const found = mentionsAlloy(source.text) ? unrenderedFile(source) : null
    return found ? [asWarning(found)] : []
  })
}

const isRead = (name: string): boolean => /\.(?:ya?ml|json)$|^Chart\.lock$/.test(name) || isRendererFile(name)

function inOrder(names: readonly string[]): readonly string[] {
  return [...names].sort()
}
