import type { Plan, PlannedPrivilege } from '../../plan/plan.ts'
import type { Privilege, Reason } from '../../rules/requirement.ts'
import { type JsonMap, listAt, valueAt } from '../json.ts'
import { type GivenMount, givenMounts } from './mounts/given-mounts.ts'
import { type HostMount, plannedMounts } from './mounts/mounts.ts'
import { normalizePath, relativeTo } from './mounts/paths.ts'
import { type MountPlan, placeMounts } from './mounts/place-mounts.ts'
import { sparedPlan } from './mounts/spared-plan.ts'
import { valuesOnWindows } from './values-on-windows.ts'

/** The privileges of the Alloy container and its pod: as little as the plan allows. */
export interface PodSettings {
  /** Whether the pod runs on Windows, where only its token is decided here. */
  readonly isWindows: boolean
  readonly privileged: boolean
  readonly hostPID: boolean
  readonly hostNetwork: boolean
  readonly hostIPC: boolean
  /** Null where users have no numbers: on Windows. */
  readonly runAsUser: number | null
  /** Paths that only the user and the group of the image can reach, for they lie in a folder that it keeps for those. */
  readonly imagePaths: readonly string[]
  readonly readOnlyRootFilesystem: boolean
  readonly allowPrivilegeEscalation: boolean
  readonly capabilities: { readonly add: readonly string[]; readonly drop: readonly string[] }
  readonly mounts: readonly HostMount[]
  /** What becomes of the mounts of the user, and what comes to them. */
  readonly volumes: MountPlan
  /** Paths that must lie on a writable volume, the storage path first. */
  readonly writable: readonly string[]
  readonly automountServiceAccountToken: boolean
  /** Whether the runtime's default profile forbids what is needed. */
  readonly seccompUnconfined: boolean
  readonly appArmorUnconfined: boolean
  /** Why a setting is above the minimum: `hostPID`, `capabilities.SYS_PTRACE`, `runAsUser`. */
  readonly reasons: ReadonlyMap<string, readonly Reason[]>
}

/** The user and group of Alloy's image. */
export const alloyUser = 473
/** Where the chart keeps Alloy's data unless the values say otherwise. */
const defaultStoragePath = '/tmp/alloy'

/** The capability that a privilege asks for; ports below the first free one ask for one too. */
function capabilityFor(privilege: Privilege, firstFree: number): string | null {
  if (privilege.kind === 'capability') return privilege.name.replace(/^CAP_/, '')
  return privilege.kind === 'port' && privilege.port > 0 && privilege.port < firstFree ? 'NET_BIND_SERVICE' : null
}

/**
 * Combines the privileges of a plan into the settings of one pod. `user`: complete values of the chart, whose storage path, mounts
 * and user stay, as far as the plan lets them.
 */
