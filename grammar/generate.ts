import {
  Alternation,
  type Alternative,
  type BaseParser,
  type CstParser,
  EOF,
  generateCstDts,
  type ILookaheadStrategy,
  type IProduction,
  LLkLookaheadStrategy,
  NonTerminal,
  Option,
  Repetition,
  RepetitionMandatory,
  Terminal,
  type TokenType,
  tokenLabel,
} from 'chevrotain'
import type { Ahead, Decision } from './lookahead.ts'
import { AlloyParser } from './parser.ts'
import { vocabulary } from './tokens.ts'

/** Words, as opposed to characters that stand for themselves. */
const isName = (label: string): boolean => /^\w[\w ]+$/.test(label)

/** Prints the productions of a parser as EBNF, a line each, in the order in which the parser defines them. */
export function ebnf(parser: CstParser): string {
  const rules = Object.values(parser.getGAstProductions())
  const width = Math.max(...rules.map(({ name }) => name.length))
  return rules.map(({ name, definition }) => `${name.padEnd(width)} = ${sequence(definition)} ;\n`).join('')
}

/** Prints the types of the concrete tree that a parser builds. Where it has children of a kind, there is at least one. */
export function cstTypes(parser: CstParser): string {
  return generateCstDts(parser.getGAstProductions()).replaceAll(/: \(?(\w+)\)?\[\];/g, ': [$1, ...$1[]];')
}

type Decide = (this: BaseParser) => number | boolean | undefined

/** Chevrotain's own lookahead, which notes for every token what each decision is: the table that the parser is generated with. */
function recordedLookahead(tokens: readonly TokenType[], record: (decision: Decision) => void): ILookaheadStrategy {
  const strategy = new LLkLookaheadStrategy({ maxLookahead: 1 })
  const note = (rule: string, kind: Decision['kind'], index: number, decide: Decide): void => {
    const alternatives: string[][] = []
    for (const type of [...tokens, EOF]) {
      const ahead: Ahead = { LA_FAST: () => ({ tokenTypeIdx: type.tokenTypeIdx! }) }
      const decided = decide.call(ahead as unknown as BaseParser)
      if (decided === undefined || decided === false) continue
      const at = decided === true ? 0 : decided
      while (alternatives.length <= at) alternatives.push([])
      alternatives[at]!.push(type.name)
    }
    record({ rule, kind, index, alternatives })
  }
  return {
    validate: options => strategy.validate(options),
    buildLookaheadForAlternation: options => {
      const decide = strategy.buildLookaheadForAlternation(options)
      note(options.rule.name, 'OR', options.prodOccurrence, decide as Decide)
      return decide
    },
    buildLookaheadForOptional: options => {
      const decide = strategy.buildLookaheadForOptional(options)
      const kind = options.prodType === 'Option' ? 'OPTION' : 'MANY'
      note(options.rule.name, kind, options.prodOccurrence, decide)
      return decide
    },
  }
}

/** The parser whose grammar is recorded and checked, and its decisions in the order in which they were worked out. */
export function recordedParser(): { readonly parser: AlloyParser; readonly decisions: readonly Decision[] } {
  const decisions: Decision[] = []
  const lookahead = recordedLookahead(vocabulary, each => void decisions.push(each))
  return { parser: new AlloyParser({ lookahead }), decisions }
}

/** Prints the module with the decisions of a parser. */
export function decisionsModule(decisions: readonly Decision[]): string {
  const lines = decisions.map(({ rule, kind, index, alternatives }) => {
    const lists = alternatives.map(names => `[${names.map(name => `'${name}'`).join(', ')}]`)
    return `  { rule: '${rule}', kind: '${kind}', index: ${index}, alternatives: [${lists.join(', ')}] },`
  })
  return `import type { Decision } from './lookahead.ts'

/** Which token leads where, in every decision of the parser. Generated. */
export const decisions: readonly Decision[] = [
${lines.join('\n')}
]
`
}

function sequence(definition: readonly IProduction[]): string {
  return definition.map(part => production(part, definition.length > 1)).join(' ')
}

function production(part: IProduction, among: boolean): string {
  if (part instanceof NonTerminal) return part.nonTerminalName
  if (part instanceof Terminal) {
    const label = tokenLabel(part.terminalType)
    return isName(label) ? label.replace(' ', '_') : `"${label}"`
  }
  if (part instanceof Option) return `[ ${sequence(part.definition)} ]`
  if (part instanceof Repetition) return `{ ${sequence(part.definition)} }`
  if (part instanceof RepetitionMandatory) return `${sequence(part.definition)} { ${sequence(part.definition)} }`
  if (part instanceof Alternation) {
    const choices = (part.definition as Alternative[]).map(each => sequence(each.definition)).join(' | ')
    return among ? `( ${choices} )` : choices
  }
  throw new Error('the grammar uses a production that has no EBNF here')
}
