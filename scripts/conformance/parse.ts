import type { Expression, File, Statement } from '../../src/syntax/ast.ts'
import { parse } from '../../src/syntax/parse.ts'
import { byteOffsets } from './bytes.ts'

/** One line of parse.jsonl: a text, the tree that Alloy's parser builds of it, or what it reports. */
export interface ParseVector {
  readonly src: string
  readonly diags: readonly {
    readonly msg: string
    readonly start: { readonly l: number; readonly c: number; readonly o: number }
  }[]
  readonly ast?: readonly unknown[]
  readonly comments?: readonly unknown[]
}

/** What differs from the recorded tree, or from the place of the first thing reported; else null. */
export function check({ src, diags, ast = [], comments = [] }: ParseVector): string | null {
  const { value, diagnostics } = parse({ path: 'vector.alloy', text: src })
  const bytes = byteOffsets(src)
  const [first] = diags
  if (first) {
    if (value !== null) return `accepted, expected ${first.msg}`
    const places = diagnostics.map(({ span }) => bytes(span!.start))
    if (places.includes(first.start.o)) return null
    return `reported at ${places.join(', ')}, expected ${first.start.o} (${first.msg})`
  }
  if (value === null) return `refused: ${diagnostics.map(({ message }) => message).join('; ')}`
  const [got, wanted] = [canonical(tree(value, bytes)), canonical({ ast, comments })]
  return got === wanted ? null : `got ${got}, wanted ${wanted}`
}

type Offsets = (offset: number) => number

function tree({ body, comments }: File, at: Offsets) {
  return {
    ast: body.map(each => statement(each, at)),
    comments: comments.map(group => group.map(({ text, span }) => ({ o: at(span.start), text }))),
  }
}

function statement(each: Statement, at: Offsets): unknown {
  if (each.kind === 'attribute') {
    return { t: 'Attribute', at: at(each.span.start), name: each.name.name, value: expression(each.value, at) }
  }
  return {
    t: 'Block',
    at: at(each.span.start),
    name: each.name.split('.'),
    label: each.label ?? '',
    ...(each.labelSpan ? { labelAt: at(each.labelSpan.start) } : {}),
    lcurly: at(each.lcurly),
    rcurly: at(each.rcurly),
    body: each.body.map(inner => statement(inner, at)),
  }
}

function expression(each: Expression, at: Offsets): unknown {
  // Ends are inclusive in the vectors: the last byte.
  const r = [at(each.span.start), at(each.span.end) - 1]
  switch (each.kind) {
    case 'literal':
      return { t: 'Literal', r, kind: each.token, raw: each.raw }
    case 'identifier':
      return { t: 'Ident', r, name: each.name }
    case 'array':
      return { t: 'Array', r, elements: each.items.map(item => expression(item, at)) }
    case 'object': {
      const fields = each.fields.map(({ name, quoted, value }) => ({
        name: name.name,
        quoted,
        value: expression(value, at),
      }))
      return { t: 'Object', r, fields }
    }
    case 'access':
      return { t: 'Access', r, value: expression(each.of, at), name: each.name.name }
    case 'index':
      return { t: 'Index', r, value: expression(each.of, at), index: expression(each.at, at) }
    case 'call':
      return { t: 'Call', r, value: expression(each.of, at), args: each.args.map(argument => expression(argument, at)) }
    case 'unary':
      return { t: 'Unary', r, op: each.operator, value: expression(each.operand, at) }
    case 'binary':
      return { t: 'Binary', r, op: each.operator, left: expression(each.left, at), right: expression(each.right, at) }
    case 'paren':
      return { t: 'Paren', r, inner: expression(each.inner, at) }
  }
}

/** JSON with sorted keys. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_, each: unknown) => {
    if (each === null || typeof each !== 'object' || Array.isArray(each)) return each
    return Object.fromEntries(Object.entries(each).sort(([a], [b]) => (a < b ? -1 : 1)))
  })
}
