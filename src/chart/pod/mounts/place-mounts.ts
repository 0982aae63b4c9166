import { isSharedFolder } from '../../../kubernetes/pod/node-paths.ts'
import type { NamedFiles } from '../../../rules/named-files.ts'
import { compareText } from '../../../text/compare-text.ts'
import { type Broad, broadMounts } from './broad-mounts.ts'
import { type GivenMount, pathOnHost } from './given-mounts.ts'
import type { HostMount, WritablePath } from './mounts.ts'
import { pathIndex } from './path-index.ts'
import { below, canonical, normalizePath, overlap, relativeTo } from './paths.ts'

/** A need for a folder of the host at a path where the user shows another one. */
export interface Misplaced {
  readonly need: HostMount
  readonly given: GivenMount
}

/** A path to write where a volume is mounted that no one can write to. */
export interface Unwritable {
  readonly path: WritablePath
  readonly given: GivenMount
}

/** What becomes of the mounts that the user has, and what comes to them. */
export interface MountPlan {
  /** Every path of the host that the container sees in the end, ordered by where. */
  readonly hosts: readonly HostMount[]
  /** Paths that get a volume of their own to write on. */
  readonly empty: readonly string[]
  /** Mounts of the user's, of any kind, that are to be read-only from now on or no longer. */
  readonly changed: ReadonlyMap<GivenMount, boolean>
  /** Paths of the host that the user has and nothing needs. */
  readonly unneeded: readonly GivenMount[]
  /** Those that something is written to. */
  readonly written: readonly GivenMount[]
  /** Those that nothing needs and that go. */
  readonly dropped: readonly GivenMount[]
  readonly misplaced: readonly Misplaced[]
  readonly broad: readonly Broad[]
  readonly unwritable: readonly Unwritable[]
}

/** What the mounts are placed for. */
export interface WantedMount {
  readonly planned: readonly HostMount[]
  readonly written: readonly WritablePath[]
  readonly files: NamedFiles
  /** Whether the plan knows all that the configuration does. */
  readonly isComplete: boolean
}

/**
 * Gives each need its place. A volume of the user's at the path or above it is what the container reads there, of whatever kind it is,
 * and stays: nothing is mounted over it. What nothing needs goes, where everything is known.
 */
export function placeMounts(
  { planned, written, files, isComplete }: WantedMount,
  given: readonly GivenMount[],
): MountPlan {
  const { met, added, misplaced } = sorted(planned, given)
  const writers = writtenTo(written, given)
  const ofHost = given.filter(({ hostPath }) => hostPath !== null)
  const namedBy = naming(files)
  const isNamed = (mount: GivenMount) => namedBy(mount).some(path => names(path, mount))
  const unneeded = ofHost.filter(each => !met.has(each) && !writers.has(each) && !isNamed(each))
  const dropped = isComplete && !files.isOpen ? unneeded : []
  const goes = new Set(dropped)
  const left = given.filter(each => !goes.has(each))
  const writable = placeWritten(written, left, added)
  const changed = new Map(writable.changed)
  for (const [mount, needs] of met) {
    const isRead = needs.every(({ readOnly }) => readOnly) && !writers.has(mount)
    if (mount.hostPath !== null && !mount.readOnly && isRead && !isNamedBeside(mount, needs, namedBy))
      changed.set(mount, true)
    if (mount.readOnly && needs.some(({ readOnly }) => !readOnly)) changed.set(mount, false)
  }
  // What a switch of the values mounts can only be read.
  const isReplaced = (each: GivenMount) => each.key !== null && changed.get(each) === false
  const kept = ofHost.filter(each => !goes.has(each) && !isReplaced(each))
  const again = new Set(writable.again.map(({ mountPath }) => mountPath))
  const hosts = [
    ...kept.map((each): HostMount => {
      const readOnly = changed.get(each) ?? each.readOnly
      const reasons = (met.get(each) ?? []).flatMap(need => need.reasons)
      return { hostPath: pathOnHost(each), mountPath: each.mountPath, readOnly, reasons, given: true }
    }),
    ...ofHost.filter(isReplaced).map(each => writableAgain(each, met.get(each) ?? [])),
    ...outermost(added).filter(({ mountPath }) => !again.has(mountPath)),
    ...writable.again,
  ]
  const isBroad = (mount: GivenMount): boolean => {
    const needs = met.get(mount)
    return needs !== undefined && !writers.has(mount) && !isNamedBeside(mount, needs, namedBy)
  }
  return {
    hosts: hosts.sort((a, b) => compareText(a.mountPath, b.mountPath)),
    empty: writable.empty,
    changed,
    unneeded,
    written: ofHost.filter(each => writers.has(each)),
    dropped,
    misplaced,
    broad: broadMounts(ofHost.filter(isBroad), met),
    unwritable: writable.unwritable,
  }
}

