import type { ILexingResult, IToken, Lexer, TokenType } from 'chevrotain'
import { terminate } from '../../grammar/terminate.ts'
import * as token from '../../grammar/tokens.ts'
import { type Diagnostic, diagnostic } from '../diagnostic/diagnostic.ts'
import { required } from '../required.ts'
import type { Range, Source, Span } from '../source.ts'
import { firstFrom } from '../text/first-from.ts'
import { nameCharacter } from './characters.ts'
import { maxFindings } from './limits.ts'
import { type EscapeFault, escapeFaults } from './strings.ts'

/** A text as tokens that the parser reads: faulty ones are reported and stand for what was meant. */
export interface Scan {
  readonly tokens: IToken[]
  readonly comments: readonly IToken[]
  readonly diagnostics: readonly Diagnostic[]
  /** Says whether a template action is in a token. */
  readonly isTemplate: (of: IToken) => boolean
}

/** What a template action is read as: a character that is in no configuration, and in strings and comments does no harm. */
const stand = '\ue000'

/** What a faulty token is taken for. */
const meant: ReadonlyMap<TokenType, TokenType> = new Map([
  [token.BadExponent, token.Float],
  [token.OpenText, token.Text],
  [token.OpenRawText, token.RawText],
  [token.SingleQuoted, token.Text],
  [token.OpenSingleQuoted, token.Text],
  [token.HalfOperator, token.Operator],
])

/** After these an illegal character stands where a value belongs. */
const beforeValue: ReadonlySet<TokenType> = new Set([
  token.Assign,
  token.Operator,
  token.Minus,
  token.Not,
  token.Comma,
  token.LParen,
  token.LSquare,
])

let lexer: Lexer | null = null

/** Splits a text into tokens, faulty ones included; the lexer is built when it is first needed. */
export function tokenize(text: string): ILexingResult {
  lexer ??= token.createLexer()
  return lexer.tokenize(text)
}

/** Splits a text into tokens and reports what belongs to none. `templates` are in order and do not overlap. */
export function scan(source: Source, templates: readonly Range[]): Scan {
  const text = mask(source.text, templates)
  const { tokens, groups } = tokenize(text)
  const comments = groups['comments'] ?? []
  const faults: Diagnostic[] = []
  const say = (make: () => Diagnostic): void => {
    if (faults.length < maxFindings) faults.push(make())
  }
  const kept: IToken[] = []
  for (const each of tokens) {
    const type = each.tokenType
    if (type === token.Illegal) {
      const last = kept.at(-1)?.tokenType
      if (last && beforeValue.has(last)) kept.push(retype(each, token.Null))
      if (!each.image.startsWith(stand) && !always.test(each.image)) say(() => illegal(source, each))
      continue
    }
    const instead = meant.get(type)
    if (instead) {
      say(() => faulty(source, each))
      retype(each, instead)
    }
    if (type !== token.RawText && each.image.includes('\\')) {
      for (const fault of escapeFaults(each.image, maxFindings)) say(() => wrongEscape(source, each, fault))
    }
    kept.push(each)
  }
  const open = comments.filter(({ tokenType }) => tokenType === token.OpenComment).map(each => faulty(source, each))
  const inside = holders([...kept, ...comments], templates)
  const exposed = templates.filter(range => !inside.held.has(range)).slice(0, maxFindings)
  const diagnostics = [...forbidden(source), ...faults, ...open, ...exposed.map(range => outside(source, range))]
  return {
    tokens: terminate(kept, text),
    comments,
    diagnostics,
    isTemplate: of => inside.holders.has(of.startOffset),
  }
}

/** Characters that are refused wherever they are; a byte order mark may begin a text. */
const always = /[\0\ufeff]|[\ud800-\udfff]/u

function* forbidden(source: Source): Generator<Diagnostic> {
  let left = maxFindings
  for (const { 0: character, index } of source.text.matchAll(new RegExp(always, 'gu'))) {
    if (character === '\ufeff' && index === 0) continue
    if (--left < 0) return
    yield diagnostic('forbidden-character', at(source, index, index + 1), { character: nameCharacter(character) })
  }
}

