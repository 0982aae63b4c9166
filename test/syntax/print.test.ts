import fc from 'fast-check'
import * as assert from 'uvu/assert'
import type { BinaryOperator, Expression, Statement } from '../../src/syntax/ast.ts'
import { parse } from '../../src/syntax/parse.ts'
import { describe } from '../harness.ts'
import { print, shapeOf } from './print.ts'

const nowhere = { source: { path: '', text: '' }, start: 0, end: 0 }
const named = (name: string) => ({ name, span: nowhere })

const name = fc.constantFrom('a', 'b2', '_', 'métrica', '日本', 'nullx', 'True', 'x'.repeat(40))
const literal: fc.Arbitrary<Expression> = fc
  .constantFrom(
    ['NUMBER', '0', '08', '18446744073709551616'],
    ['FLOAT', '.5', '1.', '1e+9', '2.5E-3'],
    ['STRING', '""', '"\\"\\\\"', '"// no comment"', '`a"b\n\\q`', '"{"', '"\\xff"', '"😀"'],
    ['BOOL', 'true', 'false'],
    ['NULL', 'null'],
  )
  .chain(([token, ...raws]) =>
    fc.constantFrom(...raws).map(raw => ({ kind: 'literal', token, raw, span: nowhere }) as Expression),
  )
const identifier: fc.Arbitrary<Expression> = name.map(text => ({ kind: 'identifier', name: text, span: nowhere }))
const key = fc.oneof(
  name.map(text => ({ name: named(text), quoted: false })),
  fc.constantFrom('a b', '\\u00e9', 'true').map(text => ({ name: named(text), quoted: true })),
  fc.constant({ name: named('""'), quoted: false }),
)
const operators: readonly BinaryOperator[] = [
  ...(['||', '&&', '==', '!=', '<', '<=', '>', '>=', '+', '-', '*', '/', '%', '^'] as const),
]

/** Trees that a text can have: what binds looser than its place demands is in parentheses. */
const { expression } = fc.letrec<{ expression: Expression; atom: Expression; postfix: Expression; unary: Expression }>(
  tie => ({
    expression: fc.oneof(
      { depthIdentifier: 'tree', maxDepth: 6 },
      tie('unary'),
      binary(tie('unary')),
      binary(paren(tie('expression'))),
    ),
    unary: fc.oneof(
      { depthIdentifier: 'tree', maxDepth: 6 },
      tie('postfix'),
      fc
        .record({ operator: fc.constantFrom('!' as const, '-' as const), operand: tie('unary') })
        .map(made => ({ kind: 'unary' as const, ...made, span: nowhere })),
    ),
    postfix: fc.oneof(
      { depthIdentifier: 'tree', maxDepth: 6 },
      tie('atom'),
      fc
        .record({ of: tie('postfix'), name: name.map(named) })
        .map(made => ({ kind: 'access' as const, ...made, span: nowhere })),
      fc
        .record({ of: tie('postfix'), at: tie('expression') })
        .map(made => ({ kind: 'index' as const, ...made, span: nowhere })),
      fc
        .record({ of: tie('postfix'), args: fc.array(tie('expression'), { maxLength: 3 }) })
        .map(made => ({ kind: 'call' as const, ...made, span: nowhere })),
    ),
    atom: fc.oneof(
      { depthIdentifier: 'tree', maxDepth: 6 },
      // A number would take the dot after it for its own.
      literal.filter(each => each.kind === 'literal' && each.token !== 'NUMBER' && each.token !== 'FLOAT'),
      identifier,
      paren(fc.oneof(literal, tie('expression'))),
      fc.array(tie('expression'), { maxLength: 3 }).map(items => ({ kind: 'array' as const, items, span: nowhere })),
      fc
        .array(
          fc.record({ key, value: tie('expression') }).map(made => ({ ...made.key, value: made.value })),
          { maxLength: 3 },
        )
        .map(fields => ({ kind: 'object' as const, fields, span: nowhere })),
    ),
  }),
)

function paren(inner: fc.Arbitrary<Expression>): fc.Arbitrary<Expression> {
  return inner.map(each => ({ kind: 'paren', inner: each, span: nowhere }))
}

function binary(operand: fc.Arbitrary<Expression>): fc.Arbitrary<Expression> {
  return fc
    .record({ left: operand, operator: fc.constantFrom(...operators), right: operand })
    .map(made => ({ kind: 'binary', ...made, operatorOffset: 0, span: nowhere }))
}

const { statement } = fc.letrec<{ statement: Statement }>(tie => ({
  statement: fc.oneof(
    { depthIdentifier: 'tree', maxDepth: 6 },
    fc
      .record({ name: name.map(named), value: expression })
      .map(made => ({ kind: 'attribute' as const, ...made, span: nowhere })),
    fc
      .record({
        name: fc.array(name, { minLength: 1, maxLength: 3 }).map(parts => parts.join('.')),
        label: fc.option(name, { nil: null }),
        body: fc.array(tie('statement'), { maxLength: 3 }),
      })
      .map(made => ({
        ...{ kind: 'block' as const, ...made, nameSpan: nowhere, header: nowhere, labelSpan: null },
        ...{ lcurly: 0, rcurly: 0, span: nowhere },
      })),
  ),
}))

/** A text, and what it says: a failing run prints these and not the tree. */
const printed = fc
  .tuple(
    fc.array(statement, { maxLength: 3 }),
    fc.array(fc.constantFrom('', ' ', '\t', '\r', '/* * / */'), { minLength: 1 }),
  )
  .map(([statements, gaps]) => {
    let at = 0
    return { text: print(statements, () => gaps[at++ % gaps.length]!), said: JSON.stringify(statements.map(shapeOf)) }
  })

describe('printing and parsing', it => {
  it('gives the tree that was printed', () => {
    fc.assert(
      fc.property(printed, ({ text, said }) => {
        const { value, diagnostics } = parse({ path: 'printed.alloy', text })
        assert.is(diagnostics.map(({ message }) => message).join('; '), '')
        assert.is(JSON.stringify(value!.body.map(shapeOf)), said)
      }),
      { numRuns: 400, seed: 7 },
    )
  })
})
