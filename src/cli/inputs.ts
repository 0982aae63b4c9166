import type { Outcome } from '../diagnostic/diagnostic.ts'
import type { Configuration } from '../input/configuration.ts'
import { readInput } from '../input/input.ts'
import type { Item } from '../input/item.ts'
import { join } from '../input/path.ts'
import type { Kind } from '../input/read-files.ts'
import { folderOf, type Place } from '../session/disk.ts'
import { maxBytes } from '../source.ts'
import { upTo } from './disk/descriptor.ts'
import { Unreadable } from './exit.ts'
import type { Io } from './io.ts'
import type { CommonOptions } from './options.ts'
import { reasonOf } from './report.ts'

/** Reads what the command line names and detects what it is from its content. */
export function readInputs(
  paths: readonly string[],
  {
    namespace,
    workdir,
    allowOutside = false,
    merge = false,
    substitute = new Map(),
    stdinFilename = '-',
    objects = [],
    objectsComplete = false,
    remote = [],
  }: Partial<Pick<CommonOptions, (typeof inputOptions)[number]>>,
  io: Io,
): Outcome<readonly Configuration[]> {
  if (workdir !== undefined && kindOf(workdir, io) !== 'folder')
    throw new Unreadable(`--workdir ${workdir} cannot be used: there is no such folder`)
  return readInput(
    paths.map(path => (path === '-' ? piped(stdinFilename, io) : itemAt(path, io))),
    folderOf(placeOf(io)),
    {
      ...{ allowOutside, merge, substitute, objectsComplete },
      // What is piped in as the input is read once: its objects count then.
      objects: objects
        .filter(path => path !== '-' || !paths.includes('-'))
        .map(path => (path === '-' ? piped('-', io) : itemAt(path, io))),
      remote: remote.map(path => itemAt(path, io)),
      ...(namespace === undefined ? {} : { namespace }),
    },
  )
}

/** The options that decide how an input is read. */
const inputOptions = [
  'namespace',
  'workdir',
  'allowOutside',
  'merge',
  'substitute',
  'stdinFilename',
  'objects',
  'objectsComplete',
  'remote',
] as const

/** The disk as an analysis sees it: what is there and cannot be read ends the run. */
export function placeOf(io: Io): Place {
  const below = io.cwd === '/' ? '/' : `${io.cwd}/`
  const shown = (path: string): string => (path.startsWith(below) ? path.slice(below.length) : path)
  const { kind, list } = io.disk
  const disk = {
    ...io.disk,
    readFile: (path: string) => readFile(shown(path), io),
    kind: (path: string) => reading(shown(path), () => kind(path)),
    list: (path: string) => reading(shown(path), () => list(path)),
  }
  return { cwd: io.cwd, disk }
}

function itemAt(path: string, io: Io): Item {
  const kind = kindOf(path, io)
  if (kind === null) throw new Unreadable(`${path} cannot be read: there is no such file or folder`)
  return kind === 'folder' ? { kind, path } : { kind: 'file', path, content: readFile(path, io) }
}

/** What is piped in, under the name that the user gives it. */
const piped = (path: string, io: Io): Item => ({ kind: 'file', path, content: readStdin(io) })

/** What is piped in. Nothing would count as a configuration that needs nothing, while the command before the pipe has failed. */
function readStdin(io: Io): Uint8Array {
  const content = reading('standard input', () => upTo(maxBytes, io.stdin()))
  if (content.length === 0) throw new Unreadable(emptyInput)
  return content
}

/** A log, piece by piece. An empty one tells nothing about what is refused: a container that runs has written to its log. */
export function* logPieces(path: string, io: Io): Iterable<Uint8Array> {
  const shown = path === '-' ? 'standard input' : path
  const pieces = reading(shown, () =>
    (path === '-' ? io.stdin() : io.disk.pieces(join(io.cwd, path)))[Symbol.iterator](),
  )
  let isEmpty = true
  for (;;) {
    const { value, done } = reading(shown, () => pieces.next())
    if (done) break
    if (value.length > 0) isEmpty = false
    yield value
  }
  if (isEmpty)
    throw new Unreadable(path === '-' ? emptyInput : `${path} is empty: check the output of the command that wrote it`)
}

const emptyInput = 'standard input is empty: check the output of the command before the pipe'

/** Reads a file that the command line names. */
export function readFile(path: string, io: Io): Uint8Array {
  return reading(path, () => io.disk.readFile(join(io.cwd, path)))
}

const kindOf = (path: string, io: Io): Kind | null => reading(path, () => io.disk.kind(join(io.cwd, path)))

function reading<T>(path: string, read: () => T): T {
  try {
    return read()
  } catch (error) {
    throw new Unreadable(`${path} cannot be read: ${reasonOf(error)}`)
  }
}
