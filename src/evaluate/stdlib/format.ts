import { required } from '../../required.ts'
import { floatDigits } from '../value/decimal.ts'
import { join } from '../value/known.ts'
import { LONGEST_TEXT } from '../value/size.ts'
import { compareTexts, fromRunes, runesOf, type StringPattern, text, toBytes } from '../value/string-pattern.ts'
import { derived, isKnown } from '../value/unknown.ts'
import type { Numeric, Value } from '../value/value.ts'
import type { StandardFunction, Textual } from './function.ts'
import { quote } from './quote.ts'

/** What is between `%` and the verb. */
interface Flags {
  readonly minus: boolean
  readonly plus: boolean
  readonly space: boolean
  readonly zero: boolean
  readonly sharp: boolean
  readonly width: number | null
  readonly precision: number | null
}

const plain: Flags = {
  minus: false,
  plus: false,
  space: false,
  zero: false,
  sharp: false,
  width: null,
  precision: null,
}

/** A greater width or precision is not computed. */
const WIDEST = 1_000

/** `string.format`: Go's `fmt.Sprintf`, which never fails; unknown are `%p`, `%b` and `%x` of floats, and `%#…` of what holds values. */
export const format: StandardFunction = {
  parameters: [{ kind: 'string' }],
  rest: { kind: 'any' },
  apply: (given, call) => {
    const [layout, ...args] = given
    if (layout?.kind !== 'string') return derived(given, 'string', call.span)
    const parts = print(runesOf(layout), args, value => derived([value], 'string', call.span))
    return parts ? join(parts, call.span) : derived(args, 'string', call.span)
  },
}

/** Null is what is not computed. */
type Printed = string | null

function print(
  layout: readonly string[],
  args: readonly Value[],
  unclear: (value: Value) => Textual,
): readonly Textual[] | null {
  const parts: Textual[] = []
  let length = 0
  let next = 0
  /** Whether an argument was named by its index: then none is left over. */
  let reordered = false
  const put = (value: string | StringPattern): void => {
    const part = typeof value === 'string' ? text(value) : value
    length += part.value.length
    parts.push(part)
  }
  for (let at = 0; at < layout.length; ) {
    // What is longer is refused by the caller.
    if (length > LONGEST_TEXT) break
    const end = layout.indexOf('%', at)
    if (end !== at) put(fromRunes(layout.slice(at, end === -1 ? layout.length : end)))
    if (end === -1) break
    const spec = readSpec(layout, end + 1, args, next)
    if (spec === null) return null
    ;({ at, next } = spec)
    reordered ||= spec.indexed
    for (const complaint of spec.complaints) put(complaint)
    const fixed = withoutArgument(spec, args.length)
    if (fixed !== null) {
      put(fixed)
      continue
    }
    const arg = required(args[next++], 'an argument')
    const printed = printPart(arg, required(spec.verb, 'a verb'), spec.flags, unclear)
    if (printed === null) return null
    if (typeof printed === 'string') put(printed)
    else parts.push(printed)
  }
  if (reordered || next >= args.length) return parts
  const extra = args.slice(next).map(arg => (arg.kind === 'null' ? text('<nil>') : named(arg, plain, unclear)))
  if (extra.some(each => each === null)) return null
  put('%!(EXTRA ')
  for (const [at, each] of extra.entries()) {
    if (at > 0) put(', ')
    parts.push(each as Textual)
  }
  put(')')
  return parts
}

interface Spec {
  readonly at: number
  readonly next: number
  readonly verb: string | null
  readonly flags: Flags
  readonly complaints: readonly string[]
  /** Whether an argument is named by its index, and whether wrongly so. */
  readonly indexed: boolean
  readonly badIndex: boolean
}

/** What a verb prints that takes no argument, or has none. */
function withoutArgument({ verb, badIndex, next }: Spec, count: number): string | null {
  if (verb === null) return '%!(NOVERB)'
  if (verb === '%') return '%'
  if (badIndex) return `%!${verb}(BADINDEX)`
  return next >= count ? `%!${verb}(MISSING)` : null
}

/** The flags of a verb with one more. */
function withFlag(flags: Flags, flag: string | undefined): Flags {
  switch (flag) {
    case '#':
      return { ...flags, sharp: true }
    case '-':
      return { ...flags, minus: true, zero: false }
    case '0':
      return { ...flags, zero: !flags.minus }
    case '+':
      return { ...flags, plus: true }
    default:
      return { ...flags, space: true }
  }
}

