import type { IToken } from 'chevrotain'
import type {
  BodyCstNode,
  ExpressionCstNode,
  ExpressionListCstNode,
  FieldListCstNode,
  FileCstNode,
  PostfixCstNode,
  PrimaryCstNode,
  StatementCstNode,
  UnaryCstNode,
} from '../../grammar/cst.d.ts'
import { type Diagnostic, diagnostic } from '../diagnostic/diagnostic.ts'
import { required } from '../required.ts'
import type { Source, Span } from '../source.ts'
import { firstFrom } from '../text/first-from.ts'
import type {
  Attribute,
  BinaryOperator,
  Block,
  Comment,
  Expression,
  Field,
  LiteralKind,
  Name,
  Statement,
} from './ast.ts'
import { group } from './precedence.ts'
import type { Scan } from './scan.ts'

/** What a tree is built for. */
interface Context {
  readonly source: Source
  readonly isTemplate: Scan['isTemplate']
  readonly diagnostics: Diagnostic[]
}

/**
 * Builds statements of a text from what the parser read, and reports what the grammar lets through and the language does not.
 * Statements that the parser broke off are judged by their headers and left out.
 */
export function build(
  node: FileCstNode,
  source: Source,
  isTemplate: Scan['isTemplate'],
): { readonly body: readonly Statement[]; readonly diagnostics: readonly Diagnostic[] } {
  const context: Context = { source, isTemplate, diagnostics: [] }
  return { body: statements(context, node.children.body[0]), diagnostics: context.diagnostics }
}

function statements(context: Context, { children }: BodyCstNode): readonly Statement[] {
  const built: Statement[] = []
  for (const node of children.statement ?? []) {
    const each = statement(context, node)
    if (each) built.push(each)
  }
  return built
}

function statement(context: Context, { children }: StatementCstNode): Statement | null {
  const names = children.Identifier
  if (names === undefined) return null
  const first = names[0]
  const nameSpan = between(context, first, names.at(-1) ?? first)
  const name = names.length === 1 ? first.image : names.map(({ image }) => image).join('.')
  const label = children.label?.[0]
  const assign = children.Assign?.[0]
  if (assign) {
    const named = { name, span: nameSpan }
    judgeAttribute(context, named, names.length, label)
    const value = children.expression?.[0]
    return value ? attribute(context, named, expression(context, value)) : null
  }
  const labelText = label ? blockLabel(context, label) : null
  const block = children.block?.[0]
  if (block?.children.RCurly === undefined) return null
  const body = statements(context, block.children.body[0])
  const labelSpan = label ? spanOf(context, label) : null
  const lcurly = block.children.LCurly[0].startOffset
  const rcurly = block.children.RCurly[0].startOffset
  const built: Block = {
    kind: 'block',
    name,
    nameSpan,
    header: labelSpan ? { ...nameSpan, end: labelSpan.end } : nameSpan,
    label: labelText,
    labelSpan,
    body,
    lcurly,
    rcurly,
    span: { source: context.source, start: nameSpan.start, end: rcurly + 1 },
  }
  return built
}

function attribute({ source }: Context, name: Name, value: Expression): Attribute {
  return { kind: 'attribute', name, value, span: { source, start: name.span.start, end: value.span.end } }
}

function judgeAttribute(context: Context, { name, span }: Name, parts: number, label: IToken | undefined): void {
  if (parts > 1) context.diagnostics.push(diagnostic('attribute-name', span, { name }))
  else if (label) context.diagnostics.push(diagnostic('attribute-label', spanOf(context, label), { name }))
}

const keyword = /^(?:true|false|null)$/

/** ASCII first, which needs no tables of Unicode; then in two steps, for V8 overflows on a long repetition over surrogate pairs. */
const isIdentifier = (text: string): boolean =>
  /^[A-Za-z_]\w*$/.test(text) || (/^[\p{L}_]/u.test(text) && !/[^\p{L}\p{Nd}_]/u.test(text))

/** Reads a label as it is written: its escapes are not decoded, and an empty one is none. */
function blockLabel(context: Context, token: IToken): string | null {
  const label = token.image.slice(1, -1)
  const refuse = (why: string): void => {
    context.diagnostics.push(diagnostic('label-not-identifier', spanOf(context, token), { why }))
  }
  if (context.isTemplate(token)) context.diagnostics.push(unresolved(spanOf(context, token)))
  else if (token.image.startsWith('`')) refuse('found backquotes')
  else if (keyword.test(label)) refuse(`found the keyword ${label}`)
  else if (label !== '' && !isIdentifier(label)) refuse('found other characters in it')
  return label === '' ? null : label
}

function expression(context: Context, { children }: ExpressionCstNode): Expression {
  const { unary: operands, operator } = children
  if (operator === undefined) return unary(context, operands[0])
  return group(
    operands.map(each => unary(context, each)),
    operator.map(({ image, startOffset }) => ({ operator: image as BinaryOperator, offset: startOffset })),
  )
}

