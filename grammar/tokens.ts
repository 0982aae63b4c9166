import { createToken, Lexer, type TokenType } from 'chevrotain'

// What a token may start with is told by hand: Chevrotain would read every pattern for it at each start, and cannot where a
// function matches. It looks these up by character code, in buckets of 255 beyond Latin-1, so one hint per 128 codes reaches
// every bucket.
const beyondAscii: readonly number[] = [
  ...Array.from({ length: 128 }, (_, at) => 128 + at),
  ...Array.from({ length: 510 }, (_, at) => 256 + at * 128),
  0xffff,
]
const ascii: readonly number[] = Array.from({ length: 128 }, (_, code) => code)
const asciiLetters: readonly number[] = ascii.filter(code => /\w/.test(String.fromCharCode(code)) && code > 57)
const digits: readonly string[] = [...'0123456789']

const asciiWord = /[A-Za-z_][A-Za-z0-9_]*/y
/** Matches an identifier at an offset. Chevrotain has no `u` flag; most words are ASCII and take the short way. */
function identifier(text: string, offset: number): [string] | null {
  asciiWord.lastIndex = offset
  const short = asciiWord.test(text)
  const end = short ? asciiWord.lastIndex : offset
  if (short && !(text.charCodeAt(end) > 127)) return [text.slice(offset, end)]
  return anyIdentifier(text, offset)
}

function anyIdentifier(text: string, offset: number): [string] | null {
  // Not above: V8 takes its time to look classes up, and few texts get here.
  const letter = /[\p{L}_]/uy
  // Bounded: V8 remembers every step of an unbounded repetition over surrogate pairs, and gives up on long ones.
  const letters = /[\p{L}\p{Nd}_]{1,512}/uy
  letter.lastIndex = offset
  if (!letter.test(text)) return null
  letters.lastIndex = offset
  let last = offset
  while (letters.test(text)) last = letters.lastIndex
  return [text.slice(offset, last)]
}

/** Finds the quote that closes the one at an offset, or -1. By hand, since V8's regexps overflow on long alternations. */
function closing(text: string, offset: number): number {
  const quote = text.charCodeAt(offset)
  for (let at = offset + 1; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (code === quote) return at
    if (code === 10) return -1
    // In single quotes an escaped quote closes too: the scanner stops at what does not belong into an escape.
    if (code === 92 && !(quote === 39 && text.charCodeAt(at + 1) === 39) && text.charCodeAt(at + 1) !== 10) at++
  }
  return -1
}

/** Matches what is between two quotes on one line. */
function quoted(text: string, offset: number): [string] | null {
  const end = closing(text, offset)
  return end === -1 ? null : [text.slice(offset, end + 1)]
}

/** A byte order mark is a blank at the very start of a text, and nowhere else. */
function leadingMark(text: string, offset: number): [string] | null {
  return offset === 0 && text.startsWith('\ufeff') ? ['\ufeff'] : null
}

/** Anything else: one character, a surrogate pair being one. */
function anything(text: string, offset: number): [string] {
  return [String.fromCodePoint(text.codePointAt(offset)!)]
}

const punctuation = (name: string, pattern: string): TokenType => createToken({ name, pattern, label: pattern })

/** An identifier; the keywords are none. */
export const Identifier = createToken({
  name: 'Identifier',
  pattern: identifier,
  start_chars_hint: [...asciiLetters, ...beyondAscii],
  line_breaks: false,
  label: 'identifier',
})
export const Bool = createToken({
  name: 'Bool',
  pattern: /true|false/,
  start_chars_hint: ['t', 'f'],
  longer_alt: Identifier,
  label: 'bool',
})
export const Null = createToken({
  name: 'Null',
  pattern: /null/,
  start_chars_hint: ['n'],
  longer_alt: Identifier,
  label: 'null',
})

export const Float = createToken({
  name: 'Float',
  pattern: /(?:\d+\.\d*|\.\d+)(?:[eE][+-]?\d+)?|\d+[eE][+-]?\d+/,
  start_chars_hint: [...digits, '.'],
  label: 'float',
})
export const Integer = createToken({ name: 'Integer', pattern: /\d+/, start_chars_hint: [...digits], label: 'number' })
/** A string in double quotes; what its escapes mean is not a matter of the grammar. */
export const Text = createToken({
  name: 'Text',
  pattern: quoted,
  start_chars_hint: ['"'],
  line_breaks: false,
  label: 'string',
})
/** A string in back quotes. */
export const RawText = createToken({
  name: 'RawText',
  pattern: /`[^`]*`/,
  start_chars_hint: ['`'],
  line_breaks: true,
  label: 'raw string',
})

