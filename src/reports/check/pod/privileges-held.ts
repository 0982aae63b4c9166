import { type JsonMap, listAt, valueAt } from '../../../chart/json.ts'
import { podPatch } from '../../../chart/pod/patch.ts'
import type { PodSettings } from '../../../chart/pod/settings.ts'
import { runtimeCapabilities } from '../../../kubernetes/pod/security.ts'
import { securityOf } from './privileges.ts'

/** Everything that a pod may do on its node beyond the least one, a line each, so that two pods can be counted against each other. */
export function privilegesHeld(pod: JsonMap, container: JsonMap): readonly string[] {
  const own = securityOf(pod, container)
  const isRoot = own('runAsUser') === 0 || (own('runAsUser') === undefined && own('runAsNonRoot') !== true)
  return [
    ...(own('privileged') === true ? ['pod privileged'] : []),
    ...['hostPID', 'hostNetwork', 'hostIPC'].filter(field => valueAt(pod, field) === true).map(field => `pod ${field}`),
    ...(isRoot ? ['pod root'] : []),
    ...(own('readOnlyRootFilesystem') === true ? [] : ['pod writableRootFilesystem']),
    ...(own('allowPrivilegeEscalation') === false ? [] : ['pod privilegeEscalation']),
    ...capabilitiesHeld(container).map(name => `capability ${name}`),
    ...hostMounts(pod, container),
  ]
}

/** The capabilities of a container: what the runtime gives unless it is dropped, and what is added. */
export function capabilitiesHeld(container: JsonMap): readonly string[] {
  const names = (key: 'add' | 'drop') =>
    listAt(container, `securityContext.capabilities.${key}`).map(each => String(each).replace(/^CAP_/, ''))
  const dropped = new Set(names('drop'))
  const given = dropped.has('ALL') ? [] : [...runtimeCapabilities].filter(name => !dropped.has(name))
  return [...new Set([...given, ...names('add')])].sort()
}

function hostMounts(pod: JsonMap, container: JsonMap): readonly string[] {
  const paths = new Map(
    listAt(pod, 'volumes').map(volume => [valueAt(volume, 'name'), valueAt(volume, 'hostPath.path')] as const),
  )
  return listAt(container, 'volumeMounts').flatMap(mount => {
    const path = paths.get(valueAt(mount, 'name'))
    return typeof path === 'string' ? [`mount ${path} at ${String(valueAt(mount, 'mountPath'))}`] : []
  })
}

/** The same of a pod that has these settings and nothing else. */
export function privilegesOf(settings: PodSettings, kubernetes: string): readonly string[] {
  const { template } = podPatch(settings, { pod: {}, container: 'alloy' }, 'alloy', kubernetes)
  const pod = valueAt(template, 'spec') as JsonMap
  const container = listAt(pod, 'containers').find(each => valueAt(each, 'name') === 'alloy') as JsonMap | undefined
  return settings.isWindows ? [] : privilegesHeld(pod, container ?? {})
}
