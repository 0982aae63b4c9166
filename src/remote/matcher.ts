/** A condition on one attribute of a collector, as the Alertmanager's matchers have it. */
export interface Matcher {
  readonly attribute: string
  readonly operator: '=' | '!=' | '=~' | '!~'
  /** A text, or for `=~` and `!~` an expression that has to match all of the attribute. */
  readonly value: string
}

const blank = String.raw`\s*`
const quoted = String.raw`"[^"\\]*(?:\\.[^"\\]*)*"`
/** An attribute's name without quotes: anything but blanks and the signs that mean something. */
const name = String.raw`[^\s{}!=~,"'\\\x60]+`
/** A value without quotes. An expression may have most signs in it, as the Alertmanager's older form of matchers takes them. */
const value = String.raw`[^\s",]+(?:\s+[^\s",]+)*`

const one = new RegExp(
  `${blank}(${quoted}|${name})${blank}(=~|!~|!=|=)${blank}(?:(${quoted}|${value})${blank})?(?:,|$)`,
  'sy',
)

/** Reads the matchers of a text: one, or several with commas between them, in braces or not. Null when it is none. */
export function parseMatchers(text: string): readonly Matcher[] | null {
  const inner = /^\s*\{(.*)\}\s*$/s.exec(text)?.[1] ?? text
  const found: Matcher[] = []
  one.lastIndex = 0
  while (one.lastIndex < inner.length) {
    const match = one.exec(inner)
    if (match === null) return null
    const [, attribute = '', operator = '', held = ''] = match
    found.push({ attribute: unquoted(attribute), operator: operator as Matcher['operator'], value: unquoted(held) })
    // What is left is blank.
    if (/^\s*$/.test(inner.slice(one.lastIndex))) break
  }
  return found.length > 0 ? found : null
}

const escapes: Readonly<Record<string, string>> = { n: '\n', '"': '"', '\\': '\\' }

/** The text between quotes; a backslash before anything else stays, as an expression wants it. */
const unquoted = (text: string): string =>
  text.startsWith('"')
    ? text.slice(1, -1).replaceAll(/\\(.)/gs, (whole, character: string) => escapes[character] ?? whole)
    : text
