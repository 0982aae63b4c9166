import * as assert from 'uvu/assert'
import { clusterScopeNotes } from '../../../src/chart/rbac/reach.ts'
import type { Plan } from '../../../src/plan/plan.ts'
import { describe } from '../../harness.ts'
import { planOf } from '../plans.ts'

/** A plan whose grants each name a component and a rule of the map. */
function because(lines: readonly string[], rules: readonly string[]): Plan {
  const plan = planOf(lines)
  return {
    ...plan,
    grants: plan.grants.map((planned, at) => ({
      ...planned,
      reasons: planned.reasons.map(reason => ({ ...reason, rule: rules[at] ?? rules.at(-1)! })),
    })),
  }
}

const subject = 'Roles in single namespaces would be enough'
const cases: readonly (readonly [title: string, plan: Plan, expected: string | null])[] = [
  ['has nothing to say of single namespaces', planOf(['. pods list', 'shop pods list']), null],
  [
    'names the argument that narrows',
    because(['cluster pods list'], ['discovery.kubernetes#pods']),
    'with namespaces.names in example.component.c1.',
  ],
  [
    'names the argument that asks for what it could do without',
    because(['cluster nodes list'], ['discovery.kubernetes#node-metadata']),
    'with no attach_metadata.node in example.component.c1.',
  ],
  [
    'names uses with the same argument together',
    because(['cluster pods list', 'cluster events list'], ['discovery.kubernetes#pods']),
    'with namespaces.names in example.component.c1 and example.component.c2.',
  ],
  [
    'follows targets',
    because(['cluster pods/log get'], ['loki.source.kubernetes#log']),
    'with targets limited to single namespaces in example.component.c1.',
  ],
  [
    'names the service of a resolver',
    because(['cluster endpoints list'], ['otelcol.exporter.loadbalancing#endpoints']),
    'with resolver.kubernetes.service in example.component.c1.',
  ],
  [
    'names what has no namespace',
    planOf(['cluster nodes list']),
    'only without example.component.c1 (needs nodes, which are cluster-scoped).',
  ],
  [
    'names the argument that asks for what has no namespace',
    because(['cluster nodes list'], ['discovery.kubernetes#nodes']),
    'only without example.component.c1 (role asks for nodes, which are cluster-scoped).',
  ],
  ['names a URL', planOf(['url /metrics get']), 'only without example.component.c1 (needs the URL /metrics).'],
  [
    'says so when nothing narrows',
    planOf(['cluster pods list']),
    'only without example.component.c1 (needs pods in all namespaces).',
  ],
  [
    'names first what an argument changes',
    because(['cluster nodes list', 'cluster pods list'], ['discovery.kubernetes#nodes', 'discovery.kubernetes#pods']),
    'with namespaces.names in example.component.c2, and only without example.component.c1 (role asks for nodes, which are cluster-scoped).',
  ],
]

describe('chart/reach', it => {
  for (const [title, plan, expected] of cases) {
    it(title, () => assert.equal(clusterScopeNotes(plan), expected === null ? [] : [`${subject} ${expected}`]))
  }
  it('counts the uses beyond four', () => {
    const many = planOf(Array.from({ length: 9 }, (_, at) => `cluster kind${at} list`))
    assert.match(clusterScopeNotes(many)[0]!, /c4 \([^)]*\) and 5 more\.$/)
  })
})
