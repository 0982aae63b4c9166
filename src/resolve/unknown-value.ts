import type { Unknown } from '../evaluate/value/value.ts'
import type { Span } from '../source.ts'

/** A value that no one can know before it runs. */
export const unknownValue = (origin: Span, because: Unknown['because'] = 'export'): Unknown => ({
  kind: 'unknown',
  because,
  origin,
  name: null,
  type: 'any',
})
