import * as assert from 'uvu/assert'
import { type Grant, grantLine, implies } from '../../src/kubernetes/grant.ts'
import { describe } from '../harness.ts'
import { random } from '../random.ts'
import { documents, grantsOf, planned, type Recorded } from './cluster.ts'

const configuration = (id: string, text: string): Recorded => ({
  id,
  input: ['config.alloy'],
  files: { 'config.alloy': text },
  requests: [],
})

const operators = ['servicemonitors', 'podmonitors', 'probes', 'scrapeconfigs']

const configurations: readonly Recorded[] = [
  configuration(
    'everything',
    [
      ...operators.map(name => `prometheus.operator.${name} "x" {\n  forward_to = []\n}`),
      'mimir.alerts.kubernetes "x" {\n  address       = "http://m"\n  global_config = ""\n}',
      'loki.source.podlogs "x" {\n  forward_to = []\n}',
    ].join('\n'),
  ),
  configuration(
    'namespaces and selectors, some of them not known',
    [
      ...operators.map(
        (name, at) =>
          `prometheus.operator.${name} "x" {\n  forward_to = []\n  namespaces = ["team-a"${at % 2 === 0 ? '' : ', sys.env("MORE")'}]\n  selector {\n    match_expression {\n      key      = "s"\n      operator = "NotIn"\n      values   = ["sm-plain", "pm-tls", "pb-basic", sys.env("NOT")]\n    }\n  }\n}`,
      ),
      'mimir.alerts.kubernetes "x" {\n  address       = "http://m"\n  global_config = ""\n  alertmanagerconfig_namespace_selector {\n    match_labels = { team = "team-b" }\n  }\n}',
      'loki.source.podlogs "x" {\n  forward_to = []\n  namespace_selector {\n    match_labels = { team = sys.env("TEAM") }\n  }\n}',
    ].join('\n'),
  ),
]

/** Grants that none of others covers. */
const uncovered = (grants: readonly Grant[], by: readonly Grant[]): readonly string[] =>
  grants.filter(grant => !by.some(each => implies(each, grant))).map(grantLine)

const isNamespace = (text: string): boolean => text.includes('kind: Namespace')

const kindOf = (text: string): string => /kind: (\w+)/.exec(text)?.[1] ?? ''

describe('objects of the cluster', it => {
  const next = random(11)
  const some = (): readonly string[] => documents.filter(each => !isNamespace(each) && next(6) === 0)
  const around = documents.filter(isNamespace)
  const grants = (recorded: Recorded, objects: readonly string[], complete: boolean): readonly Grant[] =>
    grantsOf(
      planned(recorded, {
        objects: { 'cluster.yaml': [...around, ...objects].join('\n---\n') },
        objectsComplete: complete,
      }),
    )
  for (const recorded of configurations) {
    it(`never add a grant to a plan: ${recorded.id}`, () => {
      const wide = grantsOf(planned(recorded, {}))
      for (let run = 0; run < 20; run++)
        for (const complete of [true, false]) assert.equal(uncovered(grants(recorded, some(), complete), wide), [])
    })

    it(`never take a grant away where another one is added: ${recorded.id}`, () => {
      let grown = 0
      for (let run = 0; run < 40; run++) {
        const complete = next(2) === 0
        const before = some()
        // While others may exist, the first of a kind is what narrows.
        const known = new Set(before.map(kindOf))
        const added = documents.filter(each => !isNamespace(each) && (complete || known.has(kindOf(each))))
        const one = added[next(added.length)] ?? ''
        const [less, more] = [grants(recorded, before, complete), grants(recorded, [...before, one], complete)]
        assert.equal(uncovered(less, more), [], one)
        if (uncovered(more, less).length > 0) grown++
      }
      assert.ok(grown > 2, 'some objects ask for more')
    })

    it(`are in any order: ${recorded.id}`, () => {
      const objects = some()
      const lines = (list: readonly string[]): readonly string[] => grants(recorded, list, true).map(grantLine)
      assert.equal(lines(objects), lines(objects.toReversed()))
    })
  }
})
