import { type Diagnostic, diagnostic, hasError, type Outcome } from '../diagnostic/diagnostic.ts'
import type { Source } from '../source.ts'
import { textOf } from './detect.ts'
import { readYaml } from './yaml/parse-yaml.ts'
import type { Tree } from './yaml/tree.ts'

/** How the input's folders are read. Paths given are those of the input, with what the folder lists behind a slash. */
export interface Folder {
  /** Names in a folder, those of folders with a slash at the end; null when it cannot be read. */
  readonly list: (path: string) => readonly string[] | null
  readonly read: (path: string) => Uint8Array | string | null
  /** One name for each folder, whatever links lead there. */
  readonly real: (path: string) => string
}

/** What a folder holds: Alloy files, or else the documents of its YAML and JSON files. */
export interface Content {
  readonly alloy: readonly Source[]
  readonly documents: readonly Tree[]
}

/** Folders nest less deep than this. */
const depthLimit = 32

/** Reads a folder as `alloy run` does; one without Alloy files is a folder of manifests, read to the bottom. */
export function readFolder(path: string, folder: Folder): Outcome<Content> {
  const names = folder.list(path)
  if (names === null)
    return { value: { alloy: [], documents: [] }, diagnostics: [diagnostic('unreadable', null, { path })] }
  const configurations = inOrder(names).filter(name => name.endsWith('.alloy'))
  if (configurations.length > 0) {
    const { value, diagnostics } = readAll(
      configurations.map(name => join(path, name)),
      folder,
    )
    const beside = names.filter(name => /^kustomization\.ya?ml$/.test(name))
    const unread = beside.map(name => diagnostic('folder-of-alloy-files', null, { path, name }))
    return { value: { alloy: value, documents: [] }, diagnostics: [...diagnostics, ...unread] }
  }
  const files = filesBelow(path, folder, 0, new Set()).filter(name => /\.(?:ya?ml|json)$/.test(name))
  if (files.length === 0) {
    return { value: { alloy: [], documents: [] }, diagnostics: [diagnostic('empty-folder', null, { path })] }
  }
  const sources = readAll(files, folder)
  const read = sources.value.map(readMember)
  return {
    value: { alloy: [], documents: read.flatMap(({ value }) => value) },
    diagnostics: [...sources.diagnostics, ...read.flatMap(({ diagnostics }) => diagnostics)],
  }
}

/** A folder of manifests may hold templates of charts, which are no YAML before Helm has run: they are left out, and said so. */
function readMember(source: Source): Outcome<readonly Tree[]> {
  const outcome = readYaml(source)
  if (!hasError(outcome.diagnostics) || !source.text.includes('{{')) return outcome
  return { value: [], diagnostics: [diagnostic('chart-template', null, { path: source.path })] }
}

/** What lies below a folder, each once: links may lead to one folder from many sides, and back up. */
function filesBelow(path: string, folder: Folder, depth: number, seen: Set<string>): readonly string[] {
  const real = folder.real(path)
  if (depth > depthLimit || seen.has(real)) return []
  seen.add(real)
  return inOrder(folder.list(path) ?? []).flatMap(name => {
    if (name.startsWith('.') || name === 'node_modules/') return []
    const full = join(path, name)
    return name.endsWith('/') ? filesBelow(full.slice(0, -1), folder, depth + 1, seen) : [full]
  })
}

function readAll(paths: readonly string[], folder: Folder): Outcome<readonly Source[]> {
  const value: Source[] = []
  const diagnostics: Diagnostic[] = []
  for (const path of paths) {
    const content = folder.read(path)
    if (content === null) diagnostics.push(diagnostic('unreadable', null, { path }))
    else {
      const text = textOf(path, content)
      if (text.value) value.push(text.value)
      diagnostics.push(...text.diagnostics)
    }
  }
  return { value, diagnostics }
}

function join(path: string, name: string): string {
  return path.endsWith('/') ? `${path}${name}` : path === '.' ? name : `${path}/${name}`
}

function inOrder(names: readonly string[]): readonly string[] {
  return [...names].sort()
}
