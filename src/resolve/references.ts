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
  if (chain) {
    found.push({ names: chain })
    return
  }
  switch (expression.kind) {
    case 'array':
      for (const item of expression.items) collect(item, found)
      return
    case 'object':
      for (const field of expression.fields) collect(field.value, found)
      return
    case 'access':
      return collect(expression.of, found)
    case 'index':
      collect(expression.of, found)
      return collect(expression.at, found)
    case 'call':
      collect(expression.of, found)
      for (const argument of expression.args) collect(argument, found)
      return
    case 'unary':
      return collect(expression.operand, found)
    case 'binary':
      collect(expression.left, found)
      return collect(expression.right, found)
    case 'paren':
      return collect(expression.inner, found)
    case 'literal':
    case 'identifier':
      return
  }
}

function chainOf(expression: Expression): readonly Name[] | null {
  if (expression.kind === 'identifier') return [{ name: expression.name, span: expression.span }]
  if (expression.kind !== 'access') return null
  const before = chainOf(expression.of)
  return before && [...before, expression.name]
}
