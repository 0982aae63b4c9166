import type { Outside } from '../io.ts'

/** What dist/bin/command.mjs exports. */
export interface Program {
  /** Runs a command line, that of the process unless another is given, and returns the exit code; `require` loads what is beside it. */
  readonly start: (require: NodeJS.Require, argv?: readonly string[], outside?: Outside) => Promise<number>
  readonly system: () => Outside
}