export function podSettings(whole: Plan, user: JsonMap = {}): PodSettings {
  const given = givenMounts(user)
  const plan = sparedPlan(whole, given)
  const storagePath = valueAt(user, 'alloy.storagePath')
  const reasons = new Map<string, readonly Reason[]>()
  const because = (key: string, planned: PlannedPrivilege) =>
    reasons.set(key, [...(reasons.get(key) ?? []), ...planned.reasons])
  const capabilities = new Set<string>()
  const free = freePorts(user)
  for (const planned of plan.privileges) {
    const { privilege } = planned
    const capability = capabilityFor(privilege, free)
    const isBounding = privilege.kind === 'capability' && privilege.bounding === true
    if (capability !== null) {
      capabilities.add(capability)
      because(`capabilities.${capability}`, planned)
      // A capability that is added counts for root alone: Kubernetes sets no ambient ones, and the binary carries none.
      if (!isBounding) because('runAsUser', planned)
      // The API server refuses to forbid escalation beside it.
      if (capability === 'SYS_ADMIN') because('allowPrivilegeEscalation', planned)
    }
    if (privilege.kind === 'pod') because(fieldKey[privilege.field], planned)
    if (privilege.kind === 'writable') because(`writable.${normalizePath(privilege.path)}`, planned)
  }
  const privileged = reasons.has('privileged')
  const storage = normalizePath(typeof storagePath === 'string' ? storagePath : defaultStoragePath)
  const readOnlyRootFilesystem = !reasons.has('readOnlyRootFilesystem')
  const asked = plan.privileges
    .flatMap(({ privilege }) => (privilege.kind === 'writable' ? [normalizePath(privilege.path)] : []))
    // A volume would hide the folder of the image, whose sticky bit is what some ask a writable file system for.
    .filter(path => readOnlyRootFilesystem || path !== '/tmp')
  const writable = [...new Set([storage, ...asked.sort()])]
  const written = writable.map(path => ({ path, reasons: reasons.get(`writable.${path}`) ?? [] }))
  if (valuesOnWindows(user)) return windowsSettings(plan, { storage, given, reasons, user })
  const volumes = placeMounts(
    {
      planned: plannedMounts(plan),
      written,
      files: plan.files ?? { paths: [], isOpen: true },
      isComplete: plan.complete,
    },
    given,
  )
  const runAsUser = privileged || reasons.has('runAsUser') ? 0 : (chosenUser(user) ?? alloyUser)
  const mounted = [...volumes.hosts, ...given.filter(({ hostPath }) => hostPath === null)]
  const entered = [...writable, ...mounted.map(({ mountPath }) => mountPath)]
  return {
    isWindows: false,
    privileged,
    hostPID: reasons.has('hostPID'),
    // What else listens on the network of the node is nothing that the configuration tells, so a user's `true` stays.
    hostNetwork: reasons.has('hostNetwork') || valueAt(user, 'controller.hostNetwork') === true,
    hostIPC: reasons.has('hostIPC'),
    runAsUser,
    imagePaths: privileged ? [] : imagePaths(entered),
    readOnlyRootFilesystem,
    // The API server refuses to forbid escalation beside it.
    allowPrivilegeEscalation: privileged || reasons.has('allowPrivilegeEscalation'),
    // A privileged container has every capability, whatever it drops.
    capabilities: privileged ? { add: [], drop: [] } : { add: [...capabilities].sort(), drop: ['ALL'] },
    mounts: volumes.hosts,
    volumes,
    writable,
    automountServiceAccountToken: needsToken(plan, reasons),
    seccompUnconfined: !privileged && reasons.has('seccompProfile'),
    appArmorUnconfined: !privileged && reasons.has('appArmorProfile'),
    reasons,
  }
}

/** What is not known of a configuration may need the token. */
const needsToken = ({ grants, complete }: Plan, reasons: PodSettings['reasons']): boolean =>
  !complete || grants.length > 0 || reasons.has('automountServiceAccountToken')

/** The settings of a pod on Windows: what the user has, with the token as the plan wants it. */
function windowsSettings(
  plan: Plan,
  {
    storage,
    given,
    reasons,
    user,
  }: Pick<PodSettings, 'reasons'> & { storage: string; given: readonly GivenMount[]; user: JsonMap },
): PodSettings {
  const volumes = placeMounts(
    { planned: [], written: [], files: { paths: [], isOpen: true }, isComplete: false },
    given,
  )
  return {
    isWindows: true,
    privileged: false,
    hostPID: valueAt(user, 'controller.hostPID') === true,
    hostNetwork: valueAt(user, 'controller.hostNetwork') === true,
    hostIPC: false,
    runAsUser: null,
    imagePaths: [],
    readOnlyRootFilesystem: false,
    // Nothing there can be forbidden it.
    allowPrivilegeEscalation: valueAt(user, 'alloy.securityContext.allowPrivilegeEscalation') !== false,
    capabilities: { add: [], drop: [] },
    mounts: volumes.hosts,
    volumes: { ...volumes, unneeded: [], written: [] },
    writable: [storage],
    automountServiceAccountToken: needsToken(plan, reasons),
    seccompUnconfined: false,
    appArmorUnconfined: false,
    reasons: new Map(),
  }
}

/** The folder that the image gives to its own user and group, and to no one else. */
export const imageFolder = '/var/lib/alloy'

/** Those paths that lie in the folder of the image: none where a volume is mounted over that, which has an owner of its own. */
function imagePaths(paths: readonly string[]): readonly string[] {
  if (paths.some(path => relativeTo(imageFolder, path) !== null)) return []
  return [...new Set(paths.filter(path => relativeTo(path, imageFolder) !== null))]
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

/** The first port that any user may listen on: the values may set the sysctl that says so. */
export function freePorts(user: JsonMap): number {
  const set = listAt(user, 'global.podSecurityContext.sysctls').find(
    each => valueAt(each, 'name') === 'net.ipv4.ip_unprivileged_port_start',
  )
  const port = Number(valueAt(set ?? null, 'value') ?? Number.NaN)
  return Number.isInteger(port) ? port : 1024
}

/** The user that the values give the container, unless that is root. */
function chosenUser(user: JsonMap): number | null {
  const id = valueAt(user, 'alloy.securityContext.runAsUser') ?? valueAt(user, 'global.podSecurityContext.runAsUser')
  return typeof id === 'number' && id > 0 ? id : null
}
