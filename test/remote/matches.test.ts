import fc from 'fast-check'
import * as assert from 'uvu/assert'
import { unknown } from '../../src/evaluate/value/unknown.ts'
import type { ObjectValue, Truth, Value } from '../../src/evaluate/value/value.ts'
import type { RemotePipeline } from '../../src/input/remote/pipeline.ts'
import { matches } from '../../src/remote/matches.ts'
import { describe } from '../harness.ts'

const span = { source: { path: 'pipelines.yaml', text: '' }, start: 0, end: 0 }
const text = (value: string): Value => ({ kind: 'string', value })
const open = unknown('environment', span, { name: 'NODE', type: 'string' })

const attributes: ObjectValue = {
  kind: 'object',
  open: true,
  entries: new Map<string, Value>([
    ['env', text('prod')],
    ['none', text('')],
    ['collector.os', text('linux')],
    ['collector.ID', { kind: 'pattern', parts: ['eu-alloy-', open] }],
    ['stage', { ...open, candidates: [text('dev'), text('staging')] }],
    ['node', open],
  ]),
}

const pipelineOf = (matchers: readonly string[] | null, enabled: boolean | null = true): RemotePipeline => ({
  name: 'p',
  contents: null,
  matchers: matchers?.map(each => ({ text: each, span })) ?? null,
  enabled,
  type: 'alloy',
  span,
})

const truthOf = (matchers: readonly string[] | null, enabled: boolean | null = true): Truth => {
  const { value, diagnostics } = matches(pipelineOf(matchers, enabled), attributes)
  assert.equal(diagnostics, [])
  assert.is(value.doubts.length === 0, value.truth !== null)
  return value.truth
}

const cases: readonly (readonly [title: string, matchers: readonly string[] | null, truth: Truth])[] = [
  ['a value that is the attribute', ['env=prod'], true],
  ['another value', ['env=dev'], false],
  ['what is not the value', ['env!=dev'], true],
  ['an expression for the whole attribute', ['env=~pro.'], true],
  ['an expression for a part of it', ['env=~pro'], false],
  ['an expression that must not match the whole', ['env!~pro'], true],
  ['signs of expressions in a value', ['env=pro.'], false],
  ['an attribute that is given as absent, with the empty text', ['none=""'], true],
  ['an attribute that is given as absent, with another text', ['none!=x'], true],
  ['an attribute that is given as absent, with an expression', ['none=~.+'], false],
  ['an attribute that no one names', ['team=ops'], null],
  ['an attribute that no one names, negated', ['team!=ops'], null],
  ['an attribute that no one names, with any text', ['team=~.*'], true],
  ['an attribute known only at run time', ['node=a'], null],
  ['the known part of an attribute', ['collector.ID=~"us-.*"'], false],
  ['the known part of an attribute, with any rest', ['collector.ID=~"eu-alloy-.*"'], true],
  ['the known part of an attribute, which the value is not', ['collector.ID="eu-logs-1"'], false],
  ['the known part of an attribute, which the value begins with', ['collector.ID="eu-alloy-1"'], null],
  ['all of the texts that an attribute may be', ['stage=~"dev|staging"'], true],
  ['some of the texts that an attribute may be', ['stage=dev'], null],
  ['none of the texts that an attribute may be', ['stage=prod'], false],
  ['all of several', ['env=prod', 'collector.os=linux'], true],
  ['one of several that does not hold', ['env=prod', 'collector.os=windows'], false],
  ['one that is not known beside one that does not hold', ['team=ops', 'env=dev'], false],
  ['one that is not known beside one that holds', ['team=ops', 'env=prod'], null],
  ['no matchers', [], null],
  ['matchers that are not known', null, null],
]

const anyMatcher = fc
  .tuple(
    fc.constantFrom('env', 'team', 'stage', 'node'),
    fc.constantFrom('=', '!=', '=~', '!~'),
    fc.constantFrom('prod', 'dev', 'dev|prod', '.*', 'p.+', ''),
  )
  .map(parts => parts.join(''))
const anyAttribute = fc.tuple(fc.constantFrom('team', 'stage', 'node'), fc.constantFrom('prod', 'dev', 'staging', ''))

describe('remote/matches', it => {
  for (const [title, matchers, truth] of cases) it(`judges ${title}`, () => assert.is(truthOf(matchers), truth))
  it('serves nothing that is not enabled, and perhaps what may be', () => {
    assert.is(truthOf(['env=prod'], false), false)
    assert.is(truthOf(['env=prod'], null), null)
    assert.is(truthOf(['env=dev'], null), false)
  })
  it('names a matcher that is none, and an expression that is none', () => {
    for (const matcher of ['platform', 'env=~"("'])
      assert.is(matches(pipelineOf([matcher]), attributes).diagnostics[0]?.code, 'ARB130')
  })
  it('never contradicts what it has said of attributes that are given later', () => {
    fc.assert(
      fc.property(fc.array(anyMatcher, { maxLength: 3 }), anyAttribute, (matchers, [name, value]) => {
        const before = truthOf(matchers)
        // A value that the attribute can have: what is known of one stays true.
        fc.pre(name !== 'stage' || value === 'dev' || value === 'staging')
        const later = { ...attributes, entries: new Map([...attributes.entries, [name, text(value)]]) }
        const after = matches(pipelineOf(matchers), later).value.truth
        return before === null || before === after
      }),
      { seed: 4711, numRuns: 400 },
    )
  })
})
