import type { Item } from './item.ts'
import type { Stream } from './manifests/objects.ts'

/** The objects of a cluster, as far as they are known. */
export interface ClusterObjects {
  readonly objects: Stream
  /** Whether the user says that the cluster has them: else the input happens to hold them, and they decide nothing. */
  readonly given: boolean
  /** Whether there are no others of the kinds that components read. */
  readonly complete: boolean
}

/** What the user says of the objects of the cluster. */
export interface ClusterOptions {
  /** Objects of the cluster, beside those of the input. */
  readonly objects?: readonly Item[]
  /** Whether these are all the objects there are. */
  readonly objectsComplete?: boolean
  /** Whether links of a folder may lead out of it. */
  readonly allowOutside?: boolean
  /** Values of variables that Flux replaces. */
  readonly substitute?: ReadonlyMap<string, string>
}
