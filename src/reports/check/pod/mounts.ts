import type { JsonMap } from '../../../chart/json.ts'
import { type GivenMount, givenMounts } from '../../../chart/pod/mounts/given-mounts.ts'
import type { HostMount } from '../../../chart/pod/mounts/mounts.ts'
import { pathIndex } from '../../../chart/pod/mounts/path-index.ts'
import { valuesOf } from '../../../chart/pod/patch.ts'
import type { PodSettings } from '../../../chart/pod/settings.ts'
import { type Discrepancy, securityOf } from './privileges.ts'

/** Compares the paths of the host that a container sees, and the paths that it can write, with what is wanted of it. */
export function mountGaps(wanted: PodSettings, pod: JsonMap, container: JsonMap): readonly Discrepancy[] {
  const own = securityOf(pod, container)
  const fixed = own('readOnlyRootFilesystem') === true
  return [
    ...missingMounts(wanted, own('privileged') === true),
    ...excessMounts(wanted),
    ...(fixed ? unwritable(wanted, givenMounts(valuesOf({ pod, container: String(container['name']) }))) : []),
  ]
}

function missingMounts({ volumes, mounts }: PodSettings, privileged: boolean): readonly Discrepancy[] {
  const added = mounts.filter(({ given, isMade }) => !given && !isMade)
  const toWrite = [...volumes.changed].flatMap(([{ mountPath }, readOnly]) =>
    readOnly ? [] : mounts.filter(each => each.mountPath === mountPath && each.reasons.length > 0),
  )
  const misplaced = new Set(volumes.misplaced.map(({ need }) => need))
  return [...added, ...misplaced, ...toWrite]
    .filter(({ unlessPrivileged }) => !(privileged && unlessPrivileged))
    .map(mount => ({
      ...{ kind: 'missing', line: lineOf(mount, at(mount)), field: 'volumeMounts', reasons: mount.reasons },
      edit: `mount ${mount.hostPath} of the host${at(mount)}`,
      byHand: misplaced.has(mount),
    }))
}

const at = ({ hostPath, mountPath }: Pick<HostMount, 'hostPath' | 'mountPath'>): string =>
  hostPath === mountPath ? '' : ` at ${mountPath}`

function excessMounts({ volumes }: PodSettings): readonly Discrepancy[] {
  const broad = new Set(volumes.broad.map(({ given }) => given))
  const excess = (given: GivenMount, edit: string): Discrepancy => ({
    kind: 'excess',
    line: lineOf(given, ''),
    field: `volumeMounts.${given.at}`,
    edit,
    reasons: [],
    byHand: !volumes.dropped.includes(given) && (broad.has(given) || !volumes.changed.has(given)),
  })
  const read = [...volumes.changed].flatMap(([given, readOnly]) => (readOnly ? [given] : []))
  return [
    ...volumes.unneeded.map(given => excess(given, `remove the mount of ${given.hostPath}`)),
    ...volumes.broad.map(({ given, instead }) => {
      const mounts = instead.map(each => `${each.hostPath}${at(each)}`).join(' and ')
      return excess(given, `mount ${mounts} instead of ${given.hostPath}`)
    }),
    ...read.filter(given => !broad.has(given)).map(given => excess(given, `mount ${given.hostPath} read-only`)),
  ]
}

/** Paths that are to be written and lie on no writable volume, where the root file system is read-only. */
function unwritable(wanted: PodSettings, mounts: readonly GivenMount[]): readonly Discrepancy[] {
  const index = pathIndex(mounts, ({ mountPath }) => mountPath)
  return wanted.writable.flatMap((path): readonly Discrepancy[] => {
    const [mount] = index.around(path)
    if (mount && !mount.readOnly && mount.isWritableKind) return []
    const reasons = wanted.reasons.get(`writable.${path}`) ?? []
    const edit = `mount a writable volume at ${path}`
    return [{ kind: 'missing', line: `writable ${path}`, field: 'volumeMounts', edit, reasons }]
  })
}

const lineOf = (
  { hostPath, readOnly }: { readonly hostPath: string | null; readonly readOnly: boolean },
  place: string,
): string => `mount ${hostPath}${place} ${readOnly ? 'ro' : 'rw'}`
