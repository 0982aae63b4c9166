import type { Diagnostic } from '../diagnostic/diagnostic.ts'
import type { Value } from '../evaluate/value/value.ts'
import type { Source } from '../source.ts'
import type { Block } from '../syntax/ast.ts'
import type { Arguments, Use } from './use.ts'

/** What is known of Alloy's components; the resolver itself knows none by name. */
export interface Knowledge {
  /** Judges a built-in component's name in the current release; the diagnostics are empty when it is known. */
  readonly check: (block: Block) => readonly Diagnostic[]
  /** Judges a component's or configuration block's arguments against what the release accepts. */
  readonly checkArguments: (name: string, block: Block, body: Arguments) => readonly Diagnostic[]
  /** What a component exports, an object; what is known only at run time is unknown. */
  readonly exportsOf: (use: Use, tools: { readonly read: (path: string) => string | null }) => Value
  /** Configuration blocks that are at the root, once, by their names: `logging`, `http`. */
  readonly services: ReadonlyMap<string, Service>
}

/** What is known of a configuration block that is at the root, once. */
export interface Service {
  /** `ignored`: one is allowed there and says nothing. */
  readonly label: 'none' | 'ignored'
  /** The argument that names where further configuration is loaded from; null for a block that loads none. */
  readonly loads: string | null
}

/** What became of a path that the configuration names. */
export type FileAnswer =
  | {
      readonly kind: 'files'
      readonly sources: readonly Source[]
      /** What `module_path` is in them. */
      readonly modulePath: string
    }
  /** `path` is the one that was looked for, as reports show it. */
  | { readonly kind: 'missing'; readonly path: string }
  /** There, but not in the folder of the input, and `--allow-outside` was not given. */
  | { readonly kind: 'outside'; readonly path: string }
  /** There, but not text. */
  | { readonly kind: 'unreadable'; readonly path: string; readonly diagnostics: readonly Diagnostic[] }

/** The files that the user passed in; relative paths start in Alloy's working directory. */
export interface Files {
  /** A file, or the `*.alloy` children of a folder. */
  readonly read: (path: string) => FileAnswer
  /** A local copy of a remote module (`--module`), by the import's label, repository or URL; null when none was given. */
  readonly module: (names: readonly string[], path: string | null) => FileAnswer | null
}
