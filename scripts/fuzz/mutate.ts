import { tokenize } from '../../src/syntax/scan.ts'
import type { Random } from './random.ts'

/** What breaks readers: signs of the language, of YAML, of JSON, and characters that are seldom thought of. */
const pieces: readonly string[] = [
  ...'{}[]().,=:|&!<>*+-^%/\\\'"`#@$;?~ \t\n\r\0'.split(''),
  '==', '!=', '&&', '||', '/*', '*/', '//', '{{', '}}', '- ', ': ', '---\n', '...\n', '<<: ', '*a', '&a ', '!!binary ',
  '|-\n', '>+\n', 'null', 'true', 'false', '0', '-1', '1e309', '1e', '0x', '.5', '9'.repeat(400), '\r\n', '\ufeff',
  '\ud800', '\udfff', '😀', 'é', 'e\u0301', '\u2028', '\u0085', '\u00a0', '\u202e', '__proto__', 'constructor', 'a.b "c" {',
  'sys.env("X")', 'argument.x.value', 'declare "d" {', 'foreach "f" {', 'import.string "s" {', 'template {', 'x = ',
  '{{ .Values.x }}', '${HOME}', '$(X)', '\\u{', '\\x', '\\777', '"\\', 'apiVersion: v1\nkind: List\nitems:\n',
] // biome-ignore format: one piece a line would be a page

/** The same text with a few changes. */
export function mutated(text: string, random: Random): string {
  let now = text
  for (let left = 1 + random.below(5); left > 0; left--) now = once(now, random)
  return now
}

function once(text: string, random: Random): string {
  // Readers that look around a place go wrong at both ends.
  const spot = random.chance(0.15) ? random.pick([0, text.length]) : random.below(text.length + 1)
  switch (random.below(9)) {
    case 0:
      return text.slice(0, spot) + random.pick(pieces) + text.slice(spot)
    case 1:
      return text.slice(0, spot) + text.slice(spot + 1 + random.below(12))
    case 2:
      return random.chance(0.5) ? text.slice(0, spot) : text.slice(spot)
    case 3: {
      const from = random.below(text.length + 1)
      return text.slice(0, spot) + text.slice(from, from + 1 + random.below(60)) + text.slice(spot)
    }
    case 4:
      return text.slice(0, spot) + String.fromCharCode(random.below(0x10000)) + text.slice(spot + 1)
    case 5:
      return repeated(text, spot, random)
    default:
      return tokenChange(text, random)
  }
}

/** A piece many times over: what takes time in the square of its length shows there. */
function repeated(text: string, spot: number, random: Random): string {
  const piece = random.chance(0.5) ? random.pick(pieces) : text.slice(spot, spot + 1 + random.below(20))
  const times = random.below(random.chance(0.05) ? Math.ceil(400_000 / Math.max(1, piece.length)) : 300)
  return text.slice(0, spot) + piece.repeat(times) + text.slice(spot)
}

function tokenChange(text: string, random: Random): string {
  const { tokens } = tokenize(text)
  if (tokens.length === 0) return text
  const token = random.pick(tokens)
  const other = random.pick(tokens)
  const [start, end] = [token.startOffset, token.startOffset + token.image.length]
  const instead = random.pick(['', `${token.image} ${token.image}`, other.image, random.pick(pieces)])
  return text.slice(0, start) + instead + text.slice(end)
}

/** Bytes that need not be UTF-8. */
export function mutatedBytes(text: string, random: Random): Uint8Array {
  const bytes = new TextEncoder().encode(text)
  for (let left = 1 + random.below(4); left > 0; left--) bytes[random.below(bytes.length)] = random.below(256)
  if (random.chance(0.1)) return new Uint8Array([...random.pick(marks), ...bytes])
  return random.chance(0.2) ? bytes.slice(random.below(bytes.length)) : bytes
}

const marks = [
  [0xef, 0xbb, 0xbf],
  [0xff, 0xfe],
  [0xfe, 0xff],
  [0, 0, 0xfe, 0xff],
  [0xff, 0xfe, 0, 0],
]
