import type { Source, Span } from '../source.ts'
import type { Mapping } from './yaml/tree.ts'

/** A Kubernetes object of the input. */
export interface KubernetesObject {
  readonly apiVersion: string
  readonly kind: string
  /** Null: cluster-scoped, or left to the user who applies it. */
  readonly namespace: string | null
  readonly name: string
  readonly tree: Mapping
  /** The value of `metadata.name`, or the object's start. */
  readonly span: Span
  /** Keys that are files of their own: of a ConfigMap that kustomize generates. */
  readonly files?: ReadonlyMap<string, Source>
}

/** A rendered workload with one Alloy container. */
export interface Deployment {
  readonly workload: KubernetesObject
  /** The pod template's `metadata`; null when it has none. */
  readonly podMetadata: Mapping | null
  /** The pod's specification: host namespaces, security context, volumes, service account. */
  readonly pod: Mapping
  /** The container that runs Alloy: security context, volume mounts, ports. */
  readonly container: Mapping
  /** Whether the account's token is mounted; `by` says who decides, with the place when the input states it. */
  readonly automount: Automount
}

/** Kubernetes mounts the token unless the pod, or else the account, says no. */
export interface Automount {
  readonly value: boolean
  readonly by: 'pod' | 'account' | 'default'
  readonly span: Span | null
}

/** The service account that a workload runs under. */
export interface Account {
  /** Null where the release's name decides and is not known. */
  readonly name: string | null
  readonly namespace: string | null
  /** The ServiceAccount object; null when the input does not hold it. */
  readonly object: KubernetesObject | null
  /** Where the workload names the account; null when it names none. */
  readonly span: Span | null
}
