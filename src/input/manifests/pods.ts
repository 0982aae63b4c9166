import type { KubernetesObject } from '../deployment.ts'
import { environment, expandArgument } from '../process/env.ts'
import { type Argument, argumentsAt } from '../process/flags.ts'
import { type Invocation, repositoryOf } from '../process/runs.ts'
import type { Variable } from '../process/settings.ts'
import { get, itemsAt, type Mapping, mapAt, type Tree, textAt } from '../yaml/tree.ts'

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
  const known = Object.hasOwn(templates, kind) ? templates[kind] : undefined
  const template = mapAt(tree, ...(known ?? ['spec', 'template']))
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
  const command = argumentsAt(itemsAt(container, 'command'))
  const args = argumentsAt(itemsAt(container, 'args'))
  const isExpanded = [...command, ...args].some(({ text }) => text.includes('$('))
  const env = isExpanded ? environment(itemsAt(container, 'env'), { open: true }).value : new Map<string, Variable>()
  // A reference that is not known stays, and two dollar signs do, so that the text can be expanded once more.
  const expanded = (list: readonly Argument[] = []): readonly Argument[] =>
    list.map(({ text, span }) => ({
      text: text.includes('$$') ? text : (expandArgument(text, env, true) ?? text),
      span,
    }))
  return {
    image: repositoryOf(textAt(container, 'image') ?? ''),
    command: isExpanded ? expanded(command) : (command ?? []),
    args: isExpanded ? expanded(args) : (args ?? []),
    span: container.span,
  }
}

/** What else than its own program a container may be told to run: by a probe or a hook, or by a shell out of a variable. */
export function furtherInvocationsOf(container: Mapping): readonly Invocation[] {
  const { span } = container
  const handlers = [
    ...['livenessProbe', 'readinessProbe', 'startupProbe'].map(key => [key]),
    ...['postStart', 'preStop'].map(key => ['lifecycle', key]),
  ]
  const executed = handlers.map(path => argumentsAt(itemsAt(container, ...path, 'exec', 'command')))
  const told = itemsAt(container, 'env').map(each => argumentsAt([get(each, 'value')].filter(value => value !== null)))
  return [
    ...executed.filter(({ length }) => length > 0).map(command => ({ image: '', command, args: [], span })),
    ...told.map(args => ({
      image: '',
      command: [
        { text: 'sh', span },
        { text: '-c', span },
      ],
      args,
      span,
    })),
  ]
}
