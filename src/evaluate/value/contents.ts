import type { Unknown, Value } from './value.ts'

/** The unknowns that a value holds, at any depth. */
export function unknownsOf(value: Value): readonly Unknown[] {
  switch (value.kind) {
    case 'unknown':
      return [value]
    case 'pattern':
      return value.parts.filter(part => typeof part !== 'string')
    case 'array':
      return [...value.items, ...value.openElements].flatMap(unknownsOf)
    case 'object':
      return [...value.entries.values()].flatMap(unknownsOf)
    case 'capsule':
      return value.of ? unknownsOf(value.of) : []
    default:
      return []
  }
}

/** The values that a value may be: its candidates where it is unknown and they are listed, else itself. */
export function alternatives(value: Value): readonly Value[] {
  return value.kind === 'unknown' && value.candidates?.length ? value.candidates.flatMap(alternatives) : [value]
}
