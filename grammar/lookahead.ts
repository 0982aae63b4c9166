import { type BaseParser, EOF, type IToken, type TokenType } from 'chevrotain'

/** Where the parser has to decide: a rule, what kind of decision it is, and which of its kind in the rule. */
export interface Decision {
  readonly rule: string
  readonly kind: 'OR' | 'OPTION' | 'MANY'
  readonly index: number
  /** The names of the tokens that lead into each alternative; the one of an option or a repetition is to enter it. */
  readonly alternatives: readonly (readonly string[])[]
}

/** What a decision function asks the parser for. */
export interface Ahead {
  readonly LA_FAST: (howMany: number) => Pick<IToken, 'tokenTypeIdx'>
}

/** The members of Chevrotain's parser that hold its lookahead. They are not declared, and its version is pinned. */
interface Prepared {
  selfAnalysisDone: boolean
  readonly fullRuleNameToShort: Readonly<Record<string, number>>
  readonly setLaFuncCache: (key: number, decide: (this: Ahead) => number | boolean | undefined) => void
}

/** As Chevrotain packs them into the key of a decision: rule, kind and index. */
const kinds: Readonly<Record<Decision['kind'], number>> = { OR: 1 << 8, OPTION: 2 << 8, MANY: 3 << 8 }

/**
 * Gives a parser its lookahead by a table, in place of `performSelfAnalysis`: that runs every rule to record the grammar, and works
 * the decisions out from the record, at every start.
 */
export function prepare(parser: BaseParser, tokens: readonly TokenType[], table: readonly Decision[]): void {
  const prepared = parser as unknown as Prepared
  const numbers = new Map([...tokens, EOF].map(({ name, tokenTypeIdx }) => [name, tokenTypeIdx!]))
  const size = Math.max(...numbers.values()) + 1
  for (const { rule, kind, index, alternatives } of table) {
    // One for each token, so that the array has no holes; -1: none of them.
    const choices = new Array<number>(size).fill(-1)
    for (const [choice, names] of alternatives.entries()) for (const name of names) choices[numbers.get(name)!] = choice
    const key = prepared.fullRuleNameToShort[rule]! | kinds[kind] | index
    if (kind === 'OR') {
      prepared.setLaFuncCache(key, function () {
        const choice = choices[this.LA_FAST(1).tokenTypeIdx]!
        return choice < 0 ? undefined : choice
      })
    } else {
      prepared.setLaFuncCache(key, function () {
        return choices[this.LA_FAST(1).tokenTypeIdx] === 0
      })
    }
  }
  prepared.selfAnalysisDone = true
}
