import { readdirSync, readFileSync, realpathSync, statSync, writeFileSync } from 'node:fs'
import { isatty } from 'node:tty'
import { readDescriptor, writeDescriptor } from './descriptor.ts'
import { Unusable } from './exit.ts'
import type { Io } from './io.ts'
import { reasonOf } from './report.ts'

/** The process's own streams and file system. */
export function system(): Io {
  return {
    cwd: process.cwd(),
    env: process.env,
    // By their descriptors: the streams that Node makes of them would set pipes, which other processes share, to not block.
    stdin: () => readDescriptor(0),
    stdout: text => writeStream('standard output', 1, text),
    stderr: text => writeStream('standard error', 2, text),
    terminal: isatty(2),
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

/** A stream of the process, under the name that a message gives it. */
function writeStream(name: string, descriptor: number, text: string): void {
  try {
    writeDescriptor(descriptor, text)
  } catch (error) {
    throw new Unusable(`${name} cannot be written: ${reasonOf(error)}`)
  }
}
