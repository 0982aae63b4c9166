import { type Diagnostic, diagnostic } from '../../diagnostic/diagnostic.ts'
import { isOccupied } from '../../kubernetes/pod/occupied.ts'
import { componentsOf } from '../../plan/reasons.ts'
import type { JsonMap } from '../json.ts'
import { type GivenMount, givenMounts, pathOnHost } from './mounts/given-mounts.ts'
import { collisions } from './mounts/mounts.ts'
import { pathIndex } from './mounts/path-index.ts'
import { shows } from './mounts/place-mounts.ts'
import type { PodSettings } from './settings.ts'

/** Why no pod can have the mounts that are wanted: two at one place, or something to write where no one can. */
export function mountErrors({ mounts, volumes }: PodSettings): readonly Diagnostic[] {
  return [
    ...collisions(mounts),
    ...volumes.unwritable.map(({ path: { path, reasons }, given }) => {
      const components = reasons.length > 0 ? componentsOf(reasons) : ['Alloy']
      const { mountPath } = given
      return diagnostic('volume-not-writable', reasons[0]?.span ?? null, { components, path, mountPath })
    }),
  ]
}

/** What there is to say of the mounts of a pod that come, stay and go. `list`: what the list of those that are there is called. */
export function mountNotes(
  { mounts, volumes }: PodSettings,
  user: JsonMap,
  list = 'alloy.mounts.extra',
): readonly Diagnostic[] {
  const writtenAt = ({ key, at }: GivenMount): string => key ?? `${list}[${at}]`
  const dropped = new Set(volumes.dropped)
  // Of what had to be moved there is a warning.
  const chosen = mounts.filter(({ given, isAnywhere, hostPath }) => !given && isAnywhere && !isOccupied(hostPath))
  return [
    ...chosen.map(({ hostPath, mountPath, reasons }) =>
      diagnostic('host-path-chosen', reasons[0]?.span ?? null, {
        components: componentsOf(reasons),
        hostPath,
        mountPath,
      }),
    ),
    ...volumes.unneeded.map(given =>
      diagnostic('host-path-unneeded', null, {
        hostPath: pathOnHost(given),
        by: writtenAt(given),
        isKept: !dropped.has(given),
      }),
    ),
    ...volumes.misplaced.map(({ need: { hostPath, mountPath, reasons }, given }) =>
      diagnostic('other-folder-mounted', reasons[0]?.span ?? null, {
        components: componentsOf(reasons),
        ...{ hostPath, mountPath, found: pathOnHost(given), by: writtenAt(given) },
      }),
    ),
    ...volumes.broad.map(({ given, instead }) =>
      diagnostic('host-path-broad', null, {
        hostPath: pathOnHost(given),
        by: writtenAt(given),
        instead: instead.map(each => `${each.hostPath} at ${each.mountPath}`),
      }),
    ),
    ...volumes.written.map(writtenNote),
    ...nested({ mounts, volumes }, givenMounts(user)),
  ]
}

/** A folder of the node that keeps what Alloy writes, which the user has chosen. */
export const writtenNote = (given: GivenMount): Diagnostic =>
  diagnostic('written-on-the-node', null, { hostPath: pathOnHost(given), mountPath: given.mountPath })

/** Mounts below one that can only be read, where no place can be made for them, as far as one of the two is new. */
function nested(
  { mounts, volumes }: Pick<PodSettings, 'mounts' | 'volumes'>,
  given: readonly GivenMount[],
): readonly Diagnostic[] {
  const plain = { hostPath: null, readOnly: false }
  const all = [
    ...mounts,
    ...given.filter(({ hostPath }) => hostPath === null).map(each => ({ ...each, given: true })),
    ...volumes.empty.map(mountPath => ({ ...plain, mountPath, given: false })),
  ]
  const index = pathIndex(all, ({ mountPath }) => mountPath)
  return all.flatMap(inner => {
    const outer = index.around(inner.mountPath).find(({ mountPath }) => mountPath !== inner.mountPath)
    if (!outer?.readOnly || (outer.given && inner.given)) return []
    // What is mounted from there is there.
    if (inner.hostPath !== null && shows(outer, { hostPath: inner.hostPath, mountPath: inner.mountPath })) return []
    return [diagnostic('mount-below-read-only', null, { path: inner.mountPath, folder: outer.mountPath })]
  })
}
