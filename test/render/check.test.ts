import * as assert from 'uvu/assert'
import { diagnostic } from '../../src/diagnostic/diagnostic.ts'
import { githubAnnotations } from '../../src/render/check/github.ts'
import { checkJson } from '../../src/render/check/json.ts'
import { junit } from '../../src/render/check/junit.ts'
import { checkMarkdown } from '../../src/render/check/markdown.ts'
import { sarif } from '../../src/render/check/sarif.ts'
import { checkText } from '../../src/render/check/text.ts'
import { printJson } from '../../src/render/json.ts'
import type { CheckReport } from '../../src/reports/check/report.ts'
import { describe, golden } from '../harness.ts'

const source = { path: 'deploy/my values: a.yaml', text: 'alloy:\n  content: x\nrbac:\n  rules: []\n' }
const [alloy, rules] = [
  { source, start: 0, end: 5 },
  { source, start: 34, end: 36 },
]
const edit = { kind: 'generate' } as const
const missing = {
  ...diagnostic('missing-grant', alloy, {
    grant: 'cluster pods list',
    components: 'discovery.kubernetes.pods',
    edit,
    settlers: null,
  }),
  help: null,
}
const excess = {
  ...diagnostic(
    'excess-grant',
    rules,
    {
      grant: 'cluster secrets get',
      rule: 'rules[0] of ClusterRole/<alloy>',
      narrower: '. secrets[a|b] get',
      risk: 'reads 100% of "them"',
      edit,
      all: null,
    },
    { related: [{ span: alloy, text: 'discovery.kubernetes.pods needs it' }] },
  ),
  help: 'narrow it',
}
const note = diagnostic('object-only-helm-renders', null, undefined, { severity: 'note' })

const report: CheckReport = {
  analyzer: { name: 'alloy-rbac', version: '0.1.0' },
  target: { alloy: '1.11.0', chart: '1.3.0', kubernetes: '1.34' },
  workloads: [
    {
      name: 'monitoring/DaemonSet/alloy',
      verdict: {
        complete: true,
        needed: 2,
        tooWide: 0,
        forOthers: 0,
        missing: [],
        excess: [
          {
            grant: { kind: 'resource', namespace: null, group: '', resource: 'secrets', name: null, verb: 'get' },
            role: 'ClusterRole/alloy',
            index: 0,
            span: rules,
          },
        ],
        phantom: [],
        pod: { missing: [], excess: ['capability SYS_PTRACE'] },
        holds: { grants: [], granted: 0, secrets: ['cluster'], privileges: [], capabilities: [], level: 'restricted' },
      },
      findings: [
        { diagnostic: missing, subject: 'discovery.kubernetes.pods: cluster pods list' },
        { diagnostic: excess, subject: 'ClusterRole/<alloy>: cluster secrets get' },
      ],
    },
    { name: '', verdict: null, findings: [] },
  ],
  findings: [{ diagnostic: note, subject: 'extraObjects[0]' }],
}

describe('render/check', it => {
  const formats: readonly (readonly [string, string])[] = [
    ['check.sarif.txt', withoutRules(sarif(report))],
    ['check.junit.xml', junit(report, 'warning')],
    ['check.github.txt', githubAnnotations(report)],
    ['check.md', checkMarkdown(report, 'warning')],
    ['check.txt', checkText(report, { color: false, failOn: 'warning', notes: true })],
    ['check.json.txt', printJson(checkJson(report, 'warning'))],
  ]
  for (const [file, text] of formats) it(`prints ${file}`, () => golden(`test/render/golden/${file}`, text))

  it('gives SARIF a rule with help for every code, and results that point at theirs', () => {
    const [run] = JSON.parse(sarif(report)).runs
    for (const { help } of run.tool.driver.rules) assert.ok(help.text.length > 0)
    for (const { ruleId, ruleIndex } of run.results) assert.is(run.tool.driver.rules[ruleIndex].id, ruleId)
    assert.is(run.columnKind, 'utf16CodeUnits')
  })

  it('leaves notes out of the text when asked', () => {
    assert.not.match(checkText(report, { color: false, failOn: 'warning', notes: false }), /note\[/)
  })
})

/** The catalog grows, the golden file does not. */
function withoutRules(text: string): string {
  const log = JSON.parse(text)
  log.runs[0].tool.driver.rules = []
  for (const result of log.runs[0].results) result.ruleIndex = 0
  return `${JSON.stringify(log, null, 2)}\n`
}
