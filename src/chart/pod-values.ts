import type { Reason } from '../rules/requirement.ts'
import { olderThan } from '../rules/version.ts'
import { reasonLines } from './comment.ts'
import type { Path, Remark } from './document.ts'
import { isMap, type Json, type JsonMap, listAt, mapAt, valueAt } from './json.ts'
import { alloyUser, type HostMount, type PodSettings, tidy, within } from './pod.ts'
import type { Setting } from './setting.ts'
import { switchedMounts } from './workload.ts'

/** The values that give the pod these settings. `user`: complete values, defaults included, that stay unless the settings say otherwise. */
export function podValues(
  pod: PodSettings,
  user: JsonMap,
  { kubernetes }: { readonly kubernetes: string },
): readonly Setting[] {
  const mounts = mountSettings(pod, user)
  const setting = (path: string, value: Json, reasons: readonly Reason[] = []): Setting => ({
    path,
    value,
    remarks: [{ path: path.split('.'), lines: reasonLines(reasons) }],
  })
  const because = (key: string): readonly Reason[] => pod.reasons.get(key) ?? []
  const hostNetwork = pod.hostNetwork || valueAt(user, 'controller.hostNetwork') === true
  return [
    setting('alloy.storagePath', valueAt(user, 'alloy.storagePath') ?? null),
    ...mounts.filter(({ path }) => path.startsWith('alloy.')),
    { path: 'alloy.securityContext', value: securityContext(pod, user, kubernetes), remarks: securityRemarks(pod) },
    setting('global.podSecurityContext', podSecurityContext(pod, user)),
    ...(valueAt(user, 'configReloader.enabled') === false
      ? []
      : [setting('configReloader.securityContext', reloaderContext(user))]),
    setting('controller.hostPID', pod.hostPID, because('hostPID')),
    // What else listens on the network of the node is nothing that the configuration tells, so a user's `true` stays.
    setting('controller.hostNetwork', hostNetwork, because('hostNetwork')),
    // Without it a pod on the host's network cannot resolve the names of services.
    ...(pod.hostNetwork ? [setting('controller.dnsPolicy', 'ClusterFirstWithHostNet')] : []),
    ...(pod.appArmorUnconfined && olderThan(kubernetes, '1.30')
      ? [setting('controller.podAnnotations', annotations(user), because('appArmorProfile'))]
      : []),
    ...mounts.filter(({ path }) => path.startsWith('controller.')),
  ]
}

function annotations(user: JsonMap): JsonMap {
  return {
    ...mapAt(user, 'controller.podAnnotations'),
    'container.apparmor.security.beta.kubernetes.io/alloy': 'unconfined',
  }
}

/** The container's security context: the user's, tightened to what the settings allow. */
function securityContext(pod: PodSettings, user: JsonMap, kubernetes: string): JsonMap {
  const given = mapAt(user, 'alloy.securityContext')
  const { privileged: was, capabilities: _, appArmorProfile: __, ...kept } = given
  const chosen = pod.runAsUser !== 0 && typeof given['runAsUser'] === 'number' && given['runAsUser'] !== 0
  const { add, drop } = pod.capabilities
  return {
    ...kept,
    ...(pod.privileged ? { privileged: true } : was === true && { privileged: false }),
    ...(!chosen && { runAsUser: pod.runAsUser, runAsGroup: pod.runAsUser }),
    runAsNonRoot: pod.runAsUser !== 0,
    readOnlyRootFilesystem: pod.readOnlyRootFilesystem,
    allowPrivilegeEscalation: pod.allowPrivilegeEscalation,
    ...(!pod.privileged && {
      capabilities: { ...(add.length > 0 && { add }), drop },
      seccompProfile: { type: pod.seccompUnconfined ? 'Unconfined' : 'RuntimeDefault' },
    }),
    ...(pod.appArmorUnconfined && !olderThan(kubernetes, '1.30') && { appArmorProfile: { type: 'Unconfined' } }),
  }
}

