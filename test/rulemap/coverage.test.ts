import * as assert from 'uvu/assert'
import { coverageOf } from '../../scripts/covered.ts'
import { componentNames, knownReleases } from '../../src/inventory/inventory.ts'
import type { ComponentRules } from '../../src/rules/map/schema.ts'
import { describe, source } from '../harness.ts'
import { entries, map } from './map.ts'

/** Entries that are not components: the program itself, what an argument of `alloy run` switches on, an import, and a block of many components. */
const others = ['alloy', 'cluster', 'import.http', 'server', 'tls.tpm']

/** Where the inventory and the entries name different components. */
function differences(inventory: readonly string[], named: readonly string[]): readonly string[] {
  return [
    ...inventory.filter(name => !named.includes(name)).map(name => `${name} has no entry`),
    ...named
      .filter(name => !inventory.includes(name) && !others.includes(name))
      .map(name => `${name} is in no release of Alloy`),
  ]
}

describe('coverage', it => {
  const rules = new Map(map.entries.map(entry => [entry.name, entry.rules]))
  const rulesOf = (name: string): ComponentRules | null => rules.get(name) ?? null

  it('is whole: every component of every release has an entry, and every entry is one', () => {
    assert.equal(
      differences(
        componentNames,
        map.entries.map(({ name }) => name),
      ),
      [],
    )
  })

  it('misses a component without an entry, and an entry that is no component', () => {
    assert.equal(differences(['a.b', 'a.c'], ['a.b', 'a.d', 'cluster']), [
      'a.c has no entry',
      'a.d is in no release of Alloy',
    ])
  })

  it('counts every component of every release once', () => {
    for (const release of knownReleases) {
      const { needy, none, unknown } = coverageOf(release, rulesOf)
      const all = [...needy, ...none, ...unknown]
      assert.is(new Set(all).size, all.length, release)
      assert.equal(unknown, [], release)
    }
  })

  const [entry] = entries(
    source`
      components:
        discovery.kubernetes:
          about: Discovers targets.
          grants:
            pods: { since: 1.5.0, until: 1.9.0, allow: { resources: [pods], verbs: [list] }, evidence: [code] }
          privileges:
            root: { until: 1.5.0, pod: [root], evidence: [code] }
          evidence:
            code: { at: 'o/r@v1:a.go#L1-L2', says: It lists pods. }
      `,
    'components/discovery.yaml',
  )
  const one = (name: string): ComponentRules | null => (name === entry!.name ? entry!.rules : null)
  const cases: readonly (readonly [release: string, kind: 'needy' | 'none', isPrivileged: boolean])[] = [
    ['1.4.0', 'none', true],
    ['1.5.0', 'needy', false],
    ['1.9.0', 'none', false],
  ]
  for (const [release, kind, isPrivileged] of cases) {
    it(`counts a component among ${kind} in ${release}`, () => {
      const coverage = coverageOf(release, one)
      assert.equal(coverage[kind], ['discovery.kubernetes'])
      assert.equal(coverage.privileged, isPrivileged ? ['discovery.kubernetes'] : [])
      assert.ok(coverage.unknown.includes('discovery.dns'))
    })
  }
})
