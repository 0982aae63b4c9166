import type { IToken } from 'chevrotain'
import { AlloyParser } from '../../grammar/parser.ts'
import { Terminator } from '../../grammar/tokens.ts'
import { type Diagnostic, diagnostic } from '../diagnostic/diagnostic.ts'
import type { Source } from '../source.ts'
import type { Statement } from './ast.ts'
import { build } from './build.ts'
import { place } from './faults.ts'
import { closers, maxStatement, openers } from './limits.ts'
import type { Scan } from './scan.ts'

/** What the parser made of a text. */
export interface Read extends Pick<AlloyParser, 'errors' | 'misplacements'> {
  readonly body: readonly Statement[]
  /** What the grammar lets through and the language does not. */
  readonly judged: readonly Diagnostic[]
}

/** About so many tokens are parsed at a time: what the parser makes of them takes many times the room of the statements. */
const pieceSize = 2_000

const none = { errors: [], misplacements: [] } as const satisfies Partial<Read>

let parser: AlloyParser | null = null

/** Reads the statements of a text, a piece at a time. */
export function read(source: Source, { tokens, isTemplate }: Scan): Read {
  const bodies: (readonly Statement[])[] = []
  const judged: Diagnostic[] = []
  for (const piece of piecesOf(tokens)) {
    const [first] = piece
    if (first && piece.length > maxStatement) {
      const args = { what: 'this statement', limit: maxStatement.toLocaleString('en') }
      return { body: [], judged: [diagnostic('too-many-tokens', place(first, source), args)], ...none }
    }
    const { tree, ...faults } = parsed(piece)
    // How far a fault reaches shows in what follows it.
    if (faults.errors.length > 0 || faults.misplacements.length > 0)
      return tokens.length > maxStatement ? { body: [], judged, ...faults } : readWhole(source, tokens, isTemplate)
    const built = build(tree, source, isTemplate)
    bodies.push(built.body)
    for (const each of built.diagnostics) judged.push(each)
  }
  return { body: bodies.flat(), judged, ...none }
}

function readWhole(source: Source, tokens: IToken[], isTemplate: Scan['isTemplate']): Read {
  const { tree, ...faults } = parsed(tokens)
  const { body, diagnostics } = build(tree, source, isTemplate)
  return { body, judged: diagnostics, ...faults }
}

function parsed(
  tokens: IToken[],
): Pick<AlloyParser, 'errors' | 'misplacements'> & { tree: Parameters<typeof build>[0] } {
  parser ??= new AlloyParser()
  parser.input = tokens
  const tree = parser.file() as Parameters<typeof build>[0]
  const { errors, misplacements } = parser
  // Lets go of the text: the parser outlives it.
  parser.input = []
  return { tree, errors, misplacements }
}

/** The tokens in pieces that each end with a statement of the file. */
function* piecesOf(tokens: IToken[]): Generator<IToken[]> {
  let [from, depth] = [0, 0]
  for (const [at, { tokenType }] of tokens.entries()) {
    if (openers.has(tokenType)) depth++
    else if (closers.has(tokenType)) depth--
    else if (depth === 0 && tokenType === Terminator && at - from >= pieceSize) {
      yield tokens.slice(from, at)
      from = at + 1
    }
  }
  yield from === 0 ? tokens : tokens.slice(from)
}
