import type { Diagnostic, Outcome } from '../diagnostic/diagnostic.ts'
import { valueKeys } from '../evaluate/value/key.ts'
import type { Value } from '../evaluate/value/value.ts'
import type { File } from '../syntax/ast.ts'
import type { Context, World } from './context.ts'
import { expand } from './expand.ts'
import { loadRemote } from './load-remote.ts'
import type { Use } from './use.ts'
import { run } from './work.ts'

/** The component instances that Alloy would run. */
export interface Resolution {
  readonly uses: readonly Use[]
  /** False when something may need more than is known: further configuration that is loaded, an unavailable module. */
  readonly complete: boolean
}

/** What the caller of `resolve` decides. */
export type Options = Omit<
  World,
  'report' | 'diagnosticCount' | 'uses' | 'keyOf' | 'expansions' | 'incomplete' | 'limitReached'
>

/** The most component instances that are followed. */
export const instanceLimit = 100_000

/** Expands a configuration, whose files are one module, into the uses of its components. */
export function resolve(files: readonly File[], modulePath: Value, options: Options): Outcome<Resolution> {
  const diagnostics: Diagnostic[] = []
  const uses: Use[] = []
  const world: World = {
    ...options,
    report: found => void diagnostics.push(found),
    get diagnosticCount() {
      return diagnostics.length
    },
    uses,
    keyOf: valueKeys(),
    expansions: new Map(),
    incomplete: false,
    limitReached: false,
  }
  const root: Context = {
    world,
    place: 'root',
    registry: null,
    outer: null,
    given: null,
    prefix: '',
    related: [],
    certain: true,
    within: [],
  }
  run(
    expand(
      files.flatMap(({ body }) => body),
      root,
      modulePath,
    ),
  )
  for (const use of [...uses]) loadRemote(use, root, modulePath)
  return { value: { uses, complete: !world.incomplete }, diagnostics }
}
