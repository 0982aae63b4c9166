import type { Diagnostic } from '../../diagnostic/diagnostic.ts'
import type { Installed } from './installed.ts'
import type { Lack } from './lacking.ts'
import type { HeldRight } from './required.ts'
import type { Tool } from './tools.ts'

/** What the account of a tool needs to install an input. */
export interface Installation {
  readonly tool: Tool
  /** Of the account and its roles. */
  readonly name: string
  /** The namespace that it installs in. */
  readonly namespace: string
  readonly objects: readonly Installed[]
  readonly rights: readonly HeldRight[]
  /** False where an object is left out: a warning says which. */
  readonly complete: boolean
  /** What a role that was passed in lacks; null where none was. */
  readonly lacks: readonly Lack[] | null
  readonly diagnostics: readonly Diagnostic[]
}
