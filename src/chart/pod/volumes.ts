import { isMap, type JsonMap, listAt, valueAt } from '../json.ts'
import { switchedMounts } from '../release/pod-of-values.ts'
import { reasonLines } from '../write/comment.ts'
import { claims } from './mounts/given-mounts.ts'
import type { HostMount } from './mounts/mounts.ts'
import type { PodSettings } from './settings.ts'

/** A volume of the pod and where the Alloy container has it. */
export interface MountedVolume {
  readonly volume: JsonMap
  readonly mount: JsonMap
  /** What it is for. */
  readonly lines: readonly string[]
}

/** The volumes that the settings ask for beyond those of complete values: host paths, then writable folders. */
export function addedVolumes(
  pod: PodSettings,
  user: JsonMap,
  options: { readonly switches: boolean },
): readonly MountedVolume[] {
  const taken = new Set(['config', ...switchedMounts.map(({ name }) => name)])
  for (const volume of [...listAt(user, 'controller.volumes.extra'), ...claims(user)]) {
    if (isMap(volume) && typeof volume['name'] === 'string') taken.add(volume['name'])
  }
  const added = (path: string, volume: JsonMap, mount: JsonMap, lines: readonly string[]): MountedVolume => {
    const name = volumeName(path, taken)
    return { volume: { name, ...volume }, mount: { name, mountPath: path, ...mount }, lines }
  }
  const own = pod.mounts.filter(mount => !mount.given && !(options.switches && isSwitched(mount, user)))
  return [
    ...own.map(mount =>
      added(mount.mountPath, { hostPath: hostPathOf(mount) }, mountFields(mount), reasonLines(mount.reasons)),
    ),
    ...pod.volumes.empty.map(path => added(path, { emptyDir: {} }, {}, writableLines(path, pod))),
  ]
}

/** Says whether a key of the values is enough for a mount: not where a volume of the user's has the name that the chart would use. */
export function isSwitched({ hostPath, mountPath, readOnly }: HostMount, user: JsonMap): boolean {
  const named = (name: string) => listAt(user, 'controller.volumes.extra').some(each => valueAt(each, 'name') === name)
  return readOnly && switchedMounts.some(({ path, name }) => path === hostPath && path === mountPath && !named(name))
}

/** A folder that is written is made where there is none, for no other container makes it. */
function hostPathOf({ hostPath: path, isMade }: HostMount): JsonMap {
  return { path, ...(isMade && { type: 'DirectoryOrCreate' }) }
}

function mountFields({ hostPath, readOnly }: HostMount): JsonMap {
  // What the host mounts later shows in the container as well: file systems below the root.
  return { ...(readOnly && { readOnly: true }), ...(hostPath === '/' && { mountPropagation: 'HostToContainer' }) }
}

function writableLines(path: string, pod: PodSettings): readonly string[] {
  const storage = path === pod.writable[0] ? ['Alloy starts only if it can write to its storage path.'] : []
  return [...storage, ...reasonLines(pod.reasons.get(`writable.${path}`) ?? [])]
}

/** A name for a volume, made from the path at which it is mounted: a label of at most 63 characters, not taken yet. */
function volumeName(path: string, taken: Set<string>): string {
  const words = path.toLowerCase().match(/[a-z0-9]+/g) ?? ['root']
  const base = words.join('-').slice(0, 55).replace(/-$/, '')
  let name = base
  for (let count = 2; taken.has(name); count++) name = `${base}-${count}`
  taken.add(name)
  return name
}
