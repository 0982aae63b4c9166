import { required } from '../../required.ts'
import { equalJson, isMap, type Json, type JsonMap, listAt, valueAt } from '../json.ts'
import { normalizePath, relativeTo } from '../pod/mounts/paths.ts'
import type { PodSettings } from '../pod/settings.ts'
import type { Release } from '../release/releases.ts'
import type { Rendering } from '../release/render.ts'

/** Proves that the pod which the chart renders has the settings that were promised. */
export function provePod(
  { objects, pod }: Extract<Rendering, { readonly kind: 'objects' }>,
  settings: PodSettings,
  release: Release,
): void {
  const container = required(listAt(pod, 'containers')[0], 'the container of Alloy')
  const same = (what: string, found: Json | undefined, promised: Json): void => {
    if (!equalJson(found, promised))
      throw invariantViolated(`the pod's ${what} is ${JSON.stringify(found)}, not ${JSON.stringify(promised)}`)
  }
  const account = objects.find(({ kind }) => kind === 'ServiceAccount')
  if (account && release.automount) {
    same('token', account['automountServiceAccountToken'], settings.automountServiceAccountToken)
  }
  if (settings.isWindows) return
  const inContainer = (path: string) => valueAt(container, `securityContext.${path}`)
  same('hostPID', valueAt(pod, 'hostPID') ?? false, settings.hostPID)
  same('hostNetwork', valueAt(pod, 'hostNetwork') ?? false, settings.hostNetwork)
  same('privileged', inContainer('privileged') ?? false, settings.privileged)
  same('runAsUser', inContainer('runAsUser'), settings.runAsUser)
  same('runAsNonRoot', inContainer('runAsNonRoot'), settings.runAsUser !== 0)
  same('readOnlyRootFilesystem', inContainer('readOnlyRootFilesystem'), settings.readOnlyRootFilesystem)
  same('allowPrivilegeEscalation', inContainer('allowPrivilegeEscalation'), settings.allowPrivilegeEscalation)
  if (!settings.privileged) {
    same('capabilities.add', inContainer('capabilities.add') ?? [], settings.capabilities.add)
    same('capabilities.drop', inContainer('capabilities.drop') ?? [], settings.capabilities.drop)
  }
  proveVolumes(pod, container, settings)
}

function proveVolumes(pod: JsonMap, container: Json, settings: PodSettings): void {
  const mounts = listAt(container, 'volumeMounts').filter(isMap)
  const paths = mounts.map(({ mountPath }) => normalizePath(String(mountPath)))
  const twice = paths.find((path, at) => paths.indexOf(path) !== at)
  if (twice !== undefined) throw invariantViolated(`two volumes are mounted at ${twice}`)
  const volumes = new Map(
    listAt(pod, 'volumes')
      .filter(isMap)
      .map(volume => [volume['name'], volume]),
  )
  for (const { hostPath, mountPath, readOnly } of settings.mounts) {
    const mount = mounts[paths.indexOf(mountPath)]
    const volume = mount && volumes.get(mount['name'])
    const found = volume && valueAt(volume, 'hostPath.path')
    const below = typeof mount?.['subPath'] === 'string' ? `/${mount['subPath']}` : ''
    if (
      typeof found !== 'string' ||
      normalizePath(found + below) !== hostPath ||
      (mount?.['readOnly'] === true) !== readOnly
    ) {
      throw invariantViolated(`${hostPath} of the host is not mounted at ${mountPath}`)
    }
  }
  const promised = new Set(settings.mounts.map(({ mountPath }) => mountPath))
  const placed = mounts.map(mount => ({ place: normalizePath(String(mount['mountPath'])), mount }))
  for (const { place, mount } of placed) {
    const volume = volumes.get(mount['name'])
    if (volume && (volume['hostPath'] ?? null) !== null && !promised.has(place)) {
      throw invariantViolated(`a path of the host is mounted at ${place}, but nothing needs it`)
    }
  }
  for (const path of settings.writable) {
    const nearest = placed
      .filter(({ place }) => relativeTo(path, place) !== null)
      .sort((a, b) => b.place.length - a.place.length)[0]
    if (!nearest || nearest.mount['readOnly'] === true) throw invariantViolated(`${path} is not on a writable volume`)
  }
}

/** The error that stands for a bug of this program: something that it was about to print does not hold. */
export function invariantViolated(because: string): Error {
  return new Error(`the output does not match the plan: ${because}`)
}
