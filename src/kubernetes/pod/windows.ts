/** The parts of a pod that say which system its nodes run. */
interface PlacedPod {
  readonly os?: unknown
  readonly nodeSelector?: unknown
  readonly affinity?: unknown
  readonly securityContext?: unknown
  readonly containers?: unknown
}

const label = 'kubernetes.io/os'

/** Says whether a pod runs on Windows nodes, where privileges of Linux are nothing: by its system, its nodes, or as a process of them. */
export function runsOnWindows(pod: PlacedPod): boolean {
  const { containers } = pod
  const contexts = [
    pod.securityContext,
    ...(Array.isArray(containers) ? containers.map(each => at(each, 'securityContext')) : []),
  ]
  return (
    at(pod.os, 'name') === 'windows' ||
    at(pod.nodeSelector, label) === 'windows' ||
    contexts.some(each => at(at(each, 'windowsOptions'), 'hostProcess') === true) ||
    requiresWindows(pod.affinity)
  )
}

/** Every way to satisfy the affinity asks for Windows. */
function requiresWindows(affinity: unknown): boolean {
  const required = at(at(affinity, 'nodeAffinity'), 'requiredDuringSchedulingIgnoredDuringExecution')
  const terms = at(required, 'nodeSelectorTerms')
  return (
    Array.isArray(terms) &&
    terms.length > 0 &&
    terms.every(term => {
      const expressions = at(term, 'matchExpressions')
      return Array.isArray(expressions) && expressions.some(isWindows)
    })
  )
}

function isWindows(expression: unknown): boolean {
  const values = at(expression, 'values')
  return (
    at(expression, 'key') === label &&
    at(expression, 'operator') === 'In' &&
    Array.isArray(values) &&
    values.length > 0 &&
    values.every(each => each === 'windows')
  )
}

function at(tree: unknown, key: string): unknown {
  return typeof tree === 'object' && tree !== null && Object.hasOwn(tree, key) ? Reflect.get(tree, key) : undefined
}
