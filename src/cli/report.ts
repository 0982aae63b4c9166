import { type Diagnostic, hasError } from '../diagnostic/diagnostic.ts'
import { join } from '../input/path.ts'
import { frame } from '../render/frame.ts'
import { diagnosticsJson } from '../render/json.ts'
import { writtenText } from '../render/written.ts'
import type { Document } from '../session/generate.ts'
import { exit, Unusable } from './exit.ts'
import type { Io } from './io.ts'
import type { CommonOptions, FormatOptions } from './options.ts'
import { type Outputs, refuseOverwriting } from './outputs.ts'

/** Says whether the diagnostics forbid a plan; with `--strict` a warning does. */
export function forbids(diagnostics: readonly Diagnostic[], { strict }: CommonOptions): boolean {
  return hasError(diagnostics) || (strict === true && diagnostics.some(({ severity }) => severity === 'warning'))
}

/** Prints frames to standard error. */
export function printFrames(
  diagnostics: readonly Diagnostic[],
  options: Pick<CommonOptions, 'color' | 'quiet'>,
  io: Io,
): void {
  const color = useColor(options.color, io.env, io.terminal)
  for (const found of shownOf(diagnostics, options)) io.stderr(`${frame(found, { color })}\n`)
}

const shownOf = (diagnostics: readonly Diagnostic[], { quiet }: Pick<CommonOptions, 'quiet'>): readonly Diagnostic[] =>
  quiet ? diagnostics.filter(({ severity }) => severity !== 'note') : diagnostics

/** Writes the diagnostics where `--diagnostics` says. */
export function writeDiagnostics(diagnostics: readonly Diagnostic[], options: Outputs, io: Io): void {
  if (options.diagnostics === undefined) return
  refuseOverwriting(options, io)
  write(options.diagnostics, diagnosticsJson(diagnostics), io)
}

/** Says why there is no plan, and how the run ends then. */
export function refuse(diagnostics: readonly Diagnostic[], options: CommonOptions, io: Io): number {
  writeDiagnostics(diagnostics, options, io)
  printFrames(diagnostics, options, io)
  return exit.fault
}

/** How a document is shown. */
export interface Shown<Format extends string> {
  readonly format: Format
  readonly color: boolean
}

/** The document of a run, in the format asked for. */
const mainIn = <Format extends string>(options: CommonOptions & FormatOptions<Format>, io: Io): Shown<Format> => ({
  format: options.format,
  color: colors(options, io),
})

/** Those of `--also`, each with its file, where nothing is colored. */
const othersIn = <Format extends string>({
  also,
}: FormatOptions<Format>): readonly (Shown<Format> & { path: string })[] =>
  [...also].map(([format, path]) => ({ format, color: false, path }))

/**
 * Writes the documents of a plan, or says why there is none and writes nothing; a JSON document holds its diagnostics itself.
 * `writeMain` writes the one that the command is asked for, else it goes where `-o` says.
 */
export function print<Format extends string, Made extends Document>(
  make: (shown: Shown<Format>) => Made,
  options: CommonOptions & FormatOptions<Format>,
  io: Io,
  writeMain?: (made: Made) => void,
): number {
  const made = make(mainIn(options, io))
  const others = othersIn(options).map(shown => ({ path: shown.path, ...make(shown) }))
  const refused = [made, ...others].find(({ text }) => text === null)
  if (refused) return refuse(refused.diagnostics, options, io)
  refuseOverwriting(options, io)
  writeDiagnostics(made.diagnostics, options, io)
  if (options.format !== 'json') printFrames(made.diagnostics, options, io)
  for (const { path, text } of others) if (text !== null) write(path, text, io)
  if (writeMain) writeMain(made)
  else if (made.text !== null) writeDocument(made.text, options, io)
  sayWritten(made.diagnostics, options, io)
  return exit.done
}

/** Documents that there always are, and what they say. */
export interface Documents<Format extends string> {
  readonly make: (shown: Shown<Format>) => string
  readonly diagnostics: readonly Diagnostic[]
}

/** Writes documents that there always are. */
export function writeDocuments<Format extends string>(
  { make, diagnostics }: Documents<Format>,
  options: CommonOptions & FormatOptions<Format>,
  io: Io,
): void {
  refuseOverwriting(options, io)
  for (const shown of othersIn(options)) write(shown.path, make(shown), io)
  writeDocument(make(mainIn(options, io)), options, io)
  sayWritten(diagnostics, options, io)
}

/** Says that a file is there although there was something to say; JSON holds what there is to say, and its readers are programs. */
function sayWritten<Format extends string>(
  diagnostics: readonly Diagnostic[],
  options: CommonOptions & FormatOptions<Format>,
  io: Io,
): void {
  if (isStandard(options.output) || options.format === 'json') return
  io.stderr(writtenText([options.output, ...options.also.values()], shownOf(diagnostics, options)))
}

/** Says whether a document is colored: never in a file. */
export function colors({ output, color }: Pick<CommonOptions, 'output' | 'color'>, io: Io): boolean {
  return isStandard(output) && useColor(color, io.env, io.terminal)
}

/** Writes a document to the file of `-o`, or to standard output. */
export function writeDocument(text: string, options: Outputs, io: Io): void {
  refuseOverwriting(options, io)
  if (isStandard(options.output)) io.stdout(text)
  else write(options.output, text, io)
}

const isStandard = (output: string | undefined): output is '-' | undefined => output === undefined || output === '-'

/** Writes a text to a path of the command line. */
export function write(path: string, text: string, io: Io): void {
  try {
    io.disk.writeFile(join(io.cwd, path), text)
  } catch (error) {
    throw new Unusable(`${path} cannot be written: ${reasonOf(error)}`)
  }
}

/** What the system says about a file, in words without its own path. */
export function reasonOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  const words: Readonly<Record<string, string>> = {
    ENOENT: 'there is no such file or folder',
    ENOTREG: 'it is not a regular file (pipe it in: … | alloy-rbac … -)',
    EACCES: 'permission is denied',
    EPERM: 'permission is denied',
    EISDIR: 'it is a folder',
    ENOTDIR: 'a part of the path is not a folder',
    ELOOP: 'its links form a loop',
    EROFS: 'the file system is read-only',
    ENOSPC: 'no space is left',
    EBADF: 'it is closed, or open for the other direction',
    EIO: 'the device fails',
    ENAMETOOLONG: 'its name is too long',
  }
  if (words[code]) return words[code]
  if (code !== '') return code
  throw error
}

/** Color: the flag, then NO_COLOR, then FORCE_COLOR, then the terminal. */
export function useColor(
  flag: 'auto' | 'always' | 'never',
  env: Readonly<Record<string, string | undefined>>,
  terminal: () => boolean,
): boolean {
  if (flag !== 'auto') return flag === 'always'
  if (env['NO_COLOR']) return false
  if (env['FORCE_COLOR']) return env['FORCE_COLOR'] !== '0'
  return terminal()
}
