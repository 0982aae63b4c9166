import * as assert from 'uvu/assert'
import { difference } from '../../src/chart/rbac/difference.ts'
import { chartVersions, findRelease } from '../../src/chart/release/releases.ts'
import { values } from '../../src/chart/values.ts'
import { grantLines } from '../../src/kubernetes/grant.ts'
import { diffJson, diffText } from '../../src/render/diff.ts'
import { diffMarkdown } from '../../src/render/diff-markdown.ts'
import { olderThan } from '../../src/version.ts'
import { planOf } from '../chart/plans.ts'
import { describe, golden } from '../harness.ts'

const plan = planOf(['cluster pods list,watch', 'monitoring secrets[grafana-cloud] get', 'cluster nodes/proxy get'])

function made(version: string) {
  const release = findRelease(version).value!
  const options = { release, alloy: release.alloy, kubernetes: '1.34', tool: 'alloy-rbac 0.1.0', only: 'rbac' } as const
  return { found: difference(plan, release), text: values(plan, options).value!.text }
}

describe('render/diff', it => {
  for (const version of ['1.3.1', '1.11.1']) {
    it(`prints the difference from ${version} as in its file`, () => {
      const { found, text } = made(version)
      golden(`test/render/golden/diff-${version}.txt`, diffText(found, { values: text, color: false, pod: null }))
    })
  }

  it('prints a comment for a pull request as in its file', () => {
    const { found, text } = made('1.11.1')
    golden('test/render/golden/diff-1.11.1.md', diffMarkdown(found, { values: text, pod: null }))
  })

  it('splits the defaults of every chart into needed, too much and phantom', () => {
    for (const version of chartVersions) {
      const { defaults, excess, phantom } = made(version).found
      // pods list and watch, and nodes/proxy get as long as that was a default.
      const needed = olderThan(version, '1.5.3') ? 3 : 2
      assert.is(excess.length + phantom.length + needed, defaults.length, version)
    }
  })

  it('names what the defaults lack', () => {
    assert.equal(grantLines(made('1.11.1').found.missing.map(({ grant }) => grant)), ['cluster nodes/proxy get'])
    assert.equal(made('1.4.0').found.missing, [])
  })

  it('colors when asked, and changes nothing else', () => {
    const { found, text } = made('1.11.1')
    const colored = diffText(found, { values: text, color: true, pod: null })
    assert.match(colored, /\u001b\[31m/)
    assert.is(colored.replace(/\u001b\[\d+m/g, ''), diffText(found, { values: text, color: false, pod: null }))
  })

  it('says first that a plan may be too small', () => {
    const { found, text } = made('1.11.1')
    const partial = { ...found, complete: false }
    assert.match(diffText(partial, { values: text, color: false, pod: null }), /^grants .*\nINCOMPLETE: part/m)
    assert.match(diffMarkdown(partial, { values: text, pod: null }), /^\*\*INCOMPLETE: part/m)
    assert.not.match(
      diffText(found, { values: text, color: false, pod: null }) + diffMarkdown(found, { values: text, pod: null }),
      /INCOMPLETE/,
    )
  })

  it('says that values of an old chart cannot carry the rules', () => {
    const said = (version: string) =>
      diffMarkdown(made(version).found, { values: made(version).text, pod: null }).includes('cannot carry')
    assert.equal(['0.10.1', '0.11.0', '1.11.1'].map(said), [true, false, false])
  })

  it('counts and lists for a program', () => {
    const { defaults, needed, missing, excess } = diffJson(made('1.11.1').found)
    assert.equal([defaults, needed, missing], [97, 4, ['cluster nodes/proxy get']])
    assert.is(excess[0], 'cluster secrets get,list,watch')
  })
})
