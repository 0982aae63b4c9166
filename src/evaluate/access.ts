import type { Span } from '../source.ts'
import { fault, type Result } from './fault.ts'
import type { Scope } from './scope.ts'
import { library, sinceOf } from './stdlib/stdlib.ts'
import { toInt } from './value/number.ts'
import { derived, oneOf, typeOf } from './value/unknown.ts'
import type { ArrayValue, Numeric, Value } from './value/value.ts'

/** A field that is read, with the dotted name as written, where it is one. */
export interface Field {
  readonly name: string
  readonly path: string | null
}

/** `of.name`: a field that is not there is an error. */
export function access(of: Value, { name, path }: Field, span: Span, scope: Scope): Result {
  if (of.kind === 'unknown') return derived([of], 'any', span)
  // A target and the like convert to objects, which are not known.
  if (of.kind === 'capsule' && !isScalarCapsule(of.type)) return derived([of], 'any', span)
  if (of.kind !== 'object')
    return fault('wrong-type', { what: `what field ${name} is read from`, expected: 'object', actual: typeOf(of) })
  const entry = of.entries.get(name)
  if (entry) return entry
  if (of.open) return derived([of], 'any', span)
  const since = path && library.has(path) ? sinceOf(path) : null
  if (path && since !== null && [...of.entries.values()].some(({ kind }) => kind === 'function'))
    return fault('function-of-another-release', { name: path, since, release: scope.release }, 0)
  return fault('unknown-field', { name, known: [...of.entries.keys()].sort() }, 0)
}

/** `of[at]`: a key that is not there is null, an index that is not there is an error. */
export function index(of: Value, at: Value, span: Span): Result {
  switch (of.kind) {
    case 'unknown':
      return derived([of], 'any', span)
    case 'array':
      if (at.kind === 'number') return element(of, at, span)
      if (at.kind === 'unknown' && (at.type === 'any' || at.type === 'number'))
        return of.items.length + of.openElements.length === 0
          ? derived([at], 'any', span)
          : oneOf([...of.items, ...of.openElements], derived([at], 'any', span))
      return fault('wrong-type', { what: 'the index of an array', expected: 'number', actual: typeOf(at) }, 1)
    case 'object':
      return field(of, at, span)
    case 'capsule':
      if (!isScalarCapsule(of.type)) return derived([of], 'any', span)
      break
    default:
  }
  return fault(
    'wrong-type',
    { what: 'what an index is applied to', expected: 'array or object', actual: typeOf(of) },
    0,
  )
}

/** Secrets and opaque maps convert to no object. */
const isScalarCapsule = (type: string): boolean => ['secret', 'optional_secret', 'optional_text', 'map'].includes(type)

function element(of: ArrayValue, at: Numeric, span: Span): Result {
  const place = toInt(at)
  const item = place >= 0n ? of.items[Number(place)] : undefined
  const isShuffled = of.unordered === true && of.items.length > 1
  if (item && !isShuffled) return item
  if (of.openElements.length > 0 ? place >= 0n : item) {
    const options = isShuffled ? [...of.items, ...of.openElements] : of.openElements
    return oneOf(options, derived(options, 'any', span))
  }
  return fault('index-out-of-range', { index: String(place), length: of.items.length }, 1)
}

function field(of: Extract<Value, { kind: 'object' }>, at: Value, span: Span): Result {
  if (at.kind === 'string' && !at.bytes) {
    const entry = of.entries.get(at.value)
    return entry ?? (of.open ? derived([of], 'any', span) : { kind: 'null' })
  }
  if (at.kind === 'string') return { kind: 'null' }
  if (at.kind !== 'unknown' && at.kind !== 'pattern')
    return fault('wrong-type', { what: 'the key of an object', expected: 'string', actual: typeOf(at) }, 1)
  const source = derived([at], 'any', span)
  return of.open ? source : oneOf([...of.entries.values(), { kind: 'null' }], source)
}
