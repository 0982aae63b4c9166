import type { Span } from '../../source.ts'
import { upTo } from '../../text/cut.ts'
import { type Argument, type CommandLine, commandLine } from './flags.ts'

/** What a container is told to run. */
export interface Invocation {
  /** Without its tag and digest. */
  readonly image: string
  readonly command: readonly Argument[]
  readonly args: readonly Argument[]
  /** Stands for the arguments that the image gives itself. */
  readonly span: Span
}

/** What the image runs when the container says nothing. */
const imageArguments = ['run', '/etc/alloy/config.alloy', '--storage.path=/var/lib/alloy/data']

/** The command lines by which a container runs Alloy; none when it runs something else, or nothing that can be told. */
export function alloyRuns(invocation: Invocation): readonly CommandLine[] {
  const { image, command, args, span } = invocation
  const isImage = isAlloyImage(image)
  const isDirect = command.length === 0 || isName(command[0]?.text ?? '')
  return programArguments(invocation).flatMap(line => {
    if (line.length === 0 && command.length + args.length === 0)
      return [commandLine(imageArguments.map(text => ({ text, span })))]
    // A shell takes redirections and variables out of what follows.
    const parsed = { ...commandLine(line), ...(!isDirect && { extra: [] }) }
    const runs = parsed.command === 'run' || parsed.command === 'otel'
    const named = isImage || command.length > 0 || /\.alloy$|\/alloy$/.test(parsed.path?.text ?? '')
    return runs && named ? [parsed] : []
  })
}

/**
 * Says whether a container could run Alloy in a way that `alloyRuns` does not see: by a script of its own in Alloy's image, by a name
 * of Alloy's program, by its arguments.
 */
export function couldRunAlloy({ image, command, args }: Invocation): boolean {
  const words = wordsOf([...command, ...args]).map(({ text }) => unquoted(text))
  const starts = (word: string, at: number): boolean =>
    isProgramPath(word) ||
    (word === 'alloy' && (at === 0 ? command.length > 0 : beforeCommands.test(words[at - 1] ?? '')))
  if (words.some((word, at) => starts(word, at) && !onlyLooks(words[at + 1]))) return true
  if (words.some(word => /\.(?:alloy|river)$/.test(word)) && words.includes('run')) return true
  if (words[0] === 'run' && words.some(word => alloyFlags.test(word))) return true
  if (!isLikeAlloy(image)) return false
  const [program = ''] = command.map(({ text }) => text)
  if (command.length === 0) return !onlyLooks(words[0])
  if (isName(program)) return !onlyLooks(words[1])
  if (shells.test(program)) return words.some(word => /[$`]|^(?:\.|source|eval)$/.test(word))
  return !plainPrograms.test(program)
}

/** Words of a shell, or of a wrapper, that a command follows. */
const beforeCommands = /^(?:;|&&?|\|\|?|[({]|-c|--|exec|then|else|do|nohup|command|env|[A-Z_]+=.*)$/

const isProgramPath = (word: string): boolean => /^(?:\.?\/)(?:.*\/)?s?bin\/alloy(?:-linux-\w+)?$/.test(word)

/** Flags that no other program has. */
const alloyFlags =
  /^--?(?:storage\.path|stability\.level|cluster\.[\w-]+|config\.(?:format|bypass-conversion-errors)|server\.http\.(?:listen-addr|ui-path-prefix)|disable-reporting)(?:=|$)/

/** Subcommands that run no components. */
const onlyLooks = (word: string | undefined): boolean =>
  /^(?:fmt|convert|validate|tools|help|completion|--?help|--?version|-h|-v)$/.test(word ?? '')

const shells = /(?:^|\/)(?:ba|da|a|k|z)?sh$/

/** Programs of the image that read and write files and start nothing. */
const plainPrograms =
  /(?:^|\/)(?:cat|chgrp|chmod|chown|cp|date|echo|false|ln|ls|mkdir|mv|printf|rm|sed|sleep|test|touch|true)$/

/** An image without its tag and digest. */
export function repositoryOf(image: string): string {
  const tagged = upTo(image, '@')
  const tag = tagged.lastIndexOf(':')
  return tag < tagged.lastIndexOf('/') ? tagged : tagged.slice(0, tag === -1 ? tagged.length : tag)
}

/** Says whether an image is Alloy's, in whatever registry. */
export function isAlloyImage(image: string): boolean {
  return /(?:^|[/-])alloy(?:-dev|-boringcrypto|-slim)?$/.test(image)
}

/** Says whether an image may be made of Alloy's. The operator and what reloads configurations are not. */
function isLikeAlloy(image: string): boolean {
  const [first = '', ...rest] = image.toLowerCase().split('/')
  const isRegistry = rest.length > 0 && /[.:]|^localhost$/.test(first)
  const path = isRegistry ? rest : [first, ...rest]
  return path.some(name => /alloy/.test(name)) && !/operator|reload|rbac/.test(path.at(-1) ?? '')
}

/** How many words of a run that is not the first are read. */
const mostFurtherWords = 64

/** What follows each run of the program; empty when another program runs. */
function programArguments({ image, command, args }: Invocation): readonly (readonly Argument[])[] {
  if (command.length === 0) return isAlloyImage(image) || args[0]?.text === 'run' ? [args] : []
  const all = [...command, ...args]
  if (isName(command[0]?.text ?? '')) return [all.slice(1)]
  // The image has a script of this name, which starts its OpenTelemetry engine.
  if (isAlloyImage(image) && isEngine(command[0]?.text ?? '')) {
    const [program] = all
    return [[...(program ? [{ ...program, text: 'otel' }] : []), ...all.slice(1)]]
  }
  // A shell, or a wrapper like tini: the words after `alloy`, wherever it is.
  const words = wordsOf(all)
  let isFirst = true
  return words.flatMap(({ text }, at) => {
    if (!isName(unquoted(text)) || !/^(?:run|otel)$/.test(words[at + 1]?.text ?? '')) return []
    // Of further runs only the number is of interest, and there may be thousands.
    const rest = words.slice(at + 1, isFirst ? words.length : at + 1 + mostFurtherWords)
    isFirst = false
    const end = rest.findIndex(each => /^(?:;|&&|\|\|?|&)$/.test(each.text))
    const line = end === -1 ? rest : rest.slice(0, end)
    return [line.map(each => ({ text: unquoted(each.text), span: each.span }))]
  })
}

/** The words of a command line. What ends a command in a shell is a word of its own. */
function wordsOf(all: readonly Argument[]): readonly Argument[] {
  return all.flatMap(({ text, span }) =>
    text
      .replace(/;|&+|\|+|\n/g, end => ` ${end === '\n' ? ';' : end} `)
      .split(/\s+/)
      .filter(word => word !== '')
      .map(word => ({ text: word, span })),
  )
}

const unquoted = (word: string): string => word.replace(/^(["'])(.*)\1$/, '$2')

const isEngine = (text: string): boolean => /^(?:\/?bin\/)?otelcol$/.test(text)

function isName(text: string): boolean {
  return /(?:^|\/)alloy(?:-linux-\w+)?$/.test(text)
}
