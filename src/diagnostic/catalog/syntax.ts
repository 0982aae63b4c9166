import type { Entry } from '../entry.ts'
import { characters, type Slip, slips } from '../syntax-helps.ts'

/** Stage 0: what the text of a configuration is wrong in. */
export const syntaxEntries = {
  'unexpected-token': {
    code: 'ARB001',
    severity: 'error',
    message: ({ found, expected }: { found: string; expected: string }) => `expected ${expected}, found ${found}`,
    helpFor: ({ slip }: { slip?: Slip | undefined }) => (slip === undefined ? null : slips[slip]),
  },
  'statements-on-one-line': {
    code: 'ARB002',
    severity: 'error',
    message: ({ found }: { found: string }) => `expected the end of the line after a statement, found ${found}`,
    help: 'put each statement on a line of its own',
  },
  'missing-comma': {
    code: 'ARB003',
    severity: 'error',
    message: ({ found, closer }: { found: string; closer: string }) => `expected , or ${closer}, found ${found}`,
    help: 'separate elements with commas',
    helpFor: ({ closer, isAtLineEnd }: { closer: string; isAtLineEnd: boolean }) =>
      isAtLineEnd ? `add a comma here, or the ${closer}` : null,
  },
  'unclosed-bracket': {
    code: 'ARB004',
    severity: 'error',
    message: ({ opener, closer, found }: { opener: string; closer: string; found: string }) =>
      `expected ${closer} for the ${opener} that is still open, found ${found}`,
    helpFor: ({ closer, isOnNextLine = false }: { closer: string; isOnNextLine?: boolean }) =>
      isOnNextLine ? `move the ${closer} to the same line` : null,
  },
  'value-after-value': {
    code: 'ARB005',
    severity: 'error',
    message: ({ found }: { found: string }) =>
      `expected an operator or the end of the value before the string, found ${found} after it`,
    help: 'join two values with an operator, separate them with a comma, or escape the quotes inside a string',
  },
  'block-as-value': {
    code: 'ARB006',
    severity: 'error',
    message: () => 'a block cannot be the value of an attribute',
    help: 'remove the = to write a block, or separate the fields of an object with commas',
  },
  'attribute-name': {
    code: 'ARB007',
    severity: 'error',
    message: ({ name }: { name: string }) => `${name} is not a valid attribute name: expected a single identifier`,
    help: 'open the block that the attribute belongs to, and write only the last part of the name there',
  },
  'attribute-label': {
    code: 'ARB008',
    severity: 'error',
    message: ({ name }: { name: string }) => `attribute ${name} has a label; only blocks have labels`,
    help: 'remove the label, or write { instead of =',
  },
  'label-not-identifier': {
    code: 'ARB009',
    severity: 'error',
    message: ({ why }: { why: string }) => `a block label must be a double-quoted identifier, ${why}`,
    help: 'use only letters, digits, and underscores, in double quotes, starting with a letter or an underscore',
  },
  'illegal-character': {
    code: 'ARB010',
    severity: 'error',
    message: ({ character }: { character: string }) => `${character} is not a valid character in Alloy syntax`,
    helpFor: ({ image }: { image: string }) => characters[image] ?? null,
  },
  'half-operator': {
    code: 'ARB011',
    severity: 'error',
    message: ({ half }: { half: string }) => `${half} alone is not an operator, ${half}${half} is`,
    help: 'double the character',
  },
  'exponent-without-digits': {
    code: 'ARB012',
    severity: 'error',
    message: ({ number }: { number: string }) => `the exponent of ${number} has no digits`,
    help: 'add digits after the e, or remove it',
  },
  'unterminated-string': {
    code: 'ARB013',
    severity: 'error',
    message: ({ quote }: { quote: string }) => `the string that starts here has no closing ${quote}`,
    helpFor: ({ quote }: { quote: string }) =>
      quote === '`'
        ? 'close it; a backquote cannot be escaped'
        : 'close it on the same line, or use backquotes for several lines',
  },
  'single-quoted-string': {
    code: 'ARB014',
    severity: 'error',
    message: () => 'a string is written in double quotes or backquotes, not in single quotes',
    help: 'use double quotes',
  },
  'unterminated-comment': {
    code: 'ARB015',
    severity: 'error',
    message: () => 'the comment that starts here has no closing */',
    help: 'close it with */; comments do not nest',
  },
  'unknown-escape': {
    code: 'ARB016',
    severity: 'error',
    message: ({ sequence }: { sequence: string }) => `${sequence} is not a valid escape sequence`,
    help: 'double the backslash if you mean a backslash, or put the string in backquotes, where nothing is escaped',
  },
  'malformed-escape': {
    code: 'ARB017',
    severity: 'error',
    message: ({ kind, digits, found }: { kind: string; digits: string; found: string }) =>
      `${kind} must be followed by ${digits}, found ${found}`,
  },
  'escape-out-of-range': {
    code: 'ARB018',
    severity: 'error',
    message: ({ sequence, limit }: { sequence: string; limit: string }) =>
      `${sequence} is not a valid character: ${limit}`,
  },
  'forbidden-character': {
    code: 'ARB019',
    severity: 'error',
    message: ({ character }: { character: string }) =>
      `${character} is not allowed anywhere in a configuration, not even in strings and comments`,
    help: 'remove the character',
  },
  'nested-too-deeply': {
    code: 'ARB020',
    severity: 'error',
    message: ({ limit }: { limit: number }) =>
      `brackets, blocks, and prefix operators are nested more than ${limit} levels deep`,
    help: 'move the inner part into a separate attribute or module',
  },
  'expression-too-long': {
    code: 'ARB021',
    severity: 'error',
    message: ({ limit }: { limit: number }) => `an expression chains more than ${limit} operators`,
    help: 'split the expression, or write a list',
  },
  'too-many-tokens': {
    code: 'ARB027',
    severity: 'error',
    message: ({ what, limit }: { what: string; limit: string }) => `${what} has more than ${limit} tokens`,
    help: 'split the configuration over several files',
  },
  'file-too-large': {
    code: 'ARB022',
    severity: 'error',
    message: ({ limit }: { limit: string }) => `the file is larger than ${limit}`,
    help: 'pass the configuration itself',
  },
  'not-utf8': {
    code: 'ARB023',
    severity: 'error',
    message: ({ encoding }: { encoding: string }) => `the file is encoded in ${encoding}, expected UTF-8`,
    help: 'save it as UTF-8',
  },
  'bytes-not-utf8': {
    code: 'ARB024',
    severity: 'error',
    message: ({ offset }: { offset: number }) => `the bytes at offset ${offset} are not valid UTF-8`,
    help: 'save the file as UTF-8',
  },
  'template-outside-string': {
    code: 'ARB025',
    severity: 'error',
    message: () =>
      'a template action is allowed only inside a string value or a comment; here it changes the configuration itself',
    help: 'render the chart first: helm template … | alloy-rbac check -',
  },
  'variable-outside-string': {
    code: 'ARB028',
    severity: 'error',
    message: ({ name }: { name: string }) =>
      `the variable ${name} is not known, and outside a string value or a comment it changes the configuration itself`,
    help: 'set it with --substitute NAME=VALUE, or pass what flux build kustomization prints',
  },
  'attribute-without-value': {
    code: 'ARB026',
    severity: 'error',
    message: ({ name }: { name: string }) => `${name} is read as the value of the attribute above it, found a second =`,
    help: 'add the missing value above',
  },
} as const satisfies Record<string, Entry>
