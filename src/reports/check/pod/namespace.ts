import type { KubernetesObject } from '../../../input/deployment.ts'
import { find, type Stream } from '../../../input/manifests/objects.ts'
import { scalarAt } from '../../../input/yaml/tree.ts'
import type { Span } from '../../../source.ts'

/** The Pod Security Standard that a namespace enforces, and where its object says so. */
export interface Enforced {
  readonly object: KubernetesObject
  readonly level: string
  readonly span: Span
}

/** What the Namespace object of the input enforces; null where there is no such object, or no such label. */
export function enforcedBy(objects: Stream, namespace: string | null): Enforced | null {
  const object = namespace === null ? null : find(objects, 'Namespace', null, namespace)
  const label = scalarAt(object?.tree ?? null, 'metadata', 'labels', 'pod-security.kubernetes.io/enforce')
  return object && typeof label?.value === 'string' ? { object, level: label.value, span: label.span } : null
}
