import type { Command } from '../../src/cli/options.ts'
import { program } from '../../src/cli/program.ts'

/** The command line, to read it and not to run it. */
export function helpOnly(): Command {
  const unused = (): never => {
    throw new Error('help reads and writes nothing')
  }
  const disk = {
    ...{ readFile: unused, writeFile: unused, kind: unused, list: unused },
    ...{ real: unused, identity: unused, pieces: unused, makeFolder: unused },
  }
  const streams = { stdin: unused, stdout: unused, stderr: unused, terminal: () => false, screen: () => null }
  return program({ cwd: '/', env: {}, read: [], today: unused, disk, ...streams }, unused)
}
