import { float, parseInteger } from '../value/number.ts'
import { text } from '../value/string-pattern.ts'
import type { Value } from '../value/value.ts'
import { timestamp } from './timestamp.ts'

/** What a scalar without quotes means. */
export interface Resolved {
  readonly tag: '!!null' | '!!bool' | '!!int' | '!!float' | '!!timestamp' | '!!str'
  readonly value: Value
}

const words: ReadonlyMap<string, Resolved> = new Map<string, Resolved>([
  ...each(['', '~', 'null', 'Null', 'NULL'], { tag: '!!null', value: { kind: 'null' } }),
  ...each(['true', 'True', 'TRUE'], { tag: '!!bool', value: { kind: 'bool', value: true } }),
  ...each(['false', 'False', 'FALSE'], { tag: '!!bool', value: { kind: 'bool', value: false } }),
  ...each(['.nan', '.NaN', '.NAN'], { tag: '!!float', value: float(Number.NaN) }),
  ...each(['.inf', '.Inf', '.INF', '+.inf', '+.Inf', '+.INF'], {
    tag: '!!float',
    value: float(Number.POSITIVE_INFINITY),
  }),
  ...each(['-.inf', '-.Inf', '-.INF'], { tag: '!!float', value: float(Number.NEGATIVE_INFINITY) }),
])

function each(spellings: readonly string[], resolved: Resolved): readonly (readonly [string, Resolved])[] {
  return spellings.map(spelling => [spelling, resolved] as const)
}

const decimal = /^[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?$/

/** Resolves a scalar without quotes as yaml.v3 does into `any`: YAML 1.2 with the octals and underscores of 1.1, without its `yes`. */
export function resolvePlain(source: string): Resolved {
  const word = words.get(source)
  if (word) return word
  if (/^[-+0-9]/.test(source)) {
    const time = timestamp(source)
    if (time !== null) return { tag: '!!timestamp', value: text(time) }
    const digits = source.replaceAll('_', '')
    const integer = parseInteger(digits)
    if (integer) return { tag: '!!int', value: integer }
    if (decimal.test(digits) && Number.isFinite(Number(digits))) return { tag: '!!float', value: float(Number(digits)) }
  } else if (source.startsWith('.') && decimal.test(source) && Number.isFinite(Number(source)))
    return { tag: '!!float', value: float(Number(source)) }
  return { tag: '!!str', value: text(source) }
}
