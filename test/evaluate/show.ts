import { formatNumber } from '../../src/evaluate/value/number.ts'
import type { Value } from '../../src/evaluate/value/value.ts'

/** A value on one line: `?` is unknown, `{a | b}` one of several, `...(x)` any number of such elements. */
export function show(value: Value): string {
  switch (value.kind) {
    case 'null':
      return 'null'
    case 'bool':
      return String(value.value)
    case 'number':
      return formatNumber(value)
    case 'string':
      return `${value.bytes ? 'b' : ''}${JSON.stringify(value.value)}`
    case 'array': {
      const rest = value.openElements.length > 0 ? [`...(${value.openElements.map(show).join(' | ')})`] : []
      return `[${[...value.items.map(show), ...rest].join(', ')}]`
    }
    case 'object': {
      const fields = [...value.entries].map(([key, entry]) => `${key}: ${show(entry)}`)
      return `{${[...fields, ...(value.open ? ['...'] : [])].join(', ')}}`
    }
    case 'function':
      return value.name
    case 'capsule':
      return `${value.type}(${value.of ? show(value.of) : 'not known'})`
    case 'pattern':
      return value.parts.map(part => (typeof part === 'string' ? JSON.stringify(part) : show(part))).join(' + ')
    case 'unknown':
      return value.candidates
        ? `{${value.candidates.map(show).join(' | ')}}`
        : `?${value.type === 'any' ? '' : value.type}`
    default:
      return value satisfies never
  }
}
