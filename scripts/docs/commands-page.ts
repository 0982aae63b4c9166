import { program } from '../../src/cli/program.ts'
import { fence, generatedFrom, page } from './markdown.ts'

/** The help of every command: docs/commands.md. */
export function commandsPage(): string {
  const unused = (): never => {
    throw new Error('help reads and writes nothing')
  }
  const root = program(
    {
      cwd: '/',
      env: {},
      read: [],
      stdin: unused,
      stdout: unused,
      stderr: unused,
      terminal: false,
      screen: () => null,
      today: unused,
      disk: {
        readFile: unused,
        writeFile: unused,
        kind: unused,
        list: unused,
        real: unused,
        identity: unused,
        makeFolder: unused,
        pieces: unused,
      },
    },
    unused,
  )
  const help = (command: typeof root): string => {
    let text = ''
    command.configureOutput({
      writeOut: part => {
        text += part
      },
      getOutHelpWidth: () => 120,
    })
    command.outputHelp()
    return text
  }
  const commands = root.commands
  return page([
    generatedFrom('the help texts of src/cli/program.ts'),
    '# Commands',
    fence(help(root), 'text'),
    ...commands.flatMap(command => [`## ${command.name()}`, fence(help(command), 'text')]),
  ])
}
