import { liesIn, type ReleaseRange } from '../../version.ts'
import { type Json, type JsonMap, listAt, mapAt, valueAt } from '../json.ts'
import { reasonLines } from '../write/comment.ts'
import type { Remark } from '../write/write-yaml.ts'
import { alloyUser, type PodSettings } from './settings.ts'

/** The annotation that older clusters read for the AppArmor profile of the container. */
export const appArmorAnnotation = { 'container.apparmor.security.beta.kubernetes.io/alloy': 'unconfined' }
/** The first Kubernetes release whose security contexts have a field for the AppArmor profile. */
export const appArmorField: ReleaseRange = { since: '1.30' }

/** The container's security context: the one it has, tightened to what the settings allow. */
export function containerContext(pod: PodSettings, given: JsonMap, kubernetes: string): JsonMap {
  // The API server would reject anything but a boolean, and a default of the chart may be below.
  const { privileged: was = false, capabilities, seccompProfile: profile, ...kept } = given
  // The group of root reads what images and nodes keep for it, so that it goes with no other user.
  const own = pod.runAsUser !== 0 && given['runAsUser'] === pod.runAsUser && given['runAsGroup'] !== 0
  const { add, drop } = pod.capabilities
  // Maps merge: a list of the values below stays unless an empty one takes its place.
  const stated = add.length > 0 || listAt({ capabilities: capabilities ?? null }, 'capabilities.add').length > 0
  return {
    ...kept,
    ...(pod.privileged ? { privileged: true } : was !== false && { privileged: false }),
    ...(!own && { runAsUser: pod.runAsUser, runAsGroup: pod.runAsUser }),
    runAsNonRoot: pod.runAsUser !== 0,
    readOnlyRootFilesystem: pod.readOnlyRootFilesystem,
    allowPrivilegeEscalation: pod.allowPrivilegeEscalation,
    ...(!pod.privileged && {
      capabilities: { ...(stated && { add }), drop },
      seccompProfile: seccomp(pod, profile === undefined ? {} : { profile }),
    }),
    ...(pod.appArmorUnconfined && liesIn(kubernetes, appArmorField) && { appArmorProfile: { type: 'Unconfined' } }),
  }
}

/** A profile of the node's stays, because its author knows what it allows. */
function seccomp(pod: PodSettings, given: JsonMap): JsonMap {
  if (pod.seccompUnconfined) return { type: 'Unconfined' }
  return valueAt(given, 'profile.type') === 'Localhost' ? mapAt(given, 'profile') : { type: 'RuntimeDefault' }
}

/** Why the container's context allows more than the minimum; paths start in the context. */
export function contextRemarks(pod: PodSettings): readonly Remark[] {
  const above = (key: string): readonly Remark[] => {
    const lines = reasonLines(pod.reasons.get(key) ?? [])
    return lines.length > 0 ? [{ path: [key], lines }] : []
  }
  const capabilities = pod.capabilities.add.flatMap(name =>
    reasonLines(pod.reasons.get(`capabilities.${name}`) ?? []).map(line => `${name}: ${line}`),
  )
  return [
    ...(pod.privileged ? above('privileged') : [{ path: ['capabilities'], lines: capabilities }]),
    ...(pod.runAsUser === 0 ? above('runAsUser') : []),
    ...above('readOnlyRootFilesystem'),
    ...above('allowPrivilegeEscalation'),
    ...(pod.seccompUnconfined ? above('seccompProfile') : []),
    ...(pod.appArmorUnconfined ? above('appArmorProfile') : []),
  ]
}

/**
 * The pod's security context: volumes belong to Alloy's group, unless Alloy is root and needs no group for it. Without capabilities
 * root has no special rights in a folder of others, and so needs the group of the image where it enters the folder that the image keeps.
 */
export function podContext(pod: PodSettings, given: JsonMap): JsonMap {
  const groups = listAt(given, 'supplementalGroups')
  const others = groups.filter(each => each !== 0)
  const needsGroup = pod.runAsUser !== alloyUser && pod.imagePaths.length > 0 && !groups.includes(alloyUser)
  const group = needsGroup ? imageGroup(given['fsGroup'] ?? null, others) : {}
  if (pod.runAsUser === 0) return { ...given, ...(given['runAsNonRoot'] === true && { runAsNonRoot: false }), ...group }
  return {
    ...given,
    // The standards judge what the pod says by itself, whatever its containers say over it.
    ...(given['runAsUser'] === 0 && { runAsUser: pod.runAsUser }),
    ...(others.length < groups.length && { supplementalGroups: others }),
    fsGroup: given['fsGroup'] || alloyUser,
    ...group,
  }
}

/** Makes the pod a member of the group of the image, whatever its volumes belong to. */
function imageGroup(fsGroup: Json, others: readonly Json[]): JsonMap {
  if (fsGroup === alloyUser) return {}
  return fsGroup === null ? { fsGroup: alloyUser } : { supplementalGroups: [...others, alloyUser] }
}

const nobody = 65534

/** The reloader needs nothing; charts since 1.11.1 say the same by default. */
export function reloaderContext(given: JsonMap): JsonMap {
  const chosen = typeof given['runAsUser'] === 'number' && given['runAsUser'] !== 0 && given['runAsGroup'] !== 0
  const added = listAt(given, 'capabilities.add')
  return {
    ...given,
    ...((given['privileged'] ?? false) !== false && { privileged: false }),
    allowPrivilegeEscalation: false,
    readOnlyRootFilesystem: true,
    // Maps merge: a list of the values below stays unless an empty one takes its place.
    capabilities: { ...(added.length > 0 && { add: [] }), drop: ['ALL'] },
    runAsNonRoot: true,
    ...(!chosen && { runAsUser: nobody, runAsGroup: nobody }),
    seccompProfile: { type: 'RuntimeDefault' },
  }
}
