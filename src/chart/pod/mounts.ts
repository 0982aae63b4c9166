import { type Diagnostic, diagnostic } from '../../diagnostic/diagnostic.ts'
import { compareText } from '../../kubernetes/grant.ts'
import { isOccupied, placeOfHost } from '../../kubernetes/occupied.ts'
import type { Plan } from '../../plan/plan.ts'
import { componentsOf } from '../../plan/reasons.ts'
import type { Reason } from '../../rules/requirement.ts'
import { isEmpty, isMap, type JsonMap, listAt, valueAt } from '../json.ts'
import { switchedMounts } from '../release/pod-of-values.ts'

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
    const hostPath = tidy(privilege.hostPath)
    const mountPath = tidy(privilege.mountPath ?? (isOccupied(hostPath) ? placeOfHost(hostPath) : hostPath))
    const key = `${hostPath}\0${mountPath}`
    const known = wanted.get(key)
    const readOnly = privilege.readOnly && (known?.readOnly ?? true)
    const unlessPrivileged = privilege.unlessPrivileged === true && known?.unlessPrivileged !== false
    const because = [...(known?.reasons ?? []), ...reasons]
    wanted.set(key, { hostPath, mountPath, readOnly, reasons: because, unlessPrivileged, given: false })
  }
  return [...wanted.values()].sort(byMountPath)
}

/** The host paths that complete values mount already. */
export function userMounts(user: JsonMap): readonly HostMount[] {
  const switched = switchedMounts
    .filter(({ key }) => !isEmpty(valueAt(user, key)))
    .map(({ path }) => ({ hostPath: path, mountPath: path, readOnly: true, reasons: [], given: true }))
  const volumes = listAt(user, 'controller.volumes.extra')
  const extra = listAt(user, 'alloy.mounts.extra').flatMap(mount => {
    if (!isMap(mount) || typeof mount['mountPath'] !== 'string') return []
    const volume = volumes.find(each => isMap(each) && each['name'] === mount['name'])
    const path = volume === undefined ? undefined : valueAt(volume, 'hostPath.path')
    if (typeof path !== 'string') return []
    const below = typeof mount['subPath'] === 'string' ? `/${mount['subPath']}` : ''
    const mountPath = tidy(mount['mountPath'])
    return [{ hostPath: tidy(path + below), mountPath, readOnly: mount['readOnly'] === true, reasons: [], given: true }]
  })
  return [...switched, ...extra]
}

/** Folders of the host that are wanted at one path of the container, which can show one of them alone: an error for each path. */
export function collisions(mounts: readonly HostMount[]): readonly Diagnostic[] {
  const places = [...new Set(mounts.map(({ mountPath }) => mountPath))]
  return places.flatMap(mountPath => {
    const there = mounts.filter(each => each.mountPath === mountPath)
    if (there.length < 2) return []
    const reasons = there.flatMap(each => each.reasons)
    const paths = there.map(({ hostPath }) => hostPath)
    return [
      diagnostic('mounts-collide', reasons[0]?.span ?? null, { components: componentsOf(reasons), paths, mountPath }),
    ]
  })
}

/** All mounts of the user's, with the planned ones that they and the other planned ones do not show already. */
export function joinMounts(user: readonly HostMount[], planned: readonly HostMount[]): readonly HostMount[] {
  const added = planned.filter(
    mount => !planned.some(other => other !== mount && shows(other, mount)) && !user.some(other => shows(other, mount)),
  )
  const places = new Set(added.map(({ mountPath }) => mountPath))
  return [...user.filter(({ mountPath }) => !places.has(mountPath)), ...added].sort(byMountPath)
}

/**
 * Makes paths writable that lie in host paths which can only be read: no volume can be mounted below those, for there is no place
 * for it, so that part of the host is mounted once more.
 */
export function writeWithin(mounts: readonly HostMount[], paths: readonly WritablePath[]): readonly HostMount[] {
  let all = mounts
  for (const { path, reasons } of paths) {
    const around = all.filter(({ mountPath }) => within(path, mountPath) !== null)
    const nearest = around.sort((a, b) => b.mountPath.length - a.mountPath.length)[0]
    if (!nearest?.readOnly) continue
    const below = within(path, nearest.mountPath)!
    const hostPath = tidy(`${nearest.hostPath}/${below}`)
    const added = {
      hostPath,
      mountPath: path,
      readOnly: false,
      reasons: [...nearest.reasons, ...reasons],
      given: false,
    }
    all = [...all.filter(({ mountPath }) => mountPath !== path), added]
  }
  return [...all].sort(byMountPath)
}

/** Says whether one mount lets the container see all that another one does, at the same path, and write where it must. */
function shows(outer: HostMount, inner: HostMount): boolean {
  const below = within(inner.hostPath, outer.hostPath)
  return below !== null && below === within(inner.mountPath, outer.mountPath) && (inner.readOnly || !outer.readOnly)
}

function byMountPath(a: HostMount, b: HostMount): number {
  return compareText(a.mountPath, b.mountPath)
}

/** The part of a path below a folder: empty for the folder itself, null for a path outside. */
export function within(path: string, folder: string): string | null {
  if (path === folder) return ''
  const start = folder === '/' ? '/' : `${folder}/`
  return path.startsWith(start) ? path.slice(start.length) : null
}

/** A path without repeated and final slashes and without dots that lead nowhere. */
export function tidy(path: string): string {
  const parts: string[] = []
  for (const part of path.split('/')) {
    if (part === '' || part === '.') continue
    if (part === '..') parts.pop()
    else parts.push(part)
  }
  return `/${parts.join('/')}`
}