export const Assign = punctuation('Assign', '=')
export const Not = punctuation('Not', '!')
export const Minus = punctuation('Minus', '-')
/** The binary operators but the minus, which is a prefix too. */
export const Operator = createToken({
  name: 'Operator',
  pattern: /\|\||&&|==|!=|<=|>=|[<>+*/%^]/,
  start_chars_hint: [...'|&=!<>+*/%^'],
  label: 'operator',
})
export const LParen = punctuation('LParen', '(')
export const RParen = punctuation('RParen', ')')
export const LSquare = punctuation('LSquare', '[')
export const RSquare = punctuation('RSquare', ']')
export const LCurly = punctuation('LCurly', '{')
export const RCurly = punctuation('RCurly', '}')
export const Comma = punctuation('Comma', ',')
export const Dot = punctuation('Dot', '.')

/** Ends a statement. It is never matched in a text: `terminate` puts it there. */
export const Terminator = createToken({ name: 'Terminator', pattern: Lexer.NA, label: 'terminator' })

export const Comment = createToken({
  name: 'Comment',
  pattern: /\/\/[^\n]*|\/\*[\s\S]*?\*\//,
  start_chars_hint: ['/'],
  line_breaks: true,
  group: 'comments',
})

// What is wrong with a text shows as a token too, so that the parser meets a string where one was meant.
export const BadExponent = createToken({
  name: 'BadExponent',
  pattern: /(?:\d+(?:\.\d*)?|\.\d+)[eE](?:[+-](?!\d)|(?![+\-\d]))/,
  start_chars_hint: [...digits, '.'],
})
export const OpenText = createToken({ name: 'OpenText', pattern: /"[^\n]*/, start_chars_hint: ['"'] })
export const OpenRawText = createToken({
  name: 'OpenRawText',
  pattern: /`[^`]*/,
  start_chars_hint: ['`'],
  line_breaks: true,
})
export const SingleQuoted = createToken({
  name: 'SingleQuoted',
  pattern: quoted,
  start_chars_hint: ["'"],
  line_breaks: false,
})
export const OpenSingleQuoted = createToken({ name: 'OpenSingleQuoted', pattern: /'[^\n]*/, start_chars_hint: ["'"] })
export const OpenComment = createToken({
  name: 'OpenComment',
  pattern: /\/\*[\s\S]*/,
  start_chars_hint: ['/'],
  line_breaks: true,
  group: 'comments',
})
export const HalfOperator = createToken({ name: 'HalfOperator', pattern: /[|&]/, start_chars_hint: ['|', '&'] })
export const Illegal = createToken({
  name: 'Illegal',
  pattern: anything,
  start_chars_hint: [...ascii, ...beyondAscii],
  line_breaks: false,
})

const Blank = createToken({
  name: 'Blank',
  pattern: /[ \t\r\n]+/,
  start_chars_hint: [' ', '\t', '\r', '\n'],
  group: Lexer.SKIPPED,
  line_breaks: true,
})
const LeadingMark = createToken({
  name: 'LeadingMark',
  pattern: leadingMark,
  start_chars_hint: [0xfeff],
  group: Lexer.SKIPPED,
  line_breaks: false,
})

/** Every token in the order in which they are tried. */
export const vocabulary: TokenType[] = [
  LeadingMark,
  Blank,
  Bool,
  Null,
  Identifier,
  BadExponent,
  Float,
  Integer,
  Text,
  OpenText,
  RawText,
  OpenRawText,
  SingleQuoted,
  OpenSingleQuoted,
  Comment,
  OpenComment,
  Operator,
  HalfOperator,
  Assign,
  Not,
  Minus,
  LParen,
  RParen,
  LSquare,
  RSquare,
  LCurly,
  RCurly,
  Comma,
  Dot,
  Terminator,
  Illegal,
]

/** Makes the lexer. Building it costs milliseconds, so a process builds one. */
export function createLexer({ validate = false }: { validate?: boolean } = {}): Lexer {
  return new Lexer(vocabulary, {
    positionTracking: 'onlyOffset',
    ensureOptimizations: true,
    skipValidations: !validate,
  })
}
