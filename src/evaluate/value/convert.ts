import { required } from '../../required.ts'
import { parseDuration } from './duration.ts'
import { isSecret } from './equality.ts'
import { float, formatNumber, int, toFloat, toInt, toUint, uint } from './number.ts'
import { fromBytes, text } from './string-pattern.ts'
import { typeOf } from './unknown.ts'
import type { ArrayValue, Capsule, Numeric, Type, Unknown, Value } from './value.ts'

/** The type that an attribute or a parameter asks for. */
export type TargetType =
  | { readonly kind: 'string' }
  | { readonly kind: 'bool' }
  /** Without `as` the number keeps its own kind. */
  | { readonly kind: 'number'; readonly as?: Numeric['type'] }
  | { readonly kind: 'duration' }
  | { readonly kind: 'secret' }
  | { readonly kind: 'optional_secret' }
  | { readonly kind: 'array'; readonly of: TargetType }
  | { readonly kind: 'map'; readonly of: TargetType }
  /** A fixed set of fields, all of which may be left out. */
  | { readonly kind: 'object'; readonly fields: ReadonlyMap<string, TargetType> }
  /** A Go value such as a receiver or a discovery target; `Target` is also made from an object. */
  | { readonly kind: 'capsule'; readonly type: string }
  | { readonly kind: 'any' }

/** Why a value cannot be converted. */
export interface Mismatch {
  readonly kind: 'mismatch'
  /** Completes a sentence whose subject is the value: `is of type bool, expected string`. Holds no part of the value. */
  readonly text: string
  /** Where in the value: keys and indices, outermost first. */
  readonly path: readonly (string | number)[]
}

/** A converted value, or why there is none. */
export type Converted = Value | Mismatch

/**
 * Converts a value to the type an attribute asks for, as Alloy decodes it: numbers become text and numeric text numbers, null
 * the zero value; nothing else is converted. What is not known stays so, of the wanted type, without the candidates that do not
 * fit.
 */
export function convert(value: Value, wanted: TargetType): Converted {
  if (value.kind === 'unknown') return convertUnknown(value, wanted)
  switch (wanted.kind) {
    case 'any':
      return value
    case 'string':
      return toText(value)
    case 'bool':
      if (value.kind === 'null') return { kind: 'bool', value: false }
      return value.kind === 'bool' ? value : wrong(value, 'bool')
    case 'number':
      return toNumber(value, wanted.as)
    case 'duration':
      return toDuration(value)
    case 'secret':
    case 'optional_secret':
      return toSecret(value, wanted.kind)
    case 'array':
      return toArray(value, wanted.of)
    case 'map':
      return toObject(value, () => wanted.of)
    case 'object':
      return toObject(value, key => wanted.fields.get(key) ?? null)
    case 'capsule':
      return toCapsule(value, wanted.type)
    default:
      return wanted satisfies never
  }
}

const types: { readonly [kind in TargetType['kind']]: Type } = {
  any: 'any',
  string: 'string',
  bool: 'bool',
  number: 'number',
  duration: 'string',
  secret: 'capsule',
  optional_secret: 'capsule',
  array: 'array',
  map: 'object',
  object: 'object',
  capsule: 'capsule',
}

/** What a wanted type is called in a message. */
const names: { readonly [kind in TargetType['kind']]: string } = {
  ...types,
  duration: 'duration',
  secret: 'string or secret',
  optional_secret: 'string or secret',
}

/** The types that no value of a type is ever converted to, whatever it is: texts may be numbers, and bytes are a text. */
const never: { readonly [type in Type]?: readonly Type[] } = {
  string: ['bool', 'array', 'object'],
  number: ['bool', 'array', 'object'],
  bool: ['string', 'number', 'array', 'object'],
  array: ['bool', 'number', 'object'],
  object: ['string', 'bool', 'number', 'array'],
}

function convertUnknown(value: Unknown, wanted: TargetType): Converted {
  if (wanted.kind === 'any') return value
  // A secret's or a target's place may also be taken by text or an object: the type then stays open.
  const type = types[wanted.kind] === 'capsule' ? value.type : types[wanted.kind]
  if (!value.candidates)
    return never[value.type]?.includes(types[wanted.kind]) ? wrong(value, names[wanted.kind]) : { ...value, type }
  const candidates: Value[] = []
  let first: Mismatch | null = null
  for (const candidate of value.candidates) {
    const converted = convert(candidate, wanted)
    if (converted.kind === 'mismatch') first ??= converted
    else candidates.push(converted)
  }
  if (candidates.length === 0 && first) return first
  const [only, ...others] = candidates
  return only && others.length === 0 ? only : { ...value, type, candidates }
}

const mismatch = (text: string, path: readonly (string | number)[] = []): Mismatch => ({ kind: 'mismatch', text, path })

const wrong = (value: Value, expected: string): Mismatch =>
  mismatch(`is of type ${typeOf(value)}, expected ${expected}`)

function toText(value: Value): Converted {
  switch (value.kind) {
    case 'string':
    case 'pattern':
      return value
    case 'number':
      return text(formatNumber(value))
    case 'null':
      return text('')
    case 'array':
      return value.bytes ? bytesOf(value) : wrong(value, 'string')
    case 'capsule':
      if (value.type === 'optional_text') return value.of ?? wrong(value, 'string')
      return isSecret(value) ? mismatch('is a secret, expected string') : wrong(value, 'string')
    default:
      return wrong(value, 'string')
  }
}

