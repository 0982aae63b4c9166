import type { Span } from '../source.ts'

/**
 * A YAML or JSON value with its places. Aliases and merge keys are resolved, so a node may be shared; its size when
 * written out is bounded when it is read.
 */
export type Tree = Mapping | Sequence | Scalar

/** A map; keys are text, as Kubernetes and Helm take them, in the order of the file. */
export interface Mapping {
  readonly kind: 'map'
  readonly entries: ReadonlyMap<string, Entry>
  readonly span: Span
}

/** A value of a map, and where its key is written. */
export interface Entry {
  readonly key: Span
  readonly value: Tree
}

export interface Sequence {
  readonly kind: 'list'
  readonly items: readonly Tree[]
  readonly span: Span
}

export interface Scalar {
  readonly kind: 'scalar'
  readonly value: string | number | boolean | null
  /** The token with its quotes or block header. */
  readonly span: Span
}

/** Plain data, for what does not care for places. */
export type Data = null | boolean | number | string | readonly Data[] | { readonly [key: string]: Data }
