import type { Value } from './value.ts'

/** The longest string that is computed, in units: as much as a file may hold. */
export const LONGEST_TEXT = 16 * 1024 * 1024
/** The deepest value that is computed; literals reach 128. */
const DEEPEST = 1_000
/** What an element of an array or object weighs, so that the largest value has a million of them. */
export const ELEMENT = 8

/** Says whether so many elements are more than one value may have. */
export const areTooMany = (elements: number): boolean => elements * 2 * ELEMENT > LONGEST_TEXT

interface Size {
  readonly weight: number
  readonly depth: number
}

const sizes = new WeakMap<object, Size>()

/**
 * Says whether a value is too large to go on computing with: parts are shared, so that a short configuration can describe
 * values that no memory holds. Such a value becomes unknown.
 */
export function isTooLarge(value: Value): boolean {
  const { weight, depth } = sizeOf(value)
  return weight > LONGEST_TEXT + ELEMENT || depth > DEEPEST
}

/** What a value weighs, shared parts as often as they appear in it. */
export const weightOf = (value: Value): number => sizeOf(value).weight

function sizeOf(value: Value): Size {
  if (value.kind === 'string') return { weight: value.value.length + ELEMENT, depth: 1 }
  if (!hasParts(value)) return { weight: ELEMENT, depth: 1 }
  const known = sizes.get(value)
  if (known) return known
  let [weight, depth] = [ELEMENT, 0]
  eachPart(value, part => {
    const size = typeof part === 'string' ? { weight: part.length + ELEMENT, depth: 1 } : sizeOf(part)
    weight += size.weight + ELEMENT
    depth = Math.max(depth, size.depth)
  })
  const size = { weight, depth: depth + 1 }
  sizes.set(value, size)
  return size
}

const hasParts = ({ kind }: Value): boolean =>
  kind === 'array' || kind === 'object' || kind === 'capsule' || kind === 'pattern' || kind === 'unknown'

/** Visits what a value is made of: values, and texts, which keys and known parts are. */
export function eachPart(value: Value, visit: (part: Value | string) => void): void {
  switch (value.kind) {
    case 'array':
      for (const item of value.items) visit(item)
      for (const shape of value.openElements) visit(shape)
      return
    case 'object':
      for (const [key, entry] of value.entries) {
        visit(key)
        visit(entry)
      }
      return
    case 'capsule':
      if (value.of) visit(value.of)
      return
    case 'pattern':
      for (const part of value.parts) visit(part)
      return
    case 'unknown':
      for (const candidate of value.candidates ?? []) visit(candidate)
      return
    default:
  }
}
