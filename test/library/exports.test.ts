import * as assert from 'uvu/assert'
import * as library from '../../src/index.ts'
import { describe } from '../harness.ts'

describe('library', it => {
  it('exports these names and no others: removing or renaming one is a major version', () => {
    assert.equal(Object.keys(library).sort(), [
      'analyze',
      'catalog',
      'check',
      'explain',
      'locate',
      'outermost',
      'parse',
      'render',
    ])
  })
  it('renders these documents and no others', () => {
    assert.equal(Object.keys(library.render).sort(), [
      'baseline',
      'canI',
      'check',
      'diagnostic',
      'diagnostics',
      'diff',
      'explanation',
      'html',
      'json',
      'manifests',
      'values',
    ])
  })
})
