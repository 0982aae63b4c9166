import { required } from '../../required.ts'
import { fits, possibleStrings, prefixOf, suffixOf } from './known.ts'
import { toFloat, toInt, toUint } from './number.ts'
import { sameText } from './string-pattern.ts'
import { agreed, every } from './truth.ts'
import type { Capsule, Numeric, Pattern, Truth, Unknown, Value } from './value.ts'

/**
 * Alloy's `==`: deep, never an error, never between types; null where it depends on what is not known. Inside of other values
 * nothing is brought to one type: a string there never equals a secret.
 */
export function equal(left: Value, right: Value, inside = false): Truth {
  if (left.kind === 'unknown') return equalUnknown(left, right, inside)
  if (right.kind === 'unknown') return equalUnknown(right, left, inside)
  if (inside && (left.kind === 'capsule' || right.kind === 'capsule')) {
    if (left.kind !== 'capsule' || right.kind !== 'capsule') return false
    if (left.type !== right.type && isSecret(left) && isSecret(right)) return false
  }
  if (left.kind === 'pattern') return equalPattern(left, right)
  if (right.kind === 'pattern') return equalPattern(right, left)
  if (left.kind === 'capsule' || right.kind === 'capsule') return equalCapsules(left, right)
  switch (left.kind) {
    case 'null':
      return right.kind === 'null'
    case 'bool':
      return right.kind === 'bool' && left.value === right.value
    case 'number':
      return right.kind === 'number' && compareNumbers(left, right) === 0
    case 'string':
      return right.kind === 'string' && sameText(left, right)
    case 'array':
      return right.kind === 'array' && equalArrays(left, right)
    case 'object':
      return right.kind === 'object' && equalObjects(left, right)
    case 'function':
      // Go cannot compare functions: not even a function with itself.
      return false
    default:
      return left satisfies never
  }
}

/** Orders two numbers after bringing them to one kind: float if one is, else int if one is; NaN where they have no order. */
export function compareNumbers(left: Numeric, right: Numeric): number {
  if (left.type === 'float' || right.type === 'float') return orderOf(toFloat(left), toFloat(right))
  return left.type === 'uint' && right.type === 'uint'
    ? orderOf(toUint(left), toUint(right))
    : orderOf(toInt(left), toInt(right))
}

function orderOf<N extends number | bigint>(left: N, right: N): number {
  if (left < right) return -1
  if (left > right) return 1
  return left === right ? 0 : Number.NaN
}

function equalUnknown({ candidates, type, nonEmpty }: Unknown, other: Value, inside: boolean): Truth {
  if (candidates) return agreed(candidates.map(each => equal(each, other, inside)))
  const kind = other.kind === 'unknown' ? other.type : other.kind
  if (nonEmpty && other.kind === 'string' && other.value === '') return false
  // A capsule may equal a string: an OptionalSecret that is not secret.
  if ([type, kind].some(each => each === 'any' || each === 'capsule')) return null
  return type === kind || (type === 'string' && kind === 'pattern') ? null : false
}

function equalPattern(pattern: Pattern, other: Value): Truth {
  if (other.kind === 'capsule') return null
  if (other.kind !== 'string' && other.kind !== 'pattern') return false
  const possible = possibleStrings(pattern)
  if (possible) return agreed(possible.map(value => equal({ kind: 'string', value }, other)))
  if (other.kind === 'string') return other.bytes || fits(pattern, other.value) ? null : false
  const [head, tail] = [prefixOf(pattern), suffixOf(pattern)]
  const [from, to] = [prefixOf(other), suffixOf(other)]
  return (head.startsWith(from) || from.startsWith(head)) && (tail.endsWith(to) || to.endsWith(tail)) ? null : false
}

function equalCapsules(left: Value, right: Value): Truth {
  if (left.kind === 'capsule' && right.kind === 'capsule') {
    if (isSecret(left) !== isSecret(right)) return false
    if (left.of === null || right.of === null) return null
    if (left.type === right.type) return equal(left.of, right.of)
    // A Secret beside an OptionalSecret is compared as two Secrets; other types of capsules differ.
    if (left.type === 'secret' || right.type === 'secret') return equal(left.of, right.of)
    return isSecret(left) ? false : null
  }
  const [capsule, other] = left.kind === 'capsule' ? [left, right] : [right as Capsule, left]
  if (!isSecret(capsule) || (other.kind !== 'string' && other.kind !== 'pattern')) return false
  if (capsule.of === null) return null
  return equal(capsule.of, other)
}

