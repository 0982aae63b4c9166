import { type Diagnostic, diagnostic, hasError } from '../diagnostic/diagnostic.ts'
import { nearest } from '../diagnostic/suggest.ts'
import { join, parent } from '../input/path.ts'
import { decodeText } from '../input/text.ts'
import { readYaml } from '../input/yaml/parse-yaml.ts'
import { data, type Entry, mapAt, type Tree } from '../input/yaml/tree.ts'
import { placeOf } from '../render/places.ts'
import { Misuse } from './exit.ts'
import { readFile } from './inputs.ts'
import type { Io } from './io.ts'
import { type Command, InvalidArgumentError, type Option } from './options.ts'
import { printFrames } from './report.ts'

/** The file in the working directory that is read where `--config-file` names no other. */
export const configFile = 'alloy-rbac.yaml'

/** The key of options for every command that has them; every other key is a command. */
export const everyCommand = 'options'

/** Options that only a command line gives: where to write, and what would make a run differ from day to day. */
const commandLineOnly: readonly string[] = ['config-file', 'output', 'also', 'diagnostics', 'write-baseline', 'today']

/** Options that are paths: in the file, they start at its folder. */
const paths: readonly string[] = ['baseline', 'config', 'module', 'objects', 'remote', 'workdir']

/** Says whether a configuration file can give an option. */
export const isConfigurable = (option: Option): boolean => !commandLineOnly.includes(option.name())

/** Says whether an option takes `NAME=VALUE` again and again: in the file, a map. */
export const isMap = (option: Option): boolean => option.defaultValue instanceof Map

/** One option that the file gives a command. */
export interface Setting {
  readonly option: Option
  readonly value: Tree
  /** `alloy-rbac.yaml:4`. */
  readonly place: string
}

/** Gives a command the options of the configuration file that its command line leaves out. */
export function applyConfigFile(running: Command, commands: () => readonly Command[], io: Io): void {
  const path = pathOf(running, io)
  if (path === null) return
  const { settings, diagnostics } = readConfigFile(commands(), path, io)
  const found = [...diagnostics]
  for (const { option, value } of settings.get(running) ?? []) {
    const attribute = option.attributeName()
    const isGiven = running.getOptionValueSource(attribute) === 'cli'
    const outcome =
      isGiven && !isMap(option)
        ? null
        : settingValue(option, value, { path, before: running.getOptionValue(attribute), isGiven })
    if (outcome === null) continue
    if ('problem' in outcome) found.push(wrongValue(option, value, outcome.problem))
    else running.setOptionValueWithSource(attribute, outcome.value, 'config')
  }
  if (found.length > 0) printFrames(found, { color: 'auto' }, io)
  if (hasError(found)) throw new Misuse(`${path} does not say which options to use`)
}

/** What a configuration file gives each command, and what is wrong with it. */
export interface ConfigFile {
  /** By the command; what its own section says comes last, and so counts. */
  readonly settings: ReadonlyMap<Command, readonly Setting[]>
  readonly diagnostics: readonly Diagnostic[]
}

/** Reads the options that a file gives the commands. */
export function readConfigFile(commands: readonly Command[], path: string, io: Io): ConfigFile {
  const nothing = (diagnostics: readonly Diagnostic[]): ConfigFile => ({ settings: new Map(), diagnostics })
  const { value: source, diagnostics } = decodeText(path, readFile(path, io))
  if (source === null) return nothing(diagnostics)
  const read = readYaml(source)
  const [tree] = read.value
  if (hasError(read.diagnostics) || tree === undefined) return nothing(read.diagnostics)
  const sections = [everyCommand, ...commands.map(each => each.name())]
  if (tree.kind !== 'map' || !sections.some(name => tree.entries.has(name))) {
    return nothing([diagnostic('config-file-without-options', tree.span, { file: path })])
  }
  const unknownIn = (name: string, options: readonly Option[], what: string): readonly Diagnostic[] => {
    const known = options.filter(isConfigurable).map(each => each.name())
    return entriesOf(tree, name).flatMap(([key, { key: span }]) =>
      known.includes(key) ? [] : [unknownKey(key, span, { what, known })],
    )
  }
  const settingsOf = (command: Command): readonly Setting[] =>
    [everyCommand, command.name()].flatMap(name =>
      entriesOf(tree, name).flatMap(([key, entry]) => {
        const option = command.options.find(each => each.name() === key && isConfigurable(each))
        return option ? [{ option, value: entry.value, place: lineOf(entry) }] : []
      }),
    )
  return {
    settings: new Map(commands.map(each => [each, settingsOf(each)])),
    diagnostics: [
      ...[...tree.entries].flatMap(([name, { key }]) =>
        sections.includes(name) ? [] : [unknownKey(name, key, { what: 'a command', known: sections })],
      ),
      ...unknownIn(
        everyCommand,
        commands.flatMap(each => each.options),
        'an option',
      ),
      ...commands.flatMap(each => unknownIn(each.name(), each.options, `an option of ${each.name()}`)),
    ],
  }
}

