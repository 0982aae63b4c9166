import { readFileSync } from 'node:fs'
import * as assert from 'uvu/assert'
import {
  blockOf,
  componentNames,
  componentOf,
  knownReleases,
  type Variant,
  variantsOf,
} from '../../src/inventory/inventory.ts'
import { bodyOf, moduleBody, type Shape } from '../../src/inventory/schema.ts'
import { compareVersions } from '../../src/version.ts'
import { describe, root } from '../harness.ts'
import { map } from './map.ts'

type Variants = string | readonly string[]
type Table = Readonly<Record<string, Variants>>

interface Inventory {
  readonly releases: readonly string[]
  readonly ahead: string
  readonly components: Readonly<
    Record<
      string,
      { readonly since: string; readonly until?: string; readonly body: Variants; readonly exports?: Table }
    >
  >
  readonly blocks: Readonly<Record<string, { readonly since: string; readonly body: Variants }>>
  readonly enums: Readonly<Record<string, { readonly values: readonly string[] }>>
  readonly bodies: Readonly<
    Record<string, { readonly include?: readonly string[]; readonly attributes?: Table; readonly blocks?: Table }>
  >
}

const inventory = JSON.parse(readFileSync(`${root}rulemap/inventory.json`, 'utf8')) as Inventory

/** What is wrong with ranges: unknown releases, ends before beginnings, two at one time. */
function faults(variants: Variants, releases: ReadonlySet<string>): readonly string[] {
  const all = variantsOf(variants)
  const found = all.flatMap(({ value, since, until }) => [
    ...(value === '' ? ['unreadable'] : []),
    ...[since, until].flatMap(each => (each !== undefined && !releases.has(each) ? [`unknown release ${each}`] : [])),
    ...(since !== undefined && until !== undefined && compareVersions(since, until) >= 0
      ? [`${since} is not before ${until}`]
      : []),
  ])
  const follows = (a: Variant, b: Variant): boolean =>
    a.until !== undefined && b.since !== undefined && compareVersions(a.until, b.since) <= 0
  return all.slice(1).some((each, at) => !follows(all[at]!, each)) ? [...found, 'overlap'] : found
}

describe('the law of ranges', it => {
  const releases = new Set([...inventory.releases, inventory.ahead])
  const cases: readonly [Variants, readonly string[]][] = [
    ['string!', []],
    ['string since 1.5.0 until 1.9.0', []],
    [['string until 1.5.0', 'bool since 1.5.0'], []],
    ['string since 1.5.9', ['unknown release 1.5.9']],
    ['string since 1.9.0 until 1.5.0', ['1.9.0 is not before 1.5.0']],
    [['string until 1.6.0', 'bool since 1.5.0'], ['overlap']],
    [['string', 'bool since 1.5.0'], ['overlap']],
    ['a string', ['unreadable']],
  ]
  for (const [variants, expected] of cases)
    it(`judges ${String(variants)}`, () => assert.equal(faults(variants, releases), expected))

  it('holds everywhere', () => {
    const tables = Object.values(inventory.bodies).flatMap(({ attributes = {}, blocks = {} }) => [attributes, blocks])
    const exports = Object.values(inventory.components).map(each => each.exports ?? {})
    const bodies = [...Object.values(inventory.components), ...Object.values(inventory.blocks)].map(each => each.body)
    const all = [...[...tables, ...exports].flatMap(each => Object.values(each)), ...bodies]
    assert.equal([...new Set(all.flatMap(each => faults(each, releases)))], [])
  })
})

describe('inventory.json', it => {
  it('is sorted', () => {
    const sorted = (table: object | undefined): boolean => {
      const names = Object.keys(table ?? {})
      return names.every((name, at) => at === 0 || names[at - 1]! < name)
    }
    for (const table of [inventory.components, inventory.blocks, inventory.enums, inventory.bodies])
      assert.ok(sorted(table))
    for (const { attributes, blocks } of Object.values(inventory.bodies))
      assert.ok(sorted(attributes) && sorted(blocks))
    const { releases } = inventory
    assert.ok(releases.every((each, at) => at === 0 || compareVersions(releases[at - 1]!, each) < 0))
  })

  it('can be read in every release, and has nothing that nobody uses', () => {
    const used = new Set<string>()
    const values = new Set<string>()
    const visit = (name: string, release: string, seen: Set<string>): void => {
      if (name === moduleBody || seen.has(name)) return
      seen.add(name)
      used.add(name)
      const { attributes, blocks } = bodyOf(name, release)
      for (const { type } of attributes.values()) read(type, release, seen)
      for (const { body } of blocks.values()) visit(body, release, seen)
      for (const included of inventory.bodies[name]?.include ?? []) used.add(included)
      for (const each of Object.values(inventory.bodies[name]?.attributes ?? {}).flat()) {
        const list = each.match(/(?:enum|headers)\(([^)]+)\)/)?.[1]
        if (list !== undefined) values.add(list)
      }
    }
    const read = (type: Shape, release: string, seen: Set<string>): void => {
      if (type.kind === 'list' || type.kind === 'map') read(type.of, release, seen)
      if (type.kind === 'object') visit(type.body, release, seen)
      if (type.kind === 'enum') assert.ok(type.values.length > 0)
    }
    // Patch releases add little; each minor one is read whole.
    for (const release of [...knownReleases.filter(each => each.endsWith('.0')), inventory.ahead]) {
      const seen = new Set<string>()
      for (const name of componentNames) {
        const standing = componentOf(name, release)
        if (standing.kind === 'known') visit(standing.component.body, release, seen)
      }
      for (const name of Object.keys(inventory.blocks)) {
        const block = blockOf(name, release)
        if (block) visit(block.body, release, seen)
      }
    }
    assert.equal(
      Object.keys(inventory.bodies).filter(each => !used.has(each)),
      [],
    )
    assert.equal(
      Object.keys(inventory.enums).filter(each => !values.has(each)),
      [],
    )
  })

  it('lists every component that has rules', () => {
    const listed = new Set(componentNames)
    assert.equal(
      map.entries
        .filter(({ rules }) => rules.block !== true)
        .map(({ name }) => name)
        .filter(name => name.includes('.') && !name.startsWith('import.') && !listed.has(name)),
      [],
    )
  })

  it('names components and bodies once however they are written', () => {
    assert.is(new Set(componentNames.map(each => each.toLowerCase())).size, componentNames.length)
    for (const [name, { since, until }] of Object.entries(inventory.components))
      assert.ok(until === undefined || compareVersions(since, until) < 0, name)
  })
})
