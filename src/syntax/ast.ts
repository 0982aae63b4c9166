import type { Span } from '../source.ts'

/** A parsed text: its statements in order. */
export interface File {
  readonly body: readonly Statement[]
  /** Comments that are on one line or on lines that follow each other, nothing between them, are a group. */
  readonly comments: readonly (readonly Comment[])[]
  readonly span: Span
}

/** A comment with its slashes, without carriage returns. */
export interface Comment {
  readonly text: string
  readonly span: Span
}

/** What a body is made of. */
export type Statement = Attribute | Block

/** `name = value` */
export interface Attribute {
  readonly kind: 'attribute'
  readonly name: Name
  readonly value: Expression
  readonly span: Span
}

/** `name.of.block "label" { … }` */
export interface Block {
  readonly kind: 'block'
  /** The dotted name, joined with `.` whatever blanks stood between. */
  readonly name: string
  readonly nameSpan: Span
  /** The span of the name and, where there is one, the label: what a diagnostic about the block underlines. */
  readonly header: Span
  /** Null when absent or empty. */
  readonly label: string | null
  readonly labelSpan: Span | null
  readonly body: readonly Statement[]
  readonly lcurly: number
  readonly rcurly: number
  readonly span: Span
}

/** An identifier with its place. */
export interface Name {
  readonly name: string
  readonly span: Span
}

/** The token that a literal was. */
export type LiteralKind = 'STRING' | 'NUMBER' | 'FLOAT' | 'BOOL' | 'NULL'

/** An object's field. The name is the key as written without its quotes: escapes in keys are not decoded; the key `""` keeps its quotes. */
export interface Field {
  readonly name: Name
  /** Whether quotes were taken off. */
  readonly quoted: boolean
  readonly value: Expression
}

/** An operator between two operands. */
export type BinaryOperator = '||' | '&&' | '==' | '!=' | '<' | '<=' | '>' | '>=' | '+' | '-' | '*' | '/' | '%' | '^'

/** Offsets of brackets are those of the bracket's first character. */
export type Expression = { readonly span: Span } & (
  | {
      readonly kind: 'literal'
      readonly token: LiteralKind
      /** The source text, quotes included. */
      readonly raw: string
      /** A Helm template action is in the string: no one knows its value before the chart is rendered. */
      readonly template?: true
      /** A variable is in the string that another program replaces: its name. */
      readonly variable?: string
    }
  | { readonly kind: 'identifier'; readonly name: string }
  | { readonly kind: 'array'; readonly items: readonly Expression[] }
  | { readonly kind: 'object'; readonly fields: readonly Field[] }
  | { readonly kind: 'access'; readonly of: Expression; readonly name: Name }
  | { readonly kind: 'index'; readonly of: Expression; readonly at: Expression }
  | { readonly kind: 'call'; readonly of: Expression; readonly args: readonly Expression[] }
  | { readonly kind: 'unary'; readonly operator: '!' | '-'; readonly operand: Expression }
  | {
      readonly kind: 'binary'
      readonly operator: BinaryOperator
      readonly operatorOffset: number
      readonly left: Expression
      readonly right: Expression
    }
  | { readonly kind: 'paren'; readonly inner: Expression }
)
