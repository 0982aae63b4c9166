import { type Diagnostic, diagnostic, type Outcome } from '../diagnostic/diagnostic.ts'
import type { Source } from '../source.ts'
import { compareText } from '../text/compare-text.ts'
import { textOf } from './detect.ts'
import { isWithin } from './path.ts'

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

/** Folders nest less deep than this. */
const depthLimit = 32

/** The folder that the user named, which links may not leave. */
export interface Border {
  readonly folder: Folder
  readonly root: string
  readonly allowOutside: boolean
}

/** What no one named may have nothing to do with Alloy: that it cannot be read is said, and the rest is judged. */
export const asWarning = (found: Diagnostic): Diagnostic =>
  found.severity === 'error' ? { ...found, severity: 'warning' } : found

/** The files below a folder whose names are wanted, each once: links may lead to one folder from many sides, and back up. */
export function filesBelow(
  path: string,
  border: Border,
  isRead: (name: string) => boolean,
): Outcome<readonly string[]> {
  const { folder } = border
  const value: string[] = []
  const diagnostics: Diagnostic[] = []
  const seen = new Set<string>()
  const visit = (at: string, depth: number): void => {
    const real = folder.real(at)
    if (depth > depthLimit || seen.has(real)) return
    seen.add(real)
    const names = (folder.list(at) ?? []).map(name => ({ name, isFolder: folder.kind(join(at, name)) === 'folder' }))
    for (const { name, isFolder } of names.sort((a, b) => compareText(sortKey(a), sortKey(b)))) {
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

const sortKey = ({ name, isFolder }: { name: string; isFolder: boolean }): string => (isFolder ? `${name}/` : name)

const isInside = (path: string, { folder, root }: Border): boolean => isWithin(folder.real(path), root)

/** Symbolic links count where they lead. */
const mayOpen = (path: string, border: Border): boolean => border.allowOutside || isInside(path, border)

const followed = (path: string, border: Border): readonly Diagnostic[] =>
  isInside(path, border) ? [] : [diagnostic('outside-file', null, { path })]

/** Reads members of a folder; `severity`: what it costs that one cannot be read. */
export function readAll(
  paths: readonly string[],
  border: Border,
  severity: 'error' | 'warning',
): Outcome<readonly Source[]> {
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
  return diagnostic('unreadable', null, { path, why: 'it is a link that leaves the folder', leavesFolder: true })
}

/** A name in a folder of the input. */
export function join(path: string, name: string): string {
  if (path === '.') return name
  return path.endsWith('/') ? `${path}${name}` : `${path}/${name}`
}
