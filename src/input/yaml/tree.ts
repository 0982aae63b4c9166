import type { Span, VariableRange } from '../../source.ts'

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

/** A list, its elements in order. */
export interface Sequence {
  readonly kind: 'list'
  readonly items: readonly Tree[]
  readonly span: Span
}

/** A single value; null, also where nothing is written. */
export interface Scalar {
  readonly kind: 'scalar'
  readonly value: string | number | boolean | null
  /** The token with its quotes or block header. */
  readonly span: Span
  /** What is written, where variables in it were replaced: `offset` maps an offset of the value to the one that it stands for. */
  readonly written?: { readonly value: string | number | boolean | null; readonly offset: (inner: number) => number }
  /** Variables in the value that are not known. */
  readonly variables?: readonly VariableRange[]
}

/** Plain data, for what does not care for places. */
export type Data = null | boolean | number | string | readonly Data[] | { readonly [key: string]: Data }

/** The value at a path of map keys; null where a step is missing or not a map. */
export function get(tree: Tree | null, ...path: readonly string[]): Tree | null {
  let at = tree
  for (const key of path) at = at?.kind === 'map' ? (at.entries.get(key)?.value ?? null) : null
  return at
}

/** The map at a path; null where there is none. */
export function mapAt(tree: Tree | null, ...path: readonly string[]): Mapping | null {
  const found = get(tree, ...path)
  return found?.kind === 'map' ? found : null
}

/** The elements of the list at a path; none where there is no list. */
export function itemsAt(tree: Tree | null, ...path: readonly string[]): readonly Tree[] {
  const found = get(tree, ...path)
  return found?.kind === 'list' ? found.items : []
}

/** The scalar at a path; null where there is none. A null of the file is a scalar. */
export function scalarAt(tree: Tree | null, ...path: readonly string[]): Scalar | null {
  const found = get(tree, ...path)
  return found?.kind === 'scalar' ? found : null
}

/** The string at a path; null where there is none or the value is of another type. */
export function textAt(tree: Tree | null, ...path: readonly string[]): string | null {
  const value = scalarAt(tree, ...path)?.value
  return typeof value === 'string' ? value : null
}

/** The same where all of the string is known. */
export function knownTextAt(tree: Tree | null, ...path: readonly string[]): string | null {
  const { variables = [] } = scalarAt(tree, ...path) ?? {}
  return variables.length > 0 ? null : textAt(tree, ...path)
}

/** The strings of the list at a path; other elements are left out. */
export function textsAt(tree: Tree | null, ...path: readonly string[]): readonly string[] {
  return itemsAt(tree, ...path).flatMap(item => textAt(item) ?? [])
}

/** Truth as Helm's templates see it: false, null, zero, and all that is empty is false; so is what is absent. */
export function truthy(tree: Tree | null): boolean {
  if (tree === null) return false
  if (tree.kind === 'map') return tree.entries.size > 0
  if (tree.kind === 'list') return tree.items.length > 0
  return tree.value !== null && tree.value !== false && tree.value !== 0 && tree.value !== ''
}

/** Drops the places. Not for output as it is: a value may be a secret. */
export function data(tree: Tree): Data {
  if (tree.kind === 'scalar') return tree.value
  if (tree.kind === 'list') return tree.items.map(data)
  return Object.fromEntries([...tree.entries].map(([key, { value }]) => [key, data(value)]))
}

/** The reverse: data that is written nowhere, all of it at one place. */
export function treeOf(value: Data, span: Span): Tree {
  if (typeof value !== 'object' || value === null) return { kind: 'scalar', value, span }
  if (Array.isArray(value)) return { kind: 'list', items: value.map(each => treeOf(each, span)), span }
  const entries = Object.entries(value).map(([key, each]) => [key, { key: span, value: treeOf(each, span) }] as const)
  return { kind: 'map', entries: new Map(entries), span }
}
