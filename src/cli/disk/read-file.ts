import { closeSync, constants, fstatSync, openSync, readSync, type Stats, statSync } from 'node:fs'
import { maxBytes } from '../../source.ts'
import { readDescriptor, upTo } from './descriptor.ts'
import { countRead } from './heap.ts'
import { rawPath } from './raw-path.ts'
import { descriptorAt } from './target.ts'

/**
 * Reads a regular file, at most one byte more than the limit, which tells that it is too large. A pipe, a socket or a device is not
 * opened at all, and one that takes a file's place meanwhile is not waited for.
 */
export function readFile(path: string): Uint8Array {
  // What a parent has opened for this process, such as a shell for `<(…)`, is not someone else's pipe.
  const open = descriptorAt(path)
  return open === null ? readRegularFile(path) : upTo(maxBytes, readDescriptor(open))
}

/** A regular file of any length, piece by piece, or what a parent has opened. */
export function* readPieces(path: string): Iterable<Uint8Array> {
  const open = descriptorAt(path)
  if (open !== null) {
    yield* readDescriptor(open)
    return
  }
  const { descriptor } = openRegular(path)
  try {
    yield* readDescriptor(descriptor)
  } finally {
    closeSync(descriptor)
  }
}

function readRegularFile(path: string): Uint8Array {
  const { descriptor, size } = openRegular(path)
  try {
    return readAtMost(descriptor, maxBytes + 1, size)
  } finally {
    closeSync(descriptor)
  }
}

function openRegular(path: string): { readonly descriptor: number; readonly size: number } {
  const raw = rawPath(path)
  demandRegular(statSync(raw))
  const descriptor = openSync(raw, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0))
  try {
    const found = fstatSync(descriptor)
    demandRegular(found)
    return { descriptor, size: found.size }
  } catch (error) {
    closeSync(descriptor)
    throw error
  }
}

function demandRegular(found: Stats): void {
  if (found.isDirectory()) throw Object.assign(new Error('a folder'), { code: 'EISDIR' })
  if (!found.isFile()) throw Object.assign(new Error('not a regular file'), { code: 'ENOTREG' })
}

/** The size may be wrong: a file grows, and one of procfs states none. */
function readAtMost(descriptor: number, limit: number, size: number): Uint8Array {
  const parts: Buffer[] = []
  let total = 0
  for (;;) {
    const room = Math.min(Math.max(size - total, 0) + 65_536, limit - total)
    const part = Buffer.allocUnsafeSlow(room)
    const count = room === 0 ? 0 : readSync(descriptor, part)
    if (count === 0) break
    parts.push(part.subarray(0, count))
    total += count
  }
  countRead(total)
  return parts.length === 1 && parts[0] !== undefined ? parts[0] : Buffer.concat(parts)
}
