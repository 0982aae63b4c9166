import { readdirSync, readFileSync, realpathSync, statSync, writeFileSync, writeSync } from 'node:fs'
import type { Io } from './io.ts'

/** The process's own streams and file system. */
export function system(): Io {
  return {
    cwd: process.cwd(),
    env: process.env,
    stdin: () => readFileSync(0),
    // Synchronous, so that nothing is lost when the process ends with output in a pipe.
    stdout: text => writeAll(1, text),
    stderr: text => writeAll(2, text),
    terminal: process.stderr.isTTY === true,
    today: () => new Date().toISOString().slice(0, 10),
    disk: {
      readFile: path => readFileSync(path),
      writeFile: (path, text) => writeFileSync(path, text),
      kind: path => {
        const found = statSync(path, { throwIfNoEntry: false })
        return found === undefined ? null : found.isDirectory() ? 'folder' : 'file'
      },
      list: path => readdirSync(path).sort(),
      real: path => {
        try {
          return realpathSync(path)
        } catch {
          return path
        }
      },
    },
  }
}

/** A pipe whose reader is slow refuses writes for a while; one whose reader is gone ends the output. */
function writeAll(descriptor: number, text: string): void {
  let rest = Buffer.from(text)
  while (rest.length > 0) {
    try {
      rest = rest.subarray(writeSync(descriptor, rest))
    } catch (error) {
      const code = (error as NodeJS.ErrnoException).code
      if (code === 'EPIPE') return
      if (code !== 'EAGAIN') throw error
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5)
    }
  }
}
