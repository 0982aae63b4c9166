import type { Label } from '../diagnostic/diagnostic.ts'
import type { Value } from '../evaluate/value/value.ts'
import type { Span } from '../source.ts'
import type { Block } from '../syntax/ast.ts'

/** One attribute with its value. */
export interface Argument {
  readonly name: string
  readonly value: Value
  /** The name: what a diagnostic about the argument underlines. */
  readonly span: Span
  /** The expression right of the `=`. */
  readonly valueSpan: Span
}

/** One nested block with the values in it. */
export interface BlockArguments {
  /** The dotted name as in the text: `stage.json`. */
  readonly name: string
  /** Null when absent or empty. */
  readonly label: string | null
  /** The name and, where there is one, the label. */
  readonly span: Span
  readonly body: Arguments
}

/** What a block's body says: its attributes by name (the last of a repeated one), its blocks in order. */
export interface Arguments {
  readonly attributes: ReadonlyMap<string, Argument>
  readonly blocks: readonly BlockArguments[]
}

/** One instance of a component that Alloy would run, modules expanded. */
export interface Use {
  /** Module path and component: `k8s_logs.default/loki.source.kubernetes.pods`. */
  readonly id: string
  /** The component's name: `loki.source.kubernetes`. */
  readonly component: string
  readonly label: string | null
  readonly block: Block
  readonly arguments: Arguments
  /** False inside a foreach whose collection is unknown: any number of instances, also none. */
  readonly certain: boolean
  /** How the configuration reaches the block, outermost first: instances, imports. */
  readonly related: readonly Label[]
}
