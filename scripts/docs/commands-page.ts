import { helpOnly } from './help-only.ts'
import { fence, generatedFrom, page } from './markdown.ts'

/** The help of every command: docs/commands.md. */
export function commandsPage(): string {
  const root = helpOnly()
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
