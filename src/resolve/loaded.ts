import type { Diagnostic } from '../diagnostic/diagnostic.ts'
import type { Value } from '../evaluate/value/value.ts'
import type { Source, Span } from '../source.ts'

/** Configuration that was passed for what a block loads. */
export interface Loaded {
  readonly modules: readonly LoadedModule[]
  /** Whether it is all that the block can load. */
  readonly complete: boolean
  /** What is to be said of the rest. */
  readonly diagnostics: readonly Diagnostic[]
}

/** A module that a block loads, in a scope of its own. */
export interface LoadedModule {
  readonly name: string
  readonly source: Source
  /** False where it may be loaded or not. */
  readonly certain: boolean
  /** Arguments that it sees without declaring them. */
  readonly given: ReadonlyMap<string, Value>
  /** The place that stands for it. */
  readonly span: Span
}
