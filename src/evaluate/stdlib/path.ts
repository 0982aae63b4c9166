import { clean } from '../../kubernetes/clean.ts'
import { onUnit, type StringPattern, text } from '../value/string-pattern.ts'
import { derived } from '../value/unknown.ts'
import type { StandardFunction } from './function.ts'

/** `file.path_join`: empty elements are passed over; the result is cleaned, and empty when all are. */
export const pathJoin: StandardFunction = {
  parameters: [],
  rest: { kind: 'string' },
  apply: (args, call) => {
    if (!args.every(({ kind }) => kind === 'string')) return derived(args, 'string', call.span)
    const parts = (args as readonly StringPattern[]).filter(({ value }) => value !== '')
    return parts.length === 0 ? text('') : onUnit(parts, values => clean(values.join('/')))
  },
}
