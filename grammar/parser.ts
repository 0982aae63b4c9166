import {
  CstParser,
  EOF,
  type ILookaheadStrategy,
  type IToken,
  isRecognitionException,
  NoViableAltException,
  type TokenType,
  tokenLabel,
} from 'chevrotain'
import { decisions } from './decisions.ts'
import { prepare } from './lookahead.ts'
import {
  Assign,
  Bool,
  Comma,
  Dot,
  Float,
  Identifier,
  Integer,
  LCurly,
  LParen,
  LSquare,
  Minus,
  Not,
  Null,
  Operator,
  RawText,
  RCurly,
  RParen,
  RSquare,
  Terminator,
  Text,
  vocabulary,
} from './tokens.ts'

/** After so many faults the rest of a text is not read. */
const enough = 100

const openers: ReadonlySet<TokenType> = new Set([LParen, LSquare, LCurly])
const closers: ReadonlySet<TokenType> = new Set([RParen, RSquare, RCurly])

/**
 * The productions, in the order of Alloy's own parser, each with its line of EBNF. A fault ends its statement and no other:
 * `statement` catches it, skips to the end of the line or block that the statement is in, and the body goes on.
 * The message of a fault is the words for what was expected.
 */
export class AlloyParser extends CstParser {
  /** How many blocks are open: a `}` closes one of them, or is a fault. */
  private blocks = 0
  private faults = 0
  /** The blocks that stand where a value belongs: the first token of the value and the `}`. */
  misplacements: { readonly first: IToken; readonly last: IToken }[] = []

  /** By default it decides as was generated; with a strategy the grammar is recorded and checked, and the decisions are worked out. */
  constructor({ lookahead }: { lookahead?: ILookaheadStrategy } = {}) {
    super(vocabulary, {
      ...(lookahead && { lookaheadStrategy: lookahead }),
      maxLookahead: 1,
      // Chevrotain's own recovery resumes at any token that may follow some open rule, which cascades.
      recoveryEnabled: false,
      skipValidations: lookahead === undefined,
      errorMessageProvider: {
        buildMismatchTokenMessage: ({ expected }) => tokenLabel(expected),
        buildNotAllInputParsedMessage: () => tokenLabel(EOF),
        buildNoViableAltMessage: ({ customUserDescription }) => customUserDescription ?? '',
        buildEarlyExitMessage: ({ customUserDescription }) => customUserDescription ?? '',
      },
    })
    if (lookahead === undefined) prepare(this, vocabulary, decisions)
    else this.performSelfAnalysis()
  }

  /** Chevrotain's own looks up in the recorded grammar what could follow, and there is none. */
  raiseNoAltException(_occurrence: number, expected = ''): never {
    const { SAVE_ERROR } = this as unknown as { SAVE_ERROR: (error: Error) => Error }
    throw SAVE_ERROR.call(this, new NoViableAltException(expected, this.LA(1), this.LA(0)))
  }

  override reset(): void {
    super.reset()
    this.blocks = 0
    this.faults = 0
    this.misplacements = []
  }

  // File = Body
  readonly file = this.RULE('file', () => {
    this.SUBRULE(this.body)
  })

  // Body = [ Statement ] { terminator [ Statement ] }
  // Terminators never follow one another, so this is a list of statements whose last may lack its terminator.
  readonly body = this.RULE('body', () => {
    do {
      this.OPTION(() => this.SUBRULE(this.statement))
      this.MANY(() => {
        this.CONSUME(Terminator)
        this.OPTION2(() => this.SUBRULE2(this.statement))
      })
    } while (this.resumed())
  })

  // Statement = identifier { "." identifier } [ string | raw_string ] ( "=" Expression | Block )
  // An attribute and a block begin alike. An attribute with dots or a label, and a raw label, are refused afterwards.
  readonly statement = this.RULE('statement', () => {
    const first = this.LA(1)
    let header = true
    try {
      this.CONSUME(Identifier)
      this.MANY(() => {
        this.CONSUME(Dot)
        this.CONSUME2(Identifier)
      })
      this.OPTION(() =>
        this.OR([
          { ALT: () => this.CONSUME(Text, { LABEL: 'label' }) },
          { ALT: () => this.CONSUME(RawText, { LABEL: 'label' }) },
        ]),
      )
      this.OR2({
        DEF: [
          {
            ALT: () => {
              this.CONSUME(Assign)
              header = false
              this.SUBRULE(this.expression)
            },
          },
          {
            ALT: () => {
              header = false
              this.SUBRULE(this.block)
            },
          },
        ],
        ERR_MSG: '= or {',
      })
    } catch (error) {
      this.recover(error, first, header)
      if (header) this.readBlock()
    }
  })

