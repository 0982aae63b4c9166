import { parse } from 'yaml'
import { type Code, entryOf, isCode, codes as known } from '../src/diagnostic/catalog.ts'
import type { CodeNotes } from '../src/reports/explain/explain.ts'

/** A part of a file: text, a text that is repeated (with `{n}` numbered), bytes in hexadecimal, a link. */
type Piece =
  | string
  | { readonly repeat: string; readonly times: number }
  | { readonly bytes: string }
  | { readonly link: string }

/** An input that shows a diagnostic. */
export interface DiagnosticExample {
  /** The arguments of the command line. */
  readonly arguments: readonly string[]
  readonly files: Readonly<Record<string, readonly Piece[]>>
}

/** What `docs/diagnostics.yaml` holds of one code. */
export interface DiagnosticNotes {
  readonly means: string
  readonly remedy: string | null
  readonly example: DiagnosticExample | { readonly never: string }
}

const keys = ['means', 'remedy', 'command', 'input', 'never']

/** What `docs/diagnostics.yaml` says, and what is wrong with it: one line each. */
export interface Diagnostics {
  readonly notes: ReadonlyMap<Code, DiagnosticNotes>
  readonly problems: readonly string[]
}

/** Reads the text of `docs/diagnostics.yaml` and compares it with the catalog. */
export function readDiagnostics(text: string): Diagnostics {
  const written = parse(text) as Readonly<Record<string, Readonly<Record<string, unknown>>>>
  const codes = [...new Set([...known, ...Object.keys(written)])].sort()
  const notes = new Map<Code, DiagnosticNotes>()
  const problems: string[] = []
  for (const code of codes) {
    const problem = problemOf(code, written[code])
    if (problem === null) notes.set(code as Code, notesOf(written[code]!))
    else problems.push(`docs/diagnostics.yaml: ${code} ${problem}`)
  }
  return { notes, problems }
}

function problemOf(code: string, notes: Readonly<Record<string, unknown>> | undefined): string | null {
  if (!isCode(code)) return 'is not in the catalog'
  if (notes === undefined) return 'has no entry: say what it means, and give an input that shows it'
  const odd = Object.keys(notes).find(key => !keys.includes(key))
  if (odd !== undefined) return `has the key ${odd}, expected one of ${keys.join(', ')}`
  if (typeof notes['means'] !== 'string') return 'does not say what it means'
  if (notes['remedy'] === undefined && entryOf(code).help === undefined)
    return 'has neither a remedy nor a help in the catalog'
  return notes['input'] === undefined && notes['never'] === undefined ? 'has no input' : null
}

function notesOf(notes: Readonly<Record<string, unknown>>): DiagnosticNotes {
  const { input, never, command } = notes
  const said = { means: String(notes['means']), remedy: notes['remedy'] === undefined ? null : String(notes['remedy']) }
  if (never !== undefined) return { ...said, example: { never: String(never) } }
  const files = Object.fromEntries(
    Object.entries(input as Readonly<Record<string, Piece | readonly Piece[]>>).map(([file, pieces]) => [
      file,
      Array.isArray(pieces) ? (pieces as readonly Piece[]) : [pieces as Piece],
    ]),
  )
  const line = command === undefined ? `generate ${Object.keys(files)[0]}` : String(command)
  return { ...said, example: { arguments: line.split(' '), files } }
}

/** The notes as `explain` and the page show them: long repetitions and bytes in words. */
export function shownNotes({ means, remedy, example }: DiagnosticNotes): CodeNotes {
  const common = { means, ...(remedy === null ? {} : { remedy }) }
  if ('never' in example) return { ...common, never: example.never }
  const files = Object.entries(example.files).map(([path, pieces]) => ({ path, text: pieces.map(shown).join('') }))
  return { ...common, command: `alloy-rbac ${example.arguments.join(' ')}`, files }
}

function shown(piece: Piece): string {
  if (typeof piece === 'string') return piece
  if ('repeat' in piece) return `${piece.repeat.trimEnd()} … (${piece.times} times)`
  if ('link' in piece) return `(a link to ${piece.link}, which does not exist)\n`
  return piece.bytes.replace(/ *([0-9a-f]{2})/g, '\\x$1')
}
