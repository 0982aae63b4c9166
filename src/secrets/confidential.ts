import type { Value } from '../evaluate/value/value.ts'

/** Texts that no output may show: values that the surroundings give, contents of files, and what is made of them. */
export interface Confidential {
  readonly texts: ReadonlySet<string>
  readonly add: (text: string) => void
  /** Adds the texts of a value that was made of others, if one of those holds such a text: base64 of a password is one too. */
  readonly derive: (from: readonly Value[], to: Value) => void
}

/** Begins with the texts given; an empty one hides nothing. */
export function confidential(given: Iterable<string>): Confidential {
  const texts = new Set<string>()
  const add = (text: string): void => {
    if (text !== '') texts.add(text)
  }
  for (const text of given) add(text)
  return {
    texts,
    add,
    derive: (from, to) => {
      if (texts.size === 0 || !from.some(value => textsIn(value).some(text => texts.has(text)))) return
      for (const text of textsIn(to)) add(text)
    },
  }
}

/** The known texts that a value holds, at any depth. */
export function textsIn(value: Value): readonly string[] {
  switch (value.kind) {
    case 'string':
      return [value.value]
    case 'pattern':
      return value.parts.filter(part => typeof part === 'string')
    case 'array':
      return [...value.items, ...value.openElements].flatMap(textsIn)
    case 'object':
      return [...value.entries.values()].flatMap(textsIn)
    case 'capsule':
      return value.of ? textsIn(value.of) : []
    case 'unknown':
      return (value.candidates ?? []).flatMap(textsIn)
    default:
      return []
  }
}