function securityRemarks(pod: PodSettings): readonly Remark[] {
  const base: Path = ['alloy', 'securityContext']
  const above = (key: string, path: Path): Remark => ({
    path: [...base, ...path],
    lines: reasonLines(pod.reasons.get(key) ?? []),
  })
  const capabilities = pod.capabilities.add.flatMap(name =>
    reasonLines(pod.reasons.get(`capabilities.${name}`) ?? []).map(line => `${name}: ${line}`),
  )
  return [
    ...(pod.privileged ? [above('privileged', ['privileged'])] : []),
    ...(pod.runAsUser === 0 ? [above('runAsUser', ['runAsUser'])] : []),
    ...(pod.readOnlyRootFilesystem ? [] : [above('readOnlyRootFilesystem', ['readOnlyRootFilesystem'])]),
    ...(pod.allowPrivilegeEscalation ? [above('allowPrivilegeEscalation', ['allowPrivilegeEscalation'])] : []),
    ...(pod.privileged ? [] : [{ path: [...base, 'capabilities'], lines: capabilities }]),
    ...(pod.seccompUnconfined ? [above('seccompProfile', ['seccompProfile'])] : []),
  ]
}

function podSecurityContext(pod: PodSettings, user: JsonMap): JsonMap {
  const given = mapAt(user, 'global.podSecurityContext')
  if (pod.runAsUser === 0) return given['runAsNonRoot'] === true ? { ...given, runAsNonRoot: false } : given
  return { ...given, fsGroup: given['fsGroup'] ?? alloyUser }
}

const nobody = 65534

/** The reloader needs nothing; charts since 1.11.1 say the same by default. */
function reloaderContext(user: JsonMap): JsonMap {
  const given = mapAt(user, 'configReloader.securityContext')
  const chosen = typeof given['runAsUser'] === 'number' && given['runAsUser'] !== 0
  return {
    ...given,
    allowPrivilegeEscalation: false,
    readOnlyRootFilesystem: true,
    capabilities: { drop: ['ALL'] },
    runAsNonRoot: true,
    ...(!chosen && { runAsUser: nobody, runAsGroup: nobody }),
    seccompProfile: { type: 'RuntimeDefault' },
  }
}

/** Volumes and mounts: the user's own, then those that the settings ask for and the user's do not provide. */
function mountSettings(pod: PodSettings, user: JsonMap): readonly Setting[] {
  const switched = switchedMounts.map(({ key, path }) => {
    const mount = pod.mounts.find(
      ({ hostPath, mountPath, readOnly }) => readOnly && hostPath === path && mountPath === path,
    )
    return { key, mount, on: mount !== undefined || valueAt(user, key) === true }
  })
  const volumes: Json[] = [...listAt(user, 'controller.volumes.extra')]
  const mounts: Json[] = [...listAt(user, 'alloy.mounts.extra')]
  const remarks: Remark[] = []
  const taken = new Set(['config', ...switchedMounts.map(({ name }) => name)])
  for (const volume of volumes) if (isMap(volume) && typeof volume['name'] === 'string') taken.add(volume['name'])
  const add = (path: string, volume: JsonMap, mount: JsonMap, lines: readonly string[]): void => {
    const name = volumeName(path, taken)
    remarks.push({ path: ['controller', 'volumes', 'extra', volumes.length], lines })
    volumes.push({ name, ...volume })
    mounts.push({ name, mountPath: path, ...mount })
  }
  for (const mount of pod.mounts) {
    if (switched.some(({ mount: by }) => by === mount)) continue
    if (userMounts(user).some(other => sameMount(other, mount))) continue
    add(mount.mountPath, { hostPath: { path: mount.hostPath } }, mountFields(mount), reasonLines(mount.reasons))
  }
  for (const path of outermost(pod.writable)) {
    if (isWritable(path, pod, user)) continue
    const lines = reasonLines(pod.reasons.get(`writable.${path}`) ?? [])
    const storage = path === pod.writable[0] ? ['Alloy does not start unless it can write to alloy.storagePath.'] : []
    add(path, { emptyDir: {} }, {}, [...storage, ...lines])
  }
  return [
    ...switched.map(({ key, mount, on }) => ({
      path: key,
      value: on,
      remarks: mount ? [{ path: key.split('.'), lines: reasonLines(mount.reasons) }] : [],
    })),
    { path: 'alloy.mounts.extra', value: mounts, remarks: [] },
    { path: 'controller.volumes.extra', value: volumes, remarks },
  ]
}

