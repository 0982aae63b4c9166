import { isTooDeep } from '../nesting.ts'
import { float, formatNumber } from '../value/number.ts'
import { compareTexts, lenientText, runesOf, type StringPattern, text } from '../value/string-pattern.ts'
import { derived, isKnown, unknown } from '../value/unknown.ts'
import type { Value } from '../value/value.ts'
import { ofStrings, refused, type StandardFunction } from './function.ts'

/** Stands before the digits of a number that is read as text: no character of any text. */
const MARK = '\uffff'
const stringOrNumber = /"[^"\\]*(?:\\.[^"\\]*)*"|-?\d[\d.eE+-]*/g

/**
 * What a JSON text holds; undefined when it is none, null when a number of it has no value. `number` reads the digits as they
 * are written, which JSON.parse would not tell.
 */
export function parseJson(source: StringPattern, number: (digits: string) => Value | null): Value | null | undefined {
  const json = lenientText(source)
  try {
    JSON.parse(json)
  } catch {
    return undefined
  }
  const marked = json.replace(stringOrNumber, token => (token.startsWith('"') ? token : `"${MARK}${token}"`))
  return toValue(JSON.parse(marked), number)
}

function toValue(parsed: unknown, number: (digits: string) => Value | null): Value | null {
  switch (typeof parsed) {
    case 'string':
      return parsed.startsWith(MARK) ? number(parsed.slice(1)) : text(parsed)
    case 'boolean':
      return { kind: 'bool', value: parsed }
    default: {
      if (parsed === null) return { kind: 'null' }
      if (Array.isArray(parsed)) {
        const items = parsed.map(item => toValue(item, number)).filter(item => item !== null)
        return items.length < parsed.length ? null : { kind: 'array', items, openElements: [] }
      }
      const entries = new Map<string, Value>()
      for (const [key, entry] of Object.entries(parsed as object)) {
        const value = toValue(entry, number)
        if (value === null) return null
        entries.set(text(key).value, value)
      }
      return { kind: 'object', entries, open: false }
    }
  }
}

/** `encoding.from_json`: every number is a float, the last of repeated keys wins. */
export const fromJson = ofStrings(['string'], 'any', ([source], call) => {
  if (isTooDeep(source.value)) return unknown('size', call.span)
  const value = parseJson(source, digits => (Number.isFinite(Number(digits)) ? float(Number(digits)) : null))
  if (value === undefined) return refused(call, 'the text is not valid JSON', 0)
  return value ?? refused(call, 'a number in the text is too large for a float', 0)
})

const escapes: ReadonlyMap<string, string> = new Map([
  ['"', '\\"'],
  ['\\', '\\\\'],
  ['\b', '\\b'],
  ['\f', '\\f'],
  ['\n', '\\n'],
  ['\r', '\\r'],
  ['\t', '\\t'],
])

/** Go escapes what could end a script element beside what JSON demands, and what is not text. */
const quoted = (value: StringPattern): string => `"${runesOf(value).map(escaped).join('')}"`

function escaped(rune: string): string {
  const known = escapes.get(rune)
  if (known) return known
  if (/\p{Surrogate}/u.test(rune)) return '\\ufffd'
  return /[\u0000-\u001f<>&\u2028\u2029]/.test(rune) ? `\\u${rune.charCodeAt(0).toString(16).padStart(4, '0')}` : rune
}

/** Writes a known value as Go does; null for what Go would refuse, undefined for what it would write of a secret. */
function write(value: Value): string | null | undefined {
  switch (value.kind) {
    case 'null':
      return 'null'
    case 'bool':
      return String(value.value)
    case 'number':
      if (value.type !== 'float') return formatNumber(value)
      if (!Number.isFinite(value.value)) return null
      return Object.is(value.value, -0) ? '-0' : String(value.value)
    case 'string':
      return quoted(value)
    case 'array':
      return list(value.items.map(write), '[', ']')
    case 'object': {
      const entries = [...value.entries].sort(([a], [b]) => compareTexts(text(a), text(b)))
      const fields = entries.map(([key, held]) => {
        const written = write(held)
        return typeof written === 'string' ? `${quoted(text(key))}:${written}` : written
      })
      return list(fields, '{', '}')
    }
    case 'function':
      return null
    case 'capsule': {
      const written = value.type === 'optional_text' && value.of ? write(value.of) : undefined
      return typeof written === 'string' ? `{"IsSecret":false,"Value":${written}}` : undefined
    }
    default:
      return undefined
  }
}

function list(parts: readonly (string | null | undefined)[], open: string, close: string): string | null | undefined {
  if (parts.includes(undefined)) return undefined
  return parts.includes(null) ? null : `${open}${parts.join(',')}${close}`
}

/** `encoding.to_json`: takes an object only. */
export const toJson: StandardFunction = {
  parameters: [{ kind: 'any' }],
  apply: (args, call) => {
    const [value] = args
    if (value?.kind !== 'object')
      return value?.kind === 'unknown' ? derived(args, 'string', call.span) : refused(call, 'accepts only an object', 0)
    const written = isKnown(value) ? write(value) : undefined
    if (written === undefined) return derived(args, 'string', call.span)
    return written === null ? refused(call, 'the object contains values that JSON cannot represent', 0) : text(written)
  },
}
