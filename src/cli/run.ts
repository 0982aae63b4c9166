import { words } from '../text/words.ts'
import { exit, Misuse, Unusable } from './exit.ts'
import type { Io, Outside } from './io.ts'
import { CommanderError } from './options.ts'
import { program } from './program.ts'

/** Runs one command line and returns the exit code. Nothing is thrown. */
export async function run(argv: readonly string[], outside: Outside): Promise<number> {
  const io = remembering(outside)
  let code: number = exit.done
  try {
    const done = (result: number): void => {
      code = result
    }
    await program(io, done, argv[0]).parseAsync([...argv], { from: 'user' })
    return code
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? exit.done : exit.usage
    if (error instanceof Unusable || error instanceof Misuse) {
      say(`error: ${words(error.message)}\n`, io)
      return error instanceof Misuse ? exit.usage : exit.failure
    }
    const stack = error instanceof Error ? (error.stack ?? error.message) : String(error)
    say(
      `this is a bug in alloy-rbac; please report it with the configuration that shows it\n${stack.split('\n').map(words).join('\n')}\n`,
      io,
    )
    return exit.failure
  }
}

/** Says why the run ends. Standard error may be what cannot be written: then the exit code alone is left to tell. */
function say(text: string, io: Io): void {
  try {
    io.stderr(text)
  } catch (error) {
    if (!(error instanceof Unusable)) throw error
  }
}

/** Keeps the paths of what is read. */
function remembering(outside: Outside): Io {
  const read: string[] = []
  const remembered =
    <T>(open: (path: string) => T) =>
    (path: string): T => {
      read.push(path)
      return open(path)
    }
  const { disk } = outside
  return {
    ...outside,
    read,
    disk: { ...disk, readFile: remembered(disk.readFile), pieces: remembered(disk.pieces) },
  }
}
