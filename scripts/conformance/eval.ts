import type { Diagnostic } from '../../src/diagnostic/diagnostic.ts'
import { evaluate } from '../../src/evaluate/evaluate.ts'
import { formatNumber } from '../../src/evaluate/value/number.ts'
import { text, toBytes } from '../../src/evaluate/value/string-pattern.ts'
import type { Value } from '../../src/evaluate/value/value.ts'
import type { Expression } from '../../src/syntax/ast.ts'
import { parse } from '../../src/syntax/parse.ts'

/** A value as it was recorded. */
export type Recorded =
  | { readonly null: true }
  | { readonly bool: boolean }
  | { readonly str: string }
  | { readonly bytes: string }
  | { readonly kind: 'int' | 'uint' | 'float'; readonly num: string }
  | { readonly arr: readonly Recorded[] }
  | { readonly obj: Readonly<Record<string, Recorded>> }
  | { readonly func: string }
  | { readonly capsule: string }

/** An expression, and what Alloy makes of it or that it refuses it. */
export interface EvalVector {
  readonly expr: string
  readonly value?: Recorded
  readonly error?: string
  /** The elements came in no particular order. */
  readonly unordered?: boolean
}

/** Null when the vector holds, else what differs. */
export function check({ expr, value, error, unordered = false }: EvalVector): string | null {
  const { value: file } = parse({ path: 'vector.alloy', text: `x = ${expr}` })
  const [statement] = file?.body ?? []
  if (statement?.kind !== 'attribute') return 'the expression was not parsed'
  const { result, errors } = run(statement.value)
  const wanted = value === undefined ? 'an error' : canonical(value, unordered)
  const got = errors.length > 0 ? 'an error' : canonical(record(result), unordered)
  if (got === wanted) return null
  return `got ${got}${errors.map(each => ` (${each.message})`).join('')}, wanted ${wanted}${error ? ` (${error})` : ''}`
}

function run(expression: Expression): { readonly result: Value; readonly errors: readonly Diagnostic[] } {
  const errors: Diagnostic[] = []
  const result = evaluate(expression, {
    lookup: () => undefined,
    release: '1.18.1',
    env: () => '',
    stability: null,
    report: found => errors.push(found),
  })
  return { result, errors }
}

/** A value as it would have been recorded; what is unknown is a text that no recording has. */
function record(value: Value): Recorded {
  switch (value.kind) {
    case 'null':
      return { null: true }
    case 'bool':
      return { bool: value.value }
    case 'number': {
      // Alloy hands on every whole number that fits as an int.
      const type = value.type === 'uint' && value.value < 2n ** 63n ? 'int' : value.type
      return { kind: type, num: formatNumber(value) }
    }
    case 'string':
      return value.bytes ? { bytes: Buffer.from(toBytes(value)).toString('base64') } : { str: value.value }
    case 'array':
      return value.openElements.length > 0 ? { str: '(open array)' } : { arr: value.items.map(record) }
    case 'object':
      return { obj: Object.fromEntries([...value.entries].map(([key, entry]) => [key, record(entry)])) }
    case 'function':
      return { func: value.name }
    case 'capsule':
      return { capsule: value.type }
    default:
      return { str: `(${value.kind})` }
  }
}

/** One spelling for equal values: keys in order, names of functions and types of capsules left out. */
function canonical(value: Recorded, unordered: boolean): string {
  if ('arr' in value) {
    const items = value.arr.map(item => canonical(item, unordered))
    return `[${(unordered ? items.sort() : items).join(', ')}]`
  }
  if ('obj' in value) {
    const fields = Object.entries(value.obj).map(
      ([key, entry]) => `${JSON.stringify(key)}: ${canonical(entry, unordered)}`,
    )
    return `{${fields.sort().join(', ')}}`
  }
  if ('func' in value) return 'a function'
  if ('capsule' in value) return 'a capsule'
  // What is recorded as bytes is a string that is not UTF-8.
  return JSON.stringify('str' in value ? { str: text(value.str).value } : value)
}
