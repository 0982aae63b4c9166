import { asRead } from '../evaluate/value/as-read.ts'
import type { Value } from '../evaluate/value/value.ts'
import type { Block, Statement } from '../syntax/ast.ts'
import type { World } from './context.ts'
import type { Variables } from './names/variables.ts'
import type { Argument, Arguments, BlockArguments } from './use.ts'

/** Evaluates a block's body, nested blocks included; what only passes values on takes them as they are. */
export function argumentsOf(
  body: readonly Statement[],
  world: World,
  scope: Variables,
  take: (value: Value) => Value = asRead,
): Arguments {
  const attributes = new Map<string, Argument>()
  const blocks: BlockArguments[] = []
  for (const statement of body) {
    if (statement.kind === 'attribute') {
      const { name, value } = statement
      attributes.set(name.name, {
        name: name.name,
        value: take(world.evaluate(value, scope, world.report)),
        span: name.span,
        valueSpan: value.span,
      })
    } else blocks.push(nested(statement, world, scope))
  }
  return { attributes, blocks }
}

function nested(block: Block, world: World, scope: Variables): BlockArguments {
  return { name: block.name, label: block.label, span: block.header, body: argumentsOf(block.body, world, scope) }
}
