import {
  accessSync,
  closeSync,
  constants,
  fchmodSync,
  fchownSync,
  fsyncSync,
  openSync,
  renameSync,
  type Stats,
  unlinkSync,
  writeFileSync,
} from 'node:fs'
import { parent } from '../../input/path.ts'
import { writeDescriptor } from './descriptor.ts'
import { rawPath } from './raw-path.ts'
import { targetOf } from './target.ts'

/**
 * Writes a text to where a path leads. A regular file is replaced at once by one that is complete: anyone who reads it meanwhile has the
 * old text or the new one, and a full disk leaves the old one. What is not a file (a pipe, a device) is written to as it is.
 */
export function writeFile(path: string, text: string): void {
  const target = targetOf(path)
  if (target.kind === 'descriptor') writeDescriptor(target.descriptor, text)
  else if (target.kind === 'other') writeFileSync(rawPath(target.path), text)
  else replace(target.path, text, target.found)
}

function replace(path: string, text: string, found: Stats | null): void {
  // A file that may not be written stays, although its folder would allow for another in its place.
  if (found !== null) accessSync(rawPath(path), constants.W_OK)
  const beside = create(parent(path), found)
  if (beside === null) {
    writeFileSync(rawPath(path), text)
    return
  }
  try {
    fill(beside.descriptor, text, found)
    renameSync(rawPath(beside.path), rawPath(path))
  } catch (error) {
    unlinkSync(rawPath(beside.path))
    // One file alone that is mounted into a container cannot be replaced.
    if (!hasCode(error, 'EBUSY')) throw error
    writeFileSync(rawPath(path), text)
  }
}

/** A new file in a folder; null where the folder takes none but the file itself may be written. */
function create(folder: string, found: Stats | null): { readonly path: string; readonly descriptor: number } | null {
  for (let attempt = 0; ; attempt++) {
    const path = `${folder === '/' ? '' : folder}/.alloy-rbac-${process.pid}-${attempt}`
    try {
      return { path, descriptor: openSync(rawPath(path), 'wx') }
    } catch (error) {
      if (hasCode(error, 'EEXIST')) continue
      if (found !== null && hasCode(error, 'EACCES', 'EPERM', 'EROFS')) return null
      throw error
    }
  }
}

function fill(descriptor: number, text: string, found: Stats | null): void {
  try {
    if (found !== null) keepAccess(descriptor, found)
    writeFileSync(descriptor, text)
    fsyncSync(descriptor)
  } finally {
    closeSync(descriptor)
  }
}

/** Owner and mode of the file that is replaced. The owner stays as far as the system lets it be given away. */
function keepAccess(descriptor: number, { uid, gid, mode }: Stats): void {
  try {
    fchownSync(descriptor, uid, gid)
  } catch (error) {
    if (!hasCode(error, 'EPERM')) throw error
  }
  fchmodSync(descriptor, mode & 0o7777)
}

const hasCode = (error: unknown, ...codes: readonly string[]): boolean =>
  error instanceof Error && 'code' in error && codes.includes(String(error.code))
