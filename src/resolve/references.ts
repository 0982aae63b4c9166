import type { Expression, Name, Statement } from '../syntax/ast.ts'

/** A chain `a.b.c` of identifiers as written; it stops at `[` and `(`. */
export interface Reference {
  readonly names: readonly Name[]
}

/** The maximal chains in statements, at any depth. */
export function referencesIn(statements: readonly Statement[]): readonly Reference[] {
  const found: Reference[] = []
  for (const statement of statements) {
    if (statement.kind === 'attribute') collect(statement.value, found)
    else found.push(...referencesIn(statement.body))
  }
  return found
}

/** The maximal chains in an expression. */
export function references(expression: Expression): readonly Reference[] {
  const found: Reference[] = []
  collect(expression, found)
  return found
}

function collect(expression: Expression, found: Reference[]): void {
  const chain = chainOf(expression)
  if (chain) found.push({ names: chain })
  else for (const child of childrenOf(expression)) collect(child, found)
}

function childrenOf(expression: Expression): readonly Expression[] {
  switch (expression.kind) {
    case 'array':
      return expression.items
    case 'object':
      return expression.fields.map(({ value }) => value)
    case 'access':
      return [expression.of]
    case 'index':
      return [expression.of, expression.at]
    case 'call':
      return [expression.of, ...expression.args]
    case 'unary':
      return [expression.operand]
    case 'binary':
      return [expression.left, expression.right]
    case 'paren':
      return [expression.inner]
    case 'literal':
    case 'identifier':
      return []
  }
}

function chainOf(expression: Expression): readonly Name[] | null {
  if (expression.kind === 'identifier') return [{ name: expression.name, span: expression.span }]
  if (expression.kind !== 'access') return null
  const before = chainOf(expression.of)
  return before && [...before, expression.name]
}
