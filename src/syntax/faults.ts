import { EOF, type IRecognitionException, type IToken, type TokenType, tokenLabel } from 'chevrotain'
import * as token from '../../grammar/tokens.ts'
import { type Diagnostic, diagnostic } from '../diagnostic/diagnostic.ts'
import type { Source, Span } from '../source.ts'

/** Puts a fault of the parser into words. Its message says what was expected, its token what was found. */
export function report(fault: IRecognitionException, source: Source, tokens: readonly IToken[]): Diagnostic {
  const span = place(fault.token, source)
  const found = describe(fault.token)
  const expected = fault.message
  const [within, around] = [fault.context.ruleStack.at(-1), fault.context.ruleStack.at(-2)]
  const before = previous(fault, tokens)
  const related = openBracket(fault, source, tokens)
  const next = fault.token.tokenType
  if (expected === tokenLabel(token.Terminator)) {
    if (next === token.RCurly) {
      return diagnostic(
        'ARB001',
        span,
        { expected: 'the end of the line', found },
        { help: 'remove the }, or open its block' },
      )
    }
    return diagnostic('ARB002', span, { found })
  }
  if (within === 'body') return diagnostic('ARB001', span, { expected: 'an attribute or a block', found })
  if (within === 'block' && around === 'misplaced' && expected === '{') {
    const label = before ? [{ span: place(before, source), text: 'this string' }] : []
    return diagnostic('ARB005', span, { found }, { related: label })
  }
  if (expected === '}' || expected === ']' || expected === ')') {
    const fresh = before !== null && (openers.has(before.tokenType) || before.tokenType === token.Comma)
    const listed = within === 'primary' ? expected !== ')' : within === 'postfix' && expected === ')'
    if (next === EOF) {
      return diagnostic('ARB004', span, { opener: opening[expected]!, closer: expected, found }, { related })
    }
    if (listed && fresh) {
      const what = expected === '}' ? 'a field' : 'an expression'
      return diagnostic('ARB001', span, { expected: `${what} or ${expected}`, found })
    }
    if (listed) {
      const help =
        next === token.Terminator
          ? { help: 'end the last element with a comma when the bracket closes on another line' }
          : {}
      return diagnostic('ARB003', span, { closer: expected, found }, help)
    }
    const help = next === token.Terminator ? `put the ${expected} on the same line` : undefined
    return diagnostic(
      'ARB004',
      span,
      { opener: opening[expected]!, closer: expected, found },
      { related, ...(help ? { help } : {}) },
    )
  }
  if (within === 'statement' && expected === '= or {') {
    const named = before?.tokenType === token.Identifier
    const help =
      next === token.Terminator
        ? 'put the = or the { on the line of the name'
        : next === token.Identifier
          ? 'put a label in double quotes'
          : undefined
    return diagnostic('ARB001', span, { expected: named ? '=, a label or {' : '{', found }, help ? { help } : {})
  }
  return diagnostic('ARB001', span, { expected: words[expected] ?? expected, found })
}

const openers: ReadonlySet<TokenType> = new Set([token.LParen, token.LSquare, token.LCurly])
const opening: Readonly<Record<string, string>> = { '}': '{', ']': '[', ')': '(' }
const words: Readonly<Record<string, string>> = { identifier: 'an identifier', expression: 'an expression' }

/** Where a token stands; the end of the text has a place too. */
export function place({ startOffset, image, tokenType }: IToken, source: Source): Span {
  if (tokenType === EOF) return { source, start: source.text.length, end: source.text.length }
  return { source, start: startOffset, end: startOffset + image.length }
}

/** Names a token in a message; what a string holds may be secret. */
function describe({ tokenType, image }: IToken): string {
  switch (tokenType) {
    case EOF:
      return 'the end of the file'
    case token.Terminator:
      return 'the end of the line'
    case token.Text:
    case token.RawText:
      return 'a string'
    case token.Identifier:
      return `identifier ${image.length > 60 ? `${image.slice(0, 60)}…` : image}`
    case token.Integer:
    case token.Float:
      return 'a number'
    default:
      return image
  }
}

/** The token before the one at fault. */
function previous(fault: IRecognitionException, tokens: readonly IToken[]): IToken | null {
  const at = fault.token.tokenType === EOF ? tokens.length : tokens.indexOf(fault.token)
  return tokens[at - 1] ?? null
}

/** The bracket that the missing one would close. */
function openBracket({ token: at }: IRecognitionException, source: Source, tokens: readonly IToken[]) {
  const open: IToken[] = []
  for (const each of tokens) {
    if (each === at) break
    if (openers.has(each.tokenType)) open.push(each)
    else if (each.tokenType === token.RParen || each.tokenType === token.RSquare || each.tokenType === token.RCurly)
      open.pop()
  }
  const last = open.at(-1)
  return last ? [{ span: place(last, source), text: 'opened here' }] : []
}
