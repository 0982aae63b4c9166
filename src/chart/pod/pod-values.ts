import type { Reason } from '../../rules/requirement.ts'
import { liesIn } from '../../version.ts'
import { isEmpty, type Json, type JsonMap, mapAt, valueAt } from '../json.ts'
import { switchedMounts } from '../release/pod-of-values.ts'
import type { Setting } from '../setting.ts'
import { reasonLines } from '../write/comment.ts'
import { keptVolumes } from './mounts/kept-volumes.ts'
import type { HostMount } from './mounts/mounts.ts'
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
  // Kubernetes refuses what is Linux's on Windows, and there is nothing to tighten.
  if (pod.isWindows) return []
  const setting = (path: string, value: Json, reasons: readonly Reason[] = []): Setting => ({
    path,
    value,
    remarks: [{ path: path.split('.'), lines: reasonLines(reasons) }],
  })
  const because = (key: string): readonly Reason[] => pod.reasons.get(key) ?? []
  const annotated = pod.appArmorUnconfined && !liesIn(kubernetes, appArmorField)
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
    return { key, by: pod.mounts.find(switched) }
  })
  const kept = keptVolumes(pod.volumes, user)
  return [
    ...switches.map(({ key, by }) => ({
      path: key,
      value: by !== undefined,
      remarks: by ? [{ path: key.split('.'), lines: reasonLines(by.reasons) }] : [],
    })),
    { path: 'alloy.mounts.extra', value: [...kept.mounts, ...added.map(({ mount }) => mount)], remarks: [] },
    {
      path: 'controller.volumes.extra',
      value: [...kept.volumes, ...added.map(({ volume }) => volume)],
      remarks: added.map(({ lines }, at) => ({
        path: ['controller', 'volumes', 'extra', kept.volumes.length + at],
        lines,
      })),
    },
  ]
}
