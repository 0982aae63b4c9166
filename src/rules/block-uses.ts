import type { Arguments, Use } from '../resolve/use.ts'
import type { ComponentRules } from './map/schema.ts'

/**
 * Blocks that need the same in whatever component they stand, as uses of entries that only the rule map knows: of the entry
 * `a.b` every block `b` within a block `a`.
 */
export function blockUses(uses: readonly Use[], rulesOf: (component: string) => ComponentRules | null): readonly Use[] {
  return uses.flatMap(use => [...within(use.arguments, '')].map(({ name, body }) => as(use, name, body)))

  function* within(
    { blocks }: Arguments,
    around: string,
  ): Generator<{ readonly name: string; readonly body: Arguments }> {
    for (const { name, body } of blocks) {
      const pair = `${around}.${name}`
      if (rulesOf(pair)?.block === true) yield { name: pair, body }
      yield* within(body, name)
    }
  }
}

const as = (use: Use, component: string, body: Arguments): Use => ({ ...use, component, arguments: body })
