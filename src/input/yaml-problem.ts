import type { ErrorCode } from 'yaml'

/** What is wrong with a text that is not YAML; in words of our own, since the parser's quote the text, secrets included. */
export function problem(code: ErrorCode): string {
  return words[code] ?? 'something unexpected'
}

const words: Partial<Record<ErrorCode, string>> = {
  ALIAS_PROPS: 'an alias with a tag or an anchor of its own',
  BAD_ALIAS: 'an alias without a name',
  BAD_COLLECTION_TYPE: 'a tag that does not fit the value',
  BAD_DIRECTIVE: 'an unknown directive',
  BAD_DQ_ESCAPE: 'an unknown escape in a double-quoted string',
  BAD_INDENT: 'indentation that does not fit the lines before',
  BAD_PROP_ORDER: 'an anchor or a tag in the wrong place',
  BAD_SCALAR_START: 'a character that has to be quoted at the start of a value',
  BLOCK_AS_IMPLICIT_KEY: 'a second colon on the line: quote the value, or begin a new line',
  BLOCK_IN_FLOW: 'a block inside of brackets',
  KEY_OVER_1024_CHARS: 'a key longer than 1024 characters',
  MISSING_CHAR: 'a quote, bracket, comma or colon is missing',
  MULTILINE_IMPLICIT_KEY: 'a key that spans several lines, or a colon is missing',
  MULTIPLE_ANCHORS: 'a value with two anchors',
  MULTIPLE_TAGS: 'a value with two tags',
  NON_STRING_KEY: 'a key that is not text',
  TAB_AS_INDENT: 'a tab in the indentation',
  TAG_RESOLVE_FAILED: 'a tag that does not fit the value',
  UNEXPECTED_TOKEN: 'something unexpected after the value',
}
