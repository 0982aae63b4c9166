import type { KubernetesObject } from '../deployment.ts'
import { type Argument, argumentsAt, type CommandLine, commandLine } from '../process/flags.ts'
import { itemsAt, type Mapping, mapAt, textAt } from '../yaml/tree.ts'

/** A container that runs Alloy, and the pod around it. */
export interface AlloyContainer {
  readonly workload: KubernetesObject
  readonly template: Mapping
  readonly pod: Mapping
  readonly container: Mapping
  readonly line: CommandLine
}

/** Where each kind of workload keeps its pods' template. */
const templates: Readonly<Record<string, readonly string[]>> = {
  DaemonSet: ['spec', 'template'],
  StatefulSet: ['spec', 'template'],
  Deployment: ['spec', 'template'],
  ReplicaSet: ['spec', 'template'],
  Job: ['spec', 'template'],
  CronJob: ['spec', 'jobTemplate', 'spec', 'template'],
  Pod: [],
}

/** Finds the Alloy containers of an object. What another object made is left out: its maker is the workload. */
export function alloyContainers(workload: KubernetesObject): readonly AlloyContainer[] {
  const path = templates[workload.kind]
  const template = path && mapAt(workload.tree, ...path)
  const pod = template && mapAt(template, 'spec')
  if (!pod || itemsAt(workload.tree, 'metadata', 'ownerReferences').length > 0) return []
  // An init container that restarts always runs beside the others.
  const sidecars = itemsAt(pod, 'initContainers').filter(each => textAt(each, 'restartPolicy') === 'Always')
  return [...itemsAt(pod, 'containers'), ...sidecars].flatMap(container => {
    const line = container.kind === 'map' ? alloyLine(container) : null
    return line && container.kind === 'map' ? [{ workload, template, pod, container, line }] : []
  })
}

/** What the image runs when the container says nothing. */
const imageArguments = ['run', '/etc/alloy/config.alloy', '--storage.path=/var/lib/alloy/data']

/** The command line of Alloy in a container; null when it runs something else. */
function alloyLine(container: Mapping): CommandLine | null {
  const command = argumentsAt(itemsAt(container, 'command'))
  const args = argumentsAt(itemsAt(container, 'args'))
  const image = (textAt(container, 'image') ?? '').replace(/@.*$/, '').replace(/:[^/]*$/, '')
  const isImage = /(?:^|[/-])alloy(?:-dev|-boringcrypto|-slim)?$/.test(image)
  const line = programArguments(command, args, isImage)
  if (line === null) return null
  if (line.length === 0) return commandLine(imageArguments.map(text => ({ text, span: container.span })))
  const parsed = commandLine(line)
  if (parsed.command === 'run' || parsed.command === 'otel') {
    return isImage || isProgram(command) || /\.alloy$|\/alloy$/.test(parsed.path?.text ?? '') ? parsed : null
  }
  return null
}

/** What follows the program's name; null when another program runs. */
function programArguments(
  command: readonly Argument[],
  args: readonly Argument[],
  isImage: boolean,
): readonly Argument[] | null {
  if (command.length === 0) return isImage || args[0]?.text === 'run' ? args : null
  const all = [...command, ...args]
  if (isProgram(command)) return all.slice(1)
  // A shell, or a wrapper like tini: the words after `alloy`, wherever it stands.
  const words = all.flatMap(argument => argument.text.split(/\s+/).map(text => ({ text, span: argument.span })))
  const at = words.findIndex(({ text }, index) => isName(text) && /^(?:run|otel)$/.test(words[index + 1]?.text ?? ''))
  if (at === -1) return null
  const rest = words.slice(at + 1)
  const end = rest.findIndex(({ text }) => /^(?:;|&&|\|\|?|&)$/.test(text))
  return (end === -1 ? rest : rest.slice(0, end)).map(({ text, span }) => ({
    text: text.replace(/^(["'])(.*)\1$/, '$2'),
    span,
  }))
}

function isProgram(command: readonly Argument[]): boolean {
  return isName(command[0]?.text ?? '')
}

function isName(text: string): boolean {
  return /(?:^|\/)alloy$/.test(text)
}
