import type { Label } from '../diagnostic/diagnostic.ts'
import type { Value } from '../evaluate/value/value.ts'
import { type Context, type Expansion, type Expansions, enter } from './context.ts'
import type { Work } from './work.ts'

/**
 * Expands a body for an instance, unless one that was given the same was expanded before: then its uses are repeated under this
 * instance's name. An expansion that had something to say is not kept, for what it said names the instance too.
 */
export function* once(key: string, known: Expansions, context: Context, expansion: () => Work<Value>): Work<Value> {
  const { world, prefix, related } = context
  const before = known.get(key)
  if (before) {
    repeat(before, context)
    return before.exports
  }
  const [first, said] = [world.uses.length, world.diagnosticCount]
  const exports = (yield expansion()) as Value
  if (world.diagnosticCount === said)
    known.set(key, { uses: world.uses.slice(first), exports, prefix, depth: related.length })
  return exports
}

function repeat({ uses, prefix, depth }: Expansion, { world, prefix: here, related }: Context): void {
  const ways = new Map<readonly Label[], readonly Label[]>()
  const wayTo = (before: readonly Label[]): readonly Label[] => {
    const known = ways.get(before)
    if (known) return known
    const way = before.length === depth ? related : [...related, ...before.slice(depth)]
    ways.set(before, way)
    return way
  }
  for (const use of uses) {
    if (world.limitReached) return
    enter({ ...use, id: here + use.id.slice(prefix.length), related: wayTo(use.related) }, world)
  }
}
