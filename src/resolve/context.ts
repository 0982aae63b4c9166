import { type Diagnostic, diagnostic, type Label, type Outcome } from '../diagnostic/diagnostic.ts'
import type { Value } from '../evaluate/value/value.ts'
import type { Source } from '../source.ts'
import type { Block, Expression, File } from '../syntax/ast.ts'
import type { Files, Knowledge } from './knowledge.ts'
import type { Loaded } from './loaded.ts'
import type { Declare, Registry } from './names/registry.ts'
import type { Variables } from './names/variables.ts'
import type { OnUnknown } from './on-unknown.ts'
import type { Use } from './use.ts'

/** What the expansion of a body came to, and what of it names the instance. */
export interface Expansion {
  readonly uses: readonly Use[]
  readonly exports: Value
  readonly prefix: string
  /** How many labels lead to the instance. */
  readonly depth: number
}

/** The expansions of one body, by what it was given. */
export type Expansions = Map<string, Expansion>

/** What the whole expansion shares. */
export interface World {
  readonly knowledge: Knowledge
  readonly files: Files
  readonly parse: (source: Source) => Outcome<File | null>
  readonly evaluate: (expression: Expression, scope: Variables, report: (found: Diagnostic) => void) => Value
  /** Says whether a name is of the standard library. */
  readonly isStandard: (name: string) => boolean
  /** Values of arguments of a module that is passed in as the input (`--arg`). */
  readonly given: ReadonlyMap<string, Value>
  /** What was passed of the configuration that a block loads; null where nothing was. */
  readonly loadedBy: (use: Use) => Loaded | null
  /** What an unknown costs: the plan, or its completeness. */
  readonly onUnknown: OnUnknown
  readonly limit: number
  /** Set when there were more uses than that: nothing more is expanded then, for modules multiply. */
  limitReached: boolean
  readonly report: (found: Diagnostic) => void
  /** How many diagnostics were reported. */
  readonly diagnosticCount: number
  readonly uses: Use[]
  readonly keyOf: (value: Value) => string
  /** What the instances of each module came to. */
  readonly expansions: Map<Declare, Expansions>
  /** Set when something may need more than is known. */
  incomplete: boolean
}

/** One body at work. */
export interface Context {
  readonly world: World
  readonly place: 'root' | 'declare' | 'foreach'
  /** The registry around the body: that of the place of definition. */
  readonly registry: Registry | null
  /** What the body sees from outside. */
  readonly outer: Variables | null
  /** What the instance was given; null at the root. */
  readonly given: ReadonlyMap<string, Value> | null
  /** Module path of what the body holds, with a final `/`; empty at the root. */
  readonly prefix: string
  readonly related: readonly Label[]
  readonly certain: boolean
  /** The modules that are being instantiated around the body, outermost first. */
  readonly within: readonly string[]
}

/** The severity of what makes a plan incomplete. */
export const openSeverity = ({ onUnknown }: World): 'error' | 'warning' => (onUnknown === 'error' ? 'error' : 'warning')

/** Enters a use, as long as there are not too many. */
export function enter(use: Use, world: World): void {
  if (!isFull(use.block, world, world.uses.length)) world.uses.push(use)
}

/**
 * Says whether no more is expanded. What was expanded in silence is not expanded again, so that what was said counts where modules
 * without components multiply.
 */
export function isFull(block: Block, world: World, count: number = world.diagnosticCount): boolean {
  if (!world.limitReached && count >= world.limit) {
    world.limitReached = true
    world.report(diagnostic('too-many-instances', block.header, { limit: world.limit }))
  }
  return world.limitReached
}