/** What a switch mounts, as an element of the list. */
function writableAgain(mount: GivenMount, needs: readonly HostMount[]): HostMount {
  const reasons = needs.flatMap(each => each.reasons)
  return { hostPath: pathOnHost(mount), mountPath: mount.mountPath, readOnly: false, reasons, given: false }
}

/** Whether the configuration names a file of a mount that no need is about. */
function isNamedBeside(mount: GivenMount, needs: readonly HostMount[], namedBy: Naming): boolean {
  const index = pathIndex(needs, need => canonical(need.mountPath))
  const isAbout = (path: string): boolean => index.around(path).length > 0 || index.inside(path).length > 0
  return namedBy(mount).some(path => names(path, mount) && !isAbout(canonical(path)))
}

/** The paths that may be about a mount: those in it, and the folders around it. */
type Naming = (mount: GivenMount) => readonly string[]

function naming({ paths }: NamedFiles): Naming {
  const index = pathIndex(paths, canonical)
  return ({ mountPath }) => {
    const place = canonical(mountPath)
    return [...index.inside(place), ...index.around(place)]
  }
}

/** Says whether a path is about a mount: it lies in it, or is a folder around it that is not everyone's. */
function names(path: string, { mountPath }: Pick<GivenMount, 'mountPath'>): boolean {
  return (
    relativeTo(canonical(path), canonical(mountPath)) !== null ||
    (overlap(path, mountPath) && !isSharedFolder(normalizePath(path)))
  )
}

/** The needs by how they are met: by a mount of the user's, by one that is added, by none that is right. */
function sorted(planned: readonly HostMount[], given: readonly GivenMount[]) {
  const met = new Map<GivenMount, HostMount[]>()
  const added: HostMount[] = []
  const misplaced: Misplaced[] = []
  const index = pathIndex(given, ({ mountPath }) => mountPath)
  const linked = nearestBy(given)
  const use = (mount: GivenMount, need: HostMount): void => {
    const needs = met.get(mount)
    if (needs) needs.push(need)
    else met.set(mount, [need])
  }
  for (const need of planned) {
    const inside = index.inside(need.mountPath)
    for (const each of inside) if (each.mountPath !== need.mountPath) use(each, need)
    const around = linked(need.mountPath)
    if (around === undefined) {
      if (need.isAnywhere && inside.length > 0) continue
      added.push(need)
    } else {
      use(around, need)
      if (around.hostPath !== null && !need.isAnywhere && !shows(around, need)) misplaced.push({ need, given: around })
    }
  }
  return { met, added, misplaced }
}

/** The mount that a path lies in. Links count: the folder that the container calls /var/run is its /run. */
export const nearestTo = (path: string, given: readonly GivenMount[]): GivenMount | undefined => nearestBy(given)(path)

