import { type Diagnostic, diagnostic, type Outcome } from '../../diagnostic/diagnostic.ts'
import { textOf } from '../../input/detect.ts'
import { isWithin } from '../../input/path.ts'
import type { Folder } from '../../input/read-files.ts'
import { readYaml } from '../../input/yaml/parse-yaml.ts'
import type { Tree } from '../../input/yaml/tree.ts'
import type { Source } from '../../source.ts'

/** Files that are read of a folder or an archive, by their paths in it. */
export interface ChartFiles {
  /** What the user named. */
  readonly path: string
  /** In order. */
  readonly names: readonly string[]
  /** Null for what is not a file. */
  readonly read: (name: string) => Uint8Array | string | null
  /** The files of an archive, or why it cannot be read. */
  readonly unpack: Unpack
  /** Whether they are in an archive, where nothing can be edited. */
  readonly isArchived: boolean
  /** What of a folder is not read, though it may matter. */
  readonly notes?: readonly Diagnostic[]
}

/** Reads the files of an archive by their paths in its chart, or says why it cannot. */
export type Unpack = (content: Uint8Array) => ReadonlyMap<string, Uint8Array> | { readonly why: string }

/** Folders nest less deep than this. */
export const depthLimit = 16
/** A checkout of more files is not one of charts. */
export const fileLimit = 20_000

/** What a chart has for others than its users: its templates, values of its tests, pages. */
const unread = /^(?:templates|ci|tests?|docs|crds|node_modules)$|^\./

/** A chart that another one carries along packed. */
const packed = /(?:^|\/)charts\/alloy(?:-operator)?-v?\d[^/]*\.tgz$/

const read = /\.ya?ml$|(?:^|\/)Chart\.lock$|(?:^|\/)config\/example\.alloy$/

/** Says whether a file of a chart matters: values, what describes charts, the example configuration, a packed dependency. */
export const isRead = (name: string): boolean =>
  !name
    .split('/')
    .slice(0, -1)
    .some(each => unread.test(each)) &&
  (read.test(name) || packed.test(name))

/** The files of a folder, to the bottom; links that leave it are not followed. */
export function filesOfFolder(path: string, folder: Folder, unpack: Unpack): ChartFiles {
  const root = folder.real(path)
  const names: string[] = []
  const notes: Diagnostic[] = []
  const seen = new Set<string>()
  let isCut = false
  const visit = (at: string, depth: number): void => {
    const full = at === '' ? path : `${path}/${at}`
    const real = folder.real(full)
    if (seen.has(real)) return
    seen.add(real)
    for (const name of folder.list(full) ?? []) {
      const below = at === '' ? name : `${at}/${name}`
      const isFolder = folder.kind(`${path}/${below}`) === 'folder'
      if (unread.test(name) || !(isFolder || isRead(below))) continue
      if (!isWithin(folder.real(`${path}/${below}`), root))
        notes.push(diagnostic('link-not-followed', null, { path: `${path}/${below}`, inChart: true }))
      else if (depth >= depthLimit || names.length >= fileLimit) isCut = true
      else if (isFolder) visit(below, depth + 1)
      else names.push(below)
    }
  }
  visit('', 0)
  if (isCut) notes.push(diagnostic('chart-folder-cut', null, { path }))
  const read = (name: string) => folder.read(`${path}/${name}`)
  return { path, names: names.sort(), read, unpack, isArchived: false, notes }
}

/** The files of an archive. */
export function filesOfArchive(path: string, files: ReadonlyMap<string, Uint8Array>, unpack: Unpack): ChartFiles {
  const names = [...files.keys()].filter(isRead).sort()
  return { path, names, read: name => files.get(name) ?? null, unpack, isArchived: true }
}

/** The charts that a folder carries along packed: `alloy-1.11.1.tgz`. */
export function packedCharts(files: ChartFiles, folder: string): Outcome<readonly ChartFiles[]> {
  const below = folder === '.' ? 'charts/' : `${folder}/charts/`
  const diagnostics: Diagnostic[] = []
  const value = files.names
    .filter(name => packed.test(name) && name.startsWith(below) && !name.slice(below.length).includes('/'))
    .flatMap((name): readonly ChartFiles[] => {
      const path = `${files.path}/${name}`
      const content = files.read(name)
      const found = content instanceof Uint8Array ? files.unpack(content) : { why: 'it is not a file' }
      if (!('why' in found)) return [filesOfArchive(path, found, files.unpack)]
      diagnostics.push(diagnostic('chart-archive', null, { path, why: found.why }))
      return []
    })
  return { value, diagnostics }
}

/** A file as a text; null where there is none. */
export function sourceAt({ path, read }: ChartFiles, name: string): Outcome<Source | null> {
  const content = read(name)
  if (content === null) return { value: null, diagnostics: [] }
  return textOf(path === '.' ? name : `${path}/${name}`, content)
}

/** The first document of a file; null where there is none. */
export function treeAt(files: ChartFiles, name: string): Outcome<Tree | null> {
  if (!files.names.includes(name)) return { value: null, diagnostics: [] }
  const { value: source, diagnostics } = sourceAt(files, name)
  return source === null ? { value: null, diagnostics } : treeOf(source)
}

/** Helm reads the first document of values, and no other. */
export function treeOf(source: Source): Outcome<Tree | null> {
  const { value, diagnostics } = readYaml(source)
  return { value: value[0] ?? null, diagnostics }
}
