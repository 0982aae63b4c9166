import type { Expression, Name, Statement } from '../../syntax/ast.ts'
import { children } from '../../syntax/children.ts'

/** A chain `a.b.c` of identifiers as written; it stops at `[` and `(`. */
export interface Reference {
  readonly names: readonly [Name, ...Name[]]
}

/** The maximal chains in statements, at any depth. */
export function referencesIn(statements: readonly Statement[]): readonly Reference[] {
  return statements.flatMap(statement =>
    statement.kind === 'attribute' ? references(statement.value) : referencesIn(statement.body),
  )
}

/** The maximal chains in an expression, in the order of the text. It may be as deep as it is long: nothing here calls itself. */
export function references(expression: Expression): readonly Reference[] {
  const found: Reference[] = []
  const work = [expression]
  for (let node = work.pop(); node; node = work.pop()) {
    const names = chainOf(node)
    if (names) found.push({ names })
    else for (const child of children(node).toReversed()) work.push(child)
  }
  return found
}

function chainOf(expression: Expression): Reference['names'] | null {
  const names: Name[] = []
  let at = expression
  for (; at.kind === 'access'; at = at.of) names.push(at.name)
  return at.kind === 'identifier' ? [{ name: at.name, span: at.span }, ...names.reverse()] : null
}
