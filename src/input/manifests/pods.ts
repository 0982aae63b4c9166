import type { KubernetesObject } from '../deployment.ts'
import { argumentsAt } from '../process/flags.ts'
import type { Invocation } from '../process/runs.ts'
import { itemsAt, type Mapping, mapAt, type Tree, textAt } from '../yaml/tree.ts'

/** A pod that an object makes: its template and its specification. */
export interface PodTemplate {
  readonly template: Mapping
  readonly pod: Mapping
}

/** Where kinds keep their pods' template that do not keep it below `spec.template`, as most do. */
const templates: Readonly<Record<string, readonly string[]>> = {
  CronJob: ['spec', 'jobTemplate', 'spec', 'template'],
  Pod: [],
  PodTemplate: ['template'],
}

/** The pod of an object, of a kind of Kubernetes or of someone else's; null for what makes none. */
export function podTemplateOf({ kind, tree }: KubernetesObject): PodTemplate | null {
  const template = mapAt(tree, ...(Object.hasOwn(templates, kind) ? templates[kind]! : ['spec', 'template']))
  const pod = template && mapAt(template, 'spec')
  return pod && itemsAt(pod, 'containers').length > 0 ? { template, pod } : null
}

/** The containers that run beside each other: init containers that restart, and those that debug, among them. */
export function runningContainers(pod: Mapping): readonly Mapping[] {
  const sidecars = itemsAt(pod, 'initContainers').filter(each => textAt(each, 'restartPolicy') === 'Always')
  return [...itemsAt(pod, 'containers'), ...sidecars, ...itemsAt(pod, 'ephemeralContainers')].filter(isMapping)
}

const isMapping = (tree: Tree): tree is Mapping => tree.kind === 'map'

/** What a container is told to run. */
export function invocationOf(container: Mapping): Invocation {
  return {
    image: (textAt(container, 'image') ?? '').replace(/@.*$/, '').replace(/:[^/]*$/, ''),
    command: argumentsAt(itemsAt(container, 'command')),
    args: argumentsAt(itemsAt(container, 'args')),
    span: container.span,
  }
}
