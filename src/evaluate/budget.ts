import { type Diagnostic, diagnostic } from '../diagnostic/diagnostic.ts'
import type { Span } from '../source.ts'
import { ELEMENT, eachPart, weightOf } from './value/size.ts'
import type { Value } from './value/value.ts'

/** What the values of one configuration may weigh together: characters, and eight for each element and each place of one. */
export const mostComputed = 128 * 1024 * 1024

/** What may be passed to arguments, where what is shared counts each time: components look at all of it. */
export const mostHanded = 256 * 1024 * 1024

/** What is left of both. */
export interface Budget {
  /** Says whether a value may be passed to one more argument. */
  readonly hands: (value: Value, span: Span) => boolean
  /** Says whether a value fits, and counts those of its parts that no value before it has had. */
  readonly admits: (value: Value, span: Span) => boolean
}

/** Makes the budget of one configuration. It says once that it is used up. */
export function budgetOf(
  report: (found: Diagnostic) => void,
  { computed = mostComputed, handed = mostHanded } = {},
): Budget {
  const counted = new WeakSet<Value>()
  let left = computed
  let leftToHand = handed
  let isSaid = false
  const say = (span: Span): false => {
    if (!isSaid) report(diagnostic('values-too-large', span, {}))
    isSaid = true
    return false
  }
  return {
    hands: (value, span) => {
      leftToHand -= leftToHand < 0 ? 0 : weightOf(value)
      return leftToHand >= 0 || say(span)
    },
    admits: (value, span) => {
      const open = [value]
      for (let part = open.pop(); part && left >= 0; part = open.pop()) {
        if (counted.has(part)) continue
        counted.add(part)
        if (part.kind === 'string') left -= part.value.length
        left -= ELEMENT
        eachPart(part, inner => {
          left -= ELEMENT
          if (typeof inner === 'string') left -= inner.length + ELEMENT
          else open.push(inner)
        })
      }
      return left >= 0 || say(span)
    },
  }
}
