import { codePoint } from '../value/string-pattern.ts'

const named: ReadonlyMap<string, string> = new Map([
  ['\u0007', '\\a'],
  ['\b', '\\b'],
  ['\f', '\\f'],
  ['\n', '\\n'],
  ['\r', '\\r'],
  ['\t', '\\t'],
  ['\v', '\\v'],
  ['\\', '\\\\'],
])

// The pattern is inside: V8 looks classes up where it first meets them, and few texts are quoted.
/** Says whether Go prints a character as it is. */
export const isPrintable = (rune: string): boolean => /^[\p{L}\p{M}\p{N}\p{P}\p{S} ]$/u.test(rune)
const hex = (value: number, length: number): string => value.toString(16).padStart(length, '0')

/** Writes characters between quotes as Go does; with `ascii`, everything above U+007E as an escape. */
export function quote(runes: readonly string[], ascii: boolean, mark = '"'): string {
  const quoted = runes.map(rune => {
    const unit = rune.charCodeAt(0)
    if (rune.length === 1 && unit >= 0xdc80 && unit <= 0xdcff) return `\\x${hex(unit - 0xdc00, 2)}`
    const point = codePoint(rune)
    const short = rune === mark ? `\\${mark}` : named.get(rune)
    if (short) return short
    if (isPrintable(rune) && !(ascii && point > 0x7e)) return rune
    if (point < 0x20 || point === 0x7f) return `\\x${hex(point, 2)}`
    return point > 0xffff ? `\\U${hex(point, 8)}` : `\\u${hex(point, 4)}`
  })
  return mark + quoted.join('') + mark
}