/** The flags with a width that an argument gives: a negative one is a minus sign before it. */
const withWidth = (flags: Flags, width: number | null): Flags =>
  width !== null && width < 0 ? { ...flags, minus: true, zero: false, width: -width } : { ...flags, width }

/** Says whether a verb with its flags is not computed here. */
const isBeyond = ({ width, precision }: Flags, verb: string | null): boolean =>
  (width ?? 0) > WIDEST || (precision ?? 0) > WIDEST || verb === 'p' || (verb !== null && /\p{Surrogate}/u.test(verb))

/** Reads flags, width, precision and verb; null for what is not computed here. */
function readSpec(layout: readonly string[], start: number, args: readonly Value[], first: number): Spec | null {
  const complaints: string[] = []
  let [at, next] = [start, first]
  let flags: Flags = plain
  const number = (): number | null => {
    let digits = ''
    while (/^\d$/.test(layout[at] ?? '')) digits += layout[at++]
    return digits === '' ? null : Number(digits)
  }
  const starred = (complaint: string): number | null | undefined => {
    at++
    const arg = args[next]
    if (arg && !isKnown(arg)) return undefined
    if (next < args.length) next++
    if (arg?.kind === 'number' && arg.type !== 'float') return Number(arg.value)
    complaints.push(complaint)
    return null
  }
  let [indexed, badIndex, afterIndex] = [false, false, false]
  /** `[3]`: which argument is next. It is bad if it is not a number, or that of a missing argument. */
  const index = (): void => {
    afterIndex = false
    if (layout[at] !== '[') return
    indexed = true
    const close = layout.length - start < 2 ? -1 : layout.indexOf(']', at)
    const inner = close === -1 ? '' : layout.slice(at + 1, close).join('')
    afterIndex = /^\d+$/.test(inner) && Number(inner) <= WIDEST * WIDEST
    const wanted = Number(inner) - 1
    if (afterIndex && wanted >= 0 && wanted < args.length) next = wanted
    else badIndex = true
    at = close === -1 ? at + 1 : close + 1
  }
  for (; '+- 0#'.includes(layout[at] ?? '?'); at++) flags = withFlag(flags, layout[at])
  index()
  if (layout[at] === '*') {
    const width = starred('%!(BADWIDTH)')
    if (width === undefined) return null
    flags = withWidth(flags, width)
    afterIndex = false
  } else {
    flags = { ...flags, width: number() }
    if (afterIndex && flags.width !== null) badIndex = true
  }
  if (layout[at] === '.' && at + 1 < layout.length) {
    at++
    if (afterIndex) badIndex = true
    index()
    if (layout[at] === '*') {
      const precision = starred('%!(BADPREC)')
      if (precision === undefined) return null
      if (precision !== null && precision < 0) complaints.push('%!(BADPREC)')
      else flags = { ...flags, precision }
      afterIndex = false
    } else flags = { ...flags, precision: number() ?? 0 }
  }
  if (!afterIndex) index()
  const verb = layout[at] ?? null
  if (isBeyond(flags, verb)) return null
  // `%+v` is for structs alone.
  const used = verb === 'v' ? { ...flags, plus: false } : flags
  return { at: at + 1, next, verb, flags: used, complaints, indexed, badIndex }
}

/** Prints an argument: as text when it is known, as a part of a pattern when it is not and stands as it is. */
function printPart(
  arg: Value,
  verb: string,
  flags: Flags,
  unclear: (value: Value) => Textual,
): Textual | string | null {
  const asItIs = verb === 's' || (verb === 'v' && !flags.sharp)
  const isPlain = asItIs && flags.width === null && flags.precision === null
  if (isKnown(arg) && !holdsOpaque(arg)) {
    // A string that is printed as it is may hold any bytes.
    return arg.kind === 'string' && isPlain ? arg : show(arg, verb, flags)
  }
  if (isPlain && (arg.kind === 'pattern' || (arg.kind === 'unknown' && (arg.type === 'string' || arg.token))))
    return arg
  return unclear(arg)
}

const holdsOpaque = (value: Value): boolean =>
  value.kind === 'capsule' ||
  value.kind === 'function' ||
  (value.kind === 'array' && value.items.some(holdsOpaque)) ||
  (value.kind === 'object' && [...value.entries.values()].some(holdsOpaque))

/** `type=value`, as Go names an argument that it cannot use. */
function named(arg: Value, flags: Flags, unclear: (value: Value) => Textual): Textual | null {
  if (!isKnown(arg) || holdsOpaque(arg)) return unclear(arg)
  const shown = show(arg, 'v', flags)
  return shown === null ? null : text(`${goType(arg)}=${shown}`)
}

