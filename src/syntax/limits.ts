import type { IToken, TokenType } from 'chevrotain'
import * as token from '../../grammar/tokens.ts'

/** How deep brackets, blocks and prefix operators may be nested; real configurations reach 7. */
export const maxNesting = 128
/** How many operators, of whatever kind, one expression may chain; deeper trees would exhaust the stack of the code that walks them. */
export const maxChain = 1_000
/** How many things are said about one text: a file that is broken all over is not worth more. */
export const maxFindings = 100
/** How many tokens a text may have: each takes many times the room of its characters. */
export const maxTokens = 2_500_000
/** How many tokens one statement of a text may have: what the parser makes of it takes yet more room, all at once. */
export const maxStatement = 800_000
/** What opens a level. */
export const openers: ReadonlySet<TokenType> = new Set([token.LParen, token.LSquare, token.LCurly])
/** What closes a level. */
export const closers: ReadonlySet<TokenType> = new Set([token.RParen, token.RSquare, token.RCurly])
/** What starts a new expression on the same level. */
const separators: ReadonlySet<TokenType> = new Set([token.Comma, token.Terminator, token.Assign])

/** Finds the first token that nests or chains more than is read. */
export function beyondLimit(
  tokens: readonly IToken[],
): { readonly token: IToken; readonly limit: 'nesting' | 'chain' } | null {
  /** The chain that surrounds each open bracket. */
  const around: number[] = []
  let chain = 0
  let prefixes = 0
  /** The prefixes before the open brackets. */
  const before: number[] = []
  let outerPrefixes = 0
  let operand = false
  for (const each of tokens) {
    const type = each.tokenType
    const prefix: boolean = type === token.Not || (type === token.Minus && !operand)
    if (prefix) prefixes++
    else if (openers.has(type)) {
      around.push(chain)
      before.push(prefixes)
      outerPrefixes += prefixes
      prefixes = 0
      chain++
    } else if (closers.has(type)) {
      chain = (around.pop() ?? 0) + 1
      outerPrefixes -= before.pop() ?? 0
      prefixes = 0
    } else if (separators.has(type)) {
      chain = (around.at(-1) ?? -1) + 1
      prefixes = 0
    } else {
      if (type === token.Operator || type === token.Minus || type === token.Dot) chain++
      prefixes = 0
    }
    if (around.length + outerPrefixes + prefixes > maxNesting) return { token: each, limit: 'nesting' }
    if (chain > maxChain) return { token: each, limit: 'chain' }
    operand = !prefix && !openers.has(type) && !separators.has(type) && type !== token.Operator && type !== token.Minus
  }
  return null
}

/** Where a text has one token too many, or a little earlier; found without making any. Null for most texts. */
export function beyondTokens(text: string, most = maxTokens): number | null {
  if (text.length <= most) return null
  // Here and not above: V8 takes a millisecond to look such classes up, and few texts get here.
  // A repetition without a bound takes memory for each step where V8 does not optimize expressions, as in a process that made many.
  const piece = /[^\S\n]{1,65535}|\/\/|\/\*|(\n\s{0,65535}|["`]|[\p{L}_][\p{L}\p{Nd}_]{0,65535}|\d{1,65535}|[\s\S])/uy
  let count = 0
  let at = 0
  while (at < text.length) {
    piece.lastIndex = at
    const [whole = '', token] = piece.exec(text) ?? []
    if (token !== undefined && ++count > most) return at
    at = endOf(text, at, whole)
  }
  return null
}

/** Where a piece ends, by what it begins with. By hand: V8 remembers every step through a long comment or string, and gives up. */
function endOf(text: string, at: number, beginning: string): number {
  const behind = at + beginning.length
  switch (beginning) {
    case '//':
      return found(text, text.indexOf('\n', behind), 0)
    case '/*':
      return found(text, text.indexOf('*/', behind), 2)
    case '`':
      return found(text, text.indexOf('`', behind), 1)
    case '"':
      return endOfString(text, behind)
    default:
      return behind
  }
}

const found = (text: string, at: number, length: number): number => (at === -1 ? text.length : at + length)

/** Behind the quote that closes a string, or at the end of its line. */
function endOfString(text: string, start: number): number {
  const part = /(?:[^"\\\n]{1,4096}|\\[^\n]){1,16}/y
  let end = start
  part.lastIndex = start
  while (part.test(text)) end = part.lastIndex
  return text[end] === '"' ? end + 1 : end
}
