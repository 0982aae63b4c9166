import type { KubernetesObject } from './deployment.ts'
import { type Data, textAt } from './yaml/tree.ts'

/** Keys and positions that lead to a value. */
export type PlacePath = readonly (string | number)[]

/** A map without places. */
export type DataMap = Readonly<Record<string, Data>>

/**
 * What takes values of the chart: `values`, a call of Helm; `release`, one that was rendered; `collectors`, a release of k8s-monitoring;
 * `kustomization`, its `helmCharts`; `terraform`, a `helm_release`; `patch`, an object that contains them; `text`, a part of an object that no tool merges.
 */
export type Form = 'values' | 'release' | 'collectors' | 'kustomization' | 'terraform' | 'patch' | 'text'

/** Where an input takes values of the chart, so that what is printed goes there as it is. */
export interface Place {
  readonly form: Form
  /** Names what takes them: `obs/Alloy/gateway`; empty where no more is known than that Helm does. */
  readonly owner: string
  /** What goes to the same document is printed as one. */
  readonly document: string
  /** Keys and positions that lead to the values of the release. */
  readonly at: PlacePath
  /** What is around them in a patch: the names of the object, and lists as a whole; empty for values of Helm. */
  readonly frame: DataMap
  /** Whether the frame repeats more than names: what its tool replaces as a whole. */
  readonly repeats: boolean
  /** Values that come after all that can be written at the place; absent: none do. */
  readonly after?: DataMap
  /** Texts of the values that must not be shown; absent: none is known. */
  readonly sensitive?: ReadonlySet<string>
}

/** Values that are passed to Helm. */
export const valuesPlace: Place = { form: 'values', owner: '', document: '', at: [], frame: {}, repeats: false }

/** A place in an object, which a patch of it reaches. */
export function placeIn(object: KubernetesObject, owner: string, at: PlacePath): Place {
  const { apiVersion, kind, tree } = object
  const name = textAt(tree, 'metadata', 'name')
  const namespace = textAt(tree, 'metadata', 'namespace')
  const metadata = { ...(name !== null && { name }), ...(namespace !== null && { namespace }) }
  return { form: 'patch', owner, document: owner, at, frame: { apiVersion, kind, metadata }, repeats: false }
}
