import type { Io } from './io.ts'
import { Command, CommanderError } from './options.ts'
import { program } from './program.ts'

/** The program's exit codes. */
export const exit = {
  /** The document was printed; for `check`: nothing at or above `--fail-on`. */
  done: 0,
  /** No plan, because the input is at fault; for `check`: findings. */
  fault: 1,
  /** Wrong usage. */
  usage: 2,
  /** Could not run: an unreadable file, a bug; for `check` also: no verdict. */
  failure: 3,
} as const

/** A file that cannot be read or written: said in one line, without a stack. */
export class Unusable extends Error {}

/** Runs one command line and returns the exit code. Nothing is thrown. */
export async function run(argv: readonly string[], io: Io): Promise<number> {
  let code: number = exit.done
  try {
    await program(io, result => {
      code = result
    }).parseAsync([...argv], { from: 'user' })
    return code
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? exit.done : exit.usage
    if (error instanceof Unusable) {
      io.stderr(`error: ${error.message}\n`)
      return exit.failure
    }
    const stack = error instanceof Error ? (error.stack ?? error.message) : String(error)
    io.stderr(`this is a bug in alloy-rbac; please report it with the configuration that shows it\n${stack}\n`)
    return exit.failure
  }
}

export { Command }
