import type { Ahead, Decision } from './lookahead.ts'
import { AlloyParser } from './parser.ts'
import { vocabulary } from './tokens.ts'

/** Which token leads where, in every decision of the parser. Generated. */
export const decisions: readonly Decision[] = [
  { rule: 'body', kind: 'MANY', index: 0, alternatives: [['Terminator']] },
  { rule: 'body', kind: 'OPTION', index: 0, alternatives: [['Identifier']] },
  { rule: 'body', kind: 'OPTION', index: 2, alternatives: [['Identifier']] },
  { rule: 'statement', kind: 'OR', index: 0, alternatives: [['Text'], ['RawText']] },
  { rule: 'statement', kind: 'OR', index: 2, alternatives: [['Assign'], ['LCurly']] },
  { rule: 'statement', kind: 'MANY', index: 0, alternatives: [['Dot']] },
  { rule: 'statement', kind: 'OPTION', index: 0, alternatives: [['Text', 'RawText']] },
  { rule: 'expression', kind: 'OR', index: 0, alternatives: [['Operator'], ['Minus']] },
  { rule: 'expression', kind: 'MANY', index: 0, alternatives: [['Operator', 'Minus']] },
  { rule: 'unary', kind: 'OR', index: 0, alternatives: [['Not'], ['Minus']] },
  { rule: 'unary', kind: 'MANY', index: 0, alternatives: [['Not', 'Minus']] },
  { rule: 'unary', kind: 'MANY', index: 2, alternatives: [['LParen', 'LSquare', 'Dot']] },
  { rule: 'unary', kind: 'OPTION', index: 0, alternatives: [['Text', 'RawText', 'LCurly']] },
  { rule: 'postfix', kind: 'OR', index: 0, alternatives: [['Dot'], ['LSquare'], ['LParen']] },
  { rule: 'postfix', kind: 'OPTION', index: 0, alternatives: [['Bool', 'Null', 'Identifier', 'Float', 'Integer', 'Text', 'RawText', 'Not', 'Minus', 'LParen', 'LSquare', 'LCurly']] },
  { rule: 'misplaced', kind: 'OR', index: 0, alternatives: [['Text'], ['RawText']] },
  { rule: 'misplaced', kind: 'OPTION', index: 0, alternatives: [['Text', 'RawText']] },
  { rule: 'primary', kind: 'OR', index: 0, alternatives: [['Text'], ['Identifier'], ['RawText'], ['Integer'], ['Float'], ['Bool'], ['Null'], ['LParen'], ['LSquare'], ['LCurly']] },
  { rule: 'primary', kind: 'OPTION', index: 0, alternatives: [['Bool', 'Null', 'Identifier', 'Float', 'Integer', 'Text', 'RawText', 'Not', 'Minus', 'LParen', 'LSquare', 'LCurly']] },
  { rule: 'primary', kind: 'OPTION', index: 2, alternatives: [['Identifier', 'Text', 'RawText']] },
  { rule: 'expressionList', kind: 'MANY', index: 0, alternatives: [['Comma']] },
  { rule: 'expressionList', kind: 'OPTION', index: 0, alternatives: [['Bool', 'Null', 'Identifier', 'Float', 'Integer', 'Text', 'RawText', 'Not', 'Minus', 'LParen', 'LSquare', 'LCurly']] },
  { rule: 'fieldList', kind: 'MANY', index: 0, alternatives: [['Comma']] },
  { rule: 'fieldList', kind: 'OPTION', index: 0, alternatives: [['Identifier', 'Text', 'RawText']] },
  { rule: 'field', kind: 'OR', index: 0, alternatives: [['Text'], ['RawText'], ['Identifier']] },
]
