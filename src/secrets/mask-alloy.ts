import type { IToken, TokenType } from 'chevrotain'
import { terminate } from '../../grammar/terminate.ts'
import * as token from '../../grammar/tokens.ts'
import { outermost, type Source } from '../source.ts'
import { closers, openers } from '../syntax/limits.ts'
import { tokenize } from '../syntax/scan.ts'

/** Names of arguments and keys whose value is nobody's business, wherever they stand. */
const secret =
  /password|passphrase|passwd|secret|token|credential|api_?key|access_?key|private_?key|consumer_key|certificate_key|key_pem|authorization|bearer|dsn|data_source|connection_string|uri$|headers?$|basic_auth$|hmac_key$/i
/** Names that only mention a secret, or say where one is. */
const harmless = /_file$|_path$|(?<!data_source)_name$|_ref$|is_secret$|_url$|secret_names?$|refresh|endpoint/i

/**
 * Arguments whose value Alloy types as a secret, though their names are ordinary words; a test holds the list against the
 * inventory. `content`, the text of a module, is not among them: what is secret in it is found in its own text.
 */
export const secretNames: ReadonlySet<string> = new Set([
  'config',
  'custom_metrics',
  'data',
  'global_config',
  'key',
  'query_config',
  'value',
])

/**
 * A line of the outermost text, which begins at an offset, as it may be shown: what is assigned to the name of a secret is
 * blanked, on whatever line the name stands, and so is the password in a URL. Every character stays in its column.
 */
export function masked(source: Source, line: string, start: number, names: ReadonlySet<string> = secretNames): string {
  const units = byPattern(line, names).split('')
  for (const [from, to] of hidden(source, names)) {
    if (from === to) continue
    const [first, last] = [outerOffset(source, from), outerOffset(source, to - 1)]
    if (last < start || first >= start + line.length) continue
    for (let at = from; at < to; at++) {
      const column = outerOffset(source, at) - start
      if (column >= 0 && column < line.length && units[column] !== ' ') units[column] = '*'
    }
  }
  // Escapes of the text around an embedded one leave no columns to go by.
  return secretTexts(source, names).reduce((shown, text) => shown.replaceAll(text, stars), units.join(''))
}

/** The secrets of a text that are long enough to be told from other words. */
export function secretTexts(source: Source, names: ReadonlySet<string> = secretNames): readonly string[] {
  return hidden(source, names)
    .map(([from, to]) => source.text.slice(from, to))
    .filter(text => text.length >= 4)
}

/** A text whose secrets are blanked, place for place. */
export function withoutSecrets(source: Source): string {
  const units = source.text.split('')
  for (const [from, to] of hidden(source, secretNames)) units.fill('*', from, to)
  return units.join('')
}

