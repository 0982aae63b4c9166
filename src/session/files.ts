import type { Configuration } from '../input/configuration.ts'
import { textOf } from '../input/detect.ts'
import { isWithin, join, parent, relative } from '../input/path.ts'
import type { Kind } from '../input/read-files.ts'
import type { FileAnswer, Files } from '../resolve/knowledge.ts'
import type { Source } from '../source.ts'
import type { Place } from './disk.ts'

/** Where a configuration's files are looked for. */
export interface FileOptions {
  /** `--workdir`; null: the folder of the input. */
  readonly workdir: string | null
  readonly allowOutside: boolean
  /** Local copies of remote modules by label, repository or URL. */
  readonly modules: ReadonlyMap<string, string>
  /** Told of each file outside of the input's folder that is followed. */
  readonly followed: (path: string) => void
}

/** Says of a path on the disk whether it may be opened, by where its links lead. */
type MayOpen = (absolute: string) => boolean

/** The files, with the names by which copies of modules were asked for. */
export type AskedFiles = Files & { readonly asked: ReadonlySet<string> }

/** Where the chart mounts a configuration: what `module_path` is there, and in files that no container runs. */
const mountPoint = '/etc/alloy'

/** The files that a configuration may name: keys of mounted ConfigMaps, those in the folder of the input, and copies of modules. */
export function filesOf(configuration: Configuration, place: Place, options: FileOptions): AskedFiles {
  const { cwd, disk } = place
  const asked = new Set<string>()
  const folder = join(cwd, configuration.folder)
  const base = options.workdir === null ? folder : join(cwd, options.workdir)
  const copies = [...options.modules.values()].map(copy => join(cwd, copy))
  const given = [base, folder, ...copies]
  const inside = given.map(disk.real)
  // Module paths are those of a container, so that no plan depends on where it was made; each stands for a folder of this disk.
  const roots = new Map(configuration.containerDirectory === null ? [[mountPoint, folder]] : [])
  // What was given relative to the caller's folder is shown so, what the configuration names by itself as it is there.
  const shown = (absolute: string): string =>
    configuration.folder.startsWith('/') || ![cwd, ...given].some(each => isWithin(absolute, each))
      ? absolute
      : relative(cwd, absolute)
  const onThisDisk = (path: string): string => {
    const whole = join(base, path)
    for (const [virtual, root] of path.startsWith('/') ? roots : [])
      if (isWithin(whole, virtual)) return join(root, `.${whole.slice(virtual.length)}`)
    return whole
  }
  // Symbolic links count where they lead: a link is not a way around the folder's border.
  const mayOpen: MayOpen = absolute => {
    const real = disk.real(absolute)
    if (inside.some(each => isWithin(real, each))) return true
    if (options.allowOutside) options.followed(shown(absolute))
    return options.allowOutside
  }
  return {
    asked,
    read: path => {
      const mounted = inContainer(path, configuration)
      if (mounted) return mounted
      const absolute = onThisDisk(path)
      const kind = disk.kind(absolute)
      if (kind === null) return { kind: 'missing', path: shown(absolute) }
      return onDisk(absolute, kind === 'folder' ? path : parent(path), { shown, place, mayOpen })
    },
    module: (names, path) => {
      for (const name of names) asked.add(name)
      const name = names.find(each => options.modules.has(each))
      const given = name === undefined ? undefined : options.modules.get(name)
      if (name === undefined || given === undefined) return null
      const copy = join(cwd, given)
      const at = disk.kind(copy) === 'folder' && path !== null ? join(copy, `./${path}`) : copy
      const kind = disk.kind(at)
      if (kind === null) return { kind: 'missing', path: shown(at) }
      const virtual = `/modules/${name.replace(/[^\w.-]+/g, '-')}`
      roots.set(virtual, path === null ? folderAt(at, kind) : rootOf(copy, path))
      const inCopy: MayOpen = file => isWithin(disk.real(file), disk.real(copy))
      return onDisk(at, virtual, { shown, place, mayOpen: inCopy })
    },
  }
}

const folderAt = (path: string, kind: Kind): string => (kind === 'folder' ? path : parent(path))

/** What `module_path` is at the root. */
export const modulePathOf = ({ containerDirectory, modulePath }: Configuration): string =>
  containerDirectory === null ? mountPoint : modulePath

/** The root of a clone, of which a copy is the whole or the file at `path`. */
const rootOf = (copy: string, path: string): string => {
  const end = join('/', path)
  return copy.endsWith(end) ? copy.slice(0, -end.length) : copy
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

/** A file, or the Alloy files of a folder: Alloy runs all of them, so one that may not be opened forbids the whole. */
function onDisk(
  absolute: string,
  modulePath: string,
  { shown, place: { cwd, disk }, mayOpen }: { shown: (absolute: string) => string; place: Place; mayOpen: MayOpen },
): FileAnswer {
  if (!mayOpen(absolute)) return { kind: 'outside', path: shown(absolute) }
  const paths =
    disk.kind(absolute) === 'folder'
      ? disk
          .list(absolute)
          .filter(name => name.endsWith('.alloy'))
          .map(name => join(absolute, name))
          .filter(path => disk.kind(path) !== 'folder')
      : [absolute]
  const sources: Source[] = []
  for (const each of paths) {
    const path = shown(each)
    if (!mayOpen(each)) return { kind: 'outside', path }
    if (disk.kind(each) !== 'file') return { kind: 'unreadable', path, diagnostics: [] }
    const { value, diagnostics } = textOf(path, disk.readFile(join(cwd, path)))
    if (value === null) return { kind: 'unreadable', path, diagnostics }
    sources.push(value)
  }
  return { kind: 'files', sources, modulePath }
}
