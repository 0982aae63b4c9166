import * as assert from 'uvu/assert'
import { cstTypes, ebnf } from '../../grammar/generate.ts'
import { AlloyParser } from '../../grammar/parser.ts'
import { createLexer } from '../../grammar/tokens.ts'
import { describe, golden } from '../harness.ts'

describe('grammar', it => {
  it('is free of ambiguities and left recursion, as Chevrotain sees it', () => {
    assert.not.throws(() => new AlloyParser({ validate: true }))
  })
  it('has a vocabulary in which every token can be matched', () => {
    assert.equal(createLexer({ validate: true }).lexerDefinitionErrors, [])
  })
  it('has its EBNF written down; npm run generate renews it', () => {
    golden('grammar/alloy.ebnf', ebnf(new AlloyParser()))
  })
  it('has the types of its tree written down; npm run generate renews them', () => {
    golden('grammar/cst.d.ts', cstTypes(new AlloyParser()))
  })
})
