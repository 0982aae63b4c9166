import { isMap, type JsonMap, listAt, valueAt } from '../../../chart/json.ts'
import type { Release } from '../../../chart/release/releases.ts'
import type { Rendering } from '../../../chart/release/render.ts'
import type { Configuration } from '../../../input/configuration.ts'
import { isOfChart } from '../../../input/manifests/objects.ts'
import { invocationOf } from '../../../input/manifests/pods.ts'
import { alloyRuns } from '../../../input/process/runs.ts'
import { data, get, itemsAt, type Mapping, type Tree, textAt } from '../../../input/yaml/tree.ts'
import type { Span } from '../../../source.ts'
import { madeObjects } from '../rights/granted.ts'
import { withNodeVolumes } from './node-volumes.ts'
import type { RunningPod } from './pod.ts'
import { tokenMounts } from './token-mounts.ts'

/** The container of the chart that generate tightens with Alloy's. */
const reloader = 'config-reloader'

/** The releases that a pod is judged for. */
interface Around {
  readonly release: Release
  readonly kubernetes: string
}

/** The pod of the workload of the input, or the one that the chart makes where the input holds none. */
export const runningPod = (
  configuration: Configuration,
  rendering: Rendering | null,
  around: Around,
): RunningPod | null =>
  rendering === null ? deployed(configuration, around) : charted(configuration, rendering, around)

/** The pod of a rendered workload. */
function deployed(
  { deployment, settings, objects, namespace }: Configuration,
  { release, kubernetes }: Around,
): RunningPod | null {
  if (deployment === null) return null
  const { pod, container, automount, podMetadata, workload } = deployment
  const claims = itemsAt(workload.tree, 'spec', 'volumeClaimTemplates').map(each => data(each))
  const plain = withNodeVolumes(data(pod) as JsonMap, { objects, namespace, claims })
  const own = data(container) as JsonMap
  const containers = ['initContainers', 'containers', 'ephemeralContainers']
    .flatMap(key => itemsAt(pod, key))
    .filter(each => each.kind === 'map')
  const others = containers.filter(each => each !== container && alloyRuns(invocationOf(each)).length === 0)
  const fieldOf = (name: string, of: Mapping): Tree =>
    mountOf(of, name) ??
    deepest(get(of, 'securityContext'), name) ??
    get(of, name) ??
    get(pod, name) ??
    get(podMetadata, name) ??
    deepest(get(pod, 'securityContext'), name) ??
    get(of, 'securityContext') ??
    of
  return {
    pod: plain,
    container: own,
    token: tokenOf(plain, own, {
      automount: automount.value,
      span: automount.span ?? workload.span,
      isOfValues: release.automount,
    }),
    claims,
    storagePath: settings.storagePath.value,
    contextOf: of => `the securityContext of the container${of === undefined ? '' : ` ${of}`}`,
    placeOf: (name, of) => {
      const other = of === undefined ? undefined : others.find(each => textAt(each, 'name') === of)
      return startOf(fieldOf(name, other ?? container), workload.span)
    },
    annotations: annotationsOf(podMetadata),
    kubernetes,
    others: others.map(each => ({ container: data(each) as JsonMap, least: textAt(each, 'name') === reloader })),
    decidedBy: isOfChart(workload) ? 'values' : 'pod',
  }
}

/** A volume at the place of the token is there in the stead of what the account says. */
function tokenOf(
  pod: JsonMap,
  container: JsonMap,
  { automount, ...about }: { readonly automount: boolean } & Pick<RunningPod['token'], 'span' | 'isOfValues'>,
): RunningPod['token'] {
  const { atPlace, anywhere } = tokenMounts(pod, container)
  const mounted = atPlace ?? automount
  return { ...about, mounted, elsewhere: !mounted && (anywhere || automount) }
}

function annotationsOf(metadata: Tree | null): JsonMap {
  const annotations = get(metadata, 'annotations')
  return annotations?.kind === 'map' ? (data(annotations) as JsonMap) : {}
}

