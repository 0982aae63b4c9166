import { parse } from 'yaml'
import { type Code, catalog, type Entry } from '../src/diagnostic/catalog.ts'
import type { CodeNotes } from '../src/rules/explanation.ts'

/** A part of a file: text, a text that is repeated, bytes in hexadecimal, a link that leads nowhere. */
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

/** Reads the text of `docs/diagnostics.yaml`. What does not fit the catalog is a fault, named by its code. */
export function readDiagnostics(text: string): ReadonlyMap<Code, DiagnosticNotes> {
  const written = parse(text) as Readonly<Record<string, Readonly<Record<string, unknown>>>>
  for (const code of Object.keys(written)) if (!Object.hasOwn(catalog, code)) throw fault(code, 'is not in the catalog')
  return new Map(
    Object.keys(catalog)
      .map(code => code as Code)
      .map(code => {
        const notes = written[code]
        if (notes === undefined) throw fault(code, 'has no entry: say what it means, and give an input that shows it')
        return [code, notesOf(code, notes)]
      }),
  )
}

function notesOf(code: Code, notes: Readonly<Record<string, unknown>>): DiagnosticNotes {
  const odd = Object.keys(notes).find(key => !keys.includes(key))
  if (odd !== undefined) throw fault(code, `has the key ${odd}, expected one of ${keys.join(', ')}`)
  const { means, remedy = null, command, input, never } = notes
  if (typeof means !== 'string') throw fault(code, 'does not say what it means')
  if (remedy === null && (catalog[code] as Entry).help === undefined)
    throw fault(code, 'has neither a help in the catalog nor a remedy')
  if (typeof never === 'string') return { means, remedy: remedy as string | null, example: { never } }
  if (input === undefined) throw fault(code, 'has no input')
  const files = Object.fromEntries(
    Object.entries(input as Readonly<Record<string, Piece | readonly Piece[]>>).map(([file, pieces]) => [
      file,
      Array.isArray(pieces) ? (pieces as readonly Piece[]) : [pieces as Piece],
    ]),
  )
  const line = typeof command === 'string' ? command : `generate ${Object.keys(files)[0]}`
  return { means, remedy: remedy as string | null, example: { arguments: line.split(' '), files } }
}

const fault = (code: string, what: string): Error => new Error(`docs/diagnostics.yaml: ${code} ${what}`)

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
