import { type Diagnostic, diagnostic } from '../diagnostic/diagnostic.ts'
import type { Span } from '../source.ts'
import { ELEMENT, partsOf } from './size.ts'
import type { Value } from './value.ts'

/** What the values of one configuration may weigh together: characters, and eight for each element and each place of one. */
export const mostComputed = 128 * 1024 * 1024

/** What is left of that. */
export interface Budget {
  /** Says whether a value fits, and counts those of its parts that no value before it has had. */
  readonly admits: (value: Value, span: Span) => boolean
}

/** Makes the budget of one configuration. It says once that it is used up. */
export function budgetOf(report: (found: Diagnostic) => void, most = mostComputed): Budget {
  const counted = new WeakSet<Value>()
  let left = most
  let isSaid = false
  return {
    admits: (value, span) => {
      const open = [value]
      for (let part = open.pop(); part && left >= 0; part = open.pop()) {
        if (counted.has(part)) continue
        counted.add(part)
        if (part.kind === 'string') left -= part.value.length
        left -= ELEMENT
        for (const inner of partsOf(part)) {
          left -= ELEMENT
          open.push(inner)
        }
      }
      if (left >= 0) return true
      if (!isSaid) report(diagnostic('values-too-large', span, {}))
      isSaid = true
      return false
    },
  }
}
