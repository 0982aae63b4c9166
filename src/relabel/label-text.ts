import { identical } from '../evaluate/value/equality.ts'
import { possibleStrings } from '../evaluate/value/known.ts'
import { formatNumber } from '../evaluate/value/number.ts'
import type { ObjectValue, Unknown, Value } from '../evaluate/value/value.ts'
import { required } from '../required.ts'

/** A text of known and unknown parts; no two known ones stand side by side and none is empty, so the empty text has no parts. */
export type Text = readonly (string | Unknown)[]

/**
 * Labels of which not all is known. A label that is not listed is absent, or, in an open target, unknown; an empty text says that a
 * label is absent.
 */
export type Target = ObjectValue

/** More alternatives than these are not distinguished: the text is then unknown. */
export const mostAlternatives = 48

/** The texts that a value may be. Null and what is not text count as the empty one, as an absent label does. */
export function textsOf(value: Value): readonly Text[] {
  switch (value.kind) {
    case 'string':
      return [value.value === '' ? [] : [value.value]]
    case 'pattern':
      return possibleStrings(value)?.map(each => concat([each])) ?? [value.parts]
    case 'unknown':
      return value.candidates ? unique(value.candidates.flatMap(textsOf)) : [[value]]
    case 'number':
      return [[formatNumber(value)]]
    case 'capsule':
      return value.of ? textsOf(value.of) : [[]]
    default:
      return [[]]
  }
}

/** A value that may be any of the texts. */
export function oneOf(texts: readonly Text[], origin: Unknown['origin']): Value {
  const all = unique(texts)
  const [only, ...others] = all
  if (only && others.length === 0) return single(only)
  const unknown = { kind: 'unknown', because: 'export', origin, name: null, type: 'string' } as const
  if (all.length > mostAlternatives) return unknown
  return { ...unknown, candidates: all.map(single) }
}

function single(text: Text): Value {
  const [first] = text
  if (first === undefined) return { kind: 'string', value: '' }
  if (text.length > 1) return { kind: 'pattern', parts: text }
  return typeof first === 'string' ? { kind: 'string', value: first } : first
}

/** Joins parts into one text. */
export function concat(parts: Text): Text {
  const joined: (string | Unknown)[] = []
  for (const part of parts) {
    const last = joined.at(-1)
    if (part === '') continue
    if (typeof part === 'string' && typeof last === 'string') joined[joined.length - 1] = last + part
    else joined.push(part)
  }
  return joined
}

/** The text when all of it is known. */
export function literal(text: Text): string | null {
  if (text.length === 0) return ''
  return text.length === 1 && typeof text[0] === 'string' ? text[0] : null
}

/** Whether a text is not empty; null where that depends. */
export function isFilled(text: Text): boolean | null {
  if (text.length === 0) return false
  return text.some(part => typeof part === 'string' || part.nonEmpty) ? true : null
}

/** Says whether a text can be `wanted`: its known parts appear in it in order, the first and last at its ends. */
export function fits(text: Text, wanted: string): boolean {
  let ends: ReadonlySet<number> = new Set([0])
  for (const part of text) {
    const next = new Set<number>()
    if (typeof part === 'string') {
      for (const end of ends) if (wanted.startsWith(part, end)) next.add(end + part.length)
    } else {
      // Whatever a later end leads to, the first one does.
      const [first = wanted.length + 1] = ends
      for (let at = first + (part.nonEmpty ? 1 : 0); at <= wanted.length; at++) next.add(at)
    }
    ends = next
  }
  return ends.has(wanted.length)
}

/** Keeps each text once, and no more of them than tell that there are too many. */
export function unique(texts: readonly Text[]): readonly Text[] {
  const found: Text[] = []
  for (const text of texts) {
    const same = (other: Text) =>
      other.length === text.length && other.every((part, at) => samePart(part, required(text[at], 'a part')))
    if (!found.some(same)) found.push(text)
    if (found.length > mostAlternatives) break
  }
  return found
}

const samePart = (a: Text[number], b: Text[number]): boolean =>
  typeof a === 'string' || typeof b === 'string' ? a === b : identical(a, b)

/** The texts that a label may be; one that is not listed is absent, or, where there may be more labels, unknown. */
export function textsAt({ entries, open }: Target, name: string, unknownText: Unknown): readonly Text[] {
  const value = entries.get(name)
  if (value) return textsOf(value)
  return open ? [[unknownText]] : [[]]
}
