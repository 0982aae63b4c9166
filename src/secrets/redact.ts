import type { Diagnostic } from '../diagnostic/diagnostic.ts'
import type { Source } from '../source.ts'
import { withoutCredentials } from '../text/credentials.ts'
import { inert } from '../text/inert.ts'
import type { Confidential } from './confidential.ts'
import type { IsOpen } from './is-open.ts'
import { secretTexts, withoutSecrets } from './mask-alloy.ts'
import { occurrence, SecretIndex, shortest } from './secret-index.ts'

/** What no output may show: secrets of texts, and texts that are confidential wherever they are unless written openly. */
export interface Hidden extends Written {
  readonly confidential: Confidential
}

/** Texts, and what is open in them. */
export interface Written {
  readonly sources: readonly Source[]
  readonly isOpen: IsOpen
  /** What is the answer, and printed anyhow: grants and privileges. */
  readonly answers?: readonly string[]
}

/** Blanks secrets in words: what texts assign to the name of a secret, user parts of URLs, and texts given, unless written openly. */
export type Hide = (text: string) => string

/**
 * The same diagnostics, their words without secrets: what the texts assign to the name of a secret, the user parts of URLs, and
 * values that the surroundings give, unless a text writes them openly too or they are part of the answer.
 */
export function redacted(
  diagnostics: readonly Diagnostic[],
  written: Written,
  given: Iterable<string>,
): readonly Diagnostic[] {
  if (diagnostics.length === 0) return diagnostics
  const words = diagnostics.flatMap(({ message, help, related, args }) => [
    message,
    ...textsIn(args),
    ...(help === null ? [] : [help]),
    ...related.map(({ text }) => text),
  ])
  const blank = hiderOf(written, words)(given)
  // Shortened after secrets are blanked: the beginning of one is not found.
  const hide: Hide = text => shortened(blank(text))
  return diagnostics.map(each => ({
    ...each,
    message: hide(each.message),
    args: mapTexts(each.args, hide) as Diagnostic['args'],
    help: each.help === null ? null : hide(each.help),
    related: each.related.map(label => ({ ...label, text: hide(label.text) })),
  }))
}

/** So much of the beginning and of the end of words is printed: a message that shows megabytes is not read. */
const [begin, end] = [3_000, 1_000] as const

/** Words without the middle of what is too long. */
function shortened(text: string): string {
  const left = text.length - begin - end
  return left <= 0 ? text : `${text.slice(0, begin)} … (${left} characters left out) … ${text.slice(-end)}`
}

/** Every text of what a message is made from. */
function textsIn(value: unknown): readonly string[] {
  const found: string[] = []
  mapTexts(value, text => {
    found.push(text)
    return text
  })
  return found
}

/** The same with every text replaced. */
function mapTexts(value: unknown, replace: (text: string) => string): unknown {
  if (typeof value === 'string') return replace(value)
  if (Array.isArray(value)) return value.map(each => mapTexts(each, replace))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, mapTexts(each, replace)]))
}

/** What is made when it is first asked for: most texts hold no secret. */
function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | null = null
  return () => {
    made ??= { value: make() }
    return made.value
  }
}

/** So many secrets that words hold are looked for in the texts, to leave what these say openly; more are blanked all the same. */
const mostLookups = 1_000

/**
 * What blanks the secrets of some texts, which are looked for once, and texts that are given. `words`: all that it will be asked for,
 * where that is known: of thousands of secrets few are in them.
 */
export function hiderOf(
  { sources, isOpen, answers = [] }: Written,
  words: readonly string[] | null = null,
): (given: Iterable<string>) => Hide {
  const open = once(() => [...sources.map(source => withoutSecrets(source.written ?? source, isOpen)), ...answers])
  let lookups = 0
  const isWritten = (text: string): boolean => lookups++ < mostLookups && open().some(each => each.includes(text))
  const written = sources.flatMap(source => secretTexts(source, isOpen))
  const inWords = once(() => (words === null ? () => true : occurrence(words)))
  const mayOccur = (text: string): boolean => inWords()(text)
  return given => {
    const index = new SecretIndex()
    for (const secret of new Set([...written, ...given]))
      for (const text of spellings(secret)) {
        if (text === '') continue
        const forms = [...new Set([text, JSON.stringify(text).slice(1, -1), inert(text)])].filter(mayOccur)
        if (forms.length > 0 && !index.has(text) && !isWritten(text)) index.add(text, forms)
      }
    return text => withoutCredentials(index.blanked(text))
  }
}

/** A text, and what it looks like where a configuration encoded it, perhaps as a part of a longer one. */
function spellings(text: string): readonly string[] {
  if (text.length < shortest) return [text]
  const encoded = new TextEncoder().encode(text)
  const bytes = Array.from(encoded, byte => String.fromCharCode(byte)).join('')
  const base64 = [0, 1, 2].map(before => {
    const whole = btoa('x'.repeat(before) + bytes)
    // The first and the last characters also hold bits of what surrounds it.
    const [from, end] = [Math.ceil((before * 8) / 6), Math.floor(((before + bytes.length) * 8) / 6)]
    return whole.slice(from, end)
  })
  const url = base64.map(each => each.replaceAll('+', '-').replaceAll('/', '_'))
  // Half a surrogate pair has no escape.
  const escaped = encodeURIComponent(new TextDecoder().decode(encoded))
  return [...new Set([text, escaped, escaped.replaceAll('%20', '+'), ...base64, ...url])]
}