function nearestBy(given: readonly GivenMount[]): (path: string) => GivenMount | undefined {
  const index = pathIndex(given, ({ mountPath }) => mountPath)
  const linked = pathIndex([...given.entries()], ([, { mountPath }]) => canonical(mountPath))
  return path => {
    const [first] = index.around(path)
    if (first) return first
    const [best] = [...linked.around(canonical(path))].sort(([a], [b]) => a - b)
    return best?.[1]
  }
}

/** Says whether a mount lets the container see what a need asks for, where it does. */
export function shows(
  outer: { readonly hostPath: string | null; readonly mountPath: string },
  inner: { readonly hostPath: string; readonly mountPath: string },
): boolean {
  if (outer.hostPath === null) return false
  const rest = relativeTo(canonical(inner.hostPath), canonical(outer.hostPath))
  return rest !== null && rest === relativeTo(canonical(inner.mountPath), canonical(outer.mountPath))
}

/** Those mounts that no other one shows. */
function outermost(mounts: readonly HostMount[]): readonly HostMount[] {
  const index = pathIndex(mounts, ({ mountPath }) => canonical(mountPath))
  return mounts.filter(mount => {
    const others = index.around(canonical(mount.mountPath))
    return !others.some(other => other !== mount && shows(other, mount) && (mount.readOnly || !other.readOnly))
  })
}

/** The mounts that something is written to: those that the user chose for it, and not what lies around them to be read. */
function writtenTo(written: readonly WritablePath[], given: readonly GivenMount[]): ReadonlySet<GivenMount> {
  const index = pathIndex(given, ({ mountPath }) => mountPath)
  const found = written.flatMap(({ path }) => {
    const [own] = index.around(path)
    return own !== undefined && (!own.readOnly || own.mountPath === path) ? [own] : []
  })
  return new Set(found)
}

/** Places of what is written, as far as nothing that is mounted can be written there. */
interface Writing {
  readonly empty: readonly string[]
  /** Parts of the host below a folder that can only be read, mounted once more: there is no place below it for another volume. */
  readonly again: readonly HostMount[]
  readonly changed: ReadonlyMap<GivenMount, boolean>
  readonly unwritable: readonly Unwritable[]
}

function placeWritten(
  written: readonly WritablePath[],
  given: readonly GivenMount[],
  added: readonly HostMount[],
): Writing {
  const empty: string[] = []
  const again: HostMount[] = []
  const changed = new Map<GivenMount, boolean>()
  const unwritable: Unwritable[] = []
  const places = pathIndex(written, ({ path }) => path)
  const paths = written.filter(({ path }) => !places.around(path).some(other => other.path !== path))
  const givens = pathIndex(given, ({ mountPath }) => mountPath)
  const all = pathIndex<GivenMount | HostMount>([...given, ...added], ({ mountPath }) => mountPath)
  for (const each of paths) {
    const { path, reasons } = each
    const [own] = givens.around(path)
    const [around] = all.around(path)
    if (around === undefined) empty.push(path)
    else if (around.hostPath !== null && around !== own)
      for (const mount of writtenAgain(path, around as HostMount, reasons)) again.push(mount)
    else if (own !== undefined) {
      if (!own.isWritableKind) unwritable.push({ path: each, given: own })
      else if (!own.readOnly) continue
      else if (own.mountPath === path) changed.set(own, false)
      else if (own.hostPath === null) empty.push(path)
      else
        for (const mount of writtenAgain(path, { ...own, hostPath: own.hostPath, reasons: [], given: true }, reasons))
          again.push(mount)
    }
  }
  return { empty, again, changed, unwritable }
}

function writtenAgain(path: string, around: HostMount, reasons: HostMount['reasons']): readonly HostMount[] {
  if (!around.readOnly) return []
  const hostPath = below(around.hostPath, relativeTo(path, around.mountPath) ?? '')
  const all = [...around.reasons, ...reasons]
  return [
    { hostPath: normalizePath(hostPath), mountPath: path, readOnly: false, reasons: all, given: false, isMade: true },
  ]
}