function goType(value: Value): string {
  switch (value.kind) {
    case 'number':
      if (value.type === 'float') return 'float64'
      return value.value >= 2n ** 63n ? 'uint64' : 'int'
    case 'array':
      return '[]interface {}'
    case 'object':
      return 'map[string]interface {}'
    default:
      return value.kind
  }
}

function show(value: Value, verb: string, flags: Flags, inside = false): Printed {
  // Go's own syntax for what holds values is not written here.
  if (flags.sharp && !['string', 'bool', 'number'].includes(value.kind)) return null
  if (verb === 'T' && !inside)
    return value.kind === 'null' ? pad('<nil>', flags) : showText(text(goType(value)), 's', flags)
  switch (value.kind) {
    case 'null':
      if (inside) return '<nil>'
      return verb === 'v' ? pad('<nil>', flags) : `%!${verb}(<nil>)`
    case 'bool':
      return verb === 't' || verb === 'v' ? pad(String(value.value), flags) : bad(value, verb, flags)
    case 'number':
      return value.type === 'float' ? showFloat(value, verb, flags) : showInteger(value, verb, flags)
    case 'string':
      return showText(value, verb, flags)
    case 'array': {
      const shown = value.items.map(item => show(item, verb, flags, true))
      return shown.some(each => each === null) ? null : `[${shown.join(' ')}]`
    }
    case 'object': {
      const entries = [...value.entries].sort(([a], [b]) => compareTexts(text(a), text(b)))
      const shown = entries.map(([key, held]) => {
        const [name, entry] = [show(text(key), verb, flags, true), show(held, verb, flags, true)]
        return name === null || entry === null ? null : `${name}:${entry}`
      })
      return shown.some(each => each === null) ? null : `map[${shown.join(' ')}]`
    }
    default:
      return null
  }
}

function bad(value: Value, verb: string, flags: Flags): Printed {
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

function showInteger(value: Extract<Numeric, { value: bigint }>, verb: string, flags: Flags): Printed {
  const base = bases.get(verb)
  if (base === undefined) return 'cqU'.includes(verb) ? null : bad(value, verb, flags)
  const negative = value.value < 0n
  let digits = (negative ? -value.value : value.value).toString(base)
  if (verb === 'X') digits = digits.toUpperCase()
  const sign = signOf(negative, flags)
  const { precision, width } = flags
  if (flags.sharp && verb === 'v' && value.value >= 2n ** 63n) return null
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

function showFloat(value: Extract<Numeric, { value: number }>, verb: string, flags: Flags): Printed {
  if ('bxX'.includes(verb) || flags.sharp) return null
  if (!'vgGfFeE'.includes(verb)) return bad(value, verb, flags)
  const number = value.value
  const sign = signOf(number < 0 || Object.is(number, -0), flags)
  if (Number.isNaN(number)) return pad(`${sign}NaN`, { ...flags, zero: false })
  if (!Number.isFinite(number)) return pad(`${sign === '' ? '+' : sign}Inf`, { ...flags, zero: false })
  const digits = floatDigits(Math.abs(number), verb, flags.precision)
  const { width } = flags
  if (flags.zero && !flags.minus && width !== null && sign !== '') return sign + digits.padStart(width - 1, '0')
  return pad(sign + digits, flags)
}

function showText(value: StringPattern, verb: string, flags: Flags): Printed {
  const { precision } = flags
  if (flags.sharp && verb !== 's') return verb === 'v' ? showText(value, 'q', { ...flags, sharp: false }) : null
  switch (verb) {
    case 's':
    case 'v': {
      // Stray bytes cannot be padded as text is; they are rare enough to leave.
      if (value.bytes) return null
      const runes = runesOf(value)
      return pad(precision === null ? value.value : runes.slice(0, precision).join(''), flags)
    }
    case 'q': {
      const runes = precision === null ? runesOf(value) : runesOf(value).slice(0, precision)
      return pad(quote(runes, flags.plus), flags)
    }
    case 'x':
    case 'X': {
      const hex = [...toBytes(value).subarray(0, precision ?? undefined)].map(byte =>
        byte.toString(16).padStart(2, '0'),
      )
      const joined = hex.join(flags.space ? ' ' : '')
      return pad(verb === 'X' ? joined.toUpperCase() : joined, flags)
    }
    default:
      return bad(value, verb, flags)
  }
}
