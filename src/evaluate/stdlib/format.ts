import { required } from '../../required.ts'
import type { Span } from '../../source.ts'
import { isSecret } from '../value/equality.ts'
import { join } from '../value/known.ts'
import { LONGEST_TEXT } from '../value/size.ts'
import { fromRunes, runesOf, text } from '../value/string-pattern.ts'
import { derived, isKnown, unknown } from '../value/unknown.ts'
import type { Value } from '../value/value.ts'
import type { StandardFunction, Textual } from './function.ts'
import { beforeText, type Flags, goType, plain, show } from './show.ts'

/** A greater width or precision is not computed. */
const WIDEST = 1_000

/** Go reads no greater one. */
const MOST = 1_000_000

/** `string.format`: Go's `fmt.Sprintf`, which never fails; unknown are addresses alone. */
export const format: StandardFunction = {
  parameters: [{ kind: 'string' }],
  rest: { kind: 'any' },
  apply: (given, { span }) => {
    const [layout, ...args] = given
    if (layout?.kind !== 'string') return derived(given, 'string', span)
    const parts = print(runesOf(layout), args, span)
    return parts ? join(parts, span) : derived(args, 'string', span)
  },
}

function print(layout: readonly string[], args: readonly Value[], span: Span): readonly Textual[] | null {
  const parts: Textual[] = []
  let length = 0
  let next = 0
  /** Whether an argument was named by its index: then none is left over. */
  let reordered = false
  const put = (value: string | Textual): void => {
    const part = typeof value === 'string' ? text(value) : value
    if (part.kind === 'string') length += part.value.length
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
    const printed = printPart(arg, required(spec.verb, 'a verb'), spec.flags, span)
    if (printed === null) return null
    put(printed)
  }
  if (reordered || next >= args.length) return parts
  for (const [at, arg] of args.slice(next).entries()) {
    const printed = extra(arg, span)
    if (printed === null) return null
    put(at > 0 ? ', ' : '%!(EXTRA ')
    put(printed)
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
  (width ?? 0) > WIDEST || (precision ?? 0) > WIDEST || (verb !== null && /\p{Surrogate}/u.test(verb))

/** Reads flags, width, precision and verb; null for what is not computed here. */
function readSpec(layout: readonly string[], start: number, args: readonly Value[], first: number): Spec | null {
  const complaints: string[] = []
  let [at, next] = [start, first]
  let flags: Flags = plain
  const number = (): number | null => {
    let digits = ''
    while (/^\d$/.test(layout[at] ?? '')) digits += layout[at++]
    if (Number(digits.slice(0, -1)) > MOST) at = layout.length
    return digits === '' || at === layout.length ? null : Number(digits)
  }
  const starred = (complaint: string): number | null | undefined => {
    at++
    const arg = args[next]
    if (arg && !isKnown(arg)) return undefined
    if (next < args.length) next++
    if (arg?.kind === 'number' && arg.type !== 'float' && arg.value >= -MOST && arg.value <= MOST)
      return Number(arg.value)
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
    afterIndex = /^\d+$/.test(inner) && Number(inner) <= MOST
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
  const { plus, sharp } = flags
  const isGeneral = verb === 'v' || verb === 'w'
  const used = isGeneral ? { ...flags, plus: false, sharp: false, fields: plus, syntax: sharp } : flags
  return { at: at + 1, next, verb, flags: used, complaints, indexed, badIndex }
}

/** Prints an argument: as text when it is known, as a part of a pattern when it is not and stands as it is. */
function printPart(arg: Value, verb: string, flags: Flags, span: Span): Textual | null {
  const isPlain = 'sv'.includes(verb) && flags.width === null && flags.precision === null && !flags.syntax
  if (isKnown(arg) && !holdsOpaque(arg)) {
    const shown = show(arg, verb, flags)
    return shown === null ? null : fromRunes([...shown])
  }
  if (isPlain && (arg.kind === 'pattern' || (arg.kind === 'unknown' && (arg.type === 'string' || arg.token))))
    return arg
  if (isPlain && arg.kind === 'capsule' && isSecret(arg) && arg.of) {
    const inner = printPart(isKnown(arg.of) ? unknown('secret', span, { type: 'string' }) : arg.of, verb, flags, span)
    if (inner && arg.type === 'secret') return inner
    if (inner) return join([text(beforeText(arg, verb, flags)), inner, text('}')], span)
  }
  return derived([arg], 'string', span)
}

/** Says whether a value holds what is not shown: a secret does not become text here. */
const holdsOpaque = (value: Value): boolean =>
  (value.kind === 'capsule' && value.type !== 'optional_text') ||
  value.kind === 'function' ||
  (value.kind === 'array' && value.items.some(holdsOpaque)) ||
  (value.kind === 'object' && [...value.entries.values()].some(holdsOpaque))

/** An argument that no verb takes, with its type. */
function extra(arg: Value, span: Span): Textual | null {
  if (!isKnown(arg) || holdsOpaque(arg)) return derived([arg], 'string', span)
  const [type, shown] = [goType(arg), show(arg, 'v', plain)]
  return shown === null ? null : fromRunes([...(type === null ? '' : `${type}=`), ...shown])
}
