import fc from 'fast-check'
import * as assert from 'uvu/assert'
import { type Grant, implies } from '../src/kubernetes/grant.ts'
import { command } from './cli/io.ts'
import { anyBlocks, anyValues, prelude } from './configurations.ts'
import { describe } from './harness.ts'

async function grantsOf(files: readonly string[], more: readonly string[] = []): Promise<readonly Grant[]> {
  const named = Object.fromEntries(files.map((text, at) => [`conf/${at}.alloy`, text]))
  const { code, stdout, stderr } = await command(
    ['generate', 'conf', '--format', 'json', '--only', 'rbac', ...more],
    named,
  )
  assert.is(code, 0, stderr)
  const { grants } = JSON.parse(stdout) as { grants: readonly Record<string, string | null>[] }
  return grants.map(each =>
    each['url'] === undefined
      ? {
          kind: 'resource',
          namespace: each['namespace'] ?? null,
          group: each['apiGroup'] ?? '',
          resource: each['resource'] ?? '',
          name: each['name'] ?? null,
          verb: each['verb'] ?? '',
        }
      : { kind: 'url', url: each['url'] ?? '', verb: each['verb'] ?? '' },
  )
}

const covers = (wider: readonly Grant[], narrower: readonly Grant[]): boolean =>
  narrower.every(grant => wider.some(each => implies(each, grant)))

const runs = { numRuns: 40, seed: 4711 }

const several = fc
  .array(anyBlocks, { minLength: 1, maxLength: 4 })
  .map(all => [prelude, ...all.flatMap((blocks, at) => blocks(at))])

/** The blocks in another order, dealt out to some files. */
const dealt = (blocks: readonly string[]): fc.Arbitrary<readonly string[]> =>
  fc
    .tuple(
      fc.shuffledSubarray([...blocks], { minLength: blocks.length }),
      fc.array(fc.nat({ max: 2 }), { minLength: blocks.length, maxLength: blocks.length }),
    )
    .map(([shuffled, files]) =>
      [0, 1, 2].map(file => shuffled.filter((_, at) => files[at] === file).join('')).filter(text => text !== ''),
    )

describe('plans', it => {
  it('never grow by values that are given', async () => {
    await fc.assert(
      fc.asyncProperty(several, anyValues, async (blocks, values) => {
        const open = await grantsOf([blocks.join('')])
        return covers(open, await grantsOf([blocks.join('')], values))
      }),
      runs,
    )
  })
  it('never shrink by a component that is added', async () => {
    await fc.assert(
      fc.asyncProperty(several, anyBlocks, async (blocks, added) => {
        const before = await grantsOf([blocks.join('')])
        return covers(await grantsOf([[...blocks, ...added(99)].join('')]), before)
      }),
      runs,
    )
  })
  it('do not depend on the order of blocks, nor on the files they stand in', async () => {
    await fc.assert(
      fc.asyncProperty(
        several.chain(blocks => fc.tuple(fc.constant(blocks), dealt(blocks))),
        async ([blocks, files]) => {
          const once = await grantsOf([blocks.join('')])
          return JSON.stringify(once) === JSON.stringify(await grantsOf(files))
        },
      ),
      runs,
    )
  })
})
