import fc from 'fast-check'
import * as assert from 'uvu/assert'
import { analyze } from '../../src/index.ts'
import { type Grant, implies } from '../../src/kubernetes/grant.ts'
import { anyBlocks, prelude } from '../configurations.ts'
import { describe } from '../harness.ts'

const config = `${prelude}
remotecfg {
  url        = "https://fleet.example.com"
  attributes = { "env" = "prod", "stage" = sys.env("STAGE") }
}
`

interface Pipeline {
  readonly contents: string
  readonly matchers: readonly string[]
}

const anyMatcher = fc.constantFrom(
  'env=prod',
  'env=dev',
  'stage=a',
  'stage!=a',
  'team=~"a|b"',
  'team!=b',
  'collector.os=linux',
  'team=""',
)
const injected =
  'discovery.kubernetes "own" {\n  role = "pod"\n  namespaces {\n    names = [argument.attributes.value["team"]]\n  }\n}\n'
const anyPipeline: fc.Arbitrary<Pipeline> = fc.record({
  contents: fc.oneof(
    anyBlocks.map(blocks => prelude + blocks(0).join('')),
    fc.constant(injected),
  ),
  matchers: fc.array(anyMatcher, { maxLength: 2 }),
})
const several = fc.array(anyPipeline, { minLength: 1, maxLength: 3 })
const anyAttribute = fc.tuple(fc.constantFrom('stage', 'team'), fc.constantFrom('a', 'b', 'c', ''))

function grantsOf(pipelines: readonly Pipeline[], attributes: Readonly<Record<string, string>> = {}): readonly Grant[] {
  const remote = {
    'pipelines.json': JSON.stringify({ pipelines: pipelines.map((each, at) => ({ name: `p${at}`, ...each })) }),
  }
  const { value, diagnostics } = analyze({ 'config.alloy': config }, { remote, attributes })
  assert.ok(value, diagnostics.map(({ message }) => message).join('\n'))
  assert.is(value.plan.complete, false)
  return value.plan.grants.map(({ grant }) => grant)
}

const covers = (wider: readonly Grant[], narrower: readonly Grant[]): boolean =>
  narrower.every(grant => wider.some(each => implies(each, grant)))

describe('plans with remote pipelines', it => {
  it('never shrink by a pipeline that is added', () => {
    fc.assert(
      fc.property(several, anyPipeline, (pipelines, more) =>
        covers(grantsOf([...pipelines, more]), grantsOf(pipelines)),
      ),
      { numRuns: 60, seed: 4711 },
    )
  })
  it('never grow by an attribute that is given', () => {
    fc.assert(
      fc.property(several, anyAttribute, (pipelines, [name, value]) =>
        covers(grantsOf(pipelines), grantsOf(pipelines, { [name]: value })),
      ),
      { numRuns: 60, seed: 4711 },
    )
  })
  it('are complete once there is nothing else', () => {
    const { value } = analyze({ 'config.alloy': config }, { remoteComplete: true })
    assert.is(value?.plan.complete, true)
    assert.equal(value?.plan.grants, [])
  })
})
