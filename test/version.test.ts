import * as assert from 'uvu/assert'
import { compareVersions, liesIn, type ReleaseRange, rangeOf } from '../src/version.ts'
import { describe } from './harness.ts'

describe('compareVersions', it => {
  const cases: readonly [string, string, number][] = [
    ['1.18.1', '1.18.1', 0],
    ['1.9.0', '1.18.0', -1],
    ['v1.18.0', '1.17.9', 1],
    ['1.34', '1.34.0', 0],
    ['1.19.0-rc.0', '1.19.0', -1],
    ['1.19.0', '1.19.0-rc.0', 1],
    ['1.19.0-rc.1', '1.19.0-rc.0', 1],
    ['1.19.0-rc.0', '1.18.9', 1],
    ['1.19.0-rc.10', '1.19.0-rc.2', 1],
    ['1.19.0-rc', '1.19.0-rc.1', -1],
    ['1.19.0-1', '1.19.0-alpha', -1],
    ['1.19.0-alpha', '1.19.0-beta', -1],
    ['1.19.0+build.1', '1.19.0+build.2', 0],
    ['1.19.0-rc.1+build', '1.19.0-rc.1', 0],
  ]
  for (const [a, b, sign] of cases) it(`${a} beside ${b}`, () => assert.is(Math.sign(compareVersions(a, b)), sign))
})

describe('a range of releases', it => {
  const range = { since: '1.13.0', until: '1.15.0' }
  const cases: readonly (readonly [title: string, version: string, range: ReleaseRange, lies: boolean])[] = [
    ['holds at the first release', '1.13.0', range, true],
    ['holds before the last', '1.14.9', range, true],
    ['does not hold at the last', '1.15.0', range, false],
    ['does not hold before the first', '1.12.0', range, false],
    ['does not hold for a candidate of the first', '1.13.0-rc.1', range, false],
    ['holds for a candidate of the last', '1.15.0-rc.1', range, true],
    ['is open without bounds', '1.0.0', {}, true],
    ['is open at its start', '0.1.0', { until: '1.15.0' }, true],
    ['is open at its end', '99.0', { since: '1.15.0' }, true],
    ['has a candidate of a minor that it begins with', '1.33.0-rc.1', { since: '1.33' }, true],
    ['has no candidate of a minor that it ends before', '1.33.0-rc.1', { until: '1.33' }, false],
    ['has no patch of a minor that it ends before', '1.33.4', { until: '1.33' }, false],
    ['has the minor before that', '1.32.9', { until: '1.33' }, true],
  ]
  for (const [title, version, range, lies] of cases) it(title, () => assert.is(liesIn(version, range), lies))
})

describe('a range in a condition', it => {
  const cases: readonly (readonly [text: string, range: ReleaseRange])[] = [
    ['>=1.13.0', { since: '1.13.0' }],
    ['<1.33', { until: '1.33' }],
    ['>=1.13.0 <1.19.0-rc.3', { since: '1.13.0', until: '1.19.0-rc.3' }],
  ]
  for (const [text, range] of cases) it(text, () => assert.equal(rangeOf(text), range))
  for (const text of ['', '1.0.0', '>1.0.0', '<=1.0.0', '=1.0.0', '<1.0.0 >=0.9.0', '>=1.0.0 >=1.1.0'])
    it(`refuses '${text}'`, () => assert.throws(() => rangeOf(text), /range/))
})
