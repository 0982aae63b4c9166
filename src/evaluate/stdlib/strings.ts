import { join as joinParts, prefixOf, suffixOf } from '../value/known.ts'
import { areTooMany, LONGEST_TEXT } from '../value/size.ts'
import {
  codePoint,
  fromRunes,
  lowerRune,
  onUnit,
  onUnits,
  runesOf,
  type StringPattern,
  text,
  upperRune,
} from '../value/string-pattern.ts'
import { derived, unknown } from '../value/unknown.ts'
import type { Pattern, Unknown, Value } from '../value/value.ts'
import { type Call, ofStrings, type StandardFunction, type Textual } from './function.ts'

/** Changes every part of a pattern on its own: for functions that treat each character alone. */
function eachPart(value: Textual, call: Call, change: (part: StringPattern) => StringPattern): Value | null {
  if (value.kind !== 'pattern') return null
  const parts = value.parts.map(part =>
    typeof part === 'string' ? change({ kind: 'string', value: part }) : changedPart(part, call, change),
  )
  return joinParts(parts, call.span)
}

function changedPart(part: Unknown, call: Call, change: (part: StringPattern) => StringPattern): Unknown {
  const result = derived([part], 'string', call.span)
  const texts = part.candidates?.map(each => (each.kind === 'string' ? change(each) : null))
  return texts?.every(each => each !== null) ? { ...result, candidates: texts } : result
}

/** Changes every character; what is not a character becomes U+FFFD. */
function cased(change: (rune: string) => string): StandardFunction {
  const all = (value: StringPattern): StringPattern =>
    fromRunes(runesOf(value).map(rune => (codePoint(rune) === 0xfffd ? '\ufffd' : change(rune))))
  return ofStrings(
    ['string'],
    'string',
    ([value]) => all(value),
    ([value], call) => eachPart(value, call, all),
  )
}

/** `string.to_lower` */
export const toLower = cased(lowerRune)
/** `string.to_upper` */
export const toUpper = cased(upperRune)

/** Cuts what a test treats as superfluous off both ends. */
function trimmed(value: StringPattern, isSuperfluous: (rune: string) => boolean): StringPattern {
  const runes = runesOf(value)
  const start = runes.findIndex(rune => !isSuperfluous(rune))
  return start === -1 ? text('') : fromRunes(runes.slice(start, runes.findLastIndex(rune => !isSuperfluous(rune)) + 1))
}

/** A pattern can be trimmed where its known ends hold something that stays. */
function trimmedPattern(value: Textual, call: Call, isSuperfluous: (rune: string) => boolean): Value | null {
  // The token stays the token without the line end behind it.
  if (value.kind === 'unknown' && value.token) return value
  if (value.kind !== 'pattern') return null
  const [first, last] = [value.parts[0], value.parts.at(-1)]
  if (typeof first !== 'string' || typeof last !== 'string') return null
  const [start, end] = [cutStart(first, isSuperfluous), cutEnd(last, isSuperfluous)]
  if (start === '' || end === '') return null
  const middle = value.parts.slice(1, -1).map(part => (typeof part === 'string' ? text(part) : part))
  return joinParts([text(start), ...middle, text(end)], call.span)
}

const cutStart = (value: string, isSuperfluous: (rune: string) => boolean): string => {
  const runes = [...value]
  const start = runes.findIndex(rune => !isSuperfluous(rune))
  return start === -1 ? '' : runes.slice(start).join('')
}

const cutEnd = (value: string, isSuperfluous: (rune: string) => boolean): string => {
  const runes = [...value]
  return runes.slice(0, runes.findLastIndex(rune => !isSuperfluous(rune)) + 1).join('')
}

/** What Go treats as white space: U+0085 and U+00A0 are, U+FEFF is not. */
const isSpace = (rune: string): boolean => /^[\t\n\v\f\r\x85\p{Z}]$/u.test(rune)

/** `string.trim_space` */
export const trimSpace = ofStrings(
  ['string'],
  'string',
  ([value]) => trimmed(value, isSpace),
  ([value], call) => trimmedPattern(value, call, isSpace),
)

/** A stray byte of the text is the character U+FFFD to the set, and so is one of the set. */
const among = (cutset: StringPattern): ((rune: string) => boolean) => {
  const points = new Set(runesOf(cutset).map(codePoint))
  return rune => points.has(codePoint(rune))
}

/** `string.trim` */
export const trim = ofStrings(
  ['string', 'cutset'],
  'string',
  ([value, cutset]) => trimmed(value, among(cutset)),
  ([value, cutset], call) => (cutset.kind === 'string' ? trimmedPattern(value, call, among(cutset)) : null),
)

