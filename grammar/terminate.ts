import { createTokenInstance, type IToken, type TokenType } from 'chevrotain'
import * as token from './tokens.ts'

/** What a statement can end with. */
const enders: ReadonlySet<TokenType> = new Set([
  token.Identifier,
  token.Integer,
  token.Float,
  token.Text,
  token.RawText,
  token.Bool,
  token.Null,
  token.RParen,
  token.RSquare,
  token.RCurly,
  // a broken string or number still stands for one
  token.BadExponent,
  token.OpenText,
  token.OpenRawText,
  token.SingleQuoted,
  token.OpenSingleQuoted,
])

/**
 * Puts a terminator wherever a line ends after a token that can end a statement; a line ends in a blank, after a `//` comment
 * or inside a block comment. The end of the text ends a line too. An illegal character neither ends a statement nor resumes one.
 */
export function terminate(tokens: readonly IToken[], text: string): IToken[] {
  const terminated: IToken[] = []
  let ended = false
  let end = 0
  for (const next of tokens) {
    if (ended && breaks(text, end, next.startOffset)) {
      terminated.push(terminator(text, end))
      ended = false
    }
    terminated.push(next)
    ended = next.tokenType === token.Illegal ? ended : enders.has(next.tokenType)
    end = next.startOffset + next.image.length
  }
  if (ended) terminated.push(terminator(text, end))
  return terminated
}

/** Says whether a gap between two tokens, which holds nothing but blanks and comments, reaches over a line end. */
function breaks(text: string, from: number, to: number): boolean {
  for (let at = from; at < to; at++) if (text.charCodeAt(at) === 10) return true
  return false
}

/** The terminator is at the line end, or at the first of the comments before it. */
function terminator(text: string, end: number): IToken {
  let at = end
  while (text[at] === ' ' || text[at] === '\t' || text[at] === '\r') at++
  return createTokenInstance(token.Terminator, '\n', at, at, Number.NaN, Number.NaN, Number.NaN, Number.NaN)
}
