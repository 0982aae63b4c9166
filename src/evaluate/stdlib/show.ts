import { binaryDigits, floatDigits } from '../value/decimal.ts'
import { float } from '../value/number.ts'
import { compareTexts, runesOf, type StringPattern, text, toBytes } from '../value/string-pattern.ts'
import type { Capsule, Numeric, ObjectValue, Value } from '../value/value.ts'
import { isPrintable, quote } from './quote.ts'

/** What is between `%` and the verb. */
export interface Flags {
  readonly minus: boolean
  readonly plus: boolean
  readonly space: boolean
  readonly zero: boolean
  readonly sharp: boolean
  readonly width: number | null
  readonly precision: number | null
  /** `%+v` names the fields of structs. */
  readonly fields?: boolean
  /** `%#v` writes Go's own syntax. */
  readonly syntax?: boolean
}

export const plain: Flags = {
  minus: false,
  plus: false,
  space: false,
  zero: false,
  sharp: false,
  width: null,
  precision: null,
}

/** Null is what is not computed. Bytes outside of characters are written as `runesOf` holds them. */
export type Shown = string | null

/** Shows a known value as Go does with a verb, alone or inside of another one. Of capsules there are those that are texts. */
export function show(value: Value, verb: string, flags: Flags, inside = false): Shown {
  const type = goType(value)
  if (!inside && type !== null) {
    if (verb === 'T') return showText(text(type), 's', flags)
    // The addresses of what holds values are not known.
    if (verb === 'p') return value.kind === 'array' || value.kind === 'object' ? null : bad(value, verb, flags)
    if (verb === 'w') return bad(value, verb, flags)
  }
  switch (value.kind) {
    case 'null':
      if (inside) return flags.syntax ? 'interface {}(nil)' : '<nil>'
      return verb === 'v' || verb === 'T' ? pad('<nil>', flags) : `%!${verb}(<nil>)`
    case 'bool':
      return verb === 't' || verb === 'v' ? pad(String(value.value), flags) : bad(value, verb, flags)
    case 'number':
      return value.type === 'float' ? showFloat(value, verb, flags) : showInteger(value, verb, flags)
    case 'string':
      return showText(value, verb, flags)
    case 'array':
      return showAll(
        value.items.map(item => show(item, verb, flags, true)),
        flags.syntax ? [`${type}{`, ', ', '}'] : ['[', ' ', ']'],
      )
    case 'object':
      return showObject(value, verb, flags)
    case 'capsule': {
      const shown = value.of && show(value.of, verb, flags, true)
      return shown === null ? null : `${beforeText(value, verb, flags)}${shown}}`
    }
    default:
      return null
  }
}

function showObject(value: ObjectValue, verb: string, flags: Flags): Shown {
  const entries = [...value.entries].sort(([a], [b]) => compareTexts(text(a), text(b)))
  const shown = entries.map(([key, held]) => {
    const [name, entry] = [show(text(key), verb, flags, true), show(held, verb, flags, true)]
    return name === null || entry === null ? null : `${name}:${entry}`
  })
  return showAll(shown, flags.syntax ? [`${goType(value)}{`, ', ', '}'] : ['map[', ' ', ']'])
}

/** What stands before the text of an OptionalSecret, which is a struct to Go. */
export function beforeText(value: Capsule, verb: string, flags: Flags): string {
  const mark = show({ kind: 'bool', value: value.type === 'optional_secret' }, verb, flags, true)
  const named = flags.fields || flags.syntax
  const start = `${flags.syntax ? goType(value) : ''}{${named ? 'IsSecret:' : ''}`
  return `${start}${mark}${flags.syntax ? ', ' : ' '}${named ? 'Value:' : ''}`
}

const showAll = (parts: readonly Shown[], [open, between, close]: readonly [string, string, string]): Shown =>
  parts.some(each => each === null) ? null : open + parts.join(between) + close

/** The type of a value in Go; null for null. */
export function goType(value: Value): string | null {
  switch (value.kind) {
    case 'null':
      return null
    case 'number':
      if (value.type === 'float') return 'float64'
      return value.value >= 2n ** 63n ? 'uint64' : 'int'
    case 'array':
      return '[]interface {}'
    case 'object':
      return 'map[string]interface {}'
    case 'capsule':
      return 'alloytypes.OptionalSecret'
    default:
      return value.kind
  }
}

function bad(value: Value, verb: string, flags: Flags): Shown {
  const shown = show(value, 'v', flags)
  return shown === null ? null : `%!${verb}(${goType(value)}=${shown})`
}

/** Fills up to the width; Go fills text with zeros too. */
function pad(shown: string, { width, minus, zero }: Flags): string {
  const missing = (width ?? 0) - [...shown].length
  if (missing <= 0) return shown
  return minus ? shown + ' '.repeat(missing) : (zero ? '0' : ' ').repeat(missing) + shown
}

function signOf(negative: boolean, { plus, space }: Flags): string {
  if (negative) return '-'
  if (plus) return '+'
  return space ? ' ' : ''
}

