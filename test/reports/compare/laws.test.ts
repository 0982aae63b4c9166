import { readdirSync } from 'node:fs'
import fc from 'fast-check'
import * as assert from 'uvu/assert'
import { changedIn, type Found, foundIn, gainedBetween, nothing } from '../../../scripts/history/naive.ts'
import type { Configuration } from '../../../src/input/configuration.ts'
import { readInput } from '../../../src/input/input.ts'
import type { Item } from '../../../src/input/item.ts'
import { type Comparison, countsOf } from '../../../src/reports/compare/comparison.ts'
import { compareInputs, type ReadSide } from '../../../src/session/compare.ts'
import { diskOf, folderOf } from '../../../src/session/disk.ts'
import { inputsOf } from '../../case.ts'
import { describe, root } from '../../harness.ts'

const options = {
  env: new Map(),
  arg: new Map(),
  substitute: new Map(),
  module: new Map(),
  onUnknown: 'warn',
  scope: 'auto',
} as const

/** An input with a place of its own: what it imports lies beside it. */
interface Input {
  readonly title: string
  readonly path: string
  readonly files: Readonly<Record<string, string>>
}

const inputs: readonly Input[] = ['examples', 'test/cases', 'test/pods', 'test/commands'].flatMap(folder =>
  readdirSync(`${root}${folder}`).flatMap(name => {
    const files = inputsOf(`${root}${folder}/${name}`)
    const path = ['config.alloy', 'values.yaml', 'manifests.yaml'].find(each => each in files)
    return path === undefined ? [] : [{ title: `${folder}/${name}`, path, files }]
  }),
)

const placeOf = (files: Input['files']) => ({ cwd: '/', disk: diskOf(files) })

/** Both inputs in one place, each in a folder. */
function compared(old: Input, now: Input): { readonly comparison: Comparison; readonly sides: readonly Sides[] } {
  const within = (folder: string, { files }: Input) =>
    Object.fromEntries(Object.entries(files).map(([path, text]) => [`${folder}/${path}`, text]))
  const place = placeOf({ ...within('old', old), ...within('new', now) })
  const read = (folder: string, { path, files }: Input): ReadSide => {
    const item: Item = { kind: 'file', path: `${folder}/${path}`, content: files[path] ?? '' }
    return { path: folder, read: readInput([item], folderOf(place)) }
  }
  const [left, right] = [read('old', old), read('new', now)]
  const all = (side: ReadSide): Sides =>
    new Map(side.read.value.map(each => [nameIn(side.path, each), foundIn(each, options, place)]))
  return { comparison: compareInputs(left, right, options, place), sides: [all(left), all(right)] }
}

type Sides = ReadonlyMap<string, Found | null>

/** What a comparison calls a configuration: without the folder of its side. */
const nameIn = (folder: string, { name }: Configuration): string => name.replace(`${folder}/`, '')

/** About 25 of many, spread over all of them. */
const some = (all: readonly Input[]): readonly Input[] => {
  assert.ok(all.length >= 25)
  return all.filter((_, at) => at % Math.floor(all.length / 25) === 0)
}

const anyInput = fc.constantFrom(...inputs)

/** All changes of a comparison by the collector's state, without places. */
const shape = ({ collectors }: Comparison, swapped = false) =>
  collectors
    .map(collector => [
      swapped ? (collector.formerly ?? collector.name) : collector.name,
      swapped ? ({ new: 'removed', removed: 'new' }[collector.state as string] ?? collector.state) : collector.state,
      changedIn(collector, swapped ? 'lost' : 'new'),
      changedIn(collector, swapped ? 'new' : 'lost'),
    ])
    .map(each => JSON.stringify(each))
    .sort()

describe('compare', it => {
  it('is the difference of two full analyses', () => {
    let differing = 0
    fc.assert(
      fc.property(anyInput, anyInput, (old, now) => {
        const { comparison, sides } = compared(old, now)
        const [had, has] = sides
        for (const collector of comparison.collectors) {
          const { name, formerly, state } = collector
          const before = state === 'new' ? nothing : (had?.get(formerly ?? name) ?? null)
          const after = state === 'removed' ? nothing : (has?.get(name) ?? null)
          if (before === null || after === null) {
            assert.is(state, 'unknown', `${old.title} to ${now.title}`)
            continue
          }
          assert.equal(changedIn(collector, 'new'), gainedBetween(before, after), `${old.title} to ${now.title}`)
          assert.equal(changedIn(collector, 'lost'), gainedBetween(after, before), `${old.title} to ${now.title}`)
          if (state === 'changed') differing++
        }
      }),
      { numRuns: Number(process.env['RUNS'] ?? 60) },
    )
    assert.ok(differing > 20, `${differing} differ`)
  })
  it('exchanges new and lost where the sides are exchanged', () => {
    fc.assert(
      fc.property(anyInput, anyInput, (old, now) => {
        assert.equal(shape(compared(old, now).comparison), shape(compared(now, old).comparison, true))
      }),
      { numRuns: 20 },
    )
  })
  it('finds nothing between an input and itself', () => {
    for (const input of some(inputs)) {
      const { collectors } = compared(input, input).comparison
      const changed = collectors.filter(({ state }) => state !== 'unchanged' && state !== 'unknown')
      assert.equal(changed, [], input.title)
      assert.equal(countsOf(collectors), { new: 0, risky: 0, lost: 0, changed: 0 }, input.title)
    }
  })
  it('finds nothing in another order of the documents, or in blank lines and comments', () => {
    for (const input of some(inputs.filter(({ path }) => path === 'manifests.yaml'))) {
      const text = input.files[input.path] ?? ''
      const documents = text.split(/^---\n/m)
      const turned = `# turned around\n\n${documents.reverse().join('\n---\n')}\n`
      const { collectors } = compared(input, { ...input, files: { ...input.files, [input.path]: turned } }).comparison
      assert.equal(
        collectors.flatMap(({ changes }) => changes.map(({ diagnostic }) => diagnostic.message)),
        [],
        input.title,
      )
    }
  })
  it('finds nothing where blocks are in another order and spaced differently', () => {
    for (const input of some(inputs.filter(({ path }) => path === 'config.alloy'))) {
      const text = input.files[input.path] ?? ''
      const spaced = `// spaced\n\n${text.replaceAll(/^(?=[a-z][\w.]* (?:"\w+" )?\{$)/gm, '\n// a block\n')}\n`
      const { collectors } = compared(input, { ...input, files: { ...input.files, [input.path]: spaced } }).comparison
      assert.equal(
        collectors.flatMap(({ changes }) => changes.map(({ diagnostic }) => diagnostic.message)),
        [],
        input.title,
      )
    }
  })
})
