import type { IToken, TokenType } from 'chevrotain'
import { terminate } from '../../grammar/terminate.ts'
import * as token from '../../grammar/tokens.ts'
import { nearest } from '../diagnostic/suggest.ts'
import { groupedBy } from '../grouped-by.ts'
import { required } from '../required.ts'
import { outermost, type Source } from '../source.ts'
import { beyondTokens } from '../syntax/limits.ts'
import { tokenize } from '../syntax/scan.ts'
import {
  longestLine,
  soundsHarmless,
  soundsSecret,
  stars,
  userinfoIn,
  withoutCredentials,
} from '../text/credentials.ts'
import { assigned, type Secrecy } from './assigned.ts'
import type { IsOpen } from './is-open.ts'

/** What a misspelled name may have been meant to be. */
const words = ['password', 'passphrase', 'passwd', 'secret', 'token', 'credentials', 'authorization', 'bearer']

/**
 * Arguments whose value Alloy types as a secret, though their names are ordinary words; a test compares the list with the
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
 * A line of the outermost text, which begins at an offset, as it may be shown: what is assigned to the name of a secret or to an
 * argument that is not open is blanked, on whatever line the name is, and so is the user part of a URL. Every character stays in
 * its column. `sources`: the texts that the line shows, of which a line of JSON may hold thousands.
 */
export function masked(sources: readonly Source[], line: string, start: number, isOpen: IsOpen): string {
  if (line.length > longestLine) return stars(line)
  const hiding = sources.filter(source => !source.shown)
  if (hiding.length === 0) return withoutCredentials(line)
  const units = byPattern(line).split('')
  for (const source of hiding)
    for (const { from, to } of hiddenBetween(source, start, start + line.length, isOpen)) {
      for (let at = from; at < to; at++) {
        const column = outerOffset(source, at) - start
        if (column >= 0 && column < line.length && units[column] !== ' ') units[column] = '*'
      }
    }
  // Escapes of the text around an embedded one leave no columns to go by.
  const shown = units.join('')
  return secretsIn(shown, hiding, isOpen).reduce((rest, text) => rest.replaceAll(text, stars), shown)
}

/** The ranges of a text that may not be shown on a line of the outermost one. A text may have thousands, and as many lines be shown. */
function hiddenBetween(source: Source, start: number, end: number, isOpen: IsOpen): readonly Hidden[] {
  const ranges = hidden(source, isOpen)
  const range = (at: number): Hidden => required(ranges[at], 'a hidden range')
  let [low, high] = [0, ranges.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if (outerOffset(source, range(middle).from) < end) low = middle + 1
    else high = middle
  }
  const found: Hidden[] = []
  for (let at = low - 1; at >= 0; at--) {
    const last = range(at)
    if (last.from < last.to && outerOffset(source, last.to - 1) >= start) found.push(last)
    // No range before this one reaches further.
    if (last.reach > 0 && outerOffset(source, last.reach - 1) < start) break
  }
  return found
}

/** How many characters of a secret text it is found by. */
const BEGINNING = 4

const beginnings = new WeakMap<Source, ReadonlyMap<string, readonly string[]>>()

/** The secret texts of a source by how they begin. */
function beginningsOf(source: Source, isOpen: IsOpen): ReadonlyMap<string, readonly string[]> {
  const known = beginnings.get(source)
  if (known) return known
  const made = new Map(
    groupedBy([...new Set(secretTexts(source, isOpen))], text => text.slice(0, BEGINNING)).map(texts => [
      texts[0].slice(0, BEGINNING),
      texts,
    ]),
  )
  beginnings.set(source, made)
  return made
}

/** The secret texts of some sources that a line may hold, the longest first: one may be a part of another. */
function secretsIn(line: string, sources: readonly Source[], isOpen: IsOpen): readonly string[] {
  const known = sources.map(source => beginningsOf(source, isOpen)).filter(({ size }) => size > 0)
  if (known.length === 0) return []
  const [first, ...more] = known
  const all = first && more.length === 0 ? first : united(known)
  const found = new Set<string>()
  for (let at = 0; at < line.length; at++)
    for (const text of all.get(line.slice(at, at + BEGINNING)) ?? []) if (line.startsWith(text, at)) found.add(text)
  return [...found].sort((a, b) => b.length - a.length)
}

