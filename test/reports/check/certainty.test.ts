import fc from 'fast-check'
import * as assert from 'uvu/assert'
import { type Grant, implies } from '../../../src/kubernetes/grant.ts'
import { pack } from '../../../src/plan/pack.ts'
import { reduce } from '../../../src/plan/reduce.ts'
import type { HeldRule } from '../../../src/reports/check/rights/granted.ts'
import { checkGrants } from '../../../src/reports/check/rights/grants.ts'
import type { Certainty } from '../../../src/rules/requirement.ts'
import { describe } from '../../harness.ts'
import { plainGrants, reason } from '../../plan/arbitrary.ts'

/** What only a ClusterRole can give, and a rule in a namespace would be wrong about. */
const isPlaced = (grant: Grant): boolean =>
  grant.kind === 'url' || grant.namespace === null || !grant.resource.startsWith('nodes')

const heldBy = (grants: readonly Grant[]): readonly HeldRule[] =>
  pack(grants).map(({ namespace, rule }, index) => ({
    rule,
    namespace,
    role: 'ClusterRole/alloy',
    index,
    span: { source: { path: 'role.yaml', text: '' }, start: 0, end: 0 },
    definedIn: 'objects',
    title: `rules[${index}] of ClusterRole/alloy`,
    onlyRuleInList: false,
    builtIn: false,
    binding: 'ClusterRoleBinding/alloy',
  }))

const needs = fc.tuple(plainGrants, fc.array(fc.boolean(), { minLength: 24, maxLength: 24 })).map(([grants, sure]) =>
  grants.filter(isPlaced).map((grant, at): { readonly grant: Grant; readonly certainty: Certainty } => ({
    grant,
    certainty: sure[at] ? 'certain' : 'assumed',
  })),
)

const severitiesOf = (
  wanted: readonly { readonly grant: Grant; readonly certainty: Certainty }[],
  held: readonly Grant[],
  assumed?: 'error',
): readonly string[] => {
  const planned = reduce(wanted.map((each, at) => ({ ...each, reasons: [reason(`rule-${at}`, each.certainty)] })))
  const options = {
    kubernetes: '1.34',
    definedIn: 'objects',
    known: { said: [], planned },
    ...(assumed && { assumed }),
  }
  const { findings } = checkGrants({ grants: planned, privileges: [], complete: true }, heldBy(held), options as never)
  return findings.filter(({ diagnostic: { name } }) => name === 'missing-grant').map(each => each.diagnostic.severity)
}

describe('certainty', it => {
  it('is an error exactly where something lacks that is needed for certain', () => {
    fc.assert(
      fc.property(needs, plainGrants, (wanted, granted) => {
        const held = granted.filter(isPlaced)
        const lacks = wanted.filter(({ grant }) => !held.some(each => implies(each, grant)))
        const severities = severitiesOf(wanted, held)
        assert.is(
          severities.includes('error'),
          lacks.some(({ certainty }) => certainty === 'certain'),
        )
        assert.is(severities.length > 0, lacks.length > 0)
      }),
      { numRuns: 300 },
    )
  })

  it('is an error whatever lacks where assumptions count as errors', () => {
    fc.assert(
      fc.property(needs, plainGrants, (wanted, granted) => {
        const severities = severitiesOf(wanted, granted.filter(isPlaced), 'error')
        assert.ok(severities.every(severity => severity === 'error'))
      }),
      { numRuns: 100 },
    )
  })

  it('makes an assumed URL a note and another assumed grant a warning', () => {
    const url: Grant = { kind: 'url', url: '/metrics', verb: 'get' }
    const pods: Grant = { kind: 'resource', namespace: null, group: '', resource: 'pods', name: null, verb: 'get' }
    assert.equal(severitiesOf([{ grant: url, certainty: 'assumed' }], []), ['note'])
    assert.equal(severitiesOf([{ grant: pods, certainty: 'assumed' }], []), ['warning'])
  })
})
