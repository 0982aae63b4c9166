import * as assert from 'uvu/assert'
import { fence, markdownCell, markdownCode, markdownText } from '../../src/render/markdown.ts'
import { describe } from '../harness.ts'

describe('render/markdown', it => {
  const table: readonly (readonly [title: string, text: string, expected: string])[] = [
    ['a cell that ends early', 'a|b\rc', 'a\\|b\\\\rc'],
    ['a link', '[x](https://h)', '\\[x\\](https\\://h)'],
    ['an address that becomes a link', 'www.h.com', 'www\\.h.com'],
    ['an image', '![x](y)', '\\!\\[x\\](y)'],
    ['a mention', '@team', '\\@<!-- -->team'],
    ['a reference', 'a/b#1', 'a/b\\#<!-- -->1'],
    ['an element', '<img src=x>', '&lt;img src=x>'],
    ['an entity', '&lt;', '&amp;lt;'],
    ['emphasis', '*a* _b_ ~c~ `d` $e$', '\\*a\\* \\_b\\_ \\~c\\~ \\`d\\` \\$e\\$'],
    ['a list', '- a', '\\- a'],
    ['a numbered list', '1. a', '1\\. a'],
    ['a heading', '# a', '\\# a'],
    ['a quotation', '> a', '\\> a'],
  ]
  for (const [title, text, expected] of table)
    it(`shows ${title} as it is written`, () => assert.is(markdownText(text), expected))
  it('keeps lines of a cell in the cell', () => assert.is(markdownCell('a\n- b'), 'a<br>\\- b'))
  it('fences code by more ticks than it holds', () => {
    assert.is(markdownCode('a'), '`a`')
    assert.is(markdownCode('a`b|c'), '`` a`b\\|c ``')
    assert.is(fence(['```'], 'yaml'), '````yaml\n```\n````')
  })
})