function illegal(source: Source, { image, startOffset }: IToken): Diagnostic {
  const span = at(source, startOffset, startOffset + image.length)
  return diagnostic('illegal-character', span, { character: nameCharacter(image), image })
}

function faulty(source: Source, { tokenType, image, startOffset }: IToken): Diagnostic {
  const start = at(source, startOffset, startOffset + 1)
  const whole = at(source, startOffset, startOffset + image.length)
  switch (tokenType) {
    case token.BadExponent:
      return diagnostic('exponent-without-digits', whole, { number: image })
    case token.HalfOperator:
      // Where the second half is missing: that is the place Alloy names.
      return diagnostic('half-operator', at(source, startOffset + 1, startOffset + 2), { half: image })
    case token.OpenComment:
      return diagnostic('unterminated-comment', at(source, startOffset, startOffset + 2), undefined)
    case token.SingleQuoted:
      return diagnostic('single-quoted-string', whole, undefined)
    case token.OpenSingleQuoted:
      return diagnostic('single-quoted-string', start, undefined)
    default:
      return diagnostic('unterminated-string', start, { quote: tokenType === token.OpenRawText ? '`' : '"' })
  }
}

const digits: Readonly<Record<string, string>> = {
  x: 'two hexadecimal digits',
  u: 'four hexadecimal digits',
  U: 'eight hexadecimal digits',
}

function wrongEscape(source: Source, { startOffset, image }: IToken, fault: EscapeFault): Diagnostic {
  const start = startOffset + fault.offset
  const span = at(source, start, Math.max(start + 1, startOffset + fault.offset - 1 + fault.escape.length))
  if (fault.kind === 'unknown') return diagnostic('unknown-escape', span, { sequence: `\\${fault.found ?? ''}` })
  const letter = image.charAt(fault.offset)
  if (fault.kind === 'range') {
    const limit =
      letter in digits ? 'a code point must be at most 10FFFF and not a surrogate' : 'a byte must be at most \\377'
    return diagnostic('escape-out-of-range', span, { sequence: fault.escape, limit })
  }
  return diagnostic('malformed-escape', span, {
    kind: letter in digits ? `\\${letter}` : 'the backslash',
    digits: digits[letter] ?? 'three octal digits',
    found: fault.found === null ? 'the end of the file' : fault.found,
  })
}

function outside(source: Source, { start, end }: Range): Diagnostic {
  const { variables = [] } = source
  const variable = variables[firstFrom(variables, start, each => each.start)]
  if (variable?.start === start)
    return diagnostic('variable-outside-string', at(source, start, end), { name: variable.name })
  return diagnostic('template-outside-string', at(source, start, end), undefined)
}

/** Replaces every template action by as many characters that no token but a string and a comment can hold. */
function mask(text: string, templates: readonly Range[]): string {
  if (templates.length === 0) return text
  let masked = ''
  let from = 0
  for (const { start, end } of templates) {
    masked += text.slice(from, start) + stand.repeat(end - start)
    from = end
  }
  return masked + text.slice(from)
}

/** Which template actions are in strings or comments, and where those begin. */
function holders(
  tokens: readonly IToken[],
  templates: readonly Range[],
): { readonly held: ReadonlySet<Range>; readonly holders: ReadonlySet<number> } {
  const held = new Set<Range>()
  const starts = new Set<number>()
  if (templates.length === 0) return { held, holders: starts }
  for (const { tokenType, startOffset, image } of tokens) {
    if (tokenType === token.Null) continue
    const end = startOffset + image.length
    for (let at = firstFrom(templates, startOffset, ({ start }) => start); at < templates.length; at++) {
      const range = required(templates[at], 'a range that is replaced')
      if (range.start > end) break
      if (range.end > end) continue
      held.add(range)
      starts.add(startOffset)
    }
  }
  return { held, holders: starts }
}

function retype(each: IToken, type: TokenType): IToken {
  each.tokenType = type
  each.tokenTypeIdx = required(type.tokenTypeIdx, 'the index of a token type')
  return each
}

const at = (source: Source, start: number, end: number): Span => ({ source, start, end })
