import * as assert from 'uvu/assert'
import { entriesOf, entryOf } from '../../../src/chart/rbac/entry.ts'
import { fill } from '../../../src/chart/rbac/split.ts'
import { grantKey } from '../../../src/kubernetes/grant.ts'
import { grantsOf, type PolicyRule } from '../../../src/kubernetes/rule.ts'
import { describe } from '../../harness.ts'
import { planOf } from '../plans.ts'

const pods: PolicyRule = { apiGroups: [''], resources: ['pods'], verbs: ['list', 'watch'] }
const nodes: PolicyRule = { apiGroups: [''], resources: ['nodes'], verbs: ['list'] }
const metrics: PolicyRule = { nonResourceURLs: ['/metrics'], verbs: ['get'] }

const cases: readonly (readonly [
  title: string,
  rules: readonly PolicyRule[],
  clusterRules: readonly PolicyRule[],
  expected: readonly [readonly PolicyRule[], readonly PolicyRule[]],
])[] = [
  ['leaves two full lists alone', [pods], [nodes], [[pods], [nodes]]],
  ['leaves two empty lists alone', [], [], [[], []]],
  ['moves the first cluster rule over', [], [nodes, metrics], [[nodes], [metrics]]],
  ['moves the last rule over', [pods, nodes], [], [[pods], [nodes]]],
  ['splits the verbs of a single rule', [pods], [], [[{ ...pods, verbs: ['list'] }], [{ ...pods, verbs: ['watch'] }]]],
  [
    'splits resources before verbs',
    [{ ...pods, resources: ['pods', 'services'] }],
    [],
    [[pods], [{ ...pods, resources: ['services'] }]],
  ],
  [
    'splits groups',
    [{ ...nodes, apiGroups: ['a', 'b'] }],
    [],
    [[{ ...nodes, apiGroups: ['a'] }], [{ ...nodes, apiGroups: ['b'] }]],
  ],
  [
    'splits names',
    [{ ...nodes, resourceNames: ['a', 'b'] }],
    [],
    [[{ ...nodes, resourceNames: ['a'] }], [{ ...nodes, resourceNames: ['b'] }]],
  ],
  [
    'splits URLs',
    [],
    [{ nonResourceURLs: ['/a', '/b'], verbs: ['get'] }],
    [[{ nonResourceURLs: ['/a'], verbs: ['get'] }], [{ nonResourceURLs: ['/b'], verbs: ['get'] }]],
  ],
  ['repeats a single grant', [], [metrics], [[metrics], [metrics]]],
]

describe('chart/split', it => {
  for (const [title, rules, clusterRules, [left, right]] of cases) {
    it(title, () => {
      const entries = (list: readonly PolicyRule[]) => list.map(rule => entryOf(rule, []))
      const filled = fill({ rules: entries(rules), clusterRules: entries(clusterRules) })
      assert.equal(
        filled.rules.map(({ rule }) => rule),
        left,
      )
      assert.equal(
        filled.clusterRules.map(({ rule }) => rule),
        right,
      )
      const grants = (list: readonly PolicyRule[]) => new Set(list.flatMap(rule => grantsOf(rule, null)).map(grantKey))
      assert.equal(grants([...left, ...right]), grants([...rules, ...clusterRules]))
    })
  }

  it("keeps the chart's comment above both halves of a block", () => {
    const entry = { ...entryOf(pods, []), title: 'Rules required for pods.' }
    const { rules, clusterRules } = fill({ rules: [entry], clusterRules: [] })
    assert.equal([rules[0]!.title, clusterRules[0]!.title], [entry.title, entry.title])
  })

  it('gives each half the reasons of its own grants, and says why it stands there', () => {
    const { grants } = planOf(['cluster pods list', 'cluster pods watch'])
    const { rules, clusterRules } = fill({ rules: entriesOf(grants), clusterRules: [] })
    assert.equal(
      rules[0]!.grants.map(({ reasons }) => reasons[0]!.component),
      ['example.component.c1'],
    )
    assert.equal(
      clusterRules[0]!.grants.map(({ reasons }) => reasons[0]!.component),
      ['example.component.c2'],
    )
    assert.match(clusterRules[0]!.notes[0]!, /^The chart renders invalid YAML when one of the two lists is empty\./)
    assert.equal(rules[0]!.notes, [])
  })
})
