import type { KubernetesObject } from '../deployment.ts'
import type { CommandLine } from '../process/flags.ts'
import { alloyRuns } from '../process/runs.ts'
import { data, itemsAt, type Mapping, scalarAt, textAt } from '../yaml/tree.ts'
import { find, type Stream } from './objects.ts'
import { invocationOf, type PodTemplate, podTemplateOf, runningContainers } from './pods.ts'

/** A container that runs Alloy, and the pod around it. */
export interface AlloyContainer extends PodTemplate {
  readonly workload: KubernetesObject
  readonly container: Mapping
  readonly line: CommandLine
  /** How often the container runs Alloy: a shell may do so more than once. */
  readonly runs: number
}

/** Finds the Alloy containers of an object of a stream. What another one of its objects makes alike is left out. */
export function alloyContainers(workload: KubernetesObject, stream: Stream): readonly AlloyContainer[] {
  return isMadeAlike(workload, stream) ? [] : ownContainers(workload)
}

function ownContainers(workload: KubernetesObject): readonly AlloyContainer[] {
  const found = podTemplateOf(workload)
  if (found === null) return []
  return runningContainers(found.pod).flatMap(container => {
    const lines = alloyRuns(invocationOf(container))
    return lines[0] ? [{ ...found, workload, container, line: lines[0], runs: lines.length }] : []
  })
}

/**
 * Says whether another object of the stream makes this one, and would make it so today: a pod of an older template, or with a container
 * for debugging, is more than what its maker says.
 */
export function isMadeAlike(object: KubernetesObject, stream: Stream): boolean {
  const owners = itemsAt(object.tree, 'metadata', 'ownerReferences')
  // A Deployment keeps the ReplicaSets of its older templates, without pods.
  if (owners.length > 0 && scalarAt(object.tree, 'spec', 'replicas')?.value === 0) return true
  return owners.some(reference => {
    const maker = find(stream, textAt(reference, 'kind') ?? '', object.namespace, textAt(reference, 'name'))
    if (maker === null || maker === object) return false
    return podTemplateOf(maker) === null ? isValues(maker) : isAlike(object, maker)
  })
}

/** Custom resources whose specification is values of the chart: the chart decides what their operator makes. */
const isValues = ({ kind, apiVersion }: KubernetesObject): boolean =>
  kind === 'Alloy' && apiVersion.startsWith('collectors.grafana.com/')

function isAlike(object: KubernetesObject, maker: KubernetesObject): boolean {
  const [made, template] = [podTemplateOf(object), podTemplateOf(maker)]
  if (made === null || template === null) return false
  const judged = (of: PodTemplate, workload: KubernetesObject): string =>
    JSON.stringify([
      ['hostPID', 'hostIPC', 'hostNetwork'].map(key => scalarAt(of.pod, key)?.value === true),
      textAt(of.pod, 'serviceAccountName') ?? textAt(of.pod, 'serviceAccount') ?? 'default',
      ownContainers(workload).map(({ container }) =>
        parts(container, ['name', 'image', 'command', 'args', 'securityContext']),
      ),
    ])
  return judged(made, object) === judged(template, maker)
}

function parts(tree: Mapping, keys: readonly string[]): readonly unknown[] {
  return keys.map(key => {
    const entry = tree.entries.get(key)
    return entry ? data(entry.value) : null
  })
}
