import { runsOnWindows } from '../../kubernetes/pod/windows.ts'
import { liesIn } from '../../version.ts'
import { isMap, type Json, type JsonMap, listAt, mapAt, valueAt } from '../json.ts'
import { reasonLines } from '../write/comment.ts'
import type { Remark } from '../write/write-yaml.ts'
import { keptVolumes } from './mounts/kept-volumes.ts'
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
      nodeSelector: runsOnWindows(pod) ? { 'kubernetes.io/os': 'windows' } : mapAt(pod, 'nodeSelector'),
      initContainers: listAt(pod, 'initContainers').filter(each => each !== alloy),
      extraContainers: listAt(pod, 'containers').filter(each => each !== alloy),
    },
  }
}

/** Gives a pod these settings: containers merge by name, volumes by name, mounts by path. */
export function podPatch(pod: PodSettings, known: KnownPod, account: string, kubernetes: string): PodPatch {
  const user = valuesOf(known)
  const own = { serviceAccountName: account, automountServiceAccountToken: pod.automountServiceAccountToken }
  if (pod.isWindows) return { template: { spec: own }, remarks: [] }
  const added = addedVolumes(pod, user, { switches: false })
  const { mounts, volumes } = changesOf(pod, user)
  const context = podContext(pod, mapAt(user, 'global.podSecurityContext'))
  const differs = (key: 'hostPID' | 'hostNetwork' | 'hostIPC') =>
    pod[key] !== (valueAt(known.pod, key) ?? false) ? { [key]: pod[key] } : {}
  const container: JsonMap = {
    name: known.container,
    securityContext: containerContext(pod, mapAt(user, 'alloy.securityContext'), kubernetes),
    ...(added.length + mounts.length > 0 && { volumeMounts: [...added.map(({ mount }) => mount), ...mounts] }),
  }
  const annotated = pod.appArmorUnconfined && !liesIn(kubernetes, appArmorField)
  const spec: Readonly<Record<string, Json>> = {
    ...own,
    ...differs('hostPID'),
    ...differs('hostNetwork'),
    ...differs('hostIPC'),
    ...(pod.reasons.has('hostNetwork') && { dnsPolicy: 'ClusterFirstWithHostNet' }),
    ...(Object.keys(context).length > 0 && { securityContext: context }),
    containers: [container, ...reloader(known)],
    ...(added.length + volumes.length > 0 && { volumes: [...added.map(({ volume }) => volume), ...volumes] }),
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

/** What a patch says of volumes and mounts that are there: those that go, and those that are read alone from now on or no longer. */
function changesOf({ volumes: plan }: PodSettings, user: JsonMap) {
  const before = listAt(user, 'controller.volumes.extra')
  const kept = keptVolumes(plan, user)
  const placeOf = (at: number | null) => mapOf(listAt(user, 'alloy.mounts.extra')[at ?? -1])
  return {
    mounts: [
      ...[...plan.changed].map(([{ at }, readOnly]): JsonMap => {
        const { name = null, mountPath = null } = placeOf(at)
        return { name, mountPath, readOnly }
      }),
      ...plan.dropped.map(({ at }): JsonMap => ({ $patch: 'delete', mountPath: placeOf(at)['mountPath'] ?? null })),
    ],
    volumes: before
      .filter(each => !kept.volumes.includes(each))
      .map((each): JsonMap => ({ $patch: 'delete', name: mapOf(each)['name'] ?? null })),
  }
}

const mapOf = (tree: Json | undefined): JsonMap => (isMap(tree) ? tree : {})

/** The container that tells Alloy of new configurations, where the pod has the chart's. */
function reloader({ pod }: KnownPod): readonly JsonMap[] {
  const name = 'config-reloader'
  const found = listAt(pod, 'containers').find(each => valueAt(each, 'name') === name)
  return found === undefined ? [] : [{ name, securityContext: reloaderContext(mapAt(found, 'securityContext')) }]
}

/** A pod with a patch of its specification applied, as far as containers and volumes are concerned. */
export function patchedPod(pod: JsonMap, patch: JsonMap): JsonMap {
  const containers = merged(listAt(pod, 'containers'), listAt(patch, 'containers'), 'name', (given, over) => {
    const mounts = merged(listAt(given, 'volumeMounts'), listAt(over, 'volumeMounts'), 'mountPath')
    return { ...given, ...over, volumeMounts: mounts }
  })
  return { ...pod, ...patch, containers, volumes: merged(listAt(pod, 'volumes'), listAt(patch, 'volumes'), 'name') }
}

/** Two lists of maps that a key distinguishes, the second laid over the first. */
function merged(
  below: readonly Json[],
  above: readonly Json[],
  key: string,
  lay = (given: JsonMap, over: JsonMap): JsonMap => ({ ...given, ...over }),
): readonly Json[] {
  const given = below.filter(isMap)
  const changed = above.filter(isMap)
  const same = (list: readonly JsonMap[], each: JsonMap) => list.find(other => other[key] === each[key])
  const isGone = (each: JsonMap | undefined) => each?.['$patch'] === 'delete'
  return [
    ...given
      .filter(each => !isGone(same(changed, each)))
      .map(each => {
        const over = same(changed, each)
        return over ? lay(each, over) : each
      }),
    ...changed.filter(each => !same(given, each) && !isGone(each)),
  ]
}
