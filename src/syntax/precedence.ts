import { required } from '../required.ts'
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
  const operand = (at: number): Expression => required(operands[at], 'an operand')
  const waiting: Waiting[] = []
  let right = operand(0)
  for (const [at, operation] of operations.entries()) {
    while (bindsFirst(waiting.at(-1), operation)) right = combine(waiting, right)
    waiting.push({ left: right, operation })
    right = operand(at + 1)
  }
  while (waiting.length > 0) right = combine(waiting, right)
  return right
}

/** An operation whose right operand is not complete yet. */
interface Waiting {
  readonly left: Expression
  readonly operation: Operation
}

/** Says whether what waits is complete before an operation. */
function bindsFirst(last: Waiting | undefined, { operator }: Operation): boolean {
  if (last === undefined) return false
  const [above, level] = [levels[last.operation.operator], levels[operator]]
  return above > level || (above === level && operator !== '^')
}

function combine(waiting: Waiting[], right: Expression): Expression {
  const { left, operation } = required(waiting.pop(), 'an operation')
  const { operator, offset } = operation
  const span = { source: left.span.source, start: left.span.start, end: right.span.end }
  return { kind: 'binary', operator, operatorOffset: offset, left, right, span }
}
