import * as assert from 'uvu/assert'
import { describe } from '../harness.ts'
import { command } from './io.ts'

const values = (name: string): string => `alloy:
  configMap:
    content: |
      prometheus.scrape "${name}" {
        targets           = [{"__address__" = "${name}.shop.svc:80"}]
        bearer_token_file = "/var/run/secrets/kubernetes.io/serviceaccount/token"
        forward_to        = []
      }
`
const files = { 'first.yaml': values('first'), 'second.yaml': values('second') }

const collector = (name: string, content: string): string => `apiVersion: collectors.grafana.com/v1alpha1
kind: Alloy
metadata: { name: ${name}, namespace: obs }
spec:
  alloy:
    configMap:
      content: |
        remotecfg {
          url = "https://fleet.example.com"
        }
        prometheus.exporter.unix "node" {
        }
        ${content}
`
const collectors = {
  'two.yaml': [
    collector('metrics', 'discovery.kubelet "own" {\n        }'),
    collector('logs', 'loki.source.file "f" {\n          targets = []\n          forward_to = []\n        }'),
  ].join('---\n'),
}

const rows: readonly (readonly string[])[] = [
  ['generate', '--all'],
  ['diff'],
  ['check'],
  ['upgrade', '--from', '1.5.2', '--to', '1.11.1'],
]

describe('a run over several configurations', it => {
  for (const [verb = '', ...options] of rows) {
    it(`names in every frame of ${verb} the one that it is about`, async () => {
      const line = [verb, 'two.yaml', ...options, '--namespace', 'obs']
      for (const more of [[], ['--on-unknown', 'warn']]) {
        const { stdout, stderr } = await command([...line, ...more], collectors)
        const frames = `${stderr}${stdout}`
          .split(/^(?=(?:error|warning|note)\[)/m)
          .filter(each => /^[a-z]+\[/.test(each))
        assert.ok(frames.length > 1, stderr)
        for (const frame of frames) assert.match(frame, /^.*\n *-->.* in obs\/Alloy\/(?:metrics|logs)/, frame)
        for (const name of ['metrics', 'logs'])
          assert.ok(
            frames.some(frame => /ARB119/.test(frame) && frame.includes(`obs/Alloy/${name}`)),
            name,
          )
      }
    })
  }
  for (const [verb = '', ...options] of rows) {
    it(`has in the JSON document of ${verb} what a run over each of them says`, async () => {
      const alone: string[] = []
      for (const [name, text] of Object.entries(files)) {
        alone.push(...(await said([verb, name, ...options], { [name]: text })))
      }
      assert.ok(alone.length > 1, alone.join())
      const together = await said([verb, ...Object.keys(files), ...options], files)
      for (const each of alone) assert.ok(together.includes(each), `${each} is not among ${together.join()}`)
    })
    // A workload of check says all that concerns it.
    if (verb === 'check') continue
    it(`names the configurations in ${verb}, and what is common to them once`, async () => {
      const { stdout } = await command([verb, 'first.yaml', 'second.yaml', ...options, '--arg', 'x=1'], files)
      for (const name of Object.keys(files)) assert.ok(stdout.includes(name), name)
      const shown = JSON.parse((await json([verb, 'first.yaml', 'second.yaml', ...options, '--arg', 'x=1'])).stdout)
      const unused = [...JSON.stringify(shown).matchAll(/"code":"ARB\d+"[^}]*--arg x/g)]
      assert.is(unused.length, 1, JSON.stringify(shown).slice(-500))
    })
  }
})

const json = (words: readonly string[]) => command([...words, '--format', 'json'], files)

/** Code and place of all that a JSON document says. */
async function said(words: readonly string[], given: Readonly<Record<string, string>>): Promise<readonly string[]> {
  const { stdout } = await command([...words, '--format', 'json'], given)
  const found: string[] = []
  JSON.stringify(JSON.parse(stdout), (_, value: unknown) => {
    if (typeof value === 'object' && value !== null && 'code' in value && 'path' in value && value.path !== null)
      found.push(`${value.code} ${value.path}`)
    return value
  })
  return found
}
