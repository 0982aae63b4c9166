import * as assert from 'uvu/assert'
import { citationsOf, compareCitation, judgeCitation } from '../../scripts/citations.ts'
import { describe, source } from '../harness.ts'
import { entries, map } from './map.ts'

const blob = '67cc2336e397f1f31c6b94446e0167bade046cce'
const [citation] = citationsOf(
  entries(source`
    components:
      a.b:
        about: Does nothing there.
        grants: {}
        evidence:
          imports: { at: 'o/r@module/v1.2.3:path/a.go#L3-L7', blob: ${blob}, says: It has no client. }
    `),
)

describe('citations', it => {
  it('are taken apart', () => {
    assert.equal(citation, {
      where: 'a.b, imports',
      repository: 'o/r',
      tag: 'module/v1.2.3',
      path: 'path/a.go',
      from: 3,
      to: 7,
      blob,
    })
  })

  it('are all well-formed', () => assert.ok(citationsOf(map.entries).length > 0))

  it('hold when file, hash and lines are there', () => {
    assert.is(judgeCitation(citation!, { blob, lines: 7 }), null)
    assert.is(judgeCitation({ ...citation!, blob: null }, { blob: 'other', lines: 7 }), null)
  })

  it('do not hold without the file, with another hash or with too few lines', () => {
    assert.match(judgeCitation(citation!, null)!, /has no path\/a\.go/)
    assert.match(
      judgeCitation(citation!, { blob: 'other', lines: 7 })!,
      /the blob of path\/a\.go at module\/v1\.2\.3 is other/,
    )
    assert.match(judgeCitation(citation!, { blob, lines: 6 })!, /has 6 lines/)
  })

  it('are to be read again when the file changes', () => {
    assert.is(compareCitation(citation!, { blob, lines: 7 }, 'v2', { blob, lines: 7 }), null)
    assert.match(compareCitation(citation!, { blob, lines: 7 }, 'v2', { blob: 'other', lines: 7 })!, /differs at v2/)
    assert.match(compareCitation(citation!, { blob, lines: 7 }, 'v2', null)!, /is gone at v2/)
  })
})
