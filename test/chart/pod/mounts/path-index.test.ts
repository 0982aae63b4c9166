import fc from 'fast-check'
import * as assert from 'uvu/assert'
import { foldersOf, pathIndex } from '../../../../src/chart/pod/mounts/path-index.ts'
import { relativeTo } from '../../../../src/chart/pod/mounts/paths.ts'
import { describe } from '../../../harness.ts'

const names = fc.array(fc.constantFrom('a', 'b', 'ab'), { maxLength: 4 })
const path = fc.oneof(
  names.map(each => `/${each.join('/')}`),
  names.map(each => `C:\\${each.join('\\')}`),
  fc.constantFrom('C:', '/a/b\\c', 'C:\\a/b'),
)

describe('an index of paths', it => {
  it('finds what is around and inside a path, as a look at each of them would', () => {
    fc.assert(
      fc.property(fc.array(path, { maxLength: 12 }), path, (paths, at) => {
        const items = paths.map((each, order) => ({ path: each, order }))
        const { around, inside } = pathIndex(items, each => each.path)
        assert.equal(
          inside(at),
          items.filter(each => relativeTo(each.path, at) !== null),
        )
        assert.equal(
          around(at),
          items
            .filter(each => relativeTo(at, each.path) !== null)
            .sort((a, b) => b.path.length - a.path.length || a.order - b.order),
        )
      }),
    )
  })
  it('does not look for the folders of a path that no system opens', () => {
    const long = '/a'.repeat(100_000)
    assert.equal(foldersOf(long), [long])
    assert.equal(foldersOf('/a/b'), ['/a/b', '/a/', '/a', '/'])
  })
})
