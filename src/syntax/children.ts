import type { Expression } from './ast.ts'

/** The expressions directly inside an expression, in the order of the text. */
export function children(expression: Expression): readonly Expression[] {
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
    default:
      return expression satisfies never
  }
}
