import type { Diagnostic } from '../diagnostic/diagnostic.ts'
import type { Source } from '../source.ts'
import { withoutCredentials } from '../text/credentials.ts'
import { inert } from '../text/inert.ts'
import type { Confidential } from './confidential.ts'
import type { IsOpen } from './is-open.ts'
import { secretTexts, withoutSecrets } from './mask-alloy.ts'

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
  const hide = hiderOf(written)(given)
  return diagnostics.map(each => ({
    ...each,
    message: hide(each.message),
    help: each.help === null ? null : hide(each.help),
    related: each.related.map(label => ({ ...label, text: hide(label.text) })),
  }))
}

/** What blanks the secrets of some texts, which are looked for once, and texts that are given. */
export function hiderOf({ sources, isOpen, answers = [] }: Written): (given: Iterable<string>) => Hide {
  const open = [...sources.map(source => withoutSecrets(source, isOpen)), ...answers]
  const isWritten = (text: string): boolean => open.some(each => each.includes(text))
  const written = sources.flatMap(source => secretTexts(source, isOpen))
  return given => {
    const secrets = [...new Set([...written, ...given])]
      .flatMap(spellings)
      .filter(text => text !== '' && !isWritten(text))
      // The longest first: one may be a part of another.
      .sort((a, b) => b.length - a.length)
      .flatMap(text => [...new Set([text, JSON.stringify(text).slice(1, -1), inert(text)])])
      .map(finder)
    return text => withoutCredentials(secrets.reduce((shown: string, secret) => shown.replaceAll(secret, '***'), text))
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

/** Shorter texts may be a part of any word. */
const shortest = 6

/** Longer texts make a pattern that V8 refuses. */
const longest = 10_000

/** Short texts count as whole words only, since they are part of many. */
function finder(text: string): RegExp | string {
  if (text.length > longest) return text
  const literal = text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')
  return text.length >= shortest ? new RegExp(literal, 'gi') : new RegExp(`(?<!\\w)${literal}(?!\\w)`, 'g')
}
