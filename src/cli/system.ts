import { fstatSync, statSync } from 'node:fs'
import { isatty } from 'node:tty'
import { readDescriptor, writeDescriptor } from './disk/descriptor.ts'
import { disk } from './disk/disk.ts'
import { Unusable } from './exit.ts'
import type { Outside } from './io.ts'
import { reasonOf } from './report.ts'

/** The process's own streams and file system. */
export function system(): Outside {
  return {
    cwd: workingFolder(),
    env: process.env,
    // By their descriptors: the streams that Node makes of them would set pipes, which other processes share, to not block.
    stdin: () => readDescriptor(0),
    stdout: text => writeStream('standard output', 1, text),
    stderr: text => writeStream('standard error', 2, text),
    terminal: () => isTerminal(2),
    screen: () => (isTerminal(1) ? { columns: process.stdout.columns } : null),
    today: () => new Date().toISOString().slice(0, 10),
    disk,
  }
}

/** Whether a descriptor is that of a terminal. Of a file, a pipe and `/dev/null` it is known without what Node loads to tell. */
function isTerminal(descriptor: number): boolean {
  try {
    const found = fstatSync(descriptor)
    const isDevice = found.isCharacterDevice() && found.rdev !== statSync('/dev/null', { throwIfNoEntry: false })?.rdev
    return isDevice && isatty(descriptor)
  } catch {
    // The descriptor is closed.
    return false
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

/** The current folder; Node replaces what is not UTF-8 in its name. */
function workingFolder(): string {
  const folder = process.cwd()
  return folder.includes('\ufffd') ? disk.real('.') : folder
}
