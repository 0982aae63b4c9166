import type { Outcome } from '../diagnostic/diagnostic.ts'
import type { Configuration } from '../input/configuration.ts'
import type { Folder } from '../input/folder.ts'
import { type Item, readInput } from '../input/input.ts'
import type { Io } from './io.ts'
import { join } from './paths.ts'
import { reasonOf } from './report.ts'
import { Unusable } from './run.ts'

/** Reads what the command line names and tells it apart by content. */
export function readInputs(
  paths: readonly string[],
  namespace: string | undefined,
  io: Io,
): Outcome<readonly Configuration[]> {
  return readInput(
    paths.map(path => itemAt(path, io)),
    folderOf(io),
    namespace === undefined ? {} : { namespace },
  )
}

function itemAt(path: string, io: Io): Item {
  if (path === '-') return { kind: 'file', path, content: io.stdin() }
  const kind = io.disk.kind(join(io.cwd, path))
  if (kind === null) throw new Unusable(`${path} cannot be read: there is no such file or folder`)
  return kind === 'folder' ? { kind, path } : { kind, path, content: readFile(path, io) }
}

/** Reads a file that the command line names. */
export function readFile(path: string, io: Io): Uint8Array {
  try {
    return io.disk.readFile(join(io.cwd, path))
  } catch (error) {
    throw new Unusable(`${path} cannot be read: ${reasonOf(error)}`)
  }
}

function folderOf(io: Io): Folder {
  return {
    list: path => {
      const absolute = join(io.cwd, path)
      if (io.disk.kind(absolute) !== 'folder') return null
      return io.disk.list(absolute).map(name => (io.disk.kind(join(absolute, name)) === 'folder' ? `${name}/` : name))
    },
    read: path => (io.disk.kind(join(io.cwd, path)) === 'file' ? readFile(path, io) : null),
  }
}
