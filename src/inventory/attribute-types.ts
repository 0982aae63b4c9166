import type { TargetType } from '../evaluate/value/convert.ts'
import type { Value } from '../evaluate/value/value.ts'
import { bodyOf, type Shape } from './schema.ts'

/** What a value must be convertible to for an attribute of this type. */
export function wantedOf(shape: Shape, release: string): TargetType {
  switch (shape.kind) {
    case 'text':
    case 'enum':
      return { kind: 'string' }
    case 'list':
      return { kind: 'array', of: wantedOf(shape.of, release) }
    case 'map':
      return { kind: 'map', of: wantedOf(shape.of, release) }
    case 'object': {
      const { attributes } = bodyOf(shape.body, release)
      const fields = [...attributes].map(([name, { type }]) => [name, wantedOf(type, release)] as const)
      return { kind: 'object', fields: new Map(fields) }
    }
    case 'target':
      return { kind: 'capsule', type: 'Target' }
    default:
      return shape
  }
}

/** A value with the list that it must be of. */
interface Listed {
  readonly value: Value
  readonly values: readonly string[]
  readonly ignoreCase: boolean
}

/** The parts of a value, wherever they appear in it, whose type lists the values there are. */
export function elementsOf(value: Value, shape: Shape): readonly Listed[] {
  if (shape.kind === 'enum') return [{ value, values: shape.values, ignoreCase: shape.ignoreCase }]
  if (shape.kind === 'list' && value.kind === 'array') return value.items.flatMap(item => elementsOf(item, shape.of))
  if (shape.kind === 'map' && value.kind === 'object')
    return [...value.entries.values()].flatMap(entry => elementsOf(entry, shape.of))
  return []
}
