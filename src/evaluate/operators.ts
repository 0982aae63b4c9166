import type { Span } from '../source.ts'
import type { BinaryOperator } from '../syntax/ast.ts'
import { type Fault, fault, type Result } from './fault.ts'
import { compareNumbers, equal, isSecret } from './value/equality.ts'
import { join } from './value/known.ts'
import { float, int, toFloat, toInt, toUint, uint } from './value/number.ts'
import { compareTexts, type StringPattern } from './value/string-pattern.ts'
import { and, not, or } from './value/truth.ts'
import { derived, typeOf } from './value/unknown.ts'
import type { Capsule, Numeric, Pattern, Truth, Type, Unknown, Value } from './value/value.ts'

/** The types that an operator takes; the two sides must have the same one. */
const operands: { readonly [operator in Exclude<BinaryOperator, '==' | '!='>]: readonly Type[] } = {
  '||': ['bool'],
  '&&': ['bool'],
  '+': ['number', 'string', 'capsule'],
  '-': ['number'],
  '*': ['number'],
  '/': ['number'],
  '%': ['number'],
  '^': ['number'],
  '<': ['number', 'string'],
  '<=': ['number', 'string'],
  '>': ['number', 'string'],
  '>=': ['number', 'string'],
}

/** What a binary operator makes of two values. `span` is the origin of an unknown that has no other. */
export function binary(operator: BinaryOperator, left: Value, right: Value, span: Span): Result {
  if (operator === '==' || operator === '!=') {
    const same = equal(left, right)
    return decided(operator === '==' ? same : not(same), [left, right], span)
  }
  const [a, b] = unwrap(left, right, span)
  const wrong = mistyped(operator, a, b)
  if (wrong) return wrong
  switch (operator) {
    case '||':
    case '&&': {
      // Both sides are evaluated and must be bool; where an unknown one is not, Alloy refuses and nothing runs.
      const truth = operator === '&&' ? and(truthOf(a), truthOf(b)) : or(truthOf(a), truthOf(b))
      return decided(truth, [a, b], span)
    }
    case '+':
      return add(a, b, span)
    case '<':
    case '<=':
    case '>':
    case '>=':
      if (a.kind === 'string' && b.kind === 'string') return ordered(operator, compareTexts(a, b))
      if (a.kind === 'number' && b.kind === 'number') return ordered(operator, compareNumbers(a, b))
      return derived([a, b], 'bool', span)
    default:
      if (b.kind === 'number' && toFloat(b) === 0 && (operator === '/' || operator === '%'))
        return fault('division-by-zero', { operator }, 1)
      return a.kind === 'number' && b.kind === 'number' ? arithmetic(operator, a, b) : derived([a, b], 'number', span)
  }
}

/** What a unary operator makes of a value. */
export function unary(operator: '!' | '-', operand: Value, span: Span): Result {
  const type = operator === '!' ? 'bool' : 'number'
  if (operand.kind === 'unknown') return derived([operand], type, span)
  if (operator === '!' && operand.kind === 'bool') return { kind: 'bool', value: !operand.value }
  if (operator === '-' && operand.kind === 'number')
    return operand.type === 'float' ? float(-operand.value) : int(-operand.value)
  return fault('wrong-type', { what: `the operand of ${operator}`, expected: type, actual: typeOf(operand) }, 0)
}

/** Three-valued truth of a bool; null for what is not known. */
const truthOf = (value: Value): Truth => (value.kind === 'bool' ? value.value : null)

const decided = (truth: Truth, values: readonly Value[], span: Span): Value =>
  truth === null ? derived(values, 'bool', span) : { kind: 'bool', value: truth }

function mistyped(operator: keyof typeof operands, left: Value, right: Value): Fault | null {
  const unknown = left.kind === 'unknown' || right.kind === 'unknown'
  for (const [at, value] of [left, right].entries()) {
    if (value.kind === 'unknown' || operands[operator].includes(typeOf(value))) continue
    // Beside a string it would be one.
    if (unknown && value.kind === 'capsule' && value.type === 'optional_text') continue
    const what = `the ${at === 0 ? 'left' : 'right'} operand of ${operator}`
    return fault('wrong-type', { what, expected: operands[operator].join(' or '), actual: typeOf(value) }, at)
  }
  if (unknown || typeOf(left) === typeOf(right)) return null
  return fault(
    'wrong-type',
    { what: `the right operand of ${operator}`, expected: typeOf(left), actual: typeOf(right) },
    1,
  )
}

const isText = (value: Value): value is StringPattern | Pattern => value.kind === 'string' || value.kind === 'pattern'

