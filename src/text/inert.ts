import { required } from '../required.ts'

/**
 * What a terminal, a job log or a reader of YAML obeys or refuses instead of showing it: control characters, separators of lines
 * and paragraphs, marks that turn the direction of writing, halves of surrogate pairs and code points that are not characters; and
 * the signs that begin a command to a CI runner anywhere in a line (`##[error]`, `##vso[…]`).
 */
const active = new RegExp(`[${unshown()}]|(?<=#)#(?=[a-zA-Z\\u017f\\u212a]{0,16}\\[)`, 'gu')
const anyActive = new RegExp(active.source, 'u')

/**
 * The ranges of such characters: \p{Cc}, \p{Zl}, \p{Zp}, \p{Cs}, \p{Bidi_Control}, \p{Noncharacter_Code_Point} and the byte order
 * mark. By name, V8 takes a millisecond to look them up, at every start.
 */
function unshown(): string {
  const last = Array.from(
    { length: 16 },
    (_, at) => `\\u{${(at + 1).toString(16)}fffe}\\u{${(at + 1).toString(16)}ffff}`,
  )
  return `\\0-\\x1f\\x7f-\\x9f\\u061c\\u200e\\u200f\\u2028-\\u202e\\u2066-\\u2069\\ud800-\\udfff\\ufdd0-\\ufdef\\ufeff\\ufffe\\uffff${last.join('')}`
}

/** A runner also takes a line for a command that begins, after blanks, like `::error file=x::`. */
const commandLine = /^([^\S\n\r\u2028\u2029]*):(?=:[\w-]+(?:\s.*)?::)/u
const anyCommandLine = new RegExp(commandLine.source, 'mu')

/** Says whether a text is allowed in a document as it is; line feeds may, where no line is a command. */
export const isInert = (text: string): boolean =>
  !anyActive.test(text.replaceAll('\n', '')) && !anyCommandLine.test(text)

const short: Readonly<Record<string, string>> = { '\b': '\\b', '\t': '\\t', '\n': '\\n', '\f': '\\f', '\r': '\\r' }

/** The one way in which text of an input becomes a line of text: what is not shown by itself is shown by its escape. */
export const inert = (text: string): string =>
  text.replace(active, character => short[character] ?? byCode(character)).replace(commandLine, '$1\\u003a')

/** The same for lines of this program that hold such text. */
export const inertLines = (lines: readonly string[]): string => lines.map(inert).join('\n')

/** A character by its number, as JSON, YAML and Alloy write it. */
function byCode(character: string): string {
  const code = required(character.codePointAt(0), 'a character')
  return code > 0xffff ? `\\U${hex(code, 8)}` : `\\u${hex(code, 4)}`
}

/** A document of JSON that holds nothing but what can be shown, and is read as the same. */
export const inertJson = (text: string): string =>
  text.replace(active, character => (character === '\n' ? character : byUnits(character)))

/** The same for a document of YAML: what is escaped has to stand between double quotes. */
export const inertYaml = (text: string): string =>
  text.replace(active, character => {
    if (character === '\n') return character
    // UTF-8 has no bytes for half a pair, and YAML no escape.
    return /\p{Cs}/u.test(character) ? '\ufffd' : byCode(character)
  })

const byUnits = (character: string): string =>
  Array.from({ length: character.length }, (_, at) => `\\u${hex(character.charCodeAt(at), 4)}`).join('')

const hex = (code: number, digits: number): string => code.toString(16).padStart(digits, '0')
