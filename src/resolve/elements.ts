import { derived, unknown } from '../evaluate/value/unknown.ts'
import type { Value } from '../evaluate/value/value.ts'
import type { Block } from '../syntax/ast.ts'

/** The elements of a collection: known ones, and one for each shape that any number may have. */
export function elementsOf(collection: Value, block: Block): readonly { value: Value; certain: boolean }[] {
  switch (collection.kind) {
    case 'array':
      return [
        ...collection.items.map(value => ({ value, certain: true })),
        ...collection.openElements.map(value => ({ value, certain: false })),
      ]
    case 'null':
      return []
    case 'unknown':
      if (collection.candidates)
        return collection.candidates.flatMap(each => elementsOf(each, block)).map(each => ({ ...each, certain: false }))
      return [{ value: derived([collection], 'any', block.header), certain: false }]
    default:
      return [{ value: unknown('element', block.header), certain: false }]
  }
}
