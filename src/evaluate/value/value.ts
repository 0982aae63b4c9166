import type { Span } from '../../source.ts'
import type { Block } from '../../syntax/ast.ts'

/** Why a value cannot be known from the text alone. */
export type UnknownCause =
  | 'environment' // sys.env, constants
  | 'export' // what a component exports while it runs
  | 'argument' // an argument of a module that no one has given
  | 'secret' // a secret's content
  | 'function' // a standard function that is not folded here
  | 'size' // a value that is larger than is computed
  | 'element' // an element of a collection that is not known
  | 'template' // a Helm template action in the text
  | 'substitution' // a variable in the text that Flux replaces
  | 'module' // what an unavailable module exports

/** The types a value can have, as Alloy names them; `any` when even that is not known. */
export type Type = 'null' | 'number' | 'string' | 'bool' | 'array' | 'object' | 'function' | 'capsule' | 'any'

/** A value that is known only at run time. */
export interface Unknown {
  readonly kind: 'unknown'
  readonly because: UnknownCause
  /** The expression that brought the unknown in, for the note that says what would settle it. */
  readonly origin: Span
  /** What the user can give: an environment variable's or argument's name; null when nothing settles it. */
  readonly name: string | null
  readonly type: Type
  /** It is the namespace Alloy runs in, whatever that is called. */
  readonly isOwnNamespace?: true
  /** It is a text that is not empty. */
  readonly nonEmpty?: true
  /** It is the service account's token, or what begins with it. */
  readonly token?: true
  /** Values it may have, when they are a known list: `coalesce(argument.x.value, "pod")` may be the argument or "pod". Absent: anything. */
  readonly candidates?: readonly Value[]
}

/** A string of known and unknown parts: `"spec.nodeName=" + sys.env("HOSTNAME")`. At least one part is unknown. */
export interface Pattern {
  readonly kind: 'pattern'
  readonly parts: readonly (string | Unknown)[]
}

/** A number with its Go kind. */
export type Numeric =
  | { readonly kind: 'number'; readonly type: 'int' | 'uint'; readonly value: bigint }
  | { readonly kind: 'number'; readonly type: 'float'; readonly value: number }

/** What an expression comes to, known or not; a list or an object may be known in part. */
export type Value =
  | { readonly kind: 'null' }
  | Numeric
  /** Text is a JavaScript string whose units are code points of valid UTF-8, or, when `bytes` is set, one unit a byte. */
  | { readonly kind: 'string'; readonly value: string; readonly bytes?: true }
  | { readonly kind: 'bool'; readonly value: boolean }
  | ArrayValue
  | ObjectValue
  | { readonly kind: 'function'; readonly name: string }
  | Capsule
  | Pattern
  | Unknown

/** A list. */
export interface ArrayValue {
  readonly kind: 'array'
  /** There for certain and, except for `unordered`, in this order. */
  readonly items: readonly Value[]
  /** Shapes of which any number may follow the items, mixed at will: known elements beside unknown ones. */
  readonly openElements: readonly Value[]
  /** What base64 decodes to: numbers to an expression, text where a string is wanted. */
  readonly bytes?: true
  /** Alloy orders the elements differently in each run. */
  readonly unordered?: true
  /** Targets that a relabeling dropped on the way, as it last saw them. Like a trail, they are not part of the value. */
  readonly dropped?: readonly ObjectValue[]
}

/** An object; a target is one. */
export interface ObjectValue {
  readonly kind: 'object'
  readonly entries: ReadonlyMap<string, Value>
  /** There may be more keys than these, of any value. */
  readonly open: boolean
  readonly provenance?: Provenance
}

/** How a target came about. It is not part of the value: nothing compares it, and nothing but `explain` reads it. */
export interface Provenance {
  /** The component that exports the target. */
  readonly by: { readonly id: string; readonly block: Block }
  /** What it was before that component relabeled it; null where it was discovered. */
  readonly before: Value | null
}

/** Opaque to expressions. A secret never prints; `of` is what it hides when that is known. */
export interface Capsule {
  readonly kind: 'capsule'
  /** `secret`, `optional_secret` (one that is secret), `optional_text` (one that is not), else the name of a type of Alloy's. */
  readonly type: string
  readonly of: Value | null
}

/** Kleene's third truth value is `null`. */
export type Truth = boolean | null
