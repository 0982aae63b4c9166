import { relativeTo } from './paths.ts'

/** Things at paths, found by their paths: there may be thousands, and for each of them one asks what lies around it. */
export interface PathIndex<T> {
  /** Those at a path or above it, the nearest first; of those at one path the first one first. */
  readonly around: (path: string) => readonly T[]
  /** Those at a path or below it, in their order. */
  readonly inside: (path: string) => readonly T[]
}

/** Puts things at paths into an index. */
export function pathIndex<T>(items: readonly T[], pathOf: (item: T) => string): PathIndex<T> {
  const exact = new Map<string, T[]>()
  const below = new Map<string, T[]>()
  for (const item of items) {
    const path = pathOf(item)
    add(exact, path, item)
    for (const folder of foldersOf(path)) add(below, folder, item)
  }
  return {
    around: path => foldersOf(path).flatMap(folder => exact.get(folder) ?? []),
    inside: path => below.get(path) ?? [],
  }
}

function add<T>(to: Map<string, T[]>, path: string, item: T): void {
  const there = to.get(path)
  if (there) there.push(item)
  else to.set(path, [item])
}

/** No system opens a longer path, and its folders would take time in the square of its length. */
const LONGEST_PATH = 4_096

/** A path and the folders that it lies in, the innermost first. */
export function foldersOf(path: string): readonly string[] {
  const folders = [path]
  if (path.length > LONGEST_PATH) return folders
  for (let at = path.length - 1; at >= 0; at--) {
    if (path[at] !== '/' && path[at] !== '\\') continue
    for (const folder of [path.slice(0, at + 1), path.slice(0, at)])
      if (folder !== path && folder !== '' && relativeTo(path, folder) !== null) folders.push(folder)
  }
  return folders
}