const bases: ReadonlyMap<string, number> = new Map([
  ['d', 10],
  ['v', 10],
  ['b', 2],
  ['o', 8],
  ['O', 8],
  ['x', 16],
  ['X', 16],
])

type Integer = Extract<Numeric, { value: bigint }>

function showInteger(value: Integer, verb: string, flags: Flags): Shown {
  const isUnsigned = value.value >= 2n ** 63n
  if (flags.syntax && verb === 'v' && isUnsigned)
    return showInteger(value, 'x', { ...flags, syntax: false, sharp: true })
  const base = bases.get(verb)
  if (base === undefined) return 'cqU'.includes(verb) ? showCharacter(value, verb, flags) : bad(value, verb, flags)
  const negative = value.value < 0n
  let digits = (negative ? -value.value : value.value).toString(base)
  if (verb === 'X') digits = digits.toUpperCase()
  const sign = signOf(negative, flags)
  const { precision, width } = flags
  if (precision === 0 && value.value === 0n) return ' '.repeat(width ?? 0)
  const least = precision ?? (flags.zero && !flags.minus && width !== null ? width - (sign === '' ? 0 : 1) : 0)
  const padded = digits.padStart(least, '0')
  return pad(`${sign}${verb === 'O' ? '0o' : ''}${prefixOf(verb, padded, flags)}${padded}`, { ...flags, zero: false })
}

/** What `#` writes before the digits of a base. */
function prefixOf(verb: string, digits: string, { sharp }: Flags): string {
  if (!sharp) return ''
  if ('bxX'.includes(verb)) return `0${verb}`
  return 'oO'.includes(verb) && !digits.startsWith('0') ? '0' : ''
}

/** Shows the character that a number stands for. */
function showCharacter({ value }: Integer, verb: string, flags: Flags): string {
  const isPoint = value >= 0n && value <= 0x10ffffn && !(value >= 0xd800n && value < 0xe000n)
  const rune = String.fromCodePoint(isPoint ? Number(value) : 0xfffd)
  if (verb === 'c') return pad(rune, flags)
  if (verb === 'q') return pad(quote([rune], flags.plus, "'"), flags)
  const digits = BigInt.asUintN(64, value).toString(16).toUpperCase()
  const shown = flags.sharp && isPoint && isPrintable(rune) ? ` '${rune}'` : ''
  return pad(`U+${digits.padStart(Math.max(flags.precision ?? 0, 4), '0')}${shown}`, { ...flags, zero: false })
}

function showFloat({ value }: Extract<Numeric, { value: number }>, verb: string, flags: Flags): Shown {
  if (!'vgGfFeEbxX'.includes(verb)) return bad(float(value), verb, flags)
  const sign = signOf(value < 0 || Object.is(value, -0), flags)
  if (Number.isNaN(value)) return pad(`${sign}NaN`, { ...flags, zero: false })
  if (!Number.isFinite(value)) return pad(`${sign === '' ? '+' : sign}Inf`, { ...flags, zero: false })
  const { width, precision } = flags
  const write = 'bxX'.includes(verb) ? binaryDigits : floatDigits
  const shortest = write(Math.abs(value), verb, precision)
  const isWhole = flags.sharp && verb !== 'b'
  const digits = isWhole ? withPoint(shortest, 'vgGx'.includes(verb) ? (precision ?? 6) : 0) : shortest
  if (flags.zero && !flags.minus && width !== null && sign !== '') return sign + digits.padStart(width - 1, '0')
  return pad(sign + digits, flags)
}

/** What `#` makes of digits: there is a point, and no zero is left out of so many digits. */
function withPoint(shown: string, precision: number): string {
  const [mantissa = '', exponent] = shown.split(/(?=[ep][-+])/i)
  const zeros = precision - (mantissa === '0' ? 1 : mantissa.replace('.', '').replace(/^0+/, '').length)
  return mantissa + (mantissa.includes('.') ? '' : '.') + '0'.repeat(Math.max(zeros, 0)) + (exponent ?? '')
}

function showText(value: StringPattern, verb: string, flags: Flags): Shown {
  const { precision } = flags
  const runes = runesOf(value).slice(0, precision ?? undefined)
  const written = runes.join('')
  switch (verb === 'v' && flags.syntax ? 'q' : verb) {
    case 's':
    case 'v':
      return pad(written, flags)
    case 'q':
      return pad(flags.sharp && canBackquote(written) ? `\`${written}\`` : quote(runes, flags.plus), flags)
    case 'x':
    case 'X': {
      const bytes = [...toBytes(value).subarray(0, precision ?? undefined)]
      const hex = bytes.map(byte => byte.toString(16).padStart(2, '0'))
      const start = flags.sharp && bytes.length > 0 ? '0x' : ''
      const joined = start + hex.join(flags.space ? ` ${start}` : '')
      return pad(verb === 'X' ? joined.toUpperCase() : joined, flags)
    }
    default:
      return bad(value, verb, flags)
  }
}

/** Says whether Go can write a text between backquotes. */
const canBackquote = (written: string): boolean => !/[^\t\x20-\uffff]|[`\x7f\ufeff\udc80-\udcff]/u.test(written)
