import type { IToken, TokenType } from 'chevrotain'
import { terminate } from '../../grammar/terminate.ts'
import * as token from '../../grammar/tokens.ts'
import { parse } from '../../src/syntax/parse.ts'
import { tokenize } from '../../src/syntax/scan.ts'
import { byteColumn, byteOffsets } from './bytes.ts'

/** One line of tokens.jsonl: a text and what Alloy's scanner makes of it. */
export interface TokensVector {
  readonly src: string
  readonly tokens: readonly (readonly [kind: string, text: string, offset: number, line: number, column: number])[]
  readonly errors: readonly { readonly msg: string }[]
}

/** Alloy's names for tokens that are not called by their own text. */
const kinds: ReadonlyMap<TokenType, string> = new Map([
  [token.Identifier, 'IDENT'],
  [token.Bool, 'BOOL'],
  [token.Null, 'NULL'],
  [token.Integer, 'NUMBER'],
  [token.Float, 'FLOAT'],
  [token.BadExponent, 'FLOAT'],
  [token.Text, 'STRING'],
  [token.OpenText, 'STRING'],
  [token.RawText, 'STRING'],
  [token.OpenRawText, 'STRING'],
  [token.SingleQuoted, 'ILLEGAL'],
  [token.OpenSingleQuoted, 'ILLEGAL'],
  [token.Illegal, 'ILLEGAL'],
  [token.Comment, 'COMMENT'],
  [token.OpenComment, 'COMMENT'],
  [token.Terminator, 'TERMINATOR'],
])

/** What differs from the recorded tokens, or null; of the errors only whether there are any. */
export function check({ src, tokens, errors }: TokensVector): string | null {
  const lexed = tokenize(src)
  const bytes = byteOffsets(src)
  const place = (offset: number): readonly number[] => [bytes(offset), ...byteColumn(src, offset)]
  // Sorting is stable: a terminator stays before the comment whose place it has.
  const all = [...terminate(lexed.tokens, src), ...(lexed.groups['comments'] ?? [])]
  const listed = all
    .sort((a, b) => a.startOffset - b.startOffset)
    .map(each => [kind(each), text(each), ...place(each.startOffset)])
  listed.push(['EOF', '', ...place(src.length)])
  const [got, wanted] = [JSON.stringify(listed), JSON.stringify(tokens)]
  if (got !== wanted) return `got ${got}, wanted ${wanted}`
  // Nothing but scanning is asked here; what the parser refuses does not count.
  const refused = parse({ path: 'vector.alloy', text: src }).diagnostics.some(({ code }) => lexical.has(code))
  return refused === errors.length > 0 ? null : `expected ${errors.length} errors of the scanner`
}

const lexical: ReadonlySet<string> = new Set([
  ...['ARB010', 'ARB011', 'ARB012', 'ARB013', 'ARB014', 'ARB015', 'ARB016', 'ARB017', 'ARB018', 'ARB019'],
])

function kind({ tokenType, image }: IToken): string {
  if (tokenType === token.HalfOperator) return image + image
  return kinds.get(tokenType) ?? image
}

/** Operators have no text in the vectors; comments have no carriage returns. */
function text({ tokenType, image }: IToken): string {
  if (tokenType === token.Terminator) return '\n'
  if (tokenType === token.Comment || tokenType === token.OpenComment) return image.replaceAll('\r', '')
  return kinds.has(tokenType) ? image : ''
}