/** What `capabilities.add` means, or the nearest part above it that is there. */
function deepest(tree: Tree | null, field: string): Tree | null {
  const [first = '', ...rest] = field.split('.')
  const found = get(tree, first)
  return found && rest.length > 0 ? (deepest(found, rest.join('.')) ?? found) : found
}

/** The volume mount that `volumeMounts.0` means. */
function mountOf(container: Tree, field: string): Tree | null {
  const [key, at] = field.split('.')
  return key === 'volumeMounts' && at !== undefined ? (itemsAt(container, key)[Number(at)] ?? null) : null
}

/** A whole block of YAML is too much to point at: its first line is used. */
function startOf(tree: Tree, otherwise: Span): Span {
  if (tree.kind === 'scalar') return tree.span
  if (tree.kind === 'list') return tree.items[0] ? startOf(tree.items[0], otherwise) : tree.span
  return [...tree.entries.values()][0]?.key ?? otherwise
}

/** The pod that the chart makes of values, or of its defaults. */
function charted(
  configuration: Configuration,
  rendering: Rendering,
  { release, kubernetes }: Around,
): RunningPod | null {
  if (rendering.kind === 'broken') return null
  const { values, span, settings, namespace, objects: around } = configuration
  const { objects, annotations } = rendering
  const chart = values?.chart ?? null
  const isSet = textAt(chart, 'controller', 'type') === 'statefulset'
  const claims = isSet ? itemsAt(chart, 'controller', 'volumeClaimTemplates').map(each => data(each)) : []
  const stream = [...around, ...madeObjects(rendering, configuration)]
  const pod = withNodeVolumes(rendering.pod, { objects: stream, namespace, claims })
  const [container, ...beside] = listAt(pod, 'containers')
  if (!isMap(container)) return null
  const account = objects.find(({ kind }) => kind === 'ServiceAccount')
  const place = chart?.entries.get('alloy')?.key ?? span
  const mounted = !(release.automount && account && valueAt(account, 'automountServiceAccountToken') === false)
  return {
    pod,
    container,
    token: tokenOf(pod, container, {
      automount: mounted,
      span: get(chart, 'serviceAccount', 'automountServiceAccountToken')?.span ?? span,
      isOfValues: release.automount,
    }),
    claims,
    storagePath: settings.storagePath.value,
    contextOf: of => {
      if (of === undefined) return 'alloy.securityContext'
      return of === reloader ? 'configReloader.securityContext' : `the securityContext of the container ${of}`
    },
    placeOf: (name, of) => {
      const found = of === undefined ? ownField(chart, name) : otherField(chart, name, of)
      return found ? startOf(found, place) : place
    },
    annotations,
    kubernetes,
    others: [...listAt(pod, 'initContainers'), ...beside]
      .filter(isMap)
      .map(each => ({ container: each, least: each['name'] === reloader })),
    decidedBy: 'either',
  }
}

function ownField(chart: Tree | null, name: string): Tree | null {
  const context = get(chart, 'alloy', 'securityContext')
  const mounts = name.startsWith('volumeMounts') ? get(chart, 'alloy', 'mounts') : null
  const inPod = get(chart, 'global', 'podSecurityContext', name)
  const annotations = name === 'annotations' ? get(chart, 'controller', 'podAnnotations') : null
  const ports = name === 'ports' ? get(chart, 'alloy', 'extraPorts') : null
  return mounts ?? annotations ?? ports ?? deepest(context, name) ?? inPod ?? get(chart, 'controller', name) ?? context
}

/** A field of a container beside Alloy's: of the reloader, or of one that the values add. */
function otherField(chart: Tree | null, name: string, container: string): Tree | null {
  if (container === reloader)
    return deepest(get(chart, 'configReloader', 'securityContext'), name) ?? get(chart, 'configReloader')
  const added = ['extraContainers', 'initContainers'].flatMap(key => itemsAt(chart, 'controller', key))
  const found = added.find(each => textAt(each, 'name') === container) ?? null
  return deepest(get(found, 'securityContext'), name) ?? get(found, name) ?? found
}