function united(maps: readonly ReadonlyMap<string, readonly string[]>[]): ReadonlyMap<string, readonly string[]> {
  const all = new Map<string, string[]>()
  for (const [key, texts] of maps.flatMap(each => [...each])) {
    const same = all.get(key)
    if (same) for (const text of texts) same.push(text)
    else all.set(key, [...texts])
  }
  return all
}

/** The secrets of a text that are long enough to be told from other words. */
export function secretTexts(source: Source, isOpen: IsOpen): readonly string[] {
  return hidden(source, isOpen)
    .map(({ from, to, is }) => ({ text: source.text.slice(from, to), is }))
    .filter(({ text, is }) => text.length >= shortest[is] && (is === 'secret' || /[^a-z]/.test(text)))
    .map(({ text }) => text)
}

/** A text whose secrets are blanked, place for place. */
export function withoutSecrets(source: Source, isOpen: IsOpen): string {
  let shown = ''
  let done = 0
  for (const { from, to } of hidden(source, isOpen)) {
    if (to <= done) continue
    const start = Math.max(from, done)
    shown += source.text.slice(done, start) + '*'.repeat(to - start)
    done = to
  }
  return shown + source.text.slice(done)
}

const outerOffset = (source: Source, offset: number): number =>
  source.outer ? outermost({ source, start: offset, end: offset }).start : offset

/** Says whether what is assigned to a name is taken for a secret. */
export const isSecret = (name: string): boolean => secretNames.has(name) || isSecretLabel(name)

/** Says whether a label's values are taken for secrets. */
export const isSecretLabel = (name: string): boolean =>
  soundsSecret(name) ||
  name.split(/[._-]/).some(part => part.length > 3 && isNearWord(part.toLowerCase()) && !soundsHarmless(name))

/** Names have the same parts again and again. */
const near = new Map<string, boolean>()
const mostNear = 10_000

function isNearWord(part: string): boolean {
  const before = near.get(part)
  if (before !== undefined) return before
  const isNear = nearest(part, words) !== null
  if (near.size >= mostNear) near.clear()
  near.set(part, isNear)
  return isNear
}

/** A label's text as it may be shown: blanked where its name is that of a secret, and so is the password in a URL. */
export function maskedValue(name: string, text: string): string {
  return isSecretLabel(name) ? text.replaceAll(/[^\s…]/g, '*') : withoutCredentials(text)
}

