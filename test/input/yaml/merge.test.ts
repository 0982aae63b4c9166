import fc from 'fast-check'
import * as assert from 'uvu/assert'
import { parameters } from '../../../src/input/helm/parameters.ts'
import { depthLimit } from '../../../src/input/yaml/documents.ts'
import { merge, mergeAll } from '../../../src/input/yaml/merge.ts'
import { readYaml } from '../../../src/input/yaml/parse-yaml.ts'
import { data, type Mapping } from '../../../src/input/yaml/tree.ts'
import { describe } from '../../harness.ts'

const values = fc.letrec<{ tree: unknown; map: unknown }>(tie => ({
  tree: fc.oneof({ depthSize: 'small' }, fc.constantFrom(1, 'x', null), tie('map')),
  map: fc.dictionary(fc.constantFrom('a', 'b', 'c'), tie('tree'), { maxKeys: 3 }),
})).map
const treeOf = (json: unknown): Mapping => readYaml({ path: 'v.yaml', text: JSON.stringify(json) }).value[0] as Mapping

describe('merging', it => {
  it('lays many maps over each other as one after the other', () => {
    fc.assert(
      fc.property(values, fc.array(values, { maxLength: 4 }), (first, layers) => {
        const [under, over] = [treeOf(first), layers.map(treeOf)]
        const [together, inTurn] = [mergeAll(under, over), over.reduce(merge, under)]
        assert.equal(JSON.stringify(data(together)), JSON.stringify(data(inTurn)))
        assert.is(together.span, inTurn.span)
      }),
    )
  })
  it('takes parameters as deep as YAML, and skips deeper ones', () => {
    const named = (depth: number) => {
      const span = { source: { path: 'v.yaml', text: '' }, start: 0, end: 0 }
      return {
        name: Array(depth).fill('a').join('.'),
        value: { kind: 'scalar', value: 'x', span },
        typed: false,
      } as const
    }
    const { values: read, skipped } = parameters([named(depthLimit), named(depthLimit + 1), named(100_000)])
    assert.equal([read.entries.size, skipped.length], [1, 2])
  })
})