  // Block = "{" Body "}"
  readonly block = this.RULE('block', () => {
    this.CONSUME(LCurly)
    this.blocks++
    this.SUBRULE(this.body)
    this.blocks--
    this.CONSUME(RCurly)
  })

  // Expression = UnaryExpr { binary_op UnaryExpr }
  // Which operator binds how is left to a table.
  readonly expression = this.RULE('expression', () => {
    this.SUBRULE(this.unary)
    this.MANY(() => {
      this.OR([
        { ALT: () => this.CONSUME(Operator, { LABEL: 'operator' }) },
        { ALT: () => this.CONSUME(Minus, { LABEL: 'operator' }) },
      ])
      this.SUBRULE2(this.unary)
    })
  })

  // UnaryExpr = { unary_op } PrimaryExpr { Postfix } [ Misplaced ]
  readonly unary = this.RULE('unary', () => {
    const first = this.LA(1)
    this.MANY(() => {
      this.OR([
        { ALT: () => this.CONSUME(Not, { LABEL: 'prefix' }) },
        { ALT: () => this.CONSUME(Minus, { LABEL: 'prefix' }) },
      ])
    })
    this.SUBRULE(this.primary)
    this.MANY2(() => this.SUBRULE(this.postfix))
    this.OPTION(() => this.SUBRULE(this.misplaced, { ARGS: [first] }))
  })

  // Postfix = "." identifier | "[" Expression "]" | "(" [ ExpressionList ] ")"
  // One rule for the three: a CST groups children by kind, so inlining them would lose their order.
  readonly postfix = this.RULE('postfix', () => {
    this.OR([
      {
        ALT: () => {
          this.CONSUME(Dot)
          this.CONSUME(Identifier)
        },
      },
      {
        ALT: () => {
          this.CONSUME(LSquare)
          this.SUBRULE(this.expression)
          this.CONSUME(RSquare)
        },
      },
      {
        ALT: () => {
          this.CONSUME(LParen)
          this.OPTION(() => this.SUBRULE(this.expressionList))
          this.CONSUME(RParen)
        },
      },
    ])
  })

  // Misplaced = [ string | raw_string ] Block
  // Not of the language: a block where a value belongs, read so that it can be named and its statements be judged.
  readonly misplaced = this.RULE('misplaced', (first?: IToken) => {
    this.OPTION(() =>
      this.OR([
        { ALT: () => this.CONSUME(Text, { LABEL: 'label' }) },
        { ALT: () => this.CONSUME(RawText, { LABEL: 'label' }) },
      ]),
    )
    this.SUBRULE(this.block)
    this.ACTION(() => this.misplacements.push({ first: first!, last: this.LA(0) }))
  })

  // PrimaryExpr = identifier | string | raw_string | number | float | bool | null
  //             | "(" Expression ")" | "[" [ ExpressionList ] "]" | "{" [ FieldList ] "}"
  readonly primary = this.RULE('primary', () => {
    this.OR({
      DEF: [
        { ALT: () => this.CONSUME(Text) },
        { ALT: () => this.CONSUME(Identifier) },
        { ALT: () => this.CONSUME(RawText) },
        { ALT: () => this.CONSUME(Integer) },
        { ALT: () => this.CONSUME(Float) },
        { ALT: () => this.CONSUME(Bool) },
        { ALT: () => this.CONSUME(Null) },
        {
          ALT: () => {
            this.CONSUME(LParen)
            this.SUBRULE(this.expression)
            this.CONSUME(RParen)
          },
        },
        {
          ALT: () => {
            this.CONSUME(LSquare)
            this.OPTION(() => this.SUBRULE(this.expressionList))
            this.CONSUME(RSquare)
          },
        },
        {
          ALT: () => {
            this.CONSUME(LCurly)
            this.OPTION2(() => this.SUBRULE(this.fieldList))
            this.CONSUME(RCurly)
          },
        },
      ],
      ERR_MSG: 'expression',
    })
  })

