import type { Expression, Statement } from '../../src/syntax/ast.ts'

/** A tree without places, as far as printing keeps it. */
export type Shape = readonly unknown[] | string

/** What a tree says, without where it says it. */
export function shapeOf(each: Statement): Shape {
  if (each.kind === 'attribute') return ['=', each.name.name, shapeOfValue(each.value)]
  return ['block', each.name, each.label ?? '', each.body.map(shapeOf)]
}

function shapeOfValue(each: Expression): Shape {
  switch (each.kind) {
    case 'literal':
      return [each.token, each.raw]
    case 'identifier':
      return each.name
    case 'array':
      return ['array', each.items.map(shapeOfValue)]
    case 'object':
      return ['object', each.fields.map(({ name, quoted, value }) => [name.name, String(quoted), shapeOfValue(value)])]
    case 'access':
      return ['.', shapeOfValue(each.of), each.name.name]
    case 'index':
      return ['[', shapeOfValue(each.of), shapeOfValue(each.at)]
    case 'call':
      return ['(', shapeOfValue(each.of), each.args.map(shapeOfValue)]
    case 'unary':
      return [each.operator, shapeOfValue(each.operand)]
    case 'binary':
      return [shapeOfValue(each.left), each.operator, shapeOfValue(each.right)]
    case 'paren':
      return ['paren', shapeOfValue(each.inner)]
  }
}

/** The text of statements; `gap` is put where blanks may stand, and says which. */
export function print(statements: readonly Statement[], gap: () => string): string {
  return statements.map(each => printStatement(each, gap)).join('\n')
}

function printStatement(each: Statement, gap: () => string): string {
  if (each.kind === 'attribute') return `${each.name.name}${gap()}=${gap()}${printValue(each.value, gap)}`
  const label = each.label === null ? '' : `"${each.label}"`
  const body = each.body.length === 0 ? gap() : `\n${print(each.body, gap)}\n`
  return `${each.name.split('.').join(`${gap()}.${gap()}`)}${gap()}${label}${gap()}{${body}}`
}

function printValue(each: Expression, gap: () => string): string {
  const list = (items: readonly string[]): string => items.map(item => gap() + item + gap()).join(',')
  switch (each.kind) {
    case 'literal':
      return each.raw
    case 'identifier':
      return each.name
    case 'array':
      return `[${list(each.items.map(item => printValue(item, gap)))}]`
    case 'object': {
      const fields = each.fields.map(({ name, quoted, value }) => {
        const key = quoted ? `"${name.name}"` : name.name
        return `${key}${gap()}=${gap()}${printValue(value, gap)}`
      })
      return `{${list(fields)}}`
    }
    case 'access':
      return `${printValue(each.of, gap)}${gap()}.${gap()}${each.name.name}`
    case 'index':
      return `${printValue(each.of, gap)}${gap()}[${gap()}${printValue(each.at, gap)}${gap()}]`
    case 'call':
      return `${printValue(each.of, gap)}${gap()}(${list(each.args.map(item => printValue(item, gap)))})`
    case 'unary':
      return `${each.operator}${gap()}${printValue(each.operand, gap)}`
    case 'binary':
      return `${printValue(each.left, gap)} ${each.operator} ${gap()}${printValue(each.right, gap)}`
    case 'paren':
      return `(${gap()}${printValue(each.inner, gap)}${gap()})`
  }
}
