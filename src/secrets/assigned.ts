import type { IToken, TokenType } from 'chevrotain'
import * as token from '../../grammar/tokens.ts'
import { closers, openers } from '../syntax/limits.ts'
import type { IsOpen } from './is-open.ts'

/** Why what is assigned may not be shown: its name is that of a secret, or no name that is known there. */
export type Secrecy = 'secret' | 'unknown'

/** What decides how secret an assignment is. */
export interface Judges {
  readonly isSecret: (name: string) => boolean
  readonly isOpen: IsOpen
  /** Whether names outside of all blocks are those of arguments, though none belongs there: the text may be another language's. */
  readonly atRoot: boolean
}

/** What surrounds an open bracket. */
interface Around {
  readonly within: Secrecy | null
  readonly assigned: Secrecy | null
  readonly isBlock: boolean
}

/** For each token of a text with terminators, what it is assigned to: null where that may be shown. The text need not parse. */
export function assigned(tokens: readonly IToken[], judges: Judges): readonly (Secrecy | null)[] {
  const around: Around[] = []
  const blocks: string[] = []
  /** What the brackets, and what the name before a token, make of it. */
  let within: Secrecy | null = null
  let now: Secrecy | null = null
  return tokens.map((each, at) => {
    const type = each.tokenType
    if (openers.has(type)) {
      const block = type === token.LCurly ? blockName(tokens, at) : null
      around.push({ within, assigned: now, isBlock: block !== null })
      if (block !== null) blocks.push(block)
      within = block !== null || takesNames(type, tokens[at - 1]) ? null : now
      now = within
    } else if (closers.has(type)) {
      const last = around.pop()
      if (last?.isBlock) blocks.pop()
      within = last?.within ?? null
      now = last?.assigned ?? null
    } else if (type === token.Comma || type === token.Terminator) now = within
    else if (tokens[at + 1]?.tokenType === token.Assign) {
      const isArgument = around.at(-1)?.isBlock ?? judges.atRoot
      now = within ?? secrecyOf(each.image.replaceAll(/^["`]|["`]$/g, ''), isArgument ? blocks : null, judges)
    }
    return now
  })
}

/** The keys of an object are anything, arguments are known. */
function secrecyOf(name: string, blocks: readonly string[] | null, { isSecret, isOpen }: Judges): Secrecy | null {
  if (isSecret(name)) return 'secret'
  return blocks === null || isOpen(blocks, name) ? null : 'unknown'
}

/** The name of the block that a bracket opens, as it is written before it and its label; null for an object. */
function blockName(tokens: readonly IToken[], at: number): string | null {
  let end = at - 1
  if (tokens[end]?.tokenType === token.Text) end--
  if (tokens[end]?.tokenType !== token.Identifier) return null
  let start = end
  while (tokens[start - 1]?.tokenType === token.Dot && tokens[start - 2]?.tokenType === token.Identifier) start -= 2
  return tokens
    .slice(start, end + 1)
    .map(({ image }) => image)
    .join('')
}

const operands: ReadonlySet<TokenType> = new Set([token.Identifier, token.RSquare, token.RParen, token.RCurly])

/** `sys.env("NAME")` and `data["name"]` hold names. */
function takesNames(opener: TokenType, last: IToken | undefined): boolean {
  if (last === undefined) return false
  return opener === token.LSquare ? operands.has(last.tokenType) : opener === token.LParen && last.image === 'env'
}
