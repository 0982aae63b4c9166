import { diagnostic } from '../diagnostic/diagnostic.ts'
import { required } from '../required.ts'
import type { Span } from '../source.ts'
import type { Expression } from '../syntax/ast.ts'
import { children } from '../syntax/children.ts'
import { access, index } from './access.ts'
import { callFunction } from './call.ts'
import { type Fault, fault, type Result } from './fault.ts'
import { literal } from './literal.ts'
import { binary, unary } from './operators.ts'
import type { Scope } from './scope.ts'
import { sinceOf, standardValue } from './stdlib/stdlib.ts'
import { alternatives } from './value/contents.ts'
import { isTooLarge } from './value/size.ts'
import { derived, perCombination, typeOf, unknown } from './value/unknown.ts'
import type { Value } from './value/value.ts'

/** What an expression came to; `failed` when it, or one inside it, is one that Alloy refuses. */
interface Outcome {
  readonly value: Value
  readonly failed: boolean
}

/**
 * Evaluates an expression. Total: what Alloy would refuse is reported to the scope, and what the text does not tell is an
 * unknown value. An expression may be as deep as its text is long, so nothing here calls itself.
 */
export function evaluate(expression: Expression, scope: Scope): Value {
  const work: { readonly node: Expression; readonly isOpen: boolean }[] = [{ node: expression, isOpen: false }]
  const done: Outcome[] = []
  for (let next = work.pop(); next; next = work.pop()) {
    const { node, isOpen } = next
    const inner = children(node)
    if (!isOpen && inner.length > 0) {
      work.push({ node, isOpen: true })
      for (const child of inner.toReversed()) work.push({ node: child, isOpen: false })
      continue
    }
    done.push(outcomeOf(node, done.splice(done.length - inner.length), scope))
  }
  const { value } = required(done[0], 'the value of an expression')
  const isHanded = value.kind === 'unknown' || !scope.budget || scope.budget.hands(value, expression.span)
  return isHanded ? value : unknown('size', expression.span, { type: typeOf(value) })
}

/** The value of an expression around evaluated ones. One that failed makes it fail, which is not said a second time. */
function outcomeOf(node: Expression, inner: readonly Outcome[], scope: Scope): Outcome {
  const failed = { value: unknown('function', node.span), failed: true }
  if (inner.some(each => each.failed)) return failed
  const operands = inner.map(({ value }) => value)
  const result = combine(node, operands, scope)
  if (result.kind !== 'fault') {
    const value = admitted(node, result, scope)
    if (node.kind === 'call' || node.kind === 'binary') scope.derive?.(operands, value)
    return { value, failed: false }
  }
  scope.report(result.report(placeOf(node, result)))
  return failed
}

/** What a diagnostic underlines: the field that is missing, the operand in error, or the whole. */
function placeOf(node: Expression, { at }: Fault): Span {
  if (node.kind === 'access') return at === null ? node.of.span : node.name.span
  if (node.kind === 'call') return at === null ? node.span : (node.args[at]?.span ?? node.span)
  return (at === null ? undefined : children(node)[at]?.span) ?? node.span
}

function combine(node: Expression, operands: readonly Value[], scope: Scope): Result {
  const { span } = node
  switch (node.kind) {
    case 'literal':
      if (node.variable !== undefined) return unknown('substitution', span, { name: node.variable, type: 'string' })
      return node.template ? unknown('template', span, { type: 'string' }) : literal(node.token, node.raw)
    case 'paren':
      return operandAt(operands, 0)
    case 'identifier':
      return identifier(node.name, scope, span)
    case 'array':
      return bounded({ kind: 'array', items: operands, openElements: [] }, span, scope)
    case 'object':
      return bounded(
        {
          kind: 'object',
          entries: new Map(node.fields.map(({ name }, at) => [name.name, operandAt(operands, at)])),
          open: false,
        },
        span,
        scope,
      )
    case 'unary':
      return perCandidate(operands, span, operand => unary(node.operator, operand(0), span))
    case 'binary':
      return perCandidate(operands, span, operand =>
        bounded(binary(node.operator, operand(0), operand(1), span), span, scope),
      )
    case 'access':
      return perCandidate(operands, span, operand =>
        access(operand(0), { name: node.name.name, path: pathOf(node) }, span, scope),
      )
    case 'index':
      return perCandidate(operands, span, operand => index(operand(0), operand(1), span))
    case 'call':
      return call(operands, scope, span)
    default:
      return node satisfies never
  }
}

function identifier(name: string, scope: Scope, span: Span): Result {
  const value = scope.lookup(name) ?? standardValue(name, scope, span)
  if (value) return value
  const since = sinceOf(name)
  return since === null
    ? fault('unknown-identifier', { name })
    : fault('function-of-another-release', { name, since, release: scope.release })
}

/** The dotted name that an access spells; null where it starts with anything but a name. */
function pathOf(expression: Expression): string | null {
  const names: string[] = []
  let at = expression
  while (at.kind === 'access') {
    names.unshift(at.name.name)
    at = at.of
  }
  return at.kind === 'identifier' ? [at.name, ...names].join('.') : null
}

/** An operand of an expression, which has as many as its kind takes. */
const operandAt = (operands: readonly Value[], at: number): Value => required(operands[at], 'an operand')

function call(operands: readonly Value[], scope: Scope, span: Span): Result {
  const called = operandAt(operands, 0)
  const args = operands.slice(1)
  if (called.kind === 'unknown') return derived([called], 'any', span)
  if (called.kind === 'function') return bounded(callFunction({ name: called.name, span, scope }, args), span, scope)
  return fault('wrong-type', { what: 'what is called', expected: 'function', actual: typeOf(called) })
}

/** Applies an operation to each combination of what its operands may be. */
const perCandidate = (
  operands: readonly Value[],
  span: Span,
  operation: (operand: (at: number) => Value) => Result,
): Result =>
  perCombination(
    operands.map(alternatives),
    () => derived(operands, 'any', span),
    chosen => operation(at => operandAt(chosen, at)),
  )

/** A value that is too large by itself becomes unknown, and that is said. */
function bounded(result: Result, span: Span, scope: Scope): Result {
  const isRefused = result.kind === 'unknown' && result.because === 'size' && result.origin === span
  if (result.kind === 'fault' || (!isRefused && !isTooLarge(result))) return result
  scope.report(diagnostic('value-too-large', span, {}))
  return unknown('size', span, { type: typeOf(result) })
}

/** What an expression makes again counts towards what the values of the configuration may weigh together. */
function admitted({ kind, span }: Expression, value: Value, { budget }: Scope): Value {
  const isNew = kind === 'array' || kind === 'object' || kind === 'call' || kind === 'binary'
  return !isNew || !budget || budget.admits(value, span) ? value : unknown('size', span, { type: typeOf(value) })
}
