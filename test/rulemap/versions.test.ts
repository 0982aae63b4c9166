import * as assert from 'uvu/assert'
import { ahead } from '#rulemap/inventory'
import type { Entry } from '../../scripts/rulemap.ts'
import { knownReleases } from '../../src/inventory/inventory.ts'
import { newestRead } from '../../src/rules/map/readings.ts'
import { compareVersions } from '../../src/version.ts'
import { describe, source } from '../harness.ts'
import { demands, entries, map } from './map.ts'

/** What is wrong with the releases that an entry names. */
function problems(entry: Entry, known: readonly string[]): readonly string[] {
  const found: string[] = []
  const check = (where: string, release: string) => {
    if (!known.includes(release)) found.push(`${where}: ${release} is no release of Alloy`)
  }
  for (const { id, rule } of demands(entry)) {
    const where = `${entry.name}#${id}`
    for (const release of [rule.since, rule.until]) if (release !== undefined) check(where, release)
    if (rule.since !== undefined && rule.until !== undefined && compareVersions(rule.since, rule.until) >= 0)
      found.push(`${where}: until ${rule.until} is not after since ${rule.since}`)
  }
  for (const { title, alloy } of entry.rules.examples ?? [])
    if (alloy !== undefined) check(`${entry.name}, example "${title}"`, alloy)
  for (const [key, { again = [], until }] of Object.entries(entry.rules.evidence))
    for (const release of [until, ...again.map(({ alloy }) => alloy)])
      if (release !== undefined) check(`${entry.name}, ${key}`, release)
  for (const range of rangesOf(entry.rules))
    for (const bound of range.split(' ')) check(`${entry.name}, $alloy`, bound.replace(/^[<>=]+/, ''))
  return found
}

/** The values of every `$alloy` below a part of the map. */
function rangesOf(part: unknown): readonly string[] {
  if (part === null || typeof part !== 'object') return []
  return Object.entries(part).flatMap(([key, value]) => (key === '$alloy' ? [String(value)] : rangesOf(value)))
}

describe('versions', it => {
  it('are known releases in order', () => {
    assert.equal(
      map.entries.flatMap(entry => problems(entry, [...knownReleases, ahead, newestRead])),
      [],
    )
  })

  const text = source`
    components:
      a.b:
        about: Does one thing.
        grants:
          pods:
            when: { $alloy: '>=1.2.0 <1.4.0' }
            since: 1.0.0
            until: 1.4.0
            allow: { resources: [pods], verbs: [list] }
            evidence: [code]
        evidence:
          code: { at: 'o/r@v1:a.go#L1-L2', says: It lists pods. }
        examples:
          - { title: an example, alloy: 1.2.0, config: x, expect: '' }
    `
  const known = ['1.0.0', '1.2.0', '1.4.0']
  const found = (changed: string): string =>
    entries(changed)
      .flatMap(entry => problems(entry, known))
      .join('\n')
  it('accepts known releases', () => assert.is(found(text), ''))
  const bad: readonly (readonly [title: string, from: string, to: string, message: RegExp])[] = [
    ['an unknown first release', 'since: 1.0.0', 'since: 1.0.9', /1\.0\.9 is no release/],
    ['an unknown last release', 'until: 1.4.0', 'until: 1.4.9', /1\.4\.9 is no release/],
    ['an empty range', 'until: 1.4.0', 'until: 1.0.0', /until 1\.0\.0 is not after since 1\.0\.0/],
    ['an unknown release in a condition', '<1.4.0', '<1.4.7', /\$alloy: 1\.4\.7 is no release/],
    ['an unknown release in an example', 'alloy: 1.2.0', 'alloy: 1.2.5', /example "an example": 1\.2\.5/],
  ]
  for (const [title, from, to, message] of bad) {
    it(`catches ${title}`, () => {
      assert.ok(text.includes(from))
      assert.match(found(text.replace(from, to)), message)
    })
  }
})
