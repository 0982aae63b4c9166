import { type Diagnostic, diagnostic } from '../../../diagnostic/diagnostic.ts'
import { isNodePath } from '../../../kubernetes/pod/node-paths.ts'
import { isOccupied, placeOfHost } from '../../../kubernetes/pod/occupied.ts'
import type { Plan } from '../../../plan/plan.ts'
import { componentsOf } from '../../../plan/reasons.ts'
import type { Reason } from '../../../rules/requirement.ts'
import { compareText } from '../../../text/compare-text.ts'
import { normalizePath } from './paths.ts'

/** A path of the host in the Alloy container. */
export interface HostMount {
  readonly hostPath: string
  /** Where the container sees it. */
  readonly mountPath: string
  readonly readOnly: boolean
  readonly reasons: readonly Reason[]
  /** A privileged container mounts it itself. */
  readonly unlessPrivileged?: boolean
  /** Whether the user's values have it. */
  readonly given: boolean
  /** An argument names it, and nothing says that it is a path of the node: any volume there will do. */
  readonly isAnywhere?: boolean
  /** A file or a folder itself, not the folder that files of a pattern are in. */
  readonly isWhole?: boolean
  /** A folder of the host that is made where there is none. */
  readonly isMade?: boolean
}

/** A path that must be writable, and why. */
export interface WritablePath {
  readonly path: string
  readonly reasons: readonly Reason[]
}

/** The host paths of a plan, ordered by where the container sees them. */
export function plannedMounts(plan: Plan): readonly HostMount[] {
  const wanted = new Map<string, HostMount>()
  for (const { privilege, reasons } of plan.privileges) {
    if (privilege.kind !== 'mount') continue
    const hostPath = normalizePath(privilege.hostPath)
    const mountPath = normalizePath(privilege.mountPath ?? (isOccupied(hostPath) ? placeOfHost(hostPath) : hostPath))
    const key = `${hostPath}\0${mountPath}`
    const known = wanted.get(key)
    const readOnly = privilege.readOnly && (known?.readOnly ?? true)
    const unlessPrivileged = privilege.unlessPrivileged === true && known?.unlessPrivileged !== false
    const isAnywhere = privilege.named === true && !isNodePath(hostPath) && known?.isAnywhere !== false
    const isWhole = privilege.whole === true && known?.isWhole !== false
    const because = known ? [...known.reasons, ...reasons] : reasons
    wanted.set(key, {
      ...{ hostPath, mountPath, readOnly, reasons: because },
      ...{ unlessPrivileged, isAnywhere, isWhole, given: false },
    })
  }
  return [...wanted.values()].sort(byMountPath)
}

/** Folders of the host that are wanted at one path of the container, which can show one of them alone: an error for each path. */
export function collisions(mounts: readonly HostMount[]): readonly Diagnostic[] {
  const places = new Map<string, HostMount[]>()
  for (const each of mounts) {
    const there = places.get(each.mountPath)
    if (there) there.push(each)
    else places.set(each.mountPath, [each])
  }
  return [...places].flatMap(([mountPath, there]) => {
    if (there.length < 2) return []
    const reasons = there.flatMap(each => each.reasons)
    const paths = there.map(({ hostPath }) => hostPath)
    return [
      diagnostic('mounts-collide', reasons[0]?.span ?? null, { components: componentsOf(reasons), paths, mountPath }),
    ]
  })
}

function byMountPath(a: HostMount, b: HostMount): number {
  return compareText(a.mountPath, b.mountPath)
}