/** A text without the password of a URL, and without what a query gives to the name of a secret. */
export function withoutCredentials(text: string): string {
  return text
    .replaceAll(
      /((?:^|[\s"'`/])[\w.%+-]*:)([^/\s@"'`:]+)(@)/g,
      (_, before: string, password: string, after: string) => before + stars(password) + after,
    )
    .replaceAll(/([?&]([\w.-]+)=)([^&\s"'`]+)/g, (whole, before: string, name: string, value: string) =>
      isSecret(name, noNames) ? before + stars(value) : whole,
    )
}

const noNames: ReadonlySet<string> = new Set()
const stars = (text: string): string => '*'.repeat(text.length)

const outerOffset = (source: Source, offset: number): number =>
  source.outer ? outermost({ source, start: offset, end: offset }).start : offset

/** Says whether what is assigned to a name is taken for a secret. */
export const isSecret = (name: string, names: ReadonlySet<string> = secretNames): boolean =>
  names.has(name) || (secret.test(name) && !harmless.test(name))

/** Says whether a label's values are taken for secrets. */
export const isSecretLabel = (name: string): boolean => isSecret(name, noNames)

/** A label's text as it may be shown: blanked where its name is that of a secret, and so is the password in a URL. */
export function maskedValue(name: string, text: string): string {
  return isSecretLabel(name) ? text.replaceAll(/[^\s…]/g, '*') : withoutCredentials(text)
}

/** What a name, a sign and a value on one line tell, in whatever language. The lookbehind keeps long words from being tried at each letter. */
function byPattern(line: string, names: ReadonlySet<string>): string {
  const named = line.replaceAll(
    /(?<![\w.-])([\w.-]+)(["'`]?(?:\s*[=:](?:\s*\[)?\s*|\s+(?=["'`])))("(?:[^"\\]|\\.)*(?:"|$)|'[^']*(?:'|$)|`[^`]*(?:`|$)|[^\s,{}[\]"'`][^\s,}\]"'`]*)(?!\s*\{)/g,
    (whole, name: string, sign: string, value: string) =>
      isSecret(name, names) && !/^(true|false|null)$/.test(value) ? name + sign + blanked(value) : whole,
  )
  return withoutCredentials(named)
}

/** References (`remote.vault.x.data["y"]`, `sys.env("X")`) say where a secret is, not what it is. */
function blanked(value: string): string {
  if (/^[a-z_]\w*[.([]/i.test(value)) return value
  return /^["'`]/.test(value)
    ? `${value[0]}${stars(value.slice(2))}${value.length > 1 ? value.at(-1) : ''}`
    : stars(value)
}

const operands: ReadonlySet<TokenType> = new Set([token.Identifier, token.RSquare, token.RParen, token.RCurly])
const quoted: ReadonlySet<TokenType> = new Set([
  token.Text,
  token.RawText,
  token.OpenText,
  token.OpenRawText,
  token.SingleQuoted,
  token.OpenSingleQuoted,
])
const numbers: ReadonlySet<TokenType> = new Set([token.Integer, token.Float, token.BadExponent])

const known = new WeakMap<Source, readonly (readonly [from: number, to: number])[]>()

/**
 * The ranges of an Alloy text that hold secrets: literals and bare words in what is assigned to such a name, within brackets
 * too. What calls `env` or indexes with stays, being a name. Works on tokens, since the text may not parse.
 */
function hidden(source: Source, names: ReadonlySet<string>): readonly (readonly [from: number, to: number])[] {
  const ready = names === secretNames ? known.get(source) : undefined
  if (ready) return ready
  const ranges: (readonly [number, number])[] = []
  const around: { readonly within: boolean; readonly assigned: boolean }[] = []
  /** Whether the brackets, and whether the name before this token, make it secret. */
  let within = false
  let assigned = false
  let last: IToken | undefined
  const tokens = terminate(tokenize(source.text).tokens, source.text)
  for (const [at, each] of tokens.entries()) {
    const type = each.tokenType
    const next = tokens[at + 1]
    if (openers.has(type)) {
      around.push({ within, assigned })
      within = assigned && !takesNames(type, last)
      assigned = within
    } else if (closers.has(type)) {
      ;({ within, assigned } = around.pop() ?? { within: false, assigned: false })
    } else if (type === token.Comma || type === token.Terminator) assigned = within
    else if (next?.tokenType === token.Assign) {
      assigned = within || isSecret(each.image.replaceAll(/^["`]|["`]$/g, ''), names)
    } else if (assigned && isContent(type, last, next)) ranges.push(inside(each))
    last = each
  }
  if (names === secretNames) known.set(source, ranges)
  return ranges
}

/** `sys.env("NAME")` and `data["name"]` hold names. */
function takesNames(opener: TokenType, last: IToken | undefined): boolean {
  if (last === undefined) return false
  return opener === token.LSquare ? operands.has(last.tokenType) : opener === token.LParen && last.image === 'env'
}

/** Strings, numbers, and words that refer to nothing: those lack their quotes. */
function isContent(type: TokenType, last: IToken | undefined, next: IToken | undefined): boolean {
  if (type !== token.Identifier) return quoted.has(type) || numbers.has(type)
  const after = next?.tokenType
  return last?.tokenType !== token.Dot && after !== token.Dot && after !== token.LParen && after !== token.LSquare
}

/** The range of a token, without the quotes around it. */
function inside({ tokenType, image, startOffset }: IToken): readonly [from: number, to: number] {
  const open = quoted.has(tokenType) ? 1 : 0
  const closed = open === 1 && image.length > 1 && image.endsWith(image[0]!) ? 1 : 0
  return [startOffset + open, startOffset + image.length - closed]
}
