import type { Diagnostic } from '../../src/diagnostic/diagnostic.ts'
import { evaluate } from '../../src/evaluate/evaluate.ts'
import { identifiers } from '../../src/evaluate/stdlib/stdlib.ts'
import type { Value } from '../../src/evaluate/value/value.ts'
import { checkArguments } from '../../src/inventory/check-arguments.ts'
import type { Arguments } from '../../src/resolve/use.ts'
import type { Block, Expression, Statement } from '../../src/syntax/ast.ts'
import { parse } from '../../src/syntax/parse.ts'

/** The blocks at the root of a text, or null where Alloy would not parse it. */
export function blocksOf(path: string, text: string): readonly Block[] | null {
  const { value, diagnostics } = parse({ path, text })
  if (!value || diagnostics.length > 0) return null
  return value.body.filter(each => each.kind === 'block')
}

/** What the check of a block's arguments finds when nothing but literals and the standard library is known. */
export function check(block: Block, release: string, letThrough = false): readonly Diagnostic[] {
  return checkArguments(block.name, block, argumentsIn(block.body, release), { release, letThrough })
}

function argumentsIn(body: readonly Statement[], release: string): Arguments {
  const attributes = body.flatMap(each =>
    each.kind === 'attribute'
      ? [
          {
            name: each.name.name,
            value: known(each.value, release),
            span: each.name.span,
            valueSpan: each.value.span,
          },
        ]
      : [],
  )
  const blocks = body.flatMap(each =>
    each.kind === 'block'
      ? [{ name: each.name, label: each.label, span: each.header, body: argumentsIn(each.body, release) }]
      : [],
  )
  return { attributes: new Map(attributes.map(each => [each.name, each])), blocks }
}

function known(expression: Expression, release: string): Value {
  const open: Value = { kind: 'unknown', because: 'export', origin: expression.span, name: null, type: 'any' }
  return evaluate(expression, {
    release,
    lookup: name => (identifiers.has(name) ? undefined : open),
    env: () => undefined,
    stability: null,
    report: () => {},
  })
}