function unary(context: Context, { children }: UnaryCstNode): Expression {
  let built = primary(context, children.primary[0])
  if (children.postfix) for (const each of children.postfix) built = postfix(context, built, each)
  if (children.prefix === undefined) return built
  for (const { image, startOffset } of children.prefix.toReversed()) {
    const span = { source: context.source, start: startOffset, end: built.span.end }
    built = { kind: 'unary', operator: image as '!' | '-', operand: built, span }
  }
  return built
}

function postfix(context: Context, of: Expression, { children }: PostfixCstNode): Expression {
  const until = (last: IToken): Span => ({
    source: context.source,
    start: of.span.start,
    end: last.startOffset + last.image.length,
  })
  if (children.Identifier) {
    const [token] = children.Identifier
    return { kind: 'access', of, name: nameOf(context, token), span: until(token) }
  }
  if (children.expression && children.RSquare) {
    return { kind: 'index', of, at: expression(context, children.expression[0]), span: until(children.RSquare[0]) }
  }
  const [end] = required(children.RParen, 'the end of a call')
  return { kind: 'call', of, args: list(context, children.expressionList), span: until(end) }
}

function primary(context: Context, { children }: PrimaryCstNode): Expression {
  if (children.Text) return literal(context, 'STRING', children.Text[0])
  if (children.Identifier) {
    const [token] = children.Identifier
    return { kind: 'identifier', name: token.image, span: spanOf(context, token) }
  }
  if (children.LCurly && children.RCurly) {
    const span = between(context, children.LCurly[0], children.RCurly[0])
    return { kind: 'object', fields: fields(context, children.fieldList), span }
  }
  if (children.LSquare && children.RSquare) {
    const span = between(context, children.LSquare[0], children.RSquare[0])
    return { kind: 'array', items: list(context, children.expressionList), span }
  }
  if (children.LParen && children.expression && children.RParen) {
    const span = between(context, children.LParen[0], children.RParen[0])
    return { kind: 'paren', inner: expression(context, children.expression[0]), span }
  }
  if (children.RawText) return literal(context, 'STRING', children.RawText[0])
  if (children.Integer) return literal(context, 'NUMBER', children.Integer[0])
  if (children.Float) return literal(context, 'FLOAT', children.Float[0])
  if (children.Bool) return literal(context, 'BOOL', children.Bool[0])
  return literal(context, 'NULL', required(children.Null, 'a whole primary expression')[0])
}

function literal(context: Context, kind: LiteralKind, token: IToken): Expression {
  const span = spanOf(context, token)
  if (!context.isTemplate(token)) return { kind: 'literal', token: kind, raw: token.image, span }
  const raw = context.source.text.slice(span.start, span.end)
  const variable = variableIn(span)
  return { kind: 'literal', token: kind, raw, ...(variable === null ? { template: true } : { variable }), span }
}

/** The name of a variable in a token; null where a template action is in it. */
function variableIn({ source: { variables = [] }, start, end }: Span): string | null {
  const found = variables[firstFrom(variables, start, each => each.start)]
  return found && found.end <= end ? found.name : null
}

/** A label and a key have to be known. */
function unresolved(span: Span): Diagnostic {
  const name = variableIn(span)
  return name === null
    ? diagnostic('template-outside-string', span, undefined)
    : diagnostic('variable-outside-string', span, { name })
}

function list(context: Context, [node]: readonly ExpressionListCstNode[] = []): readonly Expression[] {
  return node ? node.children.expression.map(each => expression(context, each)) : []
}

function fields(context: Context, [node]: readonly FieldListCstNode[] = []): readonly Field[] {
  if (node === undefined) return []
  return node.children.field.map(({ children }) => {
    const [key] = required(children.key, 'the key of a field')
    if (context.isTemplate(key)) context.diagnostics.push(unresolved(spanOf(context, key)))
    // As Alloy does: the quotes go, the escapes stay, and an empty key keeps its quotes.
    const quoted = /^["`]/.test(key.image) && key.image.length > 2
    const name = quoted ? key.image.slice(1, -1) : key.image
    return { name: { name, span: spanOf(context, key) }, quoted, value: expression(context, children.expression[0]) }
  })
}

/** Gathers comments that are on one line or on lines that follow each other. */
export function commentGroups(source: Source, tokens: readonly IToken[]): readonly (readonly Comment[])[] {
  const found: Comment[][] = []
  let end = 0
  for (const { image, startOffset } of tokens) {
    const span = { source, start: startOffset, end: startOffset + image.length }
    const comment = { text: source.text.slice(span.start, span.end).replaceAll('\r', ''), span }
    const group = found.at(-1)
    if (group && /^[ \t\r]*(?:\n[ \t\r]*)?$/.test(source.text.slice(end, startOffset))) group.push(comment)
    else found.push([comment])
    end = span.end
  }
  return found
}

const nameOf = (context: Context, token: IToken): Name => ({ name: token.image, span: spanOf(context, token) })

const spanOf = ({ source }: Context, { startOffset, image }: IToken): Span => ({
  source,
  start: startOffset,
  end: startOffset + image.length,
})

const between = ({ source }: Context, first: IToken, last: IToken): Span => ({
  source,
  start: first.startOffset,
  end: last.startOffset + last.image.length,
})
