import * as assert from 'uvu/assert'
import { parse } from '../../src/syntax/parse.ts'
import { describe } from '../harness.ts'

describe('parse', it => {
  it('reads attributes and blocks', () => {
    const { value, diagnostics } = parse({ path: 'config.alloy', text: 'a.b "c" {\n\td = [1, e.f]\n}\n' })
    assert.equal(diagnostics, [])
    const [block] = value!.body
    assert.is(block!.kind, 'block')
    if (block?.kind !== 'block') return
    assert.equal([block.name, block.label, block.lcurly, block.rcurly], ['a.b', 'c', 8, 24])
    assert.equal([block.header.start, block.header.end], [0, 7])
    assert.equal(
      block.body.map(({ kind }) => kind),
      ['attribute'],
    )
  })

  it('has no tree beside an error', () => {
    const { value, diagnostics } = parse({ path: 'config.alloy', text: 'a = )\nb = 1 2\nc = 3\n' })
    assert.is(value, null)
    assert.equal(
      diagnostics.map(({ code, span }) => [code, span!.start]),
      [
        ['ARB001', 4],
        ['ARB002', 12],
      ],
    )
  })
})
