import type { Plan, PlannedPrivilege } from '../plan/plan.ts'
import type { Reason } from '../rules/requirement.ts'

/** A path of the host in the Alloy container. */
export interface HostMount {
  readonly hostPath: string
  /** Where the container sees it. */
  readonly mountPath: string
  readonly readOnly: boolean
  readonly reasons: readonly Reason[]
}

/** The privileges of the Alloy container and its pod: as little as the plan allows. */
export interface PodSettings {
  readonly privileged: boolean
  readonly hostPID: boolean
  readonly hostNetwork: boolean
  readonly hostIPC: boolean
  readonly runAsUser: number
  readonly readOnlyRootFilesystem: boolean
  readonly allowPrivilegeEscalation: boolean
  readonly capabilities: { readonly add: readonly string[]; readonly drop: readonly string[] }
  readonly mounts: readonly HostMount[]
  /** Paths that must lie on a writable volume, the storage path first. */
  readonly writable: readonly string[]
  readonly automountServiceAccountToken: boolean
  /** Whether the runtime's default profile forbids what is needed. */
  readonly seccompUnconfined: boolean
  readonly appArmorUnconfined: boolean
  /** Why a setting is above the least: `hostPID`, `capabilities.SYS_PTRACE`, `runAsUser`. */
  readonly reasons: ReadonlyMap<string, readonly Reason[]>
}

/** The user and group of Alloy's image. */
export const alloyUser = 473
/** Where the chart keeps Alloy's data unless the values say otherwise. */
export const defaultStoragePath = '/tmp/alloy'

/** Combines the privileges of a plan into the settings of one pod. */
export function podSettings(
  plan: Plan,
  { storagePath = defaultStoragePath }: { readonly storagePath?: string } = {},
): PodSettings {
  const reasons = new Map<string, readonly Reason[]>()
  const because = (key: string, planned: PlannedPrivilege) =>
    reasons.set(key, [...(reasons.get(key) ?? []), ...planned.reasons])
  const capabilities = new Set<string>()
  for (const planned of plan.privileges) {
    const { privilege } = planned
    const bound = privilege.kind === 'port' && privilege.port > 0 && privilege.port < 1024
    const capability = bound
      ? 'NET_BIND_SERVICE'
      : privilege.kind === 'capability'
        ? privilege.name.replace(/^CAP_/, '')
        : null
    if (capability !== null) {
      capabilities.add(capability)
      because(`capabilities.${capability}`, planned)
      // A capability that is added counts for root alone: Kubernetes sets no ambient ones, and the binary carries none.
      because('runAsUser', planned)
    }
    if (privilege.kind === 'pod') because(fieldKey[privilege.field], planned)
    if (privilege.kind === 'writable') because(`writable.${tidy(privilege.path)}`, planned)
  }
  const privileged = reasons.has('privileged')
  const mounts = hostMounts(plan)
  const asked = plan.privileges.flatMap(({ privilege }) =>
    privilege.kind === 'writable' ? [tidy(privilege.path)] : [],
  )
  return {
    privileged,
    hostPID: reasons.has('hostPID'),
    hostNetwork: reasons.has('hostNetwork'),
    hostIPC: reasons.has('hostIPC'),
    runAsUser: privileged || reasons.has('runAsUser') ? 0 : alloyUser,
    readOnlyRootFilesystem: !reasons.has('readOnlyRootFilesystem'),
    // The API server refuses to forbid escalation beside either.
    allowPrivilegeEscalation: privileged || capabilities.has('SYS_ADMIN') || reasons.has('allowPrivilegeEscalation'),
    // A privileged container has every capability, whatever it drops.
    capabilities: privileged ? { add: [], drop: [] } : { add: [...capabilities].sort(), drop: ['ALL'] },
    mounts,
    writable: [...new Set([tidy(storagePath), ...asked.sort()])],
    automountServiceAccountToken: plan.grants.length > 0 || reasons.has('automountServiceAccountToken'),
    seccompUnconfined: !privileged && reasons.has('seccompProfile'),
    appArmorUnconfined: !privileged && reasons.has('appArmorProfile'),
    reasons,
  }
}

/** The key under which a pod field's reasons stand. */
const fieldKey = {
  hostPID: 'hostPID',
  hostNetwork: 'hostNetwork',
  hostIPC: 'hostIPC',
  privileged: 'privileged',
  root: 'runAsUser',
  token: 'automountServiceAccountToken',
  appArmorUnconfined: 'appArmorProfile',
  seccompUnconfined: 'seccompProfile',
  privilegeEscalation: 'allowPrivilegeEscalation',
  writableRootFilesystem: 'readOnlyRootFilesystem',
} as const

/** A mount at these paths would hide what the container has there. */
const moved: Readonly<Record<string, string>> = {
  '/': '/host/root',
  '/proc': '/host/proc',
  '/sys': '/host/sys',
  '/dev': '/host/dev',
}

/** The host paths of a plan; what a mount already shows in the same place, with at least the same access, is left out. */
function hostMounts(plan: Plan): readonly HostMount[] {
  const wanted = new Map<string, HostMount>()
  for (const { privilege, reasons } of plan.privileges) {
    if (privilege.kind !== 'mount') continue
    const hostPath = tidy(privilege.hostPath)
    const mountPath = tidy(privilege.mountPath ?? moved[hostPath] ?? hostPath)
    const key = `${hostPath}\0${mountPath}`
    const known = wanted.get(key)
    const readOnly = privilege.readOnly && (known?.readOnly ?? true)
    wanted.set(key, { hostPath, mountPath, readOnly, reasons: [...(known?.reasons ?? []), ...reasons] })
  }
  const all = [...wanted.values()].sort((a, b) => (a.mountPath < b.mountPath ? -1 : a.mountPath > b.mountPath ? 1 : 0))
  return all.filter(mount => !all.some(other => other !== mount && shows(other, mount)))
}

/** Says whether one mount lets the container see all that another one does, at the same path, and write where it must. */
function shows(outer: HostMount, inner: HostMount): boolean {
  const below = within(inner.hostPath, outer.hostPath)
  return (
    below !== null &&
    below === within(inner.mountPath, outer.mountPath) &&
    (inner.readOnly || !outer.readOnly) &&
    // Of two paths to the same place, such as / at / and at /host/root, neither is below the other.
    below !== ''
  )
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
