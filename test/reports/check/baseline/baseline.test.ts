import { readdirSync } from 'node:fs'
import * as assert from 'uvu/assert'
import { check, render } from '../../../../src/index.ts'
import { argumentsOf, inputsOf } from '../../../case.ts'
import { command } from '../../../cli/io.ts'
import { describe, root } from '../../../harness.ts'

const folder = `${root}test/commands`
const cases = readdirSync(folder).filter(name => {
  const own = argumentsOf(`${folder}/${name}`)
  return own[0] === 'check' && !own.includes('--baseline') && !own.includes('-')
})

const values = (resources: string): string => `alloy:
  configMap:
    content: discovery.kubernetes "nodes" { role = "node" }
rbac:
  rules:
    - {apiGroups: [""], resources: [${resources}], verbs: [get, list]}
  clusterRules:
    - {apiGroups: [""], resources: [nodes], verbs: [list, watch]}
`

describe('reports/check/baseline', it => {
  for (const name of cases)
    it(`leaves nothing of what was accepted: ${name}`, async () => {
      const at = `${folder}/${name}`
      const own = argumentsOf(at)
      const first = await command([...own, '--write-baseline', 'made.json'], inputsOf(at))
      const [text] = first.written.values()
      if (text === undefined) {
        assert.is(first.code, 3, 'a baseline is not written only where there is no verdict')
        return
      }
      const again = await command([...own, '--baseline', 'made.json', '--format', 'json'], {
        ...inputsOf(at),
        'made.json': text,
      })
      const { status, baseline } = JSON.parse(again.stdout)
      assert.is(status, 'clean')
      assert.is(again.code, 0)
      assert.is(baseline.accepted.length > 0, JSON.parse(text).findings.length > 0)
    })

  it('tells of what is new alone where a rule gets one resource more', () => {
    const text = render.baseline(check({ 'values.yaml': values('pods, services') }))
    const baseline = { path: 'accepted.json', text }
    const { workloads, accepted } = check({ 'values.yaml': values('pods, services, endpoints') }, { baseline })
    const found = workloads.flatMap(({ findings }) => findings.map(({ subject }) => subject))
    assert.equal(found, ['ClusterRole/alloy: cluster endpoints get,list'])
    assert.is(
      accepted?.findings.some(({ finding }) => finding.subject.includes('endpoints')),
      false,
    )
  })

  it('names what is accepted by codes and arguments, not by sentences', () => {
    const text = render.baseline(check({ 'values.yaml': values('pods') }, { failOn: 'note' }))
    for (const { subject } of JSON.parse(text).findings) assert.not.match(subject, /needs|grants|but no|runs as/)
  })

  const wrong: readonly [title: string, text: string][] = [
    ['another version', '{"version": 3, "findings": []}'],
    ['another key', '{"version": 2, "findings": [], "accept": []}'],
    ['no findings', '{"version": 2}'],
    ['findings that are not a list', '{"version": 2, "findings": {}}'],
    ['an entry with another key', '{"version": 2, "findings": [{"code": "ARB402", "subject": "x", "why": "y"}]}'],
    ['an entry without a subject', '{"version": 2, "findings": [{"code": "ARB402"}]}'],
    ['a date that is none', '{"version": 2, "findings": [{"code": "ARB402", "subject": "x", "expires": "soon"}]}'],
  ]
  for (const [title, text] of wrong)
    it(`refuses ${title}`, () => {
      const { status, findings } = check({ 'values.yaml': values('pods') }, { baseline: { path: 'b.json', text } })
      assert.is(status, 'no-plan')
      assert.equal(
        findings.map(({ diagnostic }) => diagnostic.code),
        ['ARB422'],
      )
    })
})