/** The text that a slice of bytes is. */
function bytesOf({ items }: ArrayValue): Value {
  return fromBytes(Uint8Array.from(items, item => (item.kind === 'number' ? Number(toUint(item)) : 0)))
}

function toNumber(value: Value, as: Numeric['type'] | undefined): Converted {
  switch (value.kind) {
    case 'number':
      return asKind(value, as)
    case 'null':
      return asKind(int(0), as)
    case 'string': {
      const number = value.bytes ? null : parseNumber(value.value)
      return number ? asKind(number, as) : mismatch('is a string that is not a number, expected number')
    }
    case 'pattern':
      return unknownPart(value, 'number')
    case 'capsule':
      if (value.type === 'optional_text' && value.of) return toNumber(value.of, as)
      return wrong(value, 'number')
    default:
      return wrong(value, 'number')
  }
}

function asKind(number: Numeric, as: Numeric['type'] | undefined): Numeric {
  switch (as) {
    case 'int':
      return int(toInt(number))
    case 'uint':
      return uint(toUint(number))
    case 'float':
      return float(toFloat(number))
    default:
      return number
  }
}

/** Reads a number as Alloy does where one is wanted: a minus sign means int, a point or an `e` float, anything else uint. */
function parseNumber(value: string): Numeric | null {
  if (value.startsWith('-')) {
    if (!/^-\d+$/.test(value) || BigInt(value) < -(2n ** 63n)) return null
    return int(BigInt(value))
  }
  if (/[.eE]/.test(value)) {
    if (!/^[+]?(\d+(?:\.\d*)?|\.\d+)([eE][-+]?\d+)?$/.test(value)) return null
    const parsed = Number(value)
    return Number.isFinite(parsed) ? float(parsed) : null
  }
  if (!/^\d+$/.test(value) || BigInt(value) >= 2n ** 64n) return null
  return uint(BigInt(value))
}

/** An unknown with the reason of a pattern's first unknown part. */
function unknownPart(pattern: Extract<Value, { kind: 'pattern' }>, type: Type): Unknown {
  const part = pattern.parts.find(part => typeof part !== 'string')
  const { because, origin, name } = required(part, 'the unknown part of a pattern')
  return { kind: 'unknown', because, origin, name, type }
}

function toDuration(value: Value): Converted {
  const converted = toText(value)
  if (converted.kind === 'mismatch') return wrong(value, 'duration')
  if (value.kind === 'null') return text('0s')
  if (converted.kind !== 'string') return converted
  if (!converted.bytes && parseDuration(converted.value) !== null) return converted
  return mismatch('is not a valid duration, expected a number with a unit as in 30s or 1h30m')
}

function toSecret(value: Value, type: 'secret' | 'optional_secret'): Converted {
  switch (value.kind) {
    case 'string':
    case 'pattern':
      return { kind: 'capsule', type: type === 'secret' ? 'secret' : 'optional_text', of: value }
    case 'null':
      return { kind: 'capsule', type: type === 'secret' ? 'secret' : 'optional_text', of: text('') }
    case 'array':
      return wrong(value, names[type])
    case 'capsule':
      if (!isSecret(value)) return wrong(value, names[type])
      if (type === 'secret') return { ...value, type }
      return value.type === 'secret' ? { ...value, type: 'optional_secret' } : value
    default:
      return wrong(value, names[type])
  }
}

function toArray(value: Value, of: TargetType): Converted {
  if (value.kind === 'null') return { kind: 'array', items: [], openElements: [] }
  if (value.kind !== 'array') return wrong(value, 'array')
  const items: Value[] = []
  for (const [at, item] of value.items.entries()) {
    const converted = convert(item, of)
    if (converted.kind === 'mismatch') return { ...converted, path: [at, ...converted.path] }
    items.push(converted)
  }
  // Elements that may not be there at all are not an error when they do not fit.
  const openElements = value.openElements
    .map(item => convert(item, of))
    .filter((item): item is Value => item.kind !== 'mismatch')
  const { bytes: _, ...plain } = value
  return { ...(of.kind === 'any' ? value : plain), items, openElements }
}

function toObject(value: Value, of: (key: string) => TargetType | null): Converted {
  if (value.kind === 'null') return { kind: 'object', entries: new Map(), open: false }
  if (value.kind !== 'object') return wrong(value, 'object')
  const entries = new Map<string, Value>()
  for (const [key, entry] of value.entries) {
    const wanted = of(key)
    if (!wanted) return mismatch('is a field that does not exist', [key])
    const converted = convert(entry, wanted)
    if (converted.kind === 'mismatch') return { ...converted, path: [key, ...converted.path] }
    entries.set(key, converted)
  }
  return { ...value, entries }
}

function toCapsule(value: Value, type: string): Converted {
  if (value.kind === 'null') return value
  if (value.kind === 'capsule') return isSecret(value) ? wrongCapsule(value, type) : value
  if (value.kind === 'object' && type === 'Target') return toObject(value, () => ({ kind: 'string' }))
  return wrong(value, type)
}

const wrongCapsule = (value: Capsule, type: string): Mismatch => mismatch(`is a ${value.type}, expected ${type}`)
