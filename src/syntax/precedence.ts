import type { BinaryOperator, Expression } from './ast.ts'

/** How tightly an operator binds, and whether a chain of it groups from the right. */
const levels: Readonly<Record<BinaryOperator, number>> = {
  '||': 1,
  '&&': 2,
  '==': 3,
  '!=': 3,
  '<': 3,
  '<=': 3,
  '>': 3,
  '>=': 3,
  '+': 4,
  '-': 4,
  '*': 5,
  '/': 5,
  '%': 5,
  '^': 6,
}

/** An operator with its place. */
export interface Operation {
  readonly operator: BinaryOperator
  readonly offset: number
}

/**
 * Groups a chain `operand operation operand …` as its operators bind: the operand at `i + 1` follows the operation at `i`.
 * Works without recursion, so that a long chain costs no stack.
 */
export function group(operands: readonly Expression[], operations: readonly Operation[]): Expression {
  const values: Expression[] = [operands[0]!]
  const waiting: Operation[] = []
  for (const [at, operation] of operations.entries()) {
    const level = levels[operation.operator]
    while (waiting.length > 0) {
      const above = levels[waiting.at(-1)!.operator]
      if (above < level || (above === level && operation.operator === '^')) break
      combine(values, waiting)
    }
    waiting.push(operation)
    values.push(operands[at + 1]!)
  }
  while (waiting.length > 0) combine(values, waiting)
  return values[0]!
}

function combine(values: Expression[], waiting: Operation[]): void {
  const { operator, offset } = waiting.pop()!
  const right = values.pop()!
  const left = values.pop()!
  const span = { source: left.span.source, start: left.span.start, end: right.span.end }
  values.push({ kind: 'binary', operator, operatorOffset: offset, left, right, span })
}
