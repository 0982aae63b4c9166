import * as assert from 'uvu/assert'
import { diagnostic } from '../../src/diagnostic/diagnostic.ts'
import { redacted } from '../../src/secrets/redact.ts'
import { describe } from '../harness.ts'

const told = (message: string, given: readonly string[], text = ''): string =>
  redacted(
    [diagnostic('duplicate-block', null, { id: message })],
    { sources: [{ path: 'a.alloy', text }], isOpen: () => true },
    given,
  )[0]!.message

describe('render/redact', it => {
  it('hides what is given, in any case', () => assert.not.match(told('the PassWord1 is', ['password1']), /word1/i))
  it('hides a short text as a whole word alone', () => assert.match(told('bcd and abcde', ['bcd']), /\*\*\* and abcde/))
  it('hides a text too long for a pattern', () => {
    const long = '9'.repeat(5_000_000)
    assert.not.match(told(`the ${long} is`, [long]), /9/)
  })
  it('leaves what a text says openly', () =>
    assert.match(told('about secret1', ['secret1'], 'x = "secret1"'), /secret1/))
})
