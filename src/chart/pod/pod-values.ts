import type { Reason } from '../../rules/requirement.ts'
import { olderThan } from '../../version.ts'
import { isEmpty, type Json, type JsonMap, listAt, mapAt, valueAt } from '../json.ts'
import { switchedMounts } from '../release/pod-of-values.ts'
import type { Setting } from '../setting.ts'
import { reasonLines } from '../write/comment.ts'
import { type HostMount, tidy } from './mounts.ts'
import {
  appArmorAnnotation,
  appArmorField,
  containerContext,
  contextRemarks,
  podContext,
  reloaderContext,
} from './security-context.ts'
import type { PodSettings } from './settings.ts'
import { addedVolumes, isSwitched } from './volumes.ts'

/** The values that give the pod these settings. `user`: complete values, defaults included, that stay unless the settings say otherwise. */
export function podValues(pod: PodSettings, user: JsonMap, kubernetes: string): readonly Setting[] {
  const setting = (path: string, value: Json, reasons: readonly Reason[] = []): Setting => ({
    path,
    value,
    remarks: [{ path: path.split('.'), lines: reasonLines(reasons) }],
  })
  const because = (key: string): readonly Reason[] => pod.reasons.get(key) ?? []
  const annotated = pod.appArmorUnconfined && olderThan(kubernetes, appArmorField)
  const annotations = { ...mapAt(user, 'controller.podAnnotations'), ...appArmorAnnotation }
  return [
    setting('alloy.storagePath', valueAt(user, 'alloy.storagePath') ?? null),
    {
      path: 'alloy.securityContext',
      value: containerContext(pod, mapAt(user, 'alloy.securityContext'), kubernetes),
      remarks: contextRemarks(pod).map(({ path, lines }) => ({ path: ['alloy', 'securityContext', ...path], lines })),
    },
    setting('global.podSecurityContext', podContext(pod, mapAt(user, 'global.podSecurityContext'))),
    ...(valueAt(user, 'configReloader.enabled') === false
      ? []
      : [setting('configReloader.securityContext', reloaderContext(mapAt(user, 'configReloader.securityContext')))]),
    setting('controller.hostPID', pod.hostPID, because('hostPID')),
    setting('controller.hostNetwork', pod.hostNetwork, because('hostNetwork')),
    // Without it a pod on the host's network cannot resolve the names of services.
    ...(because('hostNetwork').length > 0 ? [setting('controller.dnsPolicy', 'ClusterFirstWithHostNet')] : []),
    ...(annotated ? [setting('controller.podAnnotations', annotations, because('appArmorProfile'))] : []),
    ...volumeValues(pod, user),
  ]
}

function volumeValues(pod: PodSettings, user: JsonMap): readonly Setting[] {
  const added = addedVolumes(pod, user, { switches: true })
  const switches = switchedMounts.map(({ key, path }) => {
    // A volume of the user's that shows the same is as good as the switch.
    const switched = (mount: HostMount) =>
      mount.mountPath === path && isSwitched(mount, user) && (!mount.given || !isEmpty(valueAt(user, key)))
    return { key, path, by: pod.mounts.find(switched) }
  })
  const places = new Set([
    ...added.map(({ mount }) => mount['mountPath']),
    ...switches.filter(({ by }) => by).map(({ path }) => path),
  ])
  const volumes = listAt(user, 'controller.volumes.extra')
  const mounts = listAt(user, 'alloy.mounts.extra').filter(
    mount => !places.has(tidy(String(valueAt(mount, 'mountPath')))),
  )
  return [
    ...switches.map(({ key, by }) => ({
      path: key,
      value: by !== undefined,
      remarks: by ? [{ path: key.split('.'), lines: reasonLines(by.reasons) }] : [],
    })),
    { path: 'alloy.mounts.extra', value: [...mounts, ...added.map(({ mount }) => mount)], remarks: [] },
    {
      path: 'controller.volumes.extra',
      value: [...volumes, ...added.map(({ volume }) => volume)],
      remarks: added.map(({ lines }, at) => ({ path: ['controller', 'volumes', 'extra', volumes.length + at], lines })),
    },
  ]
}
