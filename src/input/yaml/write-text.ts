import { Document, Scalar, visit } from 'yaml'
import type { Data } from './tree.ts'

/** Writes data as YAML that reads back as the same: every text in quotes, or as a block where it has several lines. */
export function writeText(value: Data): string {
  const document = new Document(value)
  visit(document, {
    Scalar: (_, node) => {
      if (typeof node.value === 'string')
        node.type = node.value.includes('\n') ? Scalar.BLOCK_LITERAL : Scalar.QUOTE_DOUBLE
    },
  })
  return document.toString({ lineWidth: 0 })
}
