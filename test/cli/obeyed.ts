/** Begins lines of its own, moves the cursor, turns the direction of writing, and holds what UTF-8, YAML and XML do not. */
export const hostile =
  'a\n::error::boom\r\u001b[31m\u0000\u007f\u0085\u009b\u2028\u2029\u200e\u202e\u2066\ufeff\ufdd0\ufffe\uffff\u{1fffe}\ud83d##[error]boom@boom'

/** Numbers of the characters that a terminal, a job log or a reader obeys, in ranges. */
const ranges: readonly (readonly [from: number, to: number])[] = [
  [0x00, 0x09],
  [0x0b, 0x1f],
  [0x7f, 0x9f],
  [0x61c, 0x61c],
  [0x200e, 0x200f],
  [0x2028, 0x202e],
  [0x2066, 0x2069],
  [0xd800, 0xdfff],
  [0xfdd0, 0xfdef],
  [0xfeff, 0xfeff],
]

/** What of an output would be obeyed instead of shown; null where nothing is. Written apart from what escapes it, to judge that. */
export function obeyed(text: string): string | null {
  let at = 0
  for (const character of text) {
    const code = character.codePointAt(0)!
    if ((code & 0xfffe) === 0xfffe || ranges.some(([from, to]) => code >= from && code <= to))
      return text.slice(Math.max(0, at - 40), at + 40)
    at += character.length
  }
  const command = text.split('\n').find(line => /^\s*::error::boom|^\s*::error file=x::boom|##\[error\]boom/.test(line))
  return command ?? null
}
