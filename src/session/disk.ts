import { join, parent } from '../input/path.ts'
import type { Folder, Kind } from '../input/read-files.ts'
import { baseName } from '../text/cut.ts'

/** The part of a file system that is read. Paths are absolute; what cannot be read throws with the system's error code. */
export interface Disk {
  readonly readFile: (path: string) => Uint8Array | string
  readonly kind: (path: string) => Kind | null
  /** Names in a folder, sorted. */
  readonly list: (path: string) => readonly string[]
  /** The path with symbolic links resolved; the path itself where there is nothing. */
  readonly real: (path: string) => string
}

/** Where relative paths start, and what is there. */
export interface Place {
  readonly cwd: string
  readonly disk: Disk
}

/** The folders of a place, as the input reads them. */
export function folderOf({ cwd, disk }: Place): Folder {
  return {
    list: path => (disk.kind(join(cwd, path)) === 'folder' ? disk.list(join(cwd, path)) : null),
    kind: path => disk.kind(join(cwd, path)),
    read: path => (disk.kind(join(cwd, path)) === 'file' ? disk.readFile(join(cwd, path)) : null),
    real: path => disk.real(join(cwd, path)),
  }
}

/** A file system that holds these texts and the folders that they lie in. Relative paths start at the root. */
export function diskOf(texts: Readonly<Record<string, string | Uint8Array>>): Disk {
  const files = new Map(Object.entries(texts).map(([path, text]) => [join('/', path), text]))
  const folders = new Map<string, Set<string>>([['/', new Set()]])
  for (const path of files.keys()) {
    for (let at = path; at !== '/'; at = parent(at)) {
      const names = folders.get(parent(at)) ?? new Set()
      folders.set(parent(at), names.add(baseName(at)))
    }
  }
  return {
    readFile: path => {
      const text = files.get(path)
      if (text === undefined) throw Object.assign(new Error(`${path} does not exist`), { code: 'ENOENT' })
      return text
    },
    kind: path => {
      if (files.has(path)) return 'file'
      return folders.has(path) ? 'folder' : null
    },
    list: path => [...(folders.get(path) ?? [])].sort(),
    real: path => path,
  }
}
