import * as assert from 'uvu/assert'
import { parse } from '../../src/syntax/parse.ts'
import { describe } from '../harness.ts'

const blocks = (from: number, to: number): string =>
  Array.from({ length: to - from }, (_, at) => `a.b "c${from + at}" {\n  d = [1, { e = "f" }]\n}\n`).join('')

/** What is said about a text, with what follows the place on its line. */
function saidOf(text: string): readonly string[] {
  const { diagnostics } = parse({ path: 'config.alloy', text })
  return diagnostics.map(({ code, message, span }) => `${code} ${message}: ${text.slice(span!.start).split('\n')[0]}`)
}

describe('a text of many thousand tokens', it => {
  it('has its statements in order, each in its place', () => {
    const text = `${blocks(0, 1_000)}// end\n`
    const { value } = parse({ path: 'config.alloy', text })
    assert.equal(
      value?.body.map(each => each.kind === 'block' && each.label),
      Array.from({ length: 1_000 }, (_, at) => `c${at}`),
    )
    for (const { span } of value!.body) assert.is(text.slice(span.start, span.start + 3), 'a.b')
    assert.is(value?.comments.length, 1)
  })
  const faults: readonly (readonly [title: string, broken: string])[] = [
    ['an expression that is broken', 'x = = 1\n'],
    ['a bracket that closes nothing', 'x = 1 }\n'],
    ['a block that is not closed', 'x {\n'],
    ['a block in the place of a value', 'x = y { }\n'],
    ['what the grammar lets through', 'a.b = 1\n'],
  ]
  for (const [title, broken] of faults) {
    it(`has ${title} reported as a short one has`, () => {
      const short = saidOf(`${blocks(0, 1)}${broken}${blocks(1, 2)}`)
      assert.is(short.length, 1)
      assert.equal(saidOf(`${blocks(0, 500)}${broken}${blocks(500, 1_000)}`), short)
    })
  }
})
