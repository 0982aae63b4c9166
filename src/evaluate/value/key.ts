import type { Value } from './value.ts'

/** A value of more parts than these is told by which object it is, not by what it holds: keys stay short whatever they stand for. */
const MOST_PARTS = 32

/** Makes a function that gives two values the same text only where they are the same, unknown parts and their origins included. */
export function valueKeys(): (value: Value) => string {
  const numbers = new Map<unknown, number>()
  const numberOf = (one: unknown): number => {
    const known = numbers.get(one)
    if (known !== undefined) return known
    numbers.set(one, numbers.size)
    return numbers.size - 1
  }

  return value => {
    const parts: string[] = []
    write(value, parts)
    return parts.length > MOST_PARTS ? `#${numberOf(value)}` : parts.join(' ')
  }

  function writeAll(values: readonly Value[], parts: string[]): void {
    for (const value of values) {
      if (parts.length > MOST_PARTS) return
      write(value, parts)
    }
  }

  function write(value: Value, parts: string[]): void {
    switch (value.kind) {
      case 'null':
        parts.push('null')
        return
      case 'bool':
        parts.push(String(value.value))
        return
      case 'number':
        parts.push(`${value.type}:${Object.is(value.value, -0) ? '-0' : value.value}`)
        return
      case 'string':
        parts.push(`${value.bytes ? 'bytes' : 'text'}:${numberOf(value.value)}`)
        return
      case 'array':
        parts.push(
          `${value.bytes ? 'bytes' : ''}${value.unordered ? 'any' : ''}[${value.items.length}:${value.openElements.length}`,
        )
        writeAll([...value.items, ...value.openElements], parts)
        return
      case 'object':
        parts.push(`${value.open ? 'open' : ''}{${value.entries.size}`)
        for (const [name, entry] of value.entries) {
          if (parts.length > MOST_PARTS) return
          parts.push(String(numberOf(name)))
          write(entry, parts)
        }
        return
      default:
        parts.push(`#${numberOf(value)}`)
    }
  }
}
