import fc from 'fast-check'
import * as assert from 'uvu/assert'
import { type Grant, implies } from '../src/kubernetes/grant.ts'
import { command } from './cli/io.ts'
import { describe } from './harness.ts'

const roles = ['"pod"', '"node"', '"service"', '"endpoints"', 'sys.env("ROLE")', 'coalesce(sys.env("ROLE"), "ingress")']
const names = [
  '["shop"]',
  '["shop", "pay"]',
  '[]',
  '[sys.env("NS")]',
  '["shop", sys.env("NS")]',
  'string.split(sys.env("NS"), ",")',
]
const anyRole = fc.constantFrom(...roles)
const anyNames = fc.constantFrom(...names)

/** One block of a configuration; the number makes its label. */
const anyBlock: fc.Arbitrary<(label: number) => string> = fc.oneof(
  fc.tuple(anyRole, anyNames).map(
    ([role, list]) =>
      (label: number) =>
        `discovery.kubernetes "d${label}" {\n  role = ${role}\n  namespaces {\n    names = ${list}\n  }\n}\n`,
  ),
  anyNames.map(
    list => (label: number) =>
      `loki.source.kubernetes_events "e${label}" {\n  namespaces = ${list}\n  forward_to = []\n}\n`,
  ),
  fc
    .constantFrom('"a"', 'sys.env("NAME")')
    .map(
      name => (label: number) =>
        `remote.kubernetes.secret "s${label}" {\n  namespace = "shop"\n  name      = ${name}\n}\n`,
    ),
  anyNames.map(
    list => (label: number) =>
      `foreach "f${label}" {\n  collection = ${list}\n  var        = "each"\n  template {\n    loki.source.kubernetes_events "e" {\n      namespaces = [each]\n      forward_to = []\n    }\n  }\n}\n`,
  ),
)
const anyBlocks = fc.array(anyBlock, { minLength: 1, maxLength: 5 }).map(blocks => blocks.map((block, at) => block(at)))
const anyValue = fc.constantFrom(
  ['ROLE', 'pod'],
  ['ROLE', 'ingress'],
  ['NS', 'shop'],
  ['NS', 'a,b'],
  ['NAME', 'b'],
) as fc.Arbitrary<[string, string]>

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

const runs = { numRuns: 25, seed: 4711 }

describe('plans', it => {
  it('never grow by a value that is given', async () => {
    await fc.assert(
      fc.asyncProperty(anyBlocks, anyValue, async (blocks, [name, value]) => {
        const open = await grantsOf([blocks.join('')])
        return covers(open, await grantsOf([blocks.join('')], ['--env', `${name}=${value}`]))
      }),
      runs,
    )
  })
  it('never shrink by a component that is added', async () => {
    await fc.assert(
      fc.asyncProperty(anyBlocks, anyBlock, async (blocks, block) => {
        return covers(await grantsOf([blocks.join(''), block(99)]), await grantsOf([blocks.join('')]))
      }),
      runs,
    )
  })
  it('do not depend on the order of blocks and files', async () => {
    await fc.assert(
      fc.asyncProperty(anyBlocks, async blocks => {
        const once = JSON.stringify(await grantsOf([blocks.join('')]))
        return (
          once === JSON.stringify(await grantsOf([[...blocks].reverse().join('')])) &&
          once === JSON.stringify(await grantsOf(blocks))
        )
      }),
      runs,
    )
  })
})
