import type { Value } from '../evaluate/value/value.ts'
import { behindLast } from '../text/cut.ts'

/** The texts in a value; of one that is known in part the folder of its beginning, null where not even that is known. */
export function textsOf(value: Value, seen = new Set<Value>()): readonly (string | null)[] {
  if (seen.has(value)) return []
  seen.add(value)
  const inner = (values: Iterable<Value>): readonly (string | null)[] => {
    const texts: (string | null)[] = []
    for (const each of values) if (!seen.has(each)) for (const text of textsOf(each, seen)) texts.push(text)
    return texts
  }
  switch (value.kind) {
    case 'string':
      return [value.value]
    case 'array':
      return [...inner(value.items), ...inner(value.openElements)]
    case 'object':
      return inner(value.entries.values())
    case 'pattern': {
      const [first] = value.parts
      if (typeof first !== 'string' || !/^[A-Za-z]:[\\/]|\//.test(first)) return [null]
      return [first.slice(0, behindLast(first, /^[A-Za-z]:/.test(first) ? '\\/' : '/'))]
    }
    case 'unknown':
      return value.candidates ? inner(value.candidates) : [null]
    default:
      return []
  }
}
