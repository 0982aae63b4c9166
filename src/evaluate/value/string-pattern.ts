import { required } from '../../required.ts'
import { toBinary } from '../../syntax/strings.ts'
import type { Value } from './value.ts'

/** A known string. */
export type StringPattern = Extract<Value, { kind: 'string' }>

const encoder = new TextEncoder()
const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
const lenient = new TextDecoder('utf-8', { ignoreBOM: true })

/** A string of well-formed text; a lone surrogate, which UTF-8 cannot hold, becomes U+FFFD. */
export function text(value: string): StringPattern {
  return { kind: 'string', value: /\p{Surrogate}/u.test(value) ? lenient.decode(encoder.encode(value)) : value }
}

/** The string that bytes hold: text when they are UTF-8, else one unit a byte. */
export function fromBytes(bytes: Uint8Array): StringPattern {
  try {
    return { kind: 'string', value: strict.decode(bytes) }
  } catch {
    return { kind: 'string', value: toBinary(bytes), bytes: true }
  }
}

/** The bytes of a string, in UTF-8 where it is text. */
export function toBytes({ value, bytes }: StringPattern): Uint8Array {
  return bytes ? Uint8Array.from(value, unit => unit.charCodeAt(0)) : encoder.encode(value)
}

/** The string that a string with one unit a byte stands for. */
export function fromBinary(binary: string): StringPattern {
  return fromBytes(Uint8Array.from(binary, unit => unit.charCodeAt(0)))
}

/**
 * Hands several strings to a function on JavaScript strings that only compares, cuts and joins: as text when all are, else with
 * one unit a byte, so that the result is that of Go's functions on bytes.
 */
export function onUnits<const Texts extends readonly StringPattern[]>(
  texts: Texts,
  work: (values: Units<Texts>) => readonly string[],
): readonly StringPattern[] {
  const { values, back } = unitsOf(texts)
  return work(values).map(back)
}

/** The same for a function that makes one string. */
export function onUnit<const Texts extends readonly StringPattern[]>(
  texts: Texts,
  work: (values: Units<Texts>) => string,
): StringPattern {
  const { values, back } = unitsOf(texts)
  return back(work(values))
}

type Units<Texts extends readonly StringPattern[]> = { readonly [at in keyof Texts]: string }

function unitsOf<Texts extends readonly StringPattern[]>(
  texts: Texts,
): { readonly values: Units<Texts>; readonly back: (units: string) => StringPattern } {
  const isBinary = texts.some(({ bytes }) => bytes)
  // One for each: `map` of a tuple is typed as a list.
  const values = texts.map(each => (isBinary ? toBinary(toBytes(each)) : each.value)) as unknown as Units<Texts>
  return { values, back: isBinary ? fromBinary : text }
}

/** Strings one after the other; halves of a character meet. */
export function concatenate(texts: readonly StringPattern[]): StringPattern {
  return onUnit(texts, values => values.join(''))
}

/** Orders two strings by their bytes, as Go does; UTF-16 units order characters above U+FFFF differently. */
export function compareTexts(left: StringPattern, right: StringPattern): number {
  const [a, b] = [toBytes(left), toBytes(right)]
  for (const [at, byte] of a.entries()) {
    const other = b[at]
    if (byte !== other) return other === undefined ? 1 : byte - other
  }
  return a.length - b.length
}

/** Says whether two strings are the same bytes. */
export function sameText(left: StringPattern, right: StringPattern): boolean {
  return left.value === right.value && left.bytes === right.bytes
}

/** A byte that begins no character, as the runes of a string hold it: a lone surrogate, which text never has. */
const stray = (byte: number): string => String.fromCharCode(0xdc00 + byte)
const strayByte = (rune: string): number | null => {
  const unit = rune.charCodeAt(0)
  return rune.length === 1 && unit >= 0xdc80 && unit <= 0xdcff ? unit - 0xdc00 : null
}

/** The characters of a string as Go walks it; see `fromRunes`. A byte that begins no character counts as one. */
export function runesOf(value: StringPattern): readonly string[] {
  if (!value.bytes) return [...value.value]
  const bytes = toBytes(value)
  const runes: string[] = []
  let end = 0
  for (const [at, lead] of bytes.entries()) {
    if (at < end) continue
    const length = lengthOfRune(lead)
    const rune = length === 0 ? null : fromBytes(bytes.subarray(at, at + length))
    const isRune = rune !== null && !rune.bytes && [...rune.value].length === 1
    runes.push(isRune ? rune.value : stray(lead))
    end = at + (isRune ? length : 1)
  }
  return runes
}

/** How many bytes a character has that starts with this one; 0 where none starts with it. */
function lengthOfRune(lead: number): number {
  if (lead < 0x80) return 1
  if (lead < 0xc0) return 0
  if (lead < 0xe0) return 2
  if (lead < 0xf0) return 3
  return lead < 0xf8 ? 4 : 0
}

/** The string that characters of `runesOf` make. */
export function fromRunes(runes: readonly string[]): StringPattern {
  if (!runes.some(rune => strayByte(rune) !== null)) return text(runes.join(''))
  const bytes = runes.flatMap(rune => {
    const byte = strayByte(rune)
    return byte === null ? [...encoder.encode(rune)] : [byte]
  })
  return fromBytes(Uint8Array.from(bytes))
}

/** The code point of a character of `runesOf`; a stray byte is U+FFFD, as Go reads it. */
export function codePoint(rune: string): number {
  return strayByte(rune) === null ? required(rune.codePointAt(0), 'a character') : 0xfffd
}

/** The text that is left when U+FFFD stands for each byte that begins no character. */
export const lenientText = (value: StringPattern): string =>
  value.bytes
    ? runesOf(value)
        .map(rune => String.fromCodePoint(codePoint(rune)))
        .join('')
    : value.value

/**
 * Lowers a character as Go does, which keeps no special casing: ß stays, Σ becomes σ. JavaScript knows more, so what becomes
 * several characters stays as it is, except for İ, which Go makes an i.
 */
export const lowerRune = (rune: string): string => (rune === 'İ' ? 'i' : single(rune.toLowerCase(), rune))

/** Raises a character, likewise. */
export const upperRune = (rune: string): string => single(rune.toUpperCase(), rune)

const single = (changed: string, rune: string): string => ([...changed].length === 1 ? changed : rune)