function mountFields({ hostPath, readOnly }: HostMount): JsonMap {
  // What the host mounts later shows in the container as well: file systems below the root.
  return { ...(readOnly && { readOnly: true }), ...(hostPath === '/' && { mountPropagation: 'HostToContainer' }) }
}

/** The host paths that the user's values mount already. */
export function userMounts(user: JsonMap): readonly HostMount[] {
  const volumes = listAt(user, 'controller.volumes.extra')
  return listAt(user, 'alloy.mounts.extra').flatMap(mount => {
    if (!isMap(mount) || typeof mount['mountPath'] !== 'string') return []
    const volume = volumes.find(each => isMap(each) && each['name'] === mount['name'])
    const path = volume === undefined ? undefined : valueAt(volume, 'hostPath.path')
    if (typeof path !== 'string') return []
    const below = typeof mount['subPath'] === 'string' ? `/${mount['subPath']}` : ''
    return [
      {
        hostPath: tidy(path + below),
        mountPath: tidy(mount['mountPath']),
        readOnly: mount['readOnly'] === true,
        reasons: [],
      },
    ]
  })
}

const sameMount = (a: HostMount, b: HostMount): boolean =>
  a.hostPath === b.hostPath && a.mountPath === b.mountPath && (b.readOnly || !a.readOnly)

/** Says whether a path lies on a writable volume without our doing. */
function isWritable(path: string, pod: PodSettings, user: JsonMap): boolean {
  const host = [...pod.mounts, ...userMounts(user)].filter(({ mountPath }) => within(path, mountPath) !== null)
  if (host.some(({ readOnly }) => !readOnly)) return true
  const volumes = [...listAt(user, 'controller.volumes.extra'), ...claims(user)]
  return listAt(user, 'alloy.mounts.extra').some(mount => {
    if (!isMap(mount) || typeof mount['mountPath'] !== 'string' || mount['readOnly'] === true) return false
    if (within(path, tidy(mount['mountPath'])) === null) return false
    const volume = volumes.find(each => isMap(each) && each['name'] === mount['name'])
    return (
      isMap(volume) &&
      ['emptyDir', 'persistentVolumeClaim', 'ephemeral', 'csi', 'claim'].some(key => Object.hasOwn(volume, key))
    )
  })
}

/** The claims of a stateful set, each as a volume of that name. */
function claims(user: JsonMap): readonly JsonMap[] {
  if (valueAt(user, 'controller.type') !== 'statefulset') return []
  return listAt(user, 'controller.volumeClaimTemplates').map(claim => ({
    name: valueAt(claim, 'metadata.name') ?? null,
    claim: true,
  }))
}

/** Those paths that lie below no other. */
function outermost(paths: readonly string[]): readonly string[] {
  return paths.filter(path => !paths.some(other => other !== path && within(path, other) !== null))
}

/** A name for a volume, made from the path at which it is mounted: a label of at most 63 characters, not taken yet. */
function volumeName(path: string, taken: Set<string>): string {
  const letters = path
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
  const base = letters.slice(0, 55).replace(/-$/, '') || 'root'
  let name = base
  for (let count = 2; taken.has(name); count++) name = `${base}-${count}`
  taken.add(name)
  return name
}