/** `string.trim_prefix` */
export const trimPrefix = ofStrings(
  ['string', 'prefix'],
  'string',
  texts => onUnit(texts, ([value, prefix]) => (value.startsWith(prefix) ? value.slice(prefix.length) : value)),
  ([value, prefix], call) => {
    if (value.kind !== 'pattern' || prefix.kind !== 'string' || prefix.bytes) return null
    const [first, ...others] = pieces(value)
    const known = prefixOf(value)
    if (!known.startsWith(prefix.value)) return prefix.value.startsWith(known) ? null : value
    if (first?.kind !== 'string' || !first.value.startsWith(prefix.value)) return null
    return joinParts([text(first.value.slice(prefix.value.length)), ...others], call.span)
  },
)

/** `string.trim_suffix` */
export const trimSuffix = ofStrings(
  ['string', 'suffix'],
  'string',
  texts =>
    onUnit(texts, ([value, suffix]) => (value.endsWith(suffix) ? value.slice(0, value.length - suffix.length) : value)),
  ([value, suffix], call) => {
    if (value.kind !== 'pattern' || suffix.kind !== 'string' || suffix.bytes) return null
    const parts = pieces(value)
    const last = parts.at(-1)
    const known = suffixOf(value)
    if (!known.endsWith(suffix.value)) return suffix.value.endsWith(known) ? null : value
    if (last?.kind !== 'string' || !last.value.endsWith(suffix.value)) return null
    const cut = last.value.slice(0, last.value.length - suffix.value.length)
    return joinParts([...parts.slice(0, -1), text(cut)], call.span)
  },
)

const pieces = (pattern: Pattern): readonly (StringPattern | Unknown)[] =>
  pattern.parts.map(part => (typeof part === 'string' ? text(part) : part))

/** `string.split`: an empty separator splits into characters, and an empty text is one empty piece. */
export const split = ofStrings(['string', 'separator'], 'array', ([value, separator], call) => {
  if (areTooMany(value.value.length) && areTooMany(occurrences(value, separator)))
    return unknown('size', call.span, { type: 'array' })
  const items =
    separator.value === ''
      ? runesOf(value).map(rune => fromRunes([rune]))
      : onUnits([value, separator], ([whole, mark]) => whole.split(mark))
  return { kind: 'array', items, openElements: [] }
})

/** `string.replace` */
export const replace = ofStrings(
  ['string', 'old', 'new'],
  'string',
  (texts, call) => {
    const [value, old, by] = texts
    if (value.value.length * Math.max(1, by.value.length) > LONGEST_TEXT && grown(texts) > LONGEST_TEXT)
      return unknown('size', call.span, { type: 'string' })
    if (old.value !== '') return onUnit(texts, ([whole, from, to]) => whole.split(from).join(to))
    const runes = runesOf(value).flatMap(rune => [...runesOf(by), rune])
    return fromRunes([...runes, ...runesOf(by)])
  },
  ([value, old, by], call) => {
    if (value.kind !== 'pattern' || old.kind !== 'string' || by.kind !== 'string') return null
    // What is longer than a character may begin in a known part and end in an unknown one.
    if ([...old.value].length !== 1 || old.bytes || by.bytes) return null
    return eachPart(value, call, part => text(part.value.split(old.value).join(by.value)))
  },
)

/** How long the text with everything replaced is. */
function grown([value, old, by]: readonly [StringPattern, StringPattern, StringPattern]): number {
  return value.value.length + occurrences(value, old) * by.value.length
}

/** How often a text is in another one; the empty one is at every place. */
function occurrences(value: StringPattern, wanted: StringPattern): number {
  if (wanted.value === '') return value.value.length + 1
  let count = 0
  for (let at = value.value.indexOf(wanted.value); at !== -1; count++)
    at = value.value.indexOf(wanted.value, at + wanted.value.length)
  return count
}

/** `string.join`: elements are converted to text, null to an empty one. */
export const join: StandardFunction = {
  parameters: [{ kind: 'array', of: { kind: 'string' } }, { kind: 'string' }],
  apply: (args, call) => {
    const [list, separator] = args
    const mark = separator as Textual
    if (list?.kind !== 'array') return derived(args, 'string', call.span)
    const items = list.items as readonly Textual[]
    if (list.unordered && items.length > 1) return derived([list], 'string', call.span)
    if (mark.kind === 'string' && items.length * mark.value.length > LONGEST_TEXT)
      return unknown('size', call.span, { type: 'string' })
    const parts = items.flatMap((item, at) => (at === 0 ? [item] : [mark, item]))
    // Any number of elements may follow, none among them: then no separator does.
    if (list.openElements.length > 0) parts.push(derived(list.openElements, 'string', call.span))
    return joinParts(parts, call.span)
  },
}
