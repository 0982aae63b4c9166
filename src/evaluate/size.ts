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

function sizeOf(value: Value): Size {
  if (value.kind === 'string') return { weight: value.value.length + ELEMENT, depth: 1 }
  const parts = partsOf(value)
  if (parts.length === 0) return { weight: ELEMENT, depth: 1 }
  const known = sizes.get(value)
  if (known) return known
  let [weight, depth] = [ELEMENT, 0]
  for (const part of parts) {
    const size = sizeOf(part)
    weight += size.weight + ELEMENT
    depth = Math.max(depth, size.depth)
  }
  const size = { weight, depth: depth + 1 }
  sizes.set(value, size)
  return size
}

/** The values that a value is made of, keys among them. */
export function partsOf(value: Value): readonly Value[] {
  switch (value.kind) {
    case 'array':
      return [...value.items, ...value.rest]
    case 'object':
      return [...value.entries].flatMap(([key, entry]) => [{ kind: 'string', value: key } as const, entry])
    case 'capsule':
      return value.of ? [value.of] : []
    case 'pattern':
      return value.parts.map(part => (typeof part === 'string' ? { kind: 'string', value: part } : part))
    case 'unknown':
      return value.candidates ?? []
    default:
      return []
  }
}
