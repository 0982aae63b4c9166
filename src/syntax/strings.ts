/** What is wrong with an escape sequence. `offset`, within the literal, is that of the character after the backslash. */
export interface EscapeFault {
  readonly offset: number
  readonly kind: 'unknown' | 'malformed' | 'range'
  /** The sequence as far as it reaches, backslash included. */
  readonly escape: string
  /** The character that ended the sequence too early; null for the end of the text. */
  readonly found: string | null
}

const simple: Readonly<Record<string, number>> = { a: 7, b: 8, f: 12, n: 10, r: 13, t: 9, v: 11, '\\': 92, '"': 34 }
const digitsOf: Readonly<Record<string, number>> = { x: 2, u: 4, U: 8 }

interface Escape {
  readonly end: number
  /** A byte for `\x41` and `\101`, a code point for all others. */
  readonly value: number
  readonly isByte: boolean
  readonly fault: EscapeFault | null
}

/** Reads the escape sequence whose backslash is at an offset. */
function readEscape(text: string, backslash: number): Escape {
  const offset = backslash + 1
  const first = text[offset] ?? ''
  const known = simple[first]
  if (known !== undefined) return { end: offset + 1, value: known, isByte: false, fault: null }
  const octal = first >= '0' && first <= '7'
  const count = octal ? 3 : digitsOf[first]
  const stop = (end: number, kind: EscapeFault['kind']): Escape => {
    const point = text.codePointAt(end)
    const found = point === undefined ? null : String.fromCodePoint(point)
    const upto = kind === 'unknown' ? end + (found?.length ?? 0) : end
    const sequence = text.slice(backslash, upto)
    return { end, value: 0, isByte: true, fault: { offset, kind, escape: sequence, found } }
  }
  if (count === undefined) return stop(offset, 'unknown')
  const begin = octal ? offset : offset + 1
  for (let at = begin; at < begin + count; at++) {
    if (!(octal ? /[0-7]/ : /[0-9A-Fa-f]/).test(text[at] ?? '')) return stop(at, 'malformed')
  }
  const end = begin + count
  const value = Number.parseInt(text.slice(begin, end), octal ? 8 : 16)
  const limit = octal ? 255 : 0x10ffff
  if (value > limit || (value >= 0xd800 && value < 0xe000)) return stop(end, 'range')
  return { end, value, isByte: octal || first === 'x', fault: null }
}

/** Finds what is wrong with the escapes of a string in quotes, given with its quotes; the first of it, where it is more than so much. */
export function escapeFaults(literal: string, most = Number.POSITIVE_INFINITY): readonly EscapeFault[] {
  const faults: EscapeFault[] = []
  for (let at = literal.indexOf('\\'); at !== -1; at = literal.indexOf('\\', at)) {
    const { fault, end } = readEscape(literal, at)
    if (fault) faults.push(fault)
    if (faults.length >= most) break
    at = end
  }
  return faults
}

/** Decodes the escapes of what is between double quotes; they may name single bytes. */
function decodeBytes(inner: string): Uint8Array {
  const encoder = new TextEncoder()
  // A unit takes three bytes at most, and an escape fewer than it has units.
  const bytes = new Uint8Array(inner.length * 3)
  let length = 0
  const add = (text: string): void => {
    length += encoder.encodeInto(text, bytes.subarray(length)).written
  }
  for (let at = 0; at < inner.length; ) {
    const backslash = inner.indexOf('\\', at)
    if (backslash !== at) add(inner.slice(at, backslash === -1 ? inner.length : backslash))
    if (backslash === -1) break
    const { end, value, isByte } = readEscape(inner, backslash)
    if (isByte || value < 128) bytes[length++] = value
    else add(String.fromCodePoint(value))
    at = end
  }
  return bytes.subarray(0, length)
}

/** A string with one unit a byte. */
export function toBinary(bytes: Uint8Array): string {
  const parts: string[] = []
  // The stack holds no more arguments than about a hundred thousand.
  for (let at = 0; at < bytes.length; at += 8_192) parts.push(String.fromCharCode(...bytes.subarray(at, at + 8_192)))
  return parts.join('')
}

/**
 * The value of a string literal that has no escape fault; `raw` is its source text, quotes included. A double-quoted string
 * may name bytes that are not UTF-8 together: then the value has one unit a byte, and says so. A back-quoted one loses its
 * carriage returns and nothing else.
 */
export function decodeString(raw: string): { readonly value: string; readonly bytes?: true } {
  const inner = raw.slice(1, -1)
  if (raw.startsWith('`')) return { value: inner.replaceAll('\r', '') }
  if (!inner.includes('\\')) return { value: inner }
  const bytes = decodeBytes(inner)
  try {
    return { value: new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes) }
  } catch {
    return { value: toBinary(bytes), bytes: true }
  }
}
