import type { IToken, TokenType } from 'chevrotain'
import * as token from '../../grammar/tokens.ts'

/** How deep brackets, blocks and prefix operators may be nested; real configurations reach 7. */
export const maxNesting = 128
/** How many operators, of whatever kind, one expression may chain; deeper trees would exhaust the stack of the code that walks them. */
export const maxChain = 1_000
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
      chain = around.length === 0 ? 0 : around.at(-1)! + 1
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
