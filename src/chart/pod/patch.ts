import { olderThan } from '../../version.ts'
import { isMap, type Json, type JsonMap, listAt, mapAt, valueAt } from '../json.ts'
import { reasonLines } from '../write/comment.ts'
import type { Remark } from '../write/write-yaml.ts'
import {
  appArmorAnnotation,
  appArmorField,
  containerContext,
  contextRemarks,
  podContext,
  reloaderContext,
} from './security-context.ts'
import type { PodSettings } from './settings.ts'
import { addedVolumes } from './volumes.ts'

/** A pod as far as it is known, and which of its containers runs Alloy. */
export interface KnownPod {
  readonly pod: JsonMap
  readonly container: string
}

/** The pod's part of a strategic-merge patch; remarks have paths that start in the pod's template. */
export interface PodPatch {
  readonly template: JsonMap
  readonly remarks: readonly Remark[]
}

/** What the chart's values would be for a pod that exists; so that both are tightened by the same means. */
export function valuesOf({ pod, container }: KnownPod): JsonMap {
  const alloy = listAt(pod, 'containers').find(each => valueAt(each, 'name') === container) ?? {}
  const argument = listAt(alloy, 'args').find(each => String(each).startsWith('--storage.path='))
  return {
    alloy: {
      securityContext: mapAt(alloy, 'securityContext'),
      mounts: { extra: listAt(alloy, 'volumeMounts') },
      ...(argument !== undefined && { storagePath: String(argument).slice('--storage.path='.length) }),
    },
    global: { podSecurityContext: mapAt(pod, 'securityContext') },
    controller: {
      hostNetwork: valueAt(pod, 'hostNetwork') ?? false,
      volumes: { extra: listAt(pod, 'volumes') },
    },
  }
}

/** Gives a pod these settings: containers merge by name, volumes by name, mounts by path. */
export function podPatch(pod: PodSettings, known: KnownPod, account: string, kubernetes: string): PodPatch {
  const user = valuesOf(known)
  const added = addedVolumes(pod, user, { switches: false })
  const context = podContext(pod, mapAt(user, 'global.podSecurityContext'))
  const differs = (key: 'hostPID' | 'hostNetwork' | 'hostIPC') =>
    pod[key] !== (valueAt(known.pod, key) ?? false) ? { [key]: pod[key] } : {}
  const container: JsonMap = {
    name: known.container,
    securityContext: containerContext(pod, mapAt(user, 'alloy.securityContext'), kubernetes),
    ...(added.length > 0 && { volumeMounts: added.map(({ mount }) => mount) }),
  }
  const annotated = pod.appArmorUnconfined && olderThan(kubernetes, appArmorField)
  const spec: Readonly<Record<string, Json>> = {
    serviceAccountName: account,
    automountServiceAccountToken: pod.automountServiceAccountToken,
    ...differs('hostPID'),
    ...differs('hostNetwork'),
    ...differs('hostIPC'),
    ...(pod.reasons.has('hostNetwork') && { dnsPolicy: 'ClusterFirstWithHostNet' }),
    ...(Object.keys(context).length > 0 && { securityContext: context }),
    containers: [container, ...reloader(known)],
    ...(added.length > 0 && { volumes: added.map(({ volume }) => volume) }),
  }
  const above = (key: string): Remark => ({ path: ['spec', key], lines: reasonLines(pod.reasons.get(key) ?? []) })
  return {
    template: { ...(annotated && { metadata: { annotations: appArmorAnnotation } }), spec },
    remarks: [
      above('hostPID'),
      above('hostNetwork'),
      above('hostIPC'),
      ...contextRemarks(pod).map(({ path, lines }) => ({
        path: ['spec', 'containers', 0, 'securityContext', ...path],
        lines,
      })),
      ...added.map(({ lines }, at) => ({ path: ['spec', 'volumes', at], lines })),
    ],
  }
}

/** The container that tells Alloy of new configurations, where the pod has the chart's. */
function reloader({ pod }: KnownPod): readonly JsonMap[] {
  const name = 'config-reloader'
  const found = listAt(pod, 'containers').find(each => valueAt(each, 'name') === name)
  return found === undefined ? [] : [{ name, securityContext: reloaderContext(mapAt(found, 'securityContext')) }]
}

/** A pod with a patch of its specification applied, as far as containers and volumes are concerned. */
export function patchedPod(pod: JsonMap, patch: JsonMap): JsonMap {
  const merged = (key: string, inner: readonly string[]): readonly Json[] => {
    const given = listAt(pod, key).filter(isMap)
    const changed = listAt(patch, key).filter(isMap)
    const named = (list: readonly JsonMap[], name: Json | undefined) => list.find(each => each['name'] === name)
    return [
      ...given.map(each => {
        const over = named(changed, each['name'])
        if (!over) return each
        const lists = inner.map(list => [list, [...listAt(each, list), ...listAt(over, list)]] as const)
        return { ...each, ...over, ...Object.fromEntries(lists) }
      }),
      ...changed.filter(each => !named(given, each['name'])),
    ]
  }
  return { ...pod, ...patch, containers: merged('containers', ['volumeMounts']), volumes: merged('volumes', []) }
}
