import type { Value } from './value.ts'

/** Lists and objects as they are read: one may be passed to thousands of arguments. */
const read = new WeakMap<Value, Value>()

/** What a component reads of a value: an OptionalSecret that is not secret is its text, wherever it lies. */
export function asRead(value: Value): Value {
  switch (value.kind) {
    case 'capsule':
      return value.type === 'optional_text' && value.of ? value.of : value
    case 'unknown': {
      const { candidates } = value
      const changed = candidates && changedList(candidates)
      return changed ? { ...value, candidates: changed } : value
    }
    case 'array':
    case 'object': {
      const known = read.get(value) ?? changedInside(value)
      read.set(value, known)
      return known
    }
    default:
      return value
  }
}

function changedInside(value: Extract<Value, { kind: 'array' | 'object' }>): Value {
  if (value.kind === 'array') {
    const [items, openElements] = [changedList(value.items), changedList(value.openElements)]
    if (!items && !openElements) return value
    return { ...value, items: items ?? value.items, openElements: openElements ?? value.openElements }
  }
  const values = changedList([...value.entries.values()])
  if (!values) return value
  return {
    ...value,
    entries: new Map([...value.entries.keys()].map((key, at) => [key, values[at] ?? { kind: 'null' }])),
  }
}

/** The values as they are read; null where that changes none. */
function changedList(values: readonly Value[]): readonly Value[] | null {
  const changed = values.map(asRead)
  return changed.some((each, at) => each !== values[at]) ? changed : null
}
