import { type Diagnostic, diagnostic, hasError, type Outcome } from '../diagnostic/diagnostic.ts'
import type { Source } from '../source.ts'
import { textOf } from './detect.ts'
import { isWithin } from './path.ts'
import { isRendererFile, mentionsAlloy, unrenderedFile } from './renderers.ts'
import { readYaml } from './yaml/parse-yaml.ts'
import type { Tree } from './yaml/tree.ts'

/** What a name stands for, links followed. `special`: a pipe, a socket, a device. */
export type Kind = 'file' | 'folder' | 'special'

/** How the input's folders are read. Paths given are those of the input, with what the folder lists behind a slash. */
export interface Folder {
  /** Names in a folder; null when there is none. */
  readonly list: (path: string) => readonly string[] | null
  /** Null: there is nothing, or a link leads nowhere. */
  readonly kind: (path: string) => Kind | null
  /** Null for all but a regular file. */
  readonly read: (path: string) => Uint8Array | string | null
  /** One absolute name for each file and folder, whatever links lead there. */
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
  const all = filesBelow(path, within)
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

/** The folder that the user named, which links may not leave. */
interface Border {
  readonly folder: Folder
  readonly root: string
  readonly allowOutside: boolean
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

/** What no one named may have nothing to do with Alloy: that it cannot be read is said, and the rest is judged. */
const asWarning = (found: Diagnostic): Diagnostic =>
  found.severity === 'error' ? { ...found, severity: 'warning' } : found

/** The YAML and JSON files below a folder, each once: links may lead to one folder from many sides, and back up. */
function filesBelow(path: string, border: Border): Outcome<readonly string[]> {
  const { folder } = border
  const value: string[] = []
  const diagnostics: Diagnostic[] = []
  const seen = new Set<string>()
  const visit = (at: string, depth: number): void => {
    const real = folder.real(at)
    if (depth > depthLimit || seen.has(real)) return
    seen.add(real)
    const names = (folder.list(at) ?? []).map(name => ({ name, isFolder: folder.kind(join(at, name)) === 'folder' }))
    for (const { name, isFolder } of names.sort((a, b) => compare(sortKey(a), sortKey(b)))) {
      const full = join(at, name)
      if (name.startsWith('.') || (isFolder ? name === 'node_modules' : !isRead(name))) continue
      if (!isFolder) value.push(full)
      else if (mayOpen(full, border)) {
        for (const each of followed(full, border)) diagnostics.push(each)
        visit(full, depth + 1)
      } else diagnostics.push(diagnostic('link-not-followed', null, { path: full }))
    }
  }
  visit(path, 0)
  return { value, diagnostics }
}

const isRead = (name: string): boolean => /\.(?:ya?ml|json)$|^Chart\.lock$/.test(name) || isRendererFile(name)

const sortKey = ({ name, isFolder }: { name: string; isFolder: boolean }): string => (isFolder ? `${name}/` : name)

const isInside = (path: string, { folder, root }: Border): boolean => isWithin(folder.real(path), root)

/** Symbolic links count where they lead. */
const mayOpen = (path: string, border: Border): boolean => border.allowOutside || isInside(path, border)

const followed = (path: string, border: Border): readonly Diagnostic[] =>
  isInside(path, border) ? [] : [diagnostic('outside-file', null, { path })]

/** Reads members of a folder; `severity`: what it costs that one cannot be read. */
function readAll(paths: readonly string[], border: Border, severity: 'error' | 'warning'): Outcome<readonly Source[]> {
  const { folder } = border
  const value: Source[] = []
  const diagnostics: Diagnostic[] = []
  for (const path of paths) {
    if (!mayOpen(path, border)) {
      diagnostics.push(leaves(path, severity))
      continue
    }
    for (const each of followed(path, border)) diagnostics.push(each)
    const content = folder.read(path)
    if (content === null) {
      const why = folder.kind(path) === null ? 'it is a link that leads nowhere' : 'it is not a regular file'
      diagnostics.push(diagnostic('unreadable', null, { path, why }, { severity }))
    } else {
      const text = textOf(path, content)
      if (text.value) value.push(text.value)
      for (const each of severity === 'error' ? text.diagnostics : text.diagnostics.map(asWarning))
        diagnostics.push(each)
    }
  }
  return { value, diagnostics }
}

/** A part of one configuration is not left out: its plan would be too small. */
function leaves(path: string, severity: 'error' | 'warning'): Diagnostic {
  if (severity === 'warning') return diagnostic('link-not-followed', null, { path })
  const args = { path, why: 'it is a link that leaves the folder' }
  return diagnostic('unreadable', null, args, { help: 'follow it with --allow-outside' })
}

function join(path: string, name: string): string {
  return path.endsWith('/') ? `${path}${name}` : path === '.' ? name : `${path}/${name}`
}

function inOrder(names: readonly string[]): readonly string[] {
  return [...names].sort()
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)