/** The file that is in force: the one that is named, else the one in the working directory; null where there is neither. */
export function pathOf(running: Command, io: Io): string | null {
  const named = running.opts<{ readonly configFile?: string }>().configFile
  if (named !== undefined) return named
  if (running.options.every(each => each.name() !== 'config-file')) return null
  return io.disk.kind(join(io.cwd, configFile)) === 'file' ? configFile : null
}

const entriesOf = (tree: Tree, section: string): readonly (readonly [string, Entry])[] => [
  ...(mapAt(tree, section)?.entries ?? []),
]

function lineOf({ key }: Entry): string {
  const { path, line } = placeOf(key)
  return `${path}:${line}`
}

type Read = { readonly value: unknown } | { readonly problem: string } | null

/** What an option is set to; null for a flag that is off. */
function settingValue(
  option: Option,
  tree: Tree,
  { path, before, isGiven }: { readonly path: string; readonly before: unknown; readonly isGiven: boolean },
): Read {
  if (!option.required) {
    if (tree.kind === 'scalar' && typeof tree.value === 'boolean') return tree.value ? { value: true } : null
    return { problem: 'expected true or false' }
  }
  const texts = textsOf(option, tree, text => (paths.includes(option.name()) ? join(parent(path), text) : text))
  if (texts === null) return { problem: isMap(option) ? 'expected a map of names and values' : 'expected a text' }
  try {
    const start = isMap(option) ? new Map() : before
    const value = texts.reduce<unknown>((sum, text) => option.parseArg?.(text, sum as never) ?? text, start)
    return {
      value:
        isMap(option) && isGiven
          ? new Map([...(value as Map<string, string>), ...(before as Map<string, string>)])
          : value,
    }
  } catch (error) {
    if (error instanceof InvalidArgumentError) return { problem: error.message }
    throw error
  }
}

/** What the words of a command line would be, each value in its place; null for what none says. */
function textsOf(option: Option, tree: Tree, placed: (text: string) => string): readonly string[] | null {
  const value = data(tree)
  const plain = (each: unknown): each is string | number | boolean =>
    ['string', 'number', 'boolean'].includes(typeof each)
  if (isMap(option)) {
    if (tree.kind !== 'map') return null
    const pairs = Object.entries(value as object)
    return pairs.every(([, each]) => plain(each))
      ? pairs.map(([name, each]) => `${name}=${placed(String(each))}`)
      : null
  }
  if (Array.isArray(option.defaultValue))
    return Array.isArray(value) && value.every(plain) ? value.map(each => placed(String(each))) : null
  return plain(value) ? [placed(String(value))] : null
}

function wrongValue(option: Option, { span }: Tree, problem: string): Diagnostic {
  const [reason = '', ...more] = problem.trim().split('\n')
  return diagnostic('config-file-value', span, {
    option: option.name(),
    reason: [reason, ...more].join(' ').replace(/\.$/, ''),
  })
}

function unknownKey(
  name: string,
  span: Entry['key'],
  { what, known }: { readonly what: string; readonly known: readonly string[] },
): Diagnostic {
  const isOfCommandLine = commandLineOnly.includes(name)
  const written = name.replace(/_/g, '-').replace(/[A-Z]/g, letter => `-${letter.toLowerCase()}`)
  const close = known.includes(written) ? written : nearest(name, known)
  return diagnostic('config-file-key', span, { name, what, isOfCommandLine, close })
}
