import * as assert from 'uvu/assert'
import { reachLines } from '../../src/chart/reach.ts'
import type { Plan } from '../../src/plan/plan.ts'
import { describe } from '../harness.ts'
import { planOf } from './plans.ts'

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

const cases: readonly (readonly [title: string, plan: Plan, expected: string | null])[] = [
  ['has nothing to say of single namespaces', planOf(['. pods list', 'shop pods list']), null],
  [
    'names the argument that narrows',
    because(['cluster pods list'], ['discovery.kubernetes#pods']),
    'example.component.c1 (namespaces.names would narrow it)',
  ],
  [
    'names what has no namespace',
    planOf(['cluster nodes list']),
    'example.component.c1 (nodes are of the whole cluster)',
  ],
  ['names a URL', planOf(['url /metrics get']), 'example.component.c1 (/metrics is a URL)'],
  [
    'says so when nothing narrows',
    planOf(['cluster pods list']),
    'example.component.c1 (it reads pods of all namespaces)',
  ],
  [
    'follows targets',
    because(['cluster pods/log get'], ['loki.source.kubernetes#log']),
    'example.component.c1 (it follows targets)',
  ],
]

describe('chart/reach', it => {
  for (const [title, plan, expected] of cases) {
    it(title, () =>
      assert.equal(reachLines(plan), expected === null ? [] : [`Namespaced Roles would do but for ${expected}.`]),
    )
  }
  it('counts the uses beyond six', () => {
    const many = planOf(Array.from({ length: 9 }, (_, at) => `cluster kind${at} list`))
    assert.match(reachLines(many)[0]!, /c6 \([^)]*\), 3 more\.$/)
  })
})
