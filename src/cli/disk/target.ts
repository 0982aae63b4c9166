import { readlinkSync, realpathSync, type Stats, statSync } from 'node:fs'
import { join, parent } from '../../input/path.ts'
import { baseName } from '../../text/cut.ts'
import { pathOf, rawPath } from './raw-path.ts'

/** Where a write to a path arrives. */
export type Target =
  /** A regular file, or none yet: `found` is null then. */
  | { readonly kind: 'file'; readonly path: string; readonly found: Stats | null }
  /** An open file of this process, such as `/dev/stdout`. */
  | { readonly kind: 'descriptor'; readonly descriptor: number }
  /** A pipe, a device, a folder. */
  | { readonly kind: 'other'; readonly path: string }

const standard: Readonly<Record<string, number>> = { '/dev/stdin': 0, '/dev/stdout': 1, '/dev/stderr': 2 }

/** The descriptor of this process that a path names. */
export function descriptorAt(path: string): number | null {
  const known = standard[path]
  if (known !== undefined) return known
  const [, number] = /^\/(?:dev|proc\/self)\/fd\/(\d{1,6})$/.exec(path) ?? []
  return number === undefined ? null : Number(number)
}

/** Follows links, one by one: one that leads to a descriptor does not lead to the file that it is open for. */
export function targetOf(path: string): Target {
  let at = path
  for (let links = 0; ; links++) {
    const descriptor = descriptorAt(at)
    if (descriptor !== null) return { kind: 'descriptor', descriptor }
    const next = links < 40 ? linkAt(at) : null
    if (next === null) break
    at = join(pathOf(realpathSync.native(rawPath(parent(at)), 'buffer')), next)
  }
  const found = statSync(rawPath(at), { throwIfNoEntry: false }) ?? null
  return found === null || found.isFile() ? { kind: 'file', path: at, found } : { kind: 'other', path: at }
}

/**
 * One text for each file, whatever path, link or second name leads there; null for what a write does not replace: a device, a pipe.
 */
export function identityOf(path: string): string | null {
  try {
    return identify(targetOf(path))
  } catch (error) {
    // What cannot be looked at cannot be written either, and that will say why.
    if (error instanceof Error && 'code' in error) return `path ${path}`
    throw error
  }
}

function identify(target: Target): string | null {
  if (target.kind === 'descriptor') return `descriptor ${target.descriptor}`
  if (target.kind === 'other') return null
  if (target.found !== null) return `file ${target.found.dev}:${target.found.ino}`
  const folder = pathOf(realpathSync.native(rawPath(parent(target.path)), 'buffer'))
  return `path ${join(folder, baseName(target.path))}`
}

function linkAt(path: string): string | null {
  try {
    return pathOf(readlinkSync(rawPath(path), 'buffer'))
  } catch (error) {
    if (error instanceof Error && 'code' in error && ['EINVAL', 'ENOENT', 'ENOTDIR'].includes(String(error.code)))
      return null
    throw error
  }
}
