import type { KubernetesObject } from '../deployment.ts'
import { findOfGroup, qualified, type Stream } from '../manifests/objects.ts'
import type { NamedRelease } from '../process/settings.ts'
import { mapAt, scalarAt, type Tree, textAt } from '../yaml/tree.ts'
import { chartName, namedRelease } from './release.ts'

/** The chart that a HelmRelease installs, and the release of it that is named. */
export interface NamedChart {
  /** The last part of its name; null when the input does not say. */
  readonly chart: string | null
  readonly version: NamedRelease | null
}

const group = 'source.toolkit.fluxcd.io'

/** The chart of a HelmRelease: named in it, or by an object of the stream. */
export function chartOf(release: KubernetesObject, stream: Stream): NamedChart {
  const spec = mapAt(release.tree, 'spec')
  const label = qualified(release.kind, release.namespace, release.name)
  const chart = textAt(spec, 'chart', 'spec', 'chart')
  if (chart !== null) {
    return {
      chart: chartName(chart),
      version: namedRelease(spec, ['chart', 'spec', 'version'], `spec.chart.spec.version of ${label}`),
    }
  }
  const reference = mapAt(spec, 'chartRef')
  if (reference === null) return { chart: null, version: null }
  const kind = textAt(reference, 'kind') ?? 'OCIRepository'
  const name = textAt(reference, 'name')
  const namespace = textAt(reference, 'namespace') ?? release.namespace
  const source = findOfGroup(stream, { group, kind }, namespace, name)
  const sourceLabel = qualified(kind, namespace, name ?? '')
  if (source === null) {
    const by = `the chart of ${label}`
    return {
      chart: null,
      version: { value: `that of ${sourceLabel}, which is not in the input`, span: reference.span, by },
    }
  }
  if (kind === 'HelmChart') {
    return {
      chart: chartName(textAt(source.tree, 'spec', 'chart')),
      version: namedRelease(source.tree, ['spec', 'version'], `spec.version of ${sourceLabel}`),
    }
  }
  return { chart: chartName(textAt(source.tree, 'spec', 'url')), version: artifact(source.tree, sourceLabel) }
}

/** Flux takes a range before a tag. A digest beside a tag pins what the tag names; alone it names no release. */
function artifact(tree: Tree, label: string): NamedRelease | null {
  const named = ['semver', 'tag', 'digest'].find(key => scalarAt(tree, 'spec', 'ref', key) !== null)
  if (named === undefined || textAt(tree, 'spec', 'ref', named) === 'latest') return null
  return namedRelease(tree, ['spec', 'ref', named], `spec.ref.${named} of ${label}`)
}
