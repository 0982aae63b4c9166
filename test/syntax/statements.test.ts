import * as assert from 'uvu/assert'
import { parse } from '../../src/syntax/parse.ts'
import { describe } from '../harness.ts'

const codes = (text: string): readonly string[] =>
  parse({ path: 'config.alloy', text }).diagnostics.map(({ code }) => code)

describe('parse', it => {
  it('reads blocks with their labels and attributes', () => {
    const { value } = parse({ path: 'config.alloy', text: 'a.b "c" {\n  d = 1\n}\n' })
    const [block] = value?.body ?? []
    assert.is(block?.kind === 'block' && `${block.name} ${block.label} ${block.body.length}`, 'a.b c 1')
  })
  it('is null exactly when an error is reported', () => {
    for (const text of ['a = 1', 'a = ', 'a {', 'a "b" {}', '"']) {
      const { value, diagnostics } = parse({ path: 'config.alloy', text })
      assert.is(value === null, diagnostics.length > 0, text)
    }
  })
  it('reports several errors in one run', () => assert.is(codes('a = 1 2\nb = [1,,2]\nc = {d: 1}\n').length >= 3, true))
  it('counts brackets before it parses', () => assert.is(codes(`a = ${'['.repeat(5000)}`).length > 0, true))
})