  // ExpressionList = Expression { "," [ Expression ] }
  // Only the last comma may lack its expression, which the gate sees to.
  readonly expressionList = this.RULE('expressionList', () => {
    this.SUBRULE(this.expression)
    let complete = true
    this.MANY({
      GATE: () => complete,
      DEF: () => {
        this.CONSUME(Comma)
        complete = false
        this.OPTION(() => {
          this.SUBRULE2(this.expression)
          complete = true
        })
      },
    })
  })

  // FieldList = Field { "," [ Field ] }
  readonly fieldList = this.RULE('fieldList', () => {
    this.SUBRULE(this.field)
    let complete = true
    this.MANY({
      GATE: () => complete,
      DEF: () => {
        this.CONSUME(Comma)
        complete = false
        this.OPTION(() => {
          this.SUBRULE2(this.field)
          complete = true
        })
      },
    })
  })

  // Field = ( string | raw_string | identifier ) "=" Expression
  readonly field = this.RULE('field', () => {
    this.OR([
      { ALT: () => this.CONSUME(Text, { LABEL: 'key' }) },
      { ALT: () => this.CONSUME(RawText, { LABEL: 'key' }) },
      { ALT: () => this.CONSUME(Identifier, { LABEL: 'key' }) },
    ])
    this.CONSUME(Assign)
    this.SUBRULE(this.expression)
  })

  /** At the end of a body's statements: skips what is not a statement and says whether there may be more. */
  private resumed(): boolean {
    const next = this.LA(1)
    if (next.tokenType === EOF || (next.tokenType === RCurly && this.blocks > 0)) return false
    const fresh = this.LA(0).tokenType
    try {
      this.CONSUME(fresh === Terminator || fresh === LCurly || fresh === EOF ? Identifier : Terminator)
    } catch (error) {
      this.recover(error, null)
      if (this.LA(1) === next) this.SKIP_TOKEN()
    }
    return true
  }

  /** After a header that is wrong: its block may be right, and what is in it is worth reading. */
  private readBlock(): void {
    if (this.LA(1).tokenType === Terminator && this.LA(2).tokenType === LCurly) this.SKIP_TOKEN()
    if (this.LA(1).tokenType !== LCurly) return
    try {
      this.SUBRULE2(this.block)
    } catch (error) {
      this.recover(error, null)
    }
  }

  /**
   * Goes to the end of the statement that began with a token, over the brackets that it has left open; null: none has begun.
   * A header ends at the block that it opens, too.
   */
  private recover(error: unknown, first: IToken | null, header = false): void {
    if (!(error instanceof Error && isRecognitionException(error))) throw error
    this.faults++
    let depth = first === null ? 0 : this.open(first)
    for (;;) {
      const { tokenType } = this.LA(1)
      if (tokenType === EOF) return
      if (this.faults < enough) {
        if (depth === 0 && (tokenType === Terminator || tokenType === RCurly)) return
        if (depth === 0 && header && tokenType === LCurly) return
        // No bracket holds a block header: one that was never closed does not swallow the blocks after it.
        if (tokenType === Terminator && this.startsBlock()) return
        if (openers.has(tokenType)) depth++
        else if (closers.has(tokenType) && depth > 0) depth--
      }
      this.SKIP_TOKEN()
    }
  }

  /** Counts the brackets that are open between a token and the next one. */
  private open(first: IToken): number {
    let depth = 0
    let closed = 0
    for (let back = 0; ; back--) {
      const token = this.LA(back)
      if (token.tokenType === EOF) break
      if (closers.has(token.tokenType)) closed++
      else if (openers.has(token.tokenType)) closed > 0 ? closed-- : depth++
      if (token === first) break
    }
    return depth
  }

  /** Says whether a block's header follows the next token. */
  private startsBlock(): boolean {
    let at = 2
    if (this.LA(at).tokenType !== Identifier) return false
    while (this.LA(at + 1).tokenType === Dot && this.LA(at + 2).tokenType === Identifier) at += 2
    if (this.LA(at + 1).tokenType === Text) at++
    return this.LA(at + 1).tokenType === LCurly
  }
}
