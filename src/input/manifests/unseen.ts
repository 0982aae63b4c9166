import { type Diagnostic, diagnostic } from '../../diagnostic/diagnostic.ts'
import type { KubernetesObject } from '../deployment.ts'
import { couldRunAlloy } from '../process/runs.ts'
import { get, itemsAt, type Mapping, scalarAt, type Tree, textAt } from '../yaml/tree.ts'
import { isMadeAlike } from './containers.ts'
import { find, qualified, type Stream } from './objects.ts'
import { furtherInvocationsOf, invocationOf } from './pods.ts'

/** Names every container of some objects that could run Alloy and is not read, wherever in an object it is written. */
export function unseenContainers(
  objects: Stream,
  { stream, read }: { readonly stream: Stream; readonly read: ReadonlySet<Tree> },
): readonly Diagnostic[] {
  return objects
    .filter(object => !isMadeAlike(object, stream))
    .flatMap(object => {
      const name = qualified(object.kind, object.namespace, object.name)
      return containersIn(object.tree)
        .filter(found => couldRun(found, { object, stream, read }))
        .map(({ container }) => unseen(container, name))
    })
}

/** The same of values: containers that a chart adds to its pod, and objects that it adds to its own. */
export function unseenInValues(values: Tree, name: string): readonly Diagnostic[] {
  const where = name || 'the values'
  const own = containersIn(values, /^(?:alloy|agent)$/).map(({ container }) => container)
  return [
    ...containersIn(values)
      .filter(({ container }) => [invocationOf(container), ...furtherInvocationsOf(container)].some(couldRunAlloy))
      .map(({ container }) => unseen(container, where)),
    // The values of the chart's own container say what its hooks and probes run.
    ...own
      .filter(container => !(textAt(container, 'name') && textAt(container, 'image')))
      .filter(container => furtherInvocationsOf(container).some(couldRunAlloy))
      .map(container => unseen(container, where)),
  ]
}

function unseen(container: Mapping, where: string): Diagnostic {
  const place = scalarAt(container, 'name') ?? scalarAt(container, 'image')
  const name = textAt(container, 'name') ?? 'alloy'
  return diagnostic('alloy-not-judged', place?.span ?? container.span, { container: name, where })
}

/** A container, and the map that holds its list: a pod's specification, where it is one. */
interface Found {
  readonly container: Mapping
  readonly pod: Tree
}

/** Maps that look like containers, at any depth: elements of a list of containers, and what has a name and an image. */
function containersIn(tree: Tree, keys = /containers$/i): readonly Found[] {
  const found: Found[] = []
  const search = (at: Tree, key: string, around: Tree): void => {
    if (at.kind === 'list') for (const item of at.items) search(item, key, around)
    if (at.kind !== 'map') return
    const named = textAt(at, 'name') !== null && textAt(at, 'image') !== null
    if (named || keys.test(key)) found.push({ container: at, pod: around })
    for (const [name, { value }] of at.entries) if (value.kind !== 'scalar') search(value, name, at)
  }
  search(tree, '', tree)
  return found
}

function couldRun(
  { container, pod }: Found,
  { object, stream, read }: { object: KubernetesObject; stream: Stream; read: ReadonlySet<Tree> },
): boolean {
  if (furtherInvocationsOf(container).some(couldRunAlloy)) return true
  if (read.has(container)) return false
  const invocation = invocationOf(container)
  if (couldRunAlloy(invocation)) return true
  // What reloads the configuration of the container beside it mounts it too.
  if (/reload|sidecar/.test(invocation.image) || itemsAt(pod, 'containers').some(each => read.has(each))) return false
  return invocation.command.length === 0 && mountsConfiguration(container, pod, { object, stream })
}

/** Says whether a container mounts a ConfigMap or Secret with a configuration of Alloy. */
function mountsConfiguration(
  container: Mapping,
  pod: Tree,
  { object, stream }: { object: KubernetesObject; stream: Stream },
): boolean {
  const mounted = new Set(itemsAt(container, 'volumeMounts').map(each => textAt(each, 'name')))
  return itemsAt(pod, 'volumes')
    .filter(volume => mounted.has(textAt(volume, 'name')))
    .flatMap(volume => [volume, ...itemsAt(volume, 'projected', 'sources')])
    .some(source => {
      const map = find(stream, 'ConfigMap', object.namespace, textAt(source, 'configMap', 'name'))
      const secret = find(
        stream,
        'Secret',
        object.namespace,
        textAt(source, 'secret', 'secretName') ?? textAt(source, 'secret', 'name'),
      )
      return [map, secret].some(each =>
        ['data', 'binaryData', 'stringData'].some(field => {
          const keys = get(each?.tree ?? null, field)
          return keys?.kind === 'map' && [...keys.entries.keys()].some(key => key.endsWith('.alloy'))
        }),
      )
    })
}
