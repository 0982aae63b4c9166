import { EOF, type IRecognitionException, type IToken, type TokenType, tokenLabel } from 'chevrotain'
import * as token from '../../grammar/tokens.ts'
import { type Diagnostic, diagnostic, type Label } from '../diagnostic/diagnostic.ts'
import { required } from '../required.ts'
import { locate, type Source, type Span } from '../source.ts'

/** What the parser met, and where. */
interface Fault {
  readonly source: Source
  readonly tokens: readonly IToken[]
  /** Where the token in error is in `tokens`. */
  readonly at: number
  readonly span: Span
  readonly next: TokenType
  readonly found: string
  readonly expected: string
  /** The productions around the place, innermost first. */
  readonly rules: readonly string[]
}

/** Puts a fault of the parser into words. Its message says what was expected, its token what was found. */
export function report(thrown: IRecognitionException, source: Source, tokens: readonly IToken[]): Diagnostic {
  const { token: met, message: expected, context } = thrown
  const fault: Fault = {
    source,
    tokens,
    at: met.tokenType === EOF ? tokens.length : tokens.indexOf(met),
    span: place(met, source),
    next: met.tokenType,
    found: describe(met),
    expected,
    rules: context.ruleStack.toReversed(),
  }
  const [within, around] = fault.rules
  if (within === 'body') return betweenStatements(fault)
  if (within === 'block' && around === 'misplaced' && expected === '{') return twoValues(fault)
  if (expected in openerOf) return unclosed(fault)
  if (expected === '= or {') return header(fault)
  return diagnostic('unexpected-token', fault.span, { expected: words[expected] ?? expected, found: fault.found })
}

const openerOf: Readonly<Record<string, string>> = { '}': '{', ']': '[', ')': '(' }
const words: Readonly<Record<string, string>> = { identifier: 'an identifier', expression: 'an expression' }

function betweenStatements({ source, tokens, at, span, next, found, expected }: Fault): Diagnostic {
  const slip = next === token.RCurly ? 'stray brace' : undefined
  if (expected !== tokenLabel(token.Terminator))
    return diagnostic('unexpected-token', span, { expected: 'an attribute or a block', found, slip })
  if (slip) return diagnostic('unexpected-token', span, { expected: 'the end of the line', found, slip })
  const [assign, taken] = [tokens[at - 2], tokens[at - 1]]
  if (next === token.Assign && assign?.tokenType === token.Assign && taken?.tokenType === token.Identifier) {
    const [upper, lower] = [assign, taken].map(each => locate(source, each.startOffset).line)
    if (upper !== lower) {
      const related = [{ span: place(assign, source), text: 'no value follows' }]
      return diagnostic('attribute-without-value', span, { name: taken.image }, { related })
    }
  }
  return diagnostic('statements-on-one-line', span, { found })
}

function twoValues({ source, tokens, at, span, found }: Fault): Diagnostic {
  const before = required(tokens[at - 1], 'the first value')
  const related = [{ span: place(before, source), text: 'this string' }]
  return diagnostic('value-after-value', span, { found }, { related })
}

function unclosed(fault: Fault): Diagnostic {
  const { tokens, at, span, next, found, expected, rules } = fault
  const opener = required(openerOf[expected], 'the opening bracket')
  if (next === EOF) {
    return diagnostic('unclosed-bracket', span, { opener, closer: expected, found }, { related: openBrackets(fault) })
  }
  const isList = rules[0] === 'primary' ? expected !== ')' : expected === ')'
  if (!isList) {
    const args = { opener, closer: expected, found, isOnNextLine: next === token.Terminator }
    return diagnostic('unclosed-bracket', span, args, { related: openBrackets(fault) })
  }
  const before = tokens[at - 1]?.tokenType
  if (before && (openers.has(before) || before === token.Comma)) {
    const element = expected === '}' ? 'a field' : 'an expression'
    return diagnostic('unexpected-token', span, { expected: `${element} or ${expected}`, found })
  }
  return diagnostic('missing-comma', span, { closer: expected, found, isAtLineEnd: next === token.Terminator })
}

function header({ tokens, at, span, next, found }: Fault): Diagnostic {
  const expected = tokens[at - 1]?.tokenType === token.Identifier ? '=, a label or {' : '{'
  if (next === token.Terminator)
    return diagnostic('unexpected-token', span, { expected, found, slip: 'header on two lines' })
  const slip = next === token.Identifier ? 'bare label' : undefined
  return diagnostic('unexpected-token', span, { expected, found, slip })
}

/** Where a token is; the end of the text has a place too. */
export function place({ startOffset, image, tokenType }: IToken, source: Source): Span {
  if (tokenType === EOF) return { source, start: source.text.length, end: source.text.length }
  return { source, start: startOffset, end: startOffset + image.length }
}

/** Names a token in a message, without what may be secret: strings, numbers, words that lack their quotes. */
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
      return 'an identifier'
    case token.Integer:
    case token.Float:
      return 'a number'
    default:
      return image
  }
}

const openers: ReadonlySet<TokenType> = new Set([token.LParen, token.LSquare, token.LCurly])
const closers: ReadonlySet<TokenType> = new Set([token.RParen, token.RSquare, token.RCurly])

/** The bracket that the missing one would close, and one inside of it that the indentation of its closer makes suspect. */
function openBrackets({ source, tokens, at }: Fault): readonly Label[] {
  const open: IToken[] = []
  const suspects: { readonly opener: IToken; readonly line: number }[] = []
  for (const each of tokens.slice(0, at)) {
    if (openers.has(each.tokenType)) open.push(each)
    if (!closers.has(each.tokenType)) continue
    const opener = open.pop()
    if (opener === undefined) continue
    const [from, to] = [lineOf(source, opener), lineOf(source, each)]
    if (from.number !== to.number && to.isFirst && from.indent !== to.indent) suspects.push({ opener, line: to.number })
  }
  const last = open.at(-1)
  if (last === undefined) return []
  const suspect = suspects.find(({ opener }) => opener.startOffset > last.startOffset)
  const text = `possibly never closed: the bracket in line ${suspect?.line} has a different indentation`
  return [
    { span: place(last, source), text: 'opened here' },
    ...(suspect ? [{ span: place(suspect.opener, source), text }] : []),
  ]
}

/** The line of a bracket: its number, its indentation, and whether the bracket is the first thing on it. */
function lineOf(source: Source, { startOffset }: IToken) {
  const { line, column } = locate(source, startOffset)
  const before = source.text.slice(startOffset - column + 1, startOffset)
  const indent = /^[ \t]*/.exec(before)?.[0] ?? ''
  return { number: line, indent, isFirst: indent === before }
}
