import type { Block } from '../syntax/ast.ts'
import { argumentsOf } from './arguments.ts'
import type { Context } from './context.ts'
import type { Node } from './names/nodes.ts'
import type { Reference } from './names/references.ts'
import { find, type Registry } from './names/registry.ts'
import { type Variables, variables } from './names/variables.ts'
import { reportAbsent, reportArguments } from './report.ts'
import { unknownValue } from './unknown-value.ts'

/** What a block is evaluated in: what it sees, the custom components of its body, and how the configuration reaches that. */
export interface BodyContext {
  readonly scope: Variables
  readonly here: Registry
  readonly context: Context
}

/** Says what is wrong with a block beside references that stand for nothing: whatever they might mean is taken to be unknown. */
export function judge(
  { kind, block }: Node,
  unresolved: readonly Reference[],
  { scope, here, context }: BodyContext,
): void {
  const { world } = context
  if (kind === 'custom') {
    // Its module is used all the same.
    const found = find(here, block.name.split('.'))
    if (found.kind === 'absent') reportAbsent(found, block, context)
    return
  }
  if (kind === 'component' && reportProblems(block, context)) return
  if (kind !== 'component' && kind !== 'service') return
  const open = variables(scope)
  for (const { names } of unresolved) open.own.set(names[0].name, unknownValue(block.header))
  reportArguments(block, argumentsOf(block.body, world, open), context)
}

/** Says what the release has against a component. True where nothing is known of it. */
export function reportProblems(block: Block, { world, related }: Context): boolean {
  const problems = world.knowledge.check(block)
  for (const found of problems) world.report({ ...found, related: [...found.related, ...related] })
  return problems.some(({ name }) => name === 'unknown-component' || name === 'component-without-rules')
}
