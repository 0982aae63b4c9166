import type { ErrorCode, Document as Parsed } from 'yaml'
import { type Diagnostic, diagnostic } from '../../diagnostic/diagnostic.ts'
import { masked } from '../../secrets/mask-yaml.ts'
import { lineStart, type Source } from '../../source.ts'

/** One mistake in YAML often causes many; more than these say nothing new. */
const problemLimit = 3

/** What is said of a document that is not YAML. */
export function problems(source: Source, { errors }: Parsed): readonly Diagnostic[] {
  const found: Diagnostic[] = []
  let line: number | null = null
  let end = 0
  for (const { code, pos } of errors) {
    // One long line may have them by the thousand: its start is looked for once.
    if (line !== null && pos[0] >= line && pos[0] <= end) continue
    const start = lineStart(source.text, pos[0])
    if (start === line) continue
    line = start
    const next = source.text.indexOf('\n', start)
    end = next === -1 ? source.text.length : next
    // A missing bracket is missed one character behind the end.
    const first = Math.min(pos[0], source.text.length)
    const last = Math.min(pos[1], source.text.length)
    const span = { source: masked(source), start: first, end: Math.max(first, last) }
    // A chart's template is the usual text that looks like YAML and is not.
    const isTemplate = /\{\{/.test(source.text)
    found.push(diagnostic('yaml-syntax', span, { problem: problem(code), isTemplate }))
    if (found.length === problemLimit) break
  }
  return found
}

/** What is wrong with a text that is not YAML; in words of our own, since the parser's quote the text, secrets included. */
export function problem(code: ErrorCode): string {
  return words[code] ?? 'something unexpected'
}

const words: Partial<Record<ErrorCode, string>> = {
  ALIAS_PROPS: 'an alias with its own tag or anchor',
  BAD_ALIAS: 'an alias without a name',
  BAD_COLLECTION_TYPE: 'a tag that does not match the value',
  BAD_DIRECTIVE: 'an unknown directive',
  BAD_DQ_ESCAPE: 'an unknown escape in a double-quoted string',
  BAD_INDENT: 'indentation that does not match the lines before it',
  BAD_PROP_ORDER: 'an anchor or a tag in the wrong place',
  BAD_SCALAR_START: 'a character that must be quoted at the start of a value',
  BLOCK_AS_IMPLICIT_KEY: 'a second colon on the line: quote the value, or start a new line',
  BLOCK_IN_FLOW: 'a block inside brackets',
  KEY_OVER_1024_CHARS: 'a key longer than 1024 characters',
  MISSING_CHAR: 'a quote, bracket, comma, or colon is missing',
  MULTILINE_IMPLICIT_KEY: 'a key that spans several lines, or a colon is missing',
  MULTIPLE_ANCHORS: 'a value with two anchors',
  MULTIPLE_TAGS: 'a value with two tags',
  NON_STRING_KEY: 'a key that is not text',
  TAB_AS_INDENT: 'a tab in the indentation',
  TAG_RESOLVE_FAILED: 'a tag that does not match the value',
  UNEXPECTED_TOKEN: 'something unexpected after the value',
}
