import type { Configuration } from '../input/configuration.ts'
import { textOf } from '../input/detect.ts'
import { isWithin, join, parent } from '../input/path.ts'
import type { FileAnswer, Files } from '../resolve/knowledge.ts'
import type { Source } from '../source.ts'
import type { Disk, Place } from './disk.ts'

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
export function filesOf(configuration: Configuration, place: Place, options: FileOptions): Files {
  const { cwd, disk } = place
  const base = options.workdir ?? configuration.folder
  const root = disk.real(join(cwd, base))
  return {
    read: path => {
      const mounted = inContainer(path, configuration)
      if (mounted) return mounted
      const absolute = join(cwd, join(base, path))
      const kind = disk.kind(absolute)
      if (kind === null) return { kind: 'missing' }
      // Symbolic links count where they lead: a link is no way around the folder's border.
      if (!isWithin(disk.real(absolute), root)) {
        if (!options.allowOutside) return { kind: 'outside' }
        options.followed(path)
      }
      return onDisk(join(base, path), path, place)
    },
    module: (names, path) => {
      const name = names.find(each => options.modules.has(each))
      if (name === undefined) return null
      const copy = options.modules.get(name)!
      const kind = disk.kind(join(cwd, copy))
      if (kind === null) return { kind: 'missing' }
      const at = kind === 'folder' && path !== null && path !== '' ? join(copy, path) : copy
      return disk.kind(join(cwd, at)) === null ? { kind: 'missing' } : onDisk(at, at, place)
    },
  }
}

/** A mounted ConfigMap's key, or the `*.alloy` keys of a mounted folder. */
function inContainer(path: string, { files, containerDirectory }: Configuration): FileAnswer | null {
  if (files.size === 0) return null
  const absolute = join(containerDirectory ?? '/', path)
  const file = files.get(absolute)
  if (file) return { kind: 'files', sources: [file], modulePath: parent(absolute) }
  const children = [...files].filter(([each]) => parent(each) === absolute && each.endsWith('.alloy'))
  if (children.length === 0) return null
  return { kind: 'files', sources: children.map(([, source]) => source), modulePath: absolute }
}

/** `shown` is the path in reports and in `module_path`. */
function onDisk(path: string, shown: string, { cwd, disk }: Place): FileAnswer {
  const absolute = join(cwd, path)
  if (disk.kind(absolute) === 'file')
    return decoded([shown], path => join(parent(absolute), nameOf(path)), parent(shown), disk)
  const names = disk
    .list(absolute)
    .filter(name => name.endsWith('.alloy') && disk.kind(join(absolute, name)) === 'file')
  return decoded(
    names.map(name => join(shown, name)),
    path => join(absolute, nameOf(path)),
    shown,
    disk,
  )
}

const nameOf = (path: string): string => path.slice(path.lastIndexOf('/') + 1)

function decoded(
  paths: readonly string[],
  locate: (path: string) => string,
  modulePath: string,
  disk: Disk,
): FileAnswer {
  const sources: Source[] = []
  for (const path of paths) {
    const { value, diagnostics } = textOf(path, disk.readFile(locate(path)))
    if (value === null) return { kind: 'unreadable', diagnostics }
    sources.push(value)
  }
  return { kind: 'files', sources, modulePath }
}
