import {
  Alternation,
  type Alternative,
  type CstParser,
  generateCstDts,
  type IProduction,
  NonTerminal,
  Option,
  Repetition,
  RepetitionMandatory,
  Terminal,
  tokenLabel,
} from 'chevrotain'

/** Words, as opposed to characters that stand for themselves. */
const isName = (label: string): boolean => /^\w[\w ]+$/.test(label)

/** Prints the productions of a parser as EBNF, a line each, in the order in which the parser defines them. */
export function ebnf(parser: CstParser): string {
  const rules = Object.values(parser.getGAstProductions())
  const width = Math.max(...rules.map(({ name }) => name.length))
  return rules.map(({ name, definition }) => `${name.padEnd(width)} = ${sequence(definition)} ;\n`).join('')
}

/** Prints the types of the concrete tree that a parser builds. */
export function cstTypes(parser: CstParser): string {
  return generateCstDts(parser.getGAstProductions())
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
