import { isEmpty, isMap, type Json, type JsonMap, listAt, valueAt } from '../json.ts'
import { switchedMounts } from '../release/pod-of-values.ts'
import { normalizePath } from './mounts/paths.ts'

const volumesKey = 'controller.volumes.extra'
const mountsKey = 'alloy.mounts.extra'

const capabilities = 'alloy.securityContext.capabilities.add'

/**
 * Why Helm makes no pod of complete values, or the API server refuses it, as far as what is printed keeps what they say: first come
 * first said. Null when the pod is made.
 */
export function refusedPod(user: JsonMap): string | null {
  const agent = valueAt(user, 'agent.mounts')
  if (!isEmpty(agent) && !isMap(agent)) return 'agent.mounts is not a map'
  // What is empty the templates leave out, except for the security context.
  const listKeys = [volumesKey, mountsKey, 'alloy.extraPorts'].filter(key => !isEmpty(valueAt(user, key)))
  if ((valueAt(user, capabilities) ?? null) !== null) listKeys.push(capabilities)
  const noList = listKeys.find(key => !Array.isArray(valueAt(user, key)))
  if (noList !== undefined) return `${noList} is not a list`
  const noPort = listAt(user, 'alloy.extraPorts').findIndex(port => !isMap(port))
  if (noPort !== -1) return `alloy.extraPorts[${noPort}] is not a map`
  const switched = switchedMounts.filter(({ key }) => !isEmpty(valueAt(user, key)))
  const names = new Set(['config', ...switched.map(({ name }) => name)])
  for (const [at, volume] of listAt(user, volumesKey).entries()) {
    const wrong = wrongVolume(volume, names)
    if (wrong !== null) return `${volumesKey}[${at}] ${wrong}`
  }
  const paths = new Set(['/etc/alloy', ...switched.map(({ path }) => path)])
  for (const [at, mount] of listAt(user, mountsKey).entries()) {
    const wrong = wrongMount(mount, paths)
    if (wrong !== null) return `${mountsKey}[${at}] ${wrong}`
  }
  return null
}

/** What is wrong with a volume beside those of the names before it, which it joins. */
function wrongVolume(volume: Json, names: Set<string>): string | null {
  if (!isMap(volume)) return 'is not a map'
  const { name, hostPath = null } = volume
  if (!isText(name)) return 'has no name'
  if (names.has(name)) return `has the same name as another volume: ${name}`
  names.add(name)
  if (hostPath === null) return null
  const path = valueAt(hostPath, 'path')
  if (!isText(path)) return 'has a hostPath without a path'
  return climbs(path) ? 'has a hostPath with .. in it' : null
}

/** What is wrong with a mount beside those at the paths before it, which it joins. */
function wrongMount(mount: Json, paths: Set<string>): string | null {
  if (!isMap(mount)) return 'is not a map'
  const { name, mountPath, subPath = null, readOnly = null } = mount
  if (!isText(name)) return 'has no name'
  if (!isText(mountPath)) return 'has no mountPath'
  const place = normalizePath(mountPath)
  if (paths.has(place)) return `is mounted at the same path as another volume: ${place}`
  paths.add(place)
  if (subPath !== null && typeof subPath !== 'string') return 'has a subPath that is not text'
  if (subPath !== null && climbs(subPath)) return 'has a subPath with .. in it'
  return readOnly === null || typeof readOnly === 'boolean' ? null : 'has a readOnly that is neither true nor false'
}

const isText = (value: Json | undefined): value is string => typeof value === 'string' && value !== ''

const climbs = (path: string): boolean => path.split('/').includes('..')