/** Says whether a capsule is one of those that hold a string: Secret and OptionalSecret. */
export const isSecret = ({ type }: Capsule): boolean =>
  type === 'secret' || type === 'optional_secret' || type === 'optional_text'

function equalArrays(left: Extract<Value, { kind: 'array' }>, right: Extract<Value, { kind: 'array' }>): Truth {
  const [few, many] = left.items.length <= right.items.length ? [left, right] : [right, left]
  if (few.items.length < many.items.length && few.openElements.length === 0) return false
  if ((left.unordered || right.unordered) && many.items.length > 1) return null
  const heads = every(few.items.map((item, at) => equal(item, required(many.items[at], 'an item'), true)))
  if (heads === false) return false
  return few.openElements.length > 0 || many.openElements.length > 0 ? null : heads
}

function equalObjects(left: Extract<Value, { kind: 'object' }>, right: Extract<Value, { kind: 'object' }>): Truth {
  const missing = (from: typeof left, of: typeof left): boolean =>
    !of.open && [...from.entries.keys()].some(key => !of.entries.has(key))
  if (missing(left, right) || missing(right, left)) return false
  const shared = every(
    [...left.entries].map(([key, value]) => {
      const other = right.entries.get(key)
      return other ? equal(value, other, true) : null
    }),
  )
  return shared === true && (left.open || right.open) ? null : shared
}

/** Says whether two values are the same to us, unknowns included: one can stand for the other. */
export function identical(left: Value, right: Value): boolean {
  if (left === right) return true
  switch (left.kind) {
    case 'null':
      return right.kind === 'null'
    case 'bool':
      return right.kind === 'bool' && left.value === right.value
    case 'number':
      return right.kind === 'number' && left.type === right.type && Object.is(left.value, right.value)
    case 'string':
      return right.kind === 'string' && sameText(left, right)
    case 'function':
      return right.kind === 'function' && left.name === right.name
    case 'array':
      return (
        right.kind === 'array' &&
        left.bytes === right.bytes &&
        left.unordered === right.unordered &&
        allIdentical(left.items, right.items) &&
        allIdentical(left.openElements, right.openElements)
      )
    case 'object':
      return (
        right.kind === 'object' &&
        left.open === right.open &&
        left.entries.size === right.entries.size &&
        [...left.entries].every(([key, value]) => {
          const other = right.entries.get(key)
          return other !== undefined && identical(value, other)
        })
      )
    case 'capsule':
      return (
        right.kind === 'capsule' &&
        left.type === right.type &&
        left.of !== null &&
        right.of !== null &&
        identical(left.of, right.of)
      )
    case 'pattern':
      return (
        right.kind === 'pattern' &&
        left.parts.length === right.parts.length &&
        left.parts.every((part, at) => {
          const other = right.parts[at]
          if (typeof part === 'string' || typeof other === 'string') return part === other
          return other !== undefined && identical(part, other)
        })
      )
    case 'unknown':
      return (
        right.kind === 'unknown' &&
        left.because === right.because &&
        left.name === right.name &&
        left.type === right.type &&
        left.isOwnNamespace === right.isOwnNamespace &&
        left.token === right.token &&
        left.nonEmpty === right.nonEmpty &&
        left.origin.source === right.origin.source &&
        left.origin.start === right.origin.start &&
        left.origin.end === right.origin.end &&
        allIdentical(left.candidates ?? [], right.candidates ?? []) &&
        (left.candidates === undefined) === (right.candidates === undefined)
      )
    default:
      return left satisfies never
  }
}

const allIdentical = (left: readonly Value[], right: readonly Value[]): boolean =>
  left.length === right.length && left.every((value, at) => isIdenticalTo(right[at], value))

const isIdenticalTo = (other: Value | undefined, value: Value): boolean =>
  other !== undefined && identical(value, other)
