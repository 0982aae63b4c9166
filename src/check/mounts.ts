import { isMap, type JsonMap, listAt, valueAt } from '../chart/json.ts'
import { tidy, within } from '../chart/pod/mounts.ts'
import type { PodSettings } from '../chart/pod/settings.ts'
import { type Gap, securityOf } from './privileges.ts'

/** A mount of a container. */
interface Mounted {
  readonly mountPath: string
  /** The path of the host behind it; null for a volume of another kind. */
  readonly hostPath: string | null
  readonly readOnly: boolean
  /** Position among the volume mounts of the container. */
  readonly at: number
}

/** Compares the paths of the host that a container sees, and the paths that it can write, with what is wanted. */
export function mountGaps(wanted: PodSettings, pod: JsonMap, container: JsonMap): readonly Gap[] {
  const mounts = mountsOf(pod, container)
  const own = securityOf(pod, container)
  const fixed = own('readOnlyRootFilesystem') === true
  return [
    ...missingMounts(wanted, mounts, own('privileged') === true),
    ...excessMounts(wanted, mounts),
    ...(fixed ? unwritable(wanted, mounts) : []),
  ]
}

function missingMounts(wanted: PodSettings, mounts: readonly Mounted[], privileged: boolean): readonly Gap[] {
  return wanted.mounts.flatMap(({ hostPath, mountPath, readOnly, reasons, unlessPrivileged }): readonly Gap[] => {
    if (privileged && unlessPrivileged) return []
    const shown = mounts.some(
      each => each.hostPath !== null && within(hostPath, each.hostPath) !== null && (readOnly || !each.readOnly),
    )
    // A volume of another kind at that path is what the container reads there, and what the host holds does not matter.
    const covered = nearest(mountPath, mounts)
    if (shown || (covered && covered.hostPath === null)) return []
    const line = lineOf(hostPath, readOnly)
    return [{ side: 'missing', line, field: 'volumeMounts', help: `mount ${hostPath} of the host`, reasons }]
  })
}

function excessMounts(wanted: PodSettings, mounts: readonly Mounted[]): readonly Gap[] {
  return mounts.flatMap(({ hostPath, readOnly, at }): readonly Gap[] => {
    if (hostPath === null) return []
    const used = wanted.mounts.filter(
      each => within(each.hostPath, hostPath) !== null || within(hostPath, each.hostPath) !== null,
    )
    if (used.length > 0 && (readOnly || used.some(each => !each.readOnly))) return []
    const help = used.length === 0 ? `remove the mount of ${hostPath}` : `mount ${hostPath} read-only`
    return [{ side: 'excess', line: lineOf(hostPath, readOnly), field: `volumeMounts.${at}`, help, reasons: [] }]
  })
}

/** Paths that are to be written and lie on no writable volume, where the root file system is read-only. */
function unwritable(wanted: PodSettings, mounts: readonly Mounted[]): readonly Gap[] {
  return wanted.writable.flatMap((path): readonly Gap[] => {
    const mount = nearest(path, mounts)
    if (mount && !mount.readOnly) return []
    const reasons = wanted.reasons.get(`writable.${path}`) ?? []
    const help = `mount a writable volume at ${path}`
    return [{ side: 'missing', line: `writable ${path}`, field: 'volumeMounts', help, reasons }]
  })
}

/** The mount that a path of the container lies in. */
function nearest(path: string, mounts: readonly Mounted[]): Mounted | undefined {
  return mounts
    .filter(({ mountPath }) => within(path, mountPath) !== null)
    .sort((a, b) => b.mountPath.length - a.mountPath.length)[0]
}

const lineOf = (hostPath: string, readOnly: boolean): string => `mount ${hostPath} ${readOnly ? 'ro' : 'rw'}`

function mountsOf(pod: JsonMap, container: JsonMap): readonly Mounted[] {
  const volumes = listAt(pod, 'volumes').filter(isMap)
  return listAt(container, 'volumeMounts').flatMap((mount, at) => {
    if (!isMap(mount)) return []
    const volume = volumes.find(each => each['name'] === mount['name'])
    const path = volume === undefined ? undefined : valueAt(volume, 'hostPath.path')
    const below = typeof mount['subPath'] === 'string' ? `/${mount['subPath']}` : ''
    const hostPath = typeof path === 'string' ? tidy(path + below) : null
    const mountPath = tidy(String(mount['mountPath']))
    return [{ mountPath, hostPath, readOnly: mount['readOnly'] === true, at }]
  })
}