/** Brings a string beside a secret to one type with it, as Alloy does before every operator. */
function unwrap(left: Value, right: Value, span: Span): readonly [Value, Value] {
  const types = [left, right].map(value => (value.kind === 'capsule' && isSecret(value) ? value.type : value.kind))
  const texts = [left, right].filter(isText).length
  const all = (convert: (value: Value) => Value): readonly [Value, Value] => [convert(left), convert(right)]
  const hide = (type: string) => (value: Value) =>
    value.kind === 'capsule' ? { ...value, type } : { kind: 'capsule' as const, type, of: value }
  const joins = (type: string): boolean =>
    isText({ kind: type } as Value) || type === 'unknown' || type.startsWith('optional_')
  if (types.includes('secret') && types.every(type => type === 'secret' || joins(type))) return all(hide('secret'))
  if (types.includes('optional_secret') && texts === 1) return all(hide('optional_secret'))
  if (types.includes('optional_text') && texts === 1)
    return all(value => (value.kind === 'capsule' ? (value.of ?? derived([value], 'string', span)) : value))
  return [left, right]
}

function add(left: Value, right: Value, span: Span): Result {
  if (left.kind === 'number' && right.kind === 'number') return arithmetic('+', left, right)
  if (left.kind === 'capsule' && right.kind === 'capsule') return addSecrets(left, right, span)
  const known = [left, right].some(value => isText(value) || typeOf(value) === 'string')
  const parts = [left, right].map(value => asPart(value))
  // An unknown beside a string may also be a secret; what holds of the string then holds of what the secret hides.
  if (known && parts.every(part => part !== null)) return join(parts, span)
  const type = [left, right].map(typeOf).find(each => each === 'number')
  return derived([left, right], type ?? 'any', span)
}

function addSecrets(left: Capsule, right: Capsule, span: Span): Result {
  for (const [at, operand] of [left, right].entries()) {
    const args = { what: 'an operand of +', expected: 'number, string or secret', actual: operand.type }
    if (!isSecret(operand)) return fault('wrong-type', args, at)
  }
  const [a, b] = [left.of && asPart(left.of), right.of && asPart(right.of)]
  return {
    kind: 'capsule',
    type: left.type === right.type ? left.type : 'optional_secret',
    of: a && b ? join([a, b], span) : null,
  }
}

/** A value as a part of a pattern; null for what is never part of a string. */
function asPart(value: Value): StringPattern | Pattern | Unknown | null {
  if (isText(value)) return value
  return value.kind === 'unknown' && (value.type === 'any' || value.type === 'string') ? value : null
}

const orders: Readonly<Record<'<' | '<=' | '>' | '>=', (order: number) => boolean>> = {
  '<': order => order < 0,
  '<=': order => order <= 0,
  '>': order => order > 0,
  '>=': order => order >= 0,
}

const ordered = (operator: keyof typeof orders, order: number): Value => ({
  kind: 'bool',
  value: orders[operator](order),
})

function arithmetic(operator: '+' | '-' | '*' | '/' | '%' | '^', left: Numeric, right: Numeric): Numeric {
  if (left.type === 'float' || right.type === 'float') return float(floats[operator](toFloat(left), toFloat(right)))
  return left.type === 'int' || right.type === 'int'
    ? int(integers[operator](toInt(left), toInt(right)))
    : uint(integers[operator](toUint(left), toUint(right)))
}

const floats = {
  '+': (a: number, b: number) => a + b,
  '-': (a: number, b: number) => a - b,
  '*': (a: number, b: number) => a * b,
  '/': (a: number, b: number) => a / b,
  '%': (a: number, b: number) => a % b,
  '^': raise,
}

/** Go squares and multiplies, which rounds differently; the result for other than whole exponents may differ in its last bit. */
function raise(base: number, exponent: number): number {
  if (base === 1 || (base === -1 && Math.abs(exponent) === Number.POSITIVE_INFINITY)) return 1
  if (Math.abs(exponent) === 0.5) return exponent > 0 ? Math.sqrt(base) : 1 / Math.sqrt(base)
  const size = Math.abs(exponent)
  if (!Number.isFinite(base) || base === 0 || !(size < 2 ** 31)) return base ** exponent
  const part = size % 1
  let result = part === 0 ? 1 : Math.exp((part > 0.5 ? part - 1 : part) * Math.log(base))
  let square = base
  for (let rest = part > 0.5 ? Math.ceil(size) : Math.floor(size); rest > 0; rest = Math.floor(rest / 2)) {
    if (rest % 2 === 1) result *= square
    square *= square
  }
  return exponent < 0 ? 1 / result : result
}

const integers = {
  '+': (a: bigint, b: bigint) => a + b,
  '-': (a: bigint, b: bigint) => a - b,
  '*': (a: bigint, b: bigint) => a * b,
  '/': (a: bigint, b: bigint) => a / b,
  '%': (a: bigint, b: bigint) => a % b,
  '^': power,
}

/** Alloy multiplies by the base once for each number from 2 to the exponent: an exponent below 0 gives the base (`2^-1` is 2). */
function power(base: bigint, exponent: bigint): bigint {
  if (exponent === 0n || base === 1n) return 1n
  if (exponent < 0n) return base
  let result = 1n
  let square = base
  for (let rest = exponent; rest > 0n; rest >>= 1n) {
    if (rest & 1n) result = BigInt.asUintN(64, result * square)
    square = BigInt.asUintN(64, square * square)
  }
  return result
}
