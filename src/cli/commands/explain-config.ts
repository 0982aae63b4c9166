import { hasError } from '../../diagnostic/diagnostic.ts'
import { data } from '../../input/yaml/tree.ts'
import type { ExplainJson } from '../../render/documents/explain.ts'
import { printJson } from '../../render/json.ts'
import { inert } from '../../text/inert.ts'
import { type ConfigFile, configFile, isMap, pathOf, readConfigFile, type Setting } from '../config-file.ts'
import { exit } from '../exit.ts'
import type { Io } from '../io.ts'
import type { Command, ExplainOptions } from '../options.ts'
import { printFrames, writeDocument } from '../report.ts'

/** `alloy-rbac explain config`: the options that the configuration file gives each command, and where. */
export function explainConfig({ running, commands }: Commands, options: ExplainOptions, io: Io): number {
  const path = pathOf(running, io)
  const { settings, diagnostics } = path === null ? nothing : readConfigFile(commands(), path, io)
  if (hasError(diagnostics)) {
    printFrames(diagnostics, options, io)
    return exit.usage
  }
  const given = [...settings].flatMap(([command, own]) =>
    own.length === 0 ? [] : [{ command: command.name(), options: inForce(own) }],
  )
  const text =
    options.format === 'json'
      ? printJson({ version: 1, kind: 'config', file: path, commands: given } satisfies ExplainJson)
      : `${[path === null ? `no options are set: there is no ${configFile} in the working directory` : inert(path), ...given.flatMap(linesOf)].join('\n')}\n`
  writeDocument(text, options, io)
  return exit.done
}

/** The command that runs, and all of them. */
interface Commands {
  readonly running: Command
  readonly commands: () => readonly Command[]
}

const nothing: ConfigFile = { settings: new Map(), diagnostics: [] }

interface InForce {
  readonly option: string
  /** Of an option that takes `NAME=VALUE`, the names alone: a value may be a secret. */
  readonly value: unknown
  readonly place: string
}

/** What counts: a command's own options come last. */
function inForce(settings: readonly Setting[]): readonly InForce[] {
  const last = new Map(settings.map(each => [each.option.name(), each]))
  return [...last].map(([name, { option, value, place }]) => {
    const plain = data(value)
    return { option: name, value: isMap(option) ? Object.keys(Object(plain)) : plain, place }
  })
}

const linesOf = ({
  command,
  options,
}: {
  readonly command: string
  readonly options: readonly InForce[]
}): readonly string[] => [
  '',
  command,
  ...options.map(({ option, value, place }) => `  --${option} ${inert([value].flat().join(', '))}  (${inert(place)})`),
]
