import { required } from '../../required.ts'
import { toBinary } from '../../syntax/strings.ts'
import { identical, isSecret } from './equality.ts'
import { fits } from './known.ts'
import { text, toBytes } from './string-pattern.ts'
import { typeOf } from './unknown.ts'
import type { ArrayValue, Pattern, Value } from './value.ts'

/** Says whether a value is among those that a partly known one may be: what evaluation promises of every result. */
export function covers(partial: Value, full: Value): boolean {
  if (full.kind === 'unknown' && full.candidates) return full.candidates.every(each => covers(partial, each))
  switch (partial.kind) {
    case 'unknown':
      if (partial.candidates) return partial.candidates.some(each => covers(each, full))
      if (partial.nonEmpty && full.kind === 'string' && full.value === '') return false
      return partial.type === 'any' || partial.type === typeOf(full)
    case 'pattern':
      return coversText(partial, full)
    case 'array':
      return full.kind === 'array' && coversArray(partial, full)
    case 'object':
      return (
        full.kind === 'object' &&
        (partial.open || !full.open) &&
        [...partial.entries].every(([key, value]) => {
          const other = full.entries.get(key)
          return other !== undefined && covers(value, other)
        }) &&
        (partial.open || full.entries.size === partial.entries.size)
      )
    case 'capsule':
      return (
        full.kind === 'capsule' &&
        full.type === partial.type &&
        (partial.of === null || (full.of !== null && covers(partial.of, full.of)))
      )
    default:
      return identical(partial, full)
  }
}

/** A pattern also stands for a secret whose content it describes: which of the two an unknown part is, decides. */
function coversText(partial: Pattern, full: Value): boolean {
  if (full.kind === 'capsule') return isSecret(full) && (full.of === null || coversText(partial, full.of))
  if (full.kind === 'string' && full.bytes) return fits(inBytes(partial), full.value)
  if (full.kind === 'string') return fits(partial, full.value)
  // An unknown part of the other one may only be where this one is unknown: U+FFFF is not a character of either.
  if (full.kind === 'pattern')
    return fits(partial, full.parts.map(part => (typeof part === 'string' ? part : '\uffff')).join(''))
  return false
}

/** A pattern with one unit a byte, to compare with a string that is not UTF-8. */
const inBytes = ({ parts }: Pattern): Pattern => ({
  kind: 'pattern',
  parts: parts.map(part => (typeof part === 'string' ? toBinary(toBytes(text(part))) : part)),
})

function coversArray(partial: ArrayValue, full: ArrayValue): boolean {
  if (full.items.length < partial.items.length) return false
  const [certain, further] = partial.unordered
    ? matched(partial.items, full.items)
    : [inPlace(partial.items, full.items), full.items.slice(partial.items.length)]
  return (
    certain && [...further, ...full.openElements].every(item => partial.openElements.some(shape => covers(shape, item)))
  )
}

const inPlace = (shapes: readonly Value[], items: readonly Value[]): boolean =>
  shapes.every((shape, at) => covers(shape, required(items[at], 'an item')))

/** Finds an item for each shape, in any order; what is left over. */
function matched(shapes: readonly Value[], items: readonly Value[]): readonly [boolean, readonly Value[]] {
  const left = [...items]
  for (const shape of shapes) {
    const at = left.findIndex(item => covers(shape, item))
    if (at === -1) return [false, left]
    left.splice(at, 1)
  }
  return [true, left]
}
