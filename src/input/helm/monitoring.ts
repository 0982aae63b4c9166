import { outermost } from '../../source.ts'
import type { KubernetesObject } from '../deployment.ts'
import { labelsOf, ofKind, type Stream } from '../manifests/objects.ts'
import { type Place, type PlacePath, valuesPlace } from '../place.ts'
import { mapAt, type Tree, textAt } from '../yaml/tree.ts'
import { templateSource } from './template-source.ts'

const chartName = 'k8s-monitoring'
/** Helm's own note on what it has installed. */
const releaseName = 'meta.helm.sh/release-name'

/** The templates of the chart that make collectors, and what of a destination each of them belongs to. */
const templates: Readonly<Record<string, Processor | null>> = {
  'alloy.yaml': null,
  'alloy-sampler.yaml': { suffix: '-sampler', key: 'tailSampling', receiver: '"sampler_receiver"' },
  'alloy-servicegraph.yaml': {
    suffix: '-servicegraph',
    key: 'serviceGraphMetrics',
    receiver: '"service_graph_receiver"',
  },
}

/** A processor of a destination that runs in a collector of its own. */
interface Processor {
  readonly suffix: string
  /** Its key in the values. */
  readonly key: string
  /** The label of the component that it receives by. */
  readonly receiver: string
}

/** The chart cuts the names of these collectors. */
const longestName = 51

/** Where the values of the k8s-monitoring chart have those of a collector that it made; null for a resource that it did not make. */
export function collectorPlace(object: KubernetesObject, stream: Stream): Place | null {
  const source = templateSource(object)
  const isMade =
    source?.charts.at(-1) === chartName || annotation(object, 'helm.sdk.operatorframework.io/uninstall-wait') !== null
  if (!isMade) return null
  const spec = mapAt(object.tree, 'spec')
  const name = textAt(spec, 'nameOverride')
  const processor = source && source.file in templates ? (templates[source.file] ?? null) : processorOf(object, spec)
  const destination = processor === null ? null : destinationOf(object, processor, stream)
  const tail = processor === null ? `-${name ?? ''}` : `-${named(destination ?? '')}${processor.suffix}`
  const cut = object.name.endsWith(tail) ? object.name.slice(0, -tail.length) : null
  const path = outermost(object.tree.span).source.path
  const above = source?.charts.slice(1) ?? []
  const base = {
    ...valuesPlace,
    owner: annotation(object, releaseName) ?? cut ?? '',
    document: JSON.stringify([chartName, annotation(object, releaseName) ?? path, above]),
  }
  const isNested = majorOf(stream, spec) >= 4
  if (processor !== null && destination !== null) {
    const at = ['destinations', destination, 'processors', processor.key, 'collector']
    return isNested
      ? { ...base, form: 'collectors', at: [...above, ...at] }
      : { ...base, form: 'text', owner: `the element ${destination} of destinations` }
  }
  if (name === null) return null
  const at: PlacePath = isNested ? ['collectors', name] : [name]
  return { ...base, form: 'collectors', at: [...above, ...at] }
}

const annotation = ({ tree }: KubernetesObject, key: string): string | null =>
  textAt(tree, 'metadata', 'annotations', key)

/** Without a note of its template, a collector of a processor is known by its name and by what it receives with. */
function processorOf({ name }: KubernetesObject, spec: Tree | null): Processor | null {
  const text = textAt(spec, 'alloy', 'configMap', 'content') ?? ''
  const all = Object.values(templates).filter(each => each !== null)
  return all.find(({ suffix, receiver }) => name.endsWith(suffix) && text.includes(receiver)) ?? null
}

/** The major version of the chart: by a label on what it makes, else by the defaults of the Alloy chart, which older ones repeat. */
function majorOf(stream: Stream, spec: Tree | null): number {
  for (const object of stream) {
    const [, major] = /^k8s-monitoring-(\d+)\./.exec(labelsOf(object).get('helm.sh/chart') ?? '') ?? []
    if (major !== undefined) return Number(major)
  }
  return ['ingress', 'networkPolicy', 'serviceMonitor'].every(key => mapAt(spec, key) !== null) ? 3 : 4
}

/** What the chart makes of a name for that of an object. */
const named = (name: string): string => name.toLowerCase().replaceAll(' ', '-')

/** The destination as the values call it: comments of configurations have its name, the collector what the chart makes of that. */
function destinationOf({ name }: KubernetesObject, { suffix }: Processor, stream: Stream): string {
  const releases = [...name.matchAll(/-/g)].map(({ index }) => name.slice(0, index))
  const isMade = (destination: string): boolean => {
    const own = named(destination)
    return releases.some(release => `${release}-${own}${suffix}`.slice(0, longestName).replace(/-$/, '') === name)
  }
  const [longest] = destinationsIn(stream)
    .filter(isMade)
    .sort((a, b) => b.length - a.length)
  return longest ?? name.slice(name.indexOf('-') + 1).replace(new RegExp(`${suffix}$`), '')
}

const known = new WeakMap<Stream, readonly string[]>()

/** The names of destinations in configurations that the chart has written: `// Destination: tempo (otlp)`. */
function destinationsIn(stream: Stream): readonly string[] {
  const ready = known.get(stream)
  if (ready) return ready
  const texts = [
    ...ofKind(stream, 'Alloy').map(({ tree }) => textAt(tree, 'spec', 'alloy', 'configMap', 'content')),
    ...ofKind(stream, 'ConfigMap').map(({ tree }) => textAt(tree, 'data', 'config.alloy')),
  ]
  const names = texts.flatMap(text =>
    [...(text ?? '').matchAll(/^[ \t]*\/\/ Destination: (.+) \([\w-]+\)$/gm)].map(([, name = '']) => name),
  )
  const found = [...new Set(names)]
  known.set(stream, found)
  return found
}
