import type { Label } from '../../diagnostic/diagnostic.ts'
import type { Unavailable } from '../../diagnostic/module-in-words.ts'
import type { Block } from '../../syntax/ast.ts'
import type { Variables } from './variables.ts'

/** The custom components that a body can use: its own declares and imports, then those of the bodies around the place of definition. */
export interface Registry {
  readonly parent: Registry | null
  readonly declares: Map<string, Declare>
  readonly imports: Map<string, Import[]>
  /** What the bodies of its declares see: `module_path` alone, but inside a foreach everything that the foreach sees. */
  readonly scope: Variables
}

/** A module defined in a text. */
export interface Declare {
  readonly block: Block
  readonly registry: Registry
  /** Where it was imported, outermost first. */
  readonly imported: readonly Label[]
  used: boolean
}

/** A namespace of imported modules. */
export interface Import {
  readonly block: Block
  /** Null when the content is not available. */
  registry: Registry | null
  /** Why it is not available; of one that is, what would have been said. */
  cause: Unavailable
  used: boolean
}

/** A registry that holds nothing yet; `scope` is what its modules see. */
export function registry(parent: Registry | null, scope: Variables): Registry {
  return { parent, declares: new Map(), imports: new Map(), scope }
}

/** Says whether the first fragment of a block's name makes it a custom component: it then hides built-in ones of that namespace. */
export function isCustom(at: Registry | null, fragment: string): boolean {
  for (let here = at; here; here = here.parent)
    if (here.declares.has(fragment) || here.imports.has(fragment)) return true
  return false
}

/** What a custom component's name stands for. */
export type Found =
  | { readonly kind: 'declare'; readonly declare: Declare }
  | { readonly kind: 'unavailable'; readonly import: Import }
  | { readonly kind: 'absent'; readonly where: string; readonly candidates: readonly string[] }

/** Finds the declare of `name` (in scope) or `namespace.name` (of the nearest import of that label). */
export function find(at: Registry | null, fragments: readonly string[]): Found {
  const [first = '', second, ...more] = fragments
  if (second === undefined) {
    for (let here = at; here; here = here.parent) {
      const declare = here.declares.get(first)
      if (declare) return taken(declare)
    }
    return { kind: 'absent', where: 'a module in scope', candidates: [] }
  }
  for (let here = at; here; here = here.parent) {
    const imports = here.imports.get(first)
    if (!imports) continue
    for (const each of imports) each.used = true
    const unavailable = imports.find(each => each.registry === null)
    const declares = imports.flatMap(each => [...(each.registry?.declares ?? [])])
    const declare = more.length > 0 ? undefined : declares.find(([label]) => label === second)?.[1]
    if (declare) return taken(declare)
    if (unavailable) return { kind: 'unavailable', import: unavailable }
    return { kind: 'absent', where: `import ${first}`, candidates: declares.map(([label]) => label) }
  }
  return { kind: 'absent', where: `declare ${first}`, candidates: [] }
}

function taken(declare: Declare): Found {
  declare.used = true
  return { kind: 'declare', declare }
}
