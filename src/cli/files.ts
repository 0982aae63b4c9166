import type { Configuration } from '../input/configuration.ts'
import { decodeText } from '../input/text.ts'
import type { FileAnswer, Files } from '../resolve/knowledge.ts'
import type { Source } from '../source.ts'
import type { Io } from './io.ts'
import { isWithin, join, parentOf } from './paths.ts'

/** Where a configuration's files are looked for. */
export interface FileOptions {
  /** `--workdir`; null: the folder of the input. */
  readonly workdir: string | null
  readonly allowOutside: boolean
  readonly modules: ReadonlyMap<string, string>
  /** Told of each file outside of the input's folder that is followed. */
  readonly followed: (path: string) => void
}

/** The files that a configuration may name: keys of mounted ConfigMaps, and those in the folder of the input. */
export function filesOf(configuration: Configuration, io: Io, options: FileOptions): Files {
  const base = options.workdir ?? configuration.folder
  const root = io.disk.real(join(io.cwd, base))
  return {
    read: path => {
      const mounted = inContainer(path, configuration)
      if (mounted) return mounted
      const absolute = join(io.cwd, join(base, path))
      const kind = io.disk.kind(absolute)
      if (kind === null) return { kind: 'missing' }
      // Symbolic links count where they lead: a link is no way around the folder's border.
      if (!isWithin(io.disk.real(absolute), root)) {
        if (!options.allowOutside) return { kind: 'outside' }
        options.followed(path)
      }
      return onDisk(join(base, path), path, io)
    },
    module: (names, path) => {
      const name = names.find(each => options.modules.has(each))
      if (name === undefined) return null
      const copy = options.modules.get(name)!
      const kind = io.disk.kind(join(io.cwd, copy))
      if (kind === null) return { kind: 'missing' }
      const at = kind === 'folder' && path !== null && path !== '' ? join(copy, path) : copy
      return io.disk.kind(join(io.cwd, at)) === null ? { kind: 'missing' } : onDisk(at, at, io)
    },
  }
}

/** A mounted ConfigMap's key, or the `*.alloy` keys of a mounted folder. */
function inContainer(path: string, { files, containerDirectory }: Configuration): FileAnswer | null {
  if (files.size === 0) return null
  const absolute = join(containerDirectory ?? '/', path)
  const file = files.get(absolute)
  if (file) return { kind: 'files', sources: [file], modulePath: parentOf(absolute) }
  const children = [...files].filter(([each]) => parentOf(each) === absolute && each.endsWith('.alloy'))
  if (children.length === 0) return null
  return { kind: 'files', sources: children.map(([, source]) => source), modulePath: absolute }
}

/** `shown` is the path in reports and in `module_path`. */
function onDisk(path: string, shown: string, io: Io): FileAnswer {
  const absolute = join(io.cwd, path)
  if (io.disk.kind(absolute) === 'file')
    return decoded([shown], path => join(parentOf(absolute), nameOf(path)), parentOf(shown), io)
  const names = io.disk
    .list(absolute)
    .filter(name => name.endsWith('.alloy') && io.disk.kind(join(absolute, name)) === 'file')
  return decoded(
    names.map(name => join(shown, name)),
    path => join(absolute, nameOf(path)),
    shown,
    io,
  )
}

const nameOf = (path: string): string => path.slice(path.lastIndexOf('/') + 1)

function decoded(paths: readonly string[], locate: (path: string) => string, modulePath: string, io: Io): FileAnswer {
  const sources: Source[] = []
  for (const path of paths) {
    const { value, diagnostics } = decodeText(path, io.disk.readFile(locate(path)))
    if (value === null) return { kind: 'unreadable', diagnostics }
    sources.push(value)
  }
  return { kind: 'files', sources, modulePath }
}
