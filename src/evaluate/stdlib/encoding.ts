import { toBinary } from '../../syntax/strings.ts'
import { join } from '../value/known.ts'
import { uint } from '../value/number.ts'
import { areTooMany } from '../value/size.ts'
import { fromBinary, type StringPattern, text, toBytes } from '../value/string-pattern.ts'
import { derived, unknown } from '../value/unknown.ts'
import type { Value } from '../value/value.ts'
import { ofStrings, refused } from './function.ts'

const standard = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'
const forUrls = `${standard.slice(0, -2)}-_`

function encode(bytes: Uint8Array, alphabet: string): string {
  let encoded = ''
  for (let at = 0; at < bytes.length; at += 3) {
    const [a = 0, b, c] = bytes.subarray(at, at + 3)
    const bits = (a << 16) | ((b ?? 0) << 8) | (c ?? 0)
    encoded += alphabet.charAt(bits >> 18) + alphabet.charAt((bits >> 12) & 63)
    encoded += b === undefined ? '=' : alphabet.charAt((bits >> 6) & 63)
    encoded += c === undefined ? '=' : alphabet.charAt(bits & 63)
  }
  return encoded
}

/** Decodes padded base64; line ends are passed over, surplus bits too. Null for anything else. */
export function decodeBase64(encoded: string, alphabet = standard): Uint8Array | null {
  const digits = encoded.replace(/[\r\n]/g, '')
  const body = digits.replace(/={1,2}$/, '')
  if (digits.length % 4 !== 0 || body.length % 4 === 1) return null
  const bytes: number[] = []
  let [bits, count] = [0, 0]
  for (const digit of body) {
    const value = alphabet.indexOf(digit)
    if (value === -1) return null
    bits = ((bits << 6) | value) & 0xffff
    count += 6
    if (count < 8) continue
    count -= 8
    bytes.push((bits >> count) & 0xff)
  }
  return Uint8Array.from(bytes)
}

const encoder = (alphabet: string) =>
  ofStrings(['string'], 'string', ([value]) => text(encode(toBytes(value), alphabet)))

const decoder = (alphabet: string) =>
  ofStrings(['string'], 'array', ([value], call) => {
    const bytes = value.bytes ? null : decodeBase64(value.value, alphabet)
    if (!bytes) return refused(call, 'the text is not valid padded base64', 0)
    if (areTooMany(bytes.length)) return unknown('size', call.span, { type: 'array' })
    return { kind: 'array', items: Array.from(bytes, uint), openElements: [], bytes: true }
  })

/** `encoding.to_base64` */
export const toBase64 = encoder(standard)
/** `encoding.to_URLbase64` */
export const toUrlBase64 = encoder(forUrls)
/** `encoding.from_base64` */
export const fromBase64 = decoder(standard)
/** `encoding.from_URLbase64` */
export const fromUrlBase64 = decoder(forUrls)

const escaped = (value: StringPattern): StringPattern =>
  text(
    [...toBytes(value)]
      .map(byte => {
        const unit = String.fromCharCode(byte)
        if (/[A-Za-z0-9_.~-]/.test(unit)) return unit
        return unit === ' ' ? '+' : `%${byte.toString(16).toUpperCase().padStart(2, '0')}`
      })
      .join(''),
  )

/** `encoding.url_encode`: as in a query. */
export const urlEncode = ofStrings(
  ['string'],
  'string',
  ([value]) => escaped(value),
  ([value], call): Value | null => {
    if (value.kind !== 'pattern') return null
    const parts = value.parts.map(part =>
      typeof part === 'string' ? escaped(text(part)) : derived([part], 'string', call.span),
    )
    return join(parts, call.span)
  },
)

/** `encoding.url_decode`: as in a query. */
export const urlDecode = ofStrings(['string'], 'string', ([value], call) => {
  const binary = toBinary(toBytes(value))
  if (/%(?![0-9A-Fa-f]{2})/.test(binary)) return refused(call, 'a % is not followed by two hexadecimal digits', 0)
  return fromBinary(
    binary
      .replace(/\+/g, ' ')
      .replace(/%(..)/g, (_, digits: string) => String.fromCharCode(Number.parseInt(digits, 16))),
  )
})
