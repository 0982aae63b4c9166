import * as assert from 'uvu/assert'
import { compareVersions, inRange, isInReleases } from '../src/version.ts'
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

describe('inRange', it => {
  const cases: readonly [string, string, boolean][] = [
    ['1.13.0', '>=1.13.0', true],
    ['1.12.9', '>=1.13.0', false],
    ['1.33', '<1.33', false],
    ['1.32', '<1.33', true],
    ['1.13.1', '>1.13.0', true],
    ['1.13.0', '>1.13.0', false],
    ['1.13.0', '<=1.13.0', true],
    ['1.13.0', '=1.13.0', true],
    ['1.14.0', '>=1.13.0 <1.15.0', true],
    ['1.15.0', '>=1.13.0 <1.15.0', false],
  ]
  for (const [version, range, expected] of cases)
    it(`${version} in ${range}`, () => assert.is(inRange(version, range), expected))
  it('refuses what is no range', () => assert.throws(() => inRange('1.0.0', '1.0.0'), /range/))
})

describe('within', it => {
  it('holds at the first release', () => assert.ok(isInReleases('1.13.0', '1.13.0', '1.15.0')))
  it('does not hold at the last', () => assert.not.ok(isInReleases('1.15.0', '1.13.0', '1.15.0')))
  it('does not hold before the first', () => assert.not.ok(isInReleases('1.12.0', '1.13.0', undefined)))
  it('is open without bounds', () => assert.ok(isInReleases('1.0.0', undefined, undefined)))
})
