import type { Unknown, Value } from './value/value.ts'

/**
 * The value of `--arg NAME=VALUE`: a list, object, number, bool or null where it is written as one (JSON is), else the text itself.
 * The value is what the user types in a shell, so a plain word needs no quotes.
 */
export function argumentValue(text: string): Value {
  if (!/^(?:[[{"]|-?\d|true$|false$|null$)/.test(text)) return { kind: 'string', value: text }
  const parsed = tryJson(text)
  return parsed === undefined ? { kind: 'string', value: text } : fromJson(parsed)
}

function tryJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

const fromJson = (json: unknown): Value => {
  if (json === null || json === undefined) return { kind: 'null' }
  if (typeof json === 'string') return { kind: 'string', value: json }
  if (typeof json === 'boolean') return { kind: 'bool', value: json }
  if (typeof json === 'number')
    return Number.isSafeInteger(json)
      ? { kind: 'number', type: 'int', value: BigInt(json) }
      : { kind: 'number', type: 'float', value: json }
  if (Array.isArray(json)) return { kind: 'array', items: json.map(fromJson), openElements: [] }
  return {
    kind: 'object',
    entries: new Map(Object.entries(json).map(([key, each]) => [key, fromJson(each)])),
    open: false,
  }
}

const options: { readonly [because in Unknown['because']]?: string } = {
  argument: 'arg',
  environment: 'env',
  substitution: 'substitute',
}

/** The options that would settle unknowns, each once: `--env ROLE=… --arg ns=…`; empty when none can. */
export function settledBy(unknowns: readonly Unknown[]): string {
  const settling = unknowns.flatMap(({ because, name }) => {
    if (name === null) return []
    const option = options[because]
    return option === undefined ? [] : [`--${option} ${name}=…`]
  })
  return [...new Set(settling)].join(' ')
}
