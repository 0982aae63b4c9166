// Every privilege of the map, in the notation that `check` prints, leads `explain` back to the rule that asks for it.
import * as assert from 'uvu/assert'
import { explain } from '../../../src/reports/explain/explain.ts'
import { privilegeOf } from '../../../src/reports/explain/privilege.ts'
import { ruledComponents, rulesOf } from '../../../src/rules/map/load.ts'
import { command } from '../../cli/io.ts'
import { describe } from '../../harness.ts'

function rulesFor(question: string): readonly string[] {
  const found = explain(question)
  return found.kind === 'privilege' ? [...found.askedBy, ...found.named].map(({ rule }) => rule) : []
}

describe('explain of a privilege', it => {
  it('names every rule of the map that asks for it', () => {
    let asked = 0
    for (const component of ruledComponents()) {
      for (const [id, rule] of Object.entries(rulesOf(component)?.privileges ?? {})) {
        const questions = [
          ...(rule.capabilities ?? []).flatMap(name => [`capability ${name}`, `CAP_${name}`, `capability CAP_${name}`]),
          ...(rule.pod ?? []).flatMap(field => [`pod ${field}`, field]),
          ...(rule.mounts ?? []).map(({ path, readOnly }) => {
            const place = typeof path === 'string' ? path : '/any/place'
            return `mount ${place} ${readOnly ? 'ro' : 'rw'}`
          }),
          ...(rule.writable ?? []).map(path => `writable ${typeof path === 'string' ? path : '/any/place'}`),
          ...(rule.ports ?? []).map(() => 'port 514/UDP'),
        ]
        asked += questions.length
        for (const question of questions)
          assert.ok(rulesFor(question).includes(`${component}#${id}`), `${question}: ${component}#${id}`)
      }
    }
    assert.ok(asked > 100, `${asked} questions`)
  })

  it('says for each level which components do not run in its pods', () => {
    const names = (level: string): readonly string[] => {
      const found = explain(level)
      return found.kind === 'level' ? found.violated.map(({ component }) => component) : []
    }
    assert.ok(names('baseline').includes('prometheus.exporter.cadvisor'))
    assert.not.ok(names('baseline').includes('loki.write'))
    for (const component of names('baseline')) assert.ok(names('Pod Security restricted').includes(component))
  })

  for (const text of [
    'mount var/log',
    'mount /a b',
    'capability',
    'capability A B',
    'pod',
    'port x',
    'writable',
    'roots',
  ])
    it(`does not take "${text}" for one`, () => assert.is(privilegeOf(text), null))
})

const files = {
  'config.alloy': `discovery.kubernetes "nodes" { role = "node" }
prometheus.scrape "cadvisor" {
  targets           = discovery.kubernetes.nodes.targets
  scheme            = "https"
  metrics_path      = "/metrics/cadvisor"
  bearer_token_file = "/var/run/secrets/kubernetes.io/serviceaccount/token"
  forward_to        = []
}
prometheus.exporter.process "all" { }
`,
}

/** What is asked, and the instances that answer. */
const needed: readonly (readonly [words: readonly string[], components: readonly string[]])[] = [
  [['nodes/metrics get'], ['prometheus.scrape.cadvisor']],
  [['nodes/metrics', 'get'], ['prometheus.scrape.cadvisor']],
  [['cluster nodes/metrics get assumed'], ['prometheus.scrape.cadvisor']],
  [['nodes', 'list'], ['discovery.kubernetes.nodes']],
  [['cluster nodes list,watch'], ['discovery.kubernetes.nodes']],
  [['secrets get'], []],
  [['pod', 'hostPID'], ['prometheus.exporter.process.all']],
  [['root'], ['prometheus.exporter.process.all']],
  [['restricted'], ['prometheus.exporter.process.all']],
  [['discovery.kubernetes#nodes'], ['discovery.kubernetes.nodes']],
]

describe('explain with a configuration', it => {
  for (const [words, components] of needed)
    it(`names the instances that need ${words.join(' ')}, and where they are`, async () => {
      const { code, stdout } = await command(['explain', ...words, 'config.alloy', '--format', 'json'], files)
      assert.is(code, 0)
      const found = (
        JSON.parse(stdout) as { needs: { reasons: { component: string; path: string; evidence: unknown[] }[] }[] }
      ).needs
      const reasons = found.flatMap(each => each.reasons)
      assert.equal([...new Set(reasons.map(({ component }) => component))], components)
      for (const { path, evidence } of reasons) {
        assert.is(path, 'config.alloy')
        assert.ok(evidence.length > 0)
      }
      const text = await command(['explain', ...words, 'config.alloy'], files)
      for (const component of components) assert.match(text.stdout, `${component} (config.alloy:`)
      if (components.length === 0) assert.match(text.stdout, 'Nothing in this configuration needs')
    })

  it('still traces an instance, and a component by its name', async () => {
    for (const thing of ['prometheus.scrape.cadvisor', 'prometheus.scrape'])
      assert.match((await command(['explain', thing, 'config.alloy'], files)).stdout, 'target 1 of 1')
  })
  it('says that an input is missing, and not that the question is unknown', async () => {
    const ran = await command(['explain', 'secrets get', 'gone.alloy'], files)
    assert.is(ran.code, 3)
    assert.match(ran.stderr, 'gone.alloy')
  })
})
