import { readSync, writeSync } from 'node:fs'
import { countRead } from './heap.ts'

/**
 * What a descriptor gives, piece by piece to its end: a pipe, whose writer may be slow, a file, a terminal. Other processes share
 * its settings, so that one of them may have it not block.
 */
export function* readDescriptor(descriptor: number): Iterable<Uint8Array> {
  for (;;) {
    const piece = new Uint8Array(64 * 1024)
    const length = patiently(() => readSync(descriptor, piece))
    if (length === 0) return
    yield piece.subarray(0, length)
  }
}

/** Joins pieces, and leaves those that come after more than is read at all: their number may have no end. */
export function upTo(limit: number, pieces: Iterable<Uint8Array>): Uint8Array {
  const kept: Uint8Array[] = []
  let length = 0
  for (const piece of pieces) {
    kept.push(piece)
    length += piece.length
    if (length > limit) break
  }
  countRead(length)
  return Buffer.concat(kept)
}

/** Writes all of a text. Synchronous, so that nothing is lost when the process ends with output in a pipe. */
export function writeDescriptor(descriptor: number, text: string): void {
  let rest = Buffer.from(text)
  try {
    while (rest.length > 0) rest = rest.subarray(patiently(() => writeSync(descriptor, rest)))
  } catch (error) {
    // The reader has read what it wanted and is gone, as `head` does: that is not a failure.
    if (codeOf(error) !== 'EPIPE') throw error
  }
}

/** Asks again while the other end of a pipe that does not block has nothing, or no room. */
function patiently(transfer: () => number): number {
  for (;;) {
    try {
      return transfer()
    } catch (error) {
      if (codeOf(error) !== 'EAGAIN') throw error
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5)
    }
  }
}

const codeOf = (error: unknown): unknown => (error as NodeJS.ErrnoException).code
