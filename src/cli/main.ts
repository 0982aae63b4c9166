import { rawArguments } from './disk/raw-path.ts'
import type { Outside } from './io.ts'
import { run } from './run.ts'
import { system } from './system.ts'

/** Runs a command line, that of the process unless another is given, and returns the exit code. */
export const main = (argv: readonly string[] = rawArguments(process), outside: Outside = system()): Promise<number> =>
  run(argv, outside)