/** What a name, a sign and a value on one line tell, in whatever language. The lookbehind keeps long words from being tried at each letter. */
function byPattern(line: string): string {
  const named = line.replaceAll(
    /(?<![\w.-])([\w.-]+)(["'`]?(?:\s*[=:](?:\s*\[)?\s*|\s+(?=["'`])))("[^"\\]*(?:\\.[^"\\]*)*(?:"|$)|'[^']*(?:'|$)|`[^`]*(?:`|$)|[^\s,{}[\]"'`][^\s,}\]"'`]*)(?!\s*\{)/g,
    (whole, name: string, sign: string, value: string) =>
      isSecret(name) && !/^(true|false|null)$/.test(value) ? name + sign + blanked(value) : whole,
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

const quoted: ReadonlySet<TokenType> = new Set([
  token.Text,
  token.RawText,
  token.OpenText,
  token.OpenRawText,
  token.SingleQuoted,
  token.OpenSingleQuoted,
])
const numbers: ReadonlySet<TokenType> = new Set([token.Integer, token.Float, token.BadExponent])

interface Range {
  readonly from: number
  readonly to: number
}

/** A range of a text that may not be shown, half-open, and why. */
interface Hidden extends Range {
  /** `unread`: of a text of too many tokens, or in a comment or a string, it is not told what is secret in it. */
  readonly is: Secrecy | 'user' | 'unread'
  /** Where the last of the ranges up to this one ends. */
  readonly reach: number
}

/** Shorter texts are blanked where they are written alone: they may be a word of any sentence. */
const shortest = { secret: 4, unknown: 6, user: 12, unread: Number.POSITIVE_INFINITY } as const

const known = new WeakMap<Source, readonly Hidden[]>()

/**
 * The ranges of an Alloy text that may not be shown: literals and bare words in what is assigned to the name of a secret or to an
 * argument that is not open, within brackets too, and the user parts of URLs. What calls `env` or indexes with stays, being a
 * name. Works on tokens, since the text may not parse.
 */
function hidden(source: Source, isOpen: IsOpen): readonly Hidden[] {
  const ready = known.get(source)
  if (ready) return ready
  const all = { from: 0, to: source.text.length, reach: source.text.length, is: 'unread' } as const
  if (beyondTokens(source.text) !== null) return [all]
  const { tokens, groups } = tokenize(source.text)
  const ranges: Hidden[] = assignedIn(source.text, tokens, isOpen).map(range => ({ ...range, reach: 0 }))
  for (const { image, startOffset } of [...tokens, ...(groups['comments'] ?? [])].filter(mayHoldStatements)) {
    const start = startOffset + 1
    for (const { from, to } of unreadIn(image.slice(1), isOpen))
      ranges.push({ from: start + from, to: start + to, is: 'unread', reach: 0 })
  }
  for (const [from, to] of userinfoIn(source.text)) ranges.push({ from, to, is: 'user', reach: 0 })
  let reach = 0
  const inOrder = ranges
    .sort((a, b) => a.from - b.from)
    .map(range => {
      reach = Math.max(reach, range.to)
      return { ...range, reach }
    })
  known.set(source, inOrder)
  return inOrder
}

/** What a string or a comment over lines may assign to such names; all of it where it has too many tokens to tell. */
function unreadIn(text: string, isOpen: IsOpen): readonly Range[] {
  if (beyondTokens(text) !== null) return [{ from: 0, to: text.length }]
  return assignedIn(text, tokenize(text).tokens, isOpen)
}

/** The ranges of literals and bare words that are assigned to the name of a secret or to an argument that is not open. */
function assignedIn(
  text: string,
  bare: readonly IToken[],
  isOpen: IsOpen,
): readonly (Range & { readonly is: Secrecy })[] {
  const tokens = terminate(bare, text)
  const secrecy = assigned(tokens, { isSecret, isOpen, atRoot: !looksLikeYaml(text) })
  const ranges: (Range & { readonly is: Secrecy })[] = []
  for (const [at, each] of tokens.entries()) {
    const is = secrecy[at]
    if (!is || tokens[at + 1]?.tokenType === token.Assign) continue
    const range = inside(each)
    // So short a text keeps nothing secret, and tells what is wrong.
    if (is === 'unknown' && range.to - range.from < 4) continue
    if (isContent(each.tokenType, tokens[at - 1], tokens[at + 1])) ranges.push({ ...range, is })
  }
  return ranges
}

const overLines: ReadonlySet<TokenType> = new Set([token.RawText, token.OpenRawText, token.Comment, token.OpenComment])

/** A mark that is missing or one too many makes a string or a comment of the statements up to the next one, or to the end. */
const mayHoldStatements = ({ tokenType, image }: IToken): boolean =>
  overLines.has(tokenType) && image.includes('\n') && image.includes('=')

/** A first line that is a key, an element or the start of a document, not a statement: YAML keys are not arguments. */
const looksLikeYaml = (text: string): boolean =>
  /^(?:\s*#.*\n)*\s*(?:---|[{[]|-\s|["']?[\w./-]+["']?\s*:(?:\s|$))/.test(text)

/** Strings, numbers, and words that refer to nothing: those lack their quotes. */
function isContent(type: TokenType, last: IToken | undefined, next: IToken | undefined): boolean {
  if (type !== token.Identifier) return quoted.has(type) || numbers.has(type)
  const after = next?.tokenType
  return last?.tokenType !== token.Dot && after !== token.Dot && after !== token.LParen && after !== token.LSquare
}

/** The range of a token, without the quotes around it. */
function inside({ tokenType, image, startOffset }: IToken): Range {
  const open = quoted.has(tokenType) ? 1 : 0
  const closed = open === 1 && image.length > 1 && image.endsWith(image.charAt(0)) ? 1 : 0
  return { from: startOffset + open, to: startOffset + image.length - closed }
}
