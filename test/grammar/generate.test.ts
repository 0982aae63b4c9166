import * as assert from 'uvu/assert'
import { cstTypes, decisionsModule, ebnf, recordedParser } from '../../grammar/generate.ts'
import { createLexer } from '../../grammar/tokens.ts'
import { describe, golden } from '../harness.ts'

describe('grammar', it => {
  it('is free of ambiguities and left recursion, as Chevrotain sees it', () => {
    assert.not.throws(() => recordedParser())
  })
  it('has a vocabulary in which every token can be matched', () => {
    assert.equal(createLexer({ validate: true }).lexerDefinitionErrors, [])
  })
  it('has its EBNF written down; npm run generate renews it', () => {
    golden('grammar/alloy.ebnf', ebnf(recordedParser().parser))
  })
  it('has the types of its tree written down; npm run generate renews them', () => {
    golden('grammar/cst.d.ts', cstTypes(recordedParser().parser))
  })
  it('has its decisions written down; npm run generate renews them', () => {
    golden('grammar/decisions.ts', decisionsModule(recordedParser().decisions))
  })
})
