import { exit, Unusable } from './exit.ts'
import type { Io } from './io.ts'
import { CommanderError } from './options.ts'
import { program } from './program.ts'

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
