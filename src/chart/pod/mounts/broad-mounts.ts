import { isSharedFolder } from '../../../kubernetes/pod/node-paths.ts'
import { switchedMounts } from '../../release/pod-of-values.ts'
import { type GivenMount, pathOnHost } from './given-mounts.ts'
import type { HostMount } from './mounts.ts'
import { below, canonical, folderOf, relativeTo } from './paths.ts'

/** A mount that shows more of the host than is needed, and what would do. */
export interface Broad {
  readonly given: GivenMount
  readonly instead: readonly { readonly hostPath: string; readonly mountPath: string }[]
}

/** Those mounts of the host for which every need has a narrower one, of the chart or of the plan. */
export function broadMounts(
  mounts: readonly GivenMount[],
  met: ReadonlyMap<GivenMount, readonly HostMount[]>,
): readonly Broad[] {
  return mounts.flatMap(given => {
    const needs = (met.get(given) ?? []).map(need => ({ ...need, hostPath: hostPathOf(given, need) }))
    if (needs.length === 0 || needs.some(need => isFit(given, need))) return []
    const switched = needs.map(
      ({ hostPath, mountPath }) =>
        switchedMounts.find(each => mountPath === hostPath && relativeTo(hostPath, each.path) !== null)?.path ?? null,
    )
    const instead = needs.map(({ hostPath, mountPath }, at) =>
      switched[at] ? { hostPath: switched[at], mountPath: switched[at] } : { hostPath, mountPath },
    )
    return [{ given, instead: [...new Map(instead.map(each => [JSON.stringify(each), each])).values()] }]
  })
}

/** The path of the host that a need sees through a mount. */
function hostPathOf(given: GivenMount, need: HostMount): string {
  const rest = relativeTo(canonical(need.mountPath), canonical(given.mountPath))
  return rest === null ? need.hostPath : below(pathOnHost(given), rest)
}

/** Says whether a mount is as narrow as can be asked for. */
function isFit(given: GivenMount, need: HostMount): boolean {
  const [folder, wanted] = [canonical(pathOnHost(given)), canonical(need.hostPath)]
  const rest = relativeTo(wanted, folder)
  // A mount of a part of what is needed.
  if (rest === null || rest === '') return true
  if (switchedMounts.some(({ path }) => relativeTo(folder, path) !== null)) return true
  // Files and sockets are replaced by others of their name, which only a mount of their folder shows.
  if (need.isWhole && folderOf(wanted) === folder && !isSharedFolder(folder)) return true
  // A folder that the user chose for something of theirs is theirs to cut.
  return need.isAnywhere === true && !isSharedFolder(folder)
}
