import fc from 'fast-check'
import * as assert from 'uvu/assert'
import { type Grant, grantKey, implies, uniqueGrants } from '../../../src/kubernetes/grant.ts'
import { grantsOf } from '../../../src/kubernetes/rule.ts'
import type { Audit } from '../../../src/reports/audit/audit.ts'
import { auditCharts, trimmedAudits } from '../../../src/session/audit/audit-charts.ts'
import { findAlloyCharts } from '../../../src/session/audit/find-charts.ts'
import { trimFiles } from '../../../src/session/audit/trim-files.ts'
import { describe } from '../../harness.ts'

function auditOf(text: string): Audit {
  const files = { path: '.', names: ['values.yaml'], unpack: () => ({ why: 'none' }), isArchived: false }
  const [found] = auditCharts(findAlloyCharts({ ...files, read: () => text }, { kubeVersion: '1.34' }), {}).value
  if (found === undefined) throw new Error('there is no chart')
  return found
}

function trimmed(text: string): string {
  const made = trimFiles(trimmedAudits([auditOf(text)], 'usable'))
  if ('why' in made) throw new Error(made.why)
  return made[0]?.text ?? text
}

const some = (...values: readonly string[]) => fc.subarray([...values], { minLength: 1 })
const quotes = fc.constantFrom('"', "'", '')
const lists = fc.constantFrom('brackets', 'lines', 'broken brackets')
const rule = fc.record({
  apiGroups: some('', 'apps', 'networking.k8s.io', 'monitoring.grafana.com', '*'),
  resources: some('pods', 'pods/exec', 'secrets', 'ingresses', 'replicasets', 'podlogs', 'nodes/proxy'),
  verbs: some('get', 'list', 'watch', 'create', '*'),
  order: fc.constantFrom(['apiGroups', 'resources', 'verbs'], ['verbs', 'resources', 'apiGroups']),
  layout: lists,
  quote: quotes,
  comments: fc.nat(2),
  isCommentedBehind: fc.boolean(),
  hasBlankAbove: fc.boolean(),
})
type Rule = typeof rule extends fc.Arbitrary<infer T> ? T : never
const values = fc.record({
  rules: fc.array(rule, { minLength: 1, maxLength: 4 }),
  clusterRules: fc.array(rule, { minLength: 1, maxLength: 3 }),
  isIndented: fc.boolean(),
  lineBreak: fc.constantFrom('\n', '\r\n'),
})
type Values = typeof values extends fc.Arbitrary<infer T> ? T : never

function fieldLines({ layout, quote }: Rule, field: string, list: readonly string[], isIndented: boolean): string[] {
  const shown = list.map(each =>
    each === '' || each === '*' || quote !== '' ? `${quote || '"'}${each}${quote || '"'}` : each,
  )
  if (layout === 'brackets') return [`${field}: [${shown.join(', ')}]`]
  if (layout === 'broken brackets') return [`${field}: [`, ...shown.map(each => `    ${each},`), '  ]']
  return [`${field}:`, ...shown.map(each => `${isIndented ? '  ' : ''}- ${each}`)]
}

function ruleLines(given: Rule, id: string, isIndented: boolean): readonly string[] {
  const fields = given.order.flatMap(field => fieldLines(given, field, given[field as 'verbs'], isIndented))
  const behind = given.isCommentedBehind ? [`${fields.at(-1)} # behind ${id}`] : fields.slice(-1)
  const [first = '', ...more] = [...fields.slice(0, -1), ...behind]
  return [
    ...(given.hasBlankAbove ? [''] : []),
    ...Array.from({ length: given.comments }, (_, at) => `# -- ${id} ${at}`),
    `- ${first}`,
    ...more.map(line => `  ${line}`),
  ]
}

const head = ['# Above.', 'alloy: {configMap: {create: true}}', 'rbac:', '  create: true # as it is', '']
const tail = ['  namespaces: []', '# Below.', 'extraObjects:   [ ]', '']

function written({ rules, clusterRules, isIndented, lineBreak }: Values): string {
  const list = (name: string, all: readonly Rule[]): readonly string[] => [
    `  ${name}:`,
    ...all
      .flatMap((each, at) => ruleLines(each, `${name} ${at}`, isIndented))
      .map(line => (line === '' ? '' : `${isIndented ? '    ' : '  '}${line}`)),
  ]
  return [...head, ...list('rules', rules), ...list('clusterRules', clusterRules), ...tail].join(lineBreak)
}

const granted = ({ rules }: Audit): readonly Grant[] => uniqueGrants(rules.flatMap(each => grantsOf(each.rule, null)))

describe('random rules in their file', it => {
  it('keep what components can use, and all around it', () => {
    fc.assert(
      fc.property(values, given => {
        const before = written(given)
        const after = trimmed(before)
        assert.ok(after.startsWith(head.join(given.lineBreak)))
        assert.ok(after.endsWith(tail.join(given.lineBreak)))
        if (given.lineBreak === '\r\n') assert.not.match(after, /(?<!\r)\n/)
        const [was, is] = [auditOf(before), auditOf(after)]
        assert.equal(granted(is).map(grantKey), uniqueGrants(was.usable.map(({ grant }) => grant)).map(grantKey))
        assert.ok(granted(is).every(grant => granted(was).some(held => implies(held, grant))))
        assert.is(trimmed(after), after)
        for (const { list, index, left, comment } of was.rules) {
          const isAlone = was.rules.every(each => each.list !== list || each.left.length === 0)
          if (comment !== null && !isAlone) assert.is(after.includes(`${list} ${index} 0`), left.length > 0)
        }
      }),
      { numRuns: 150 },
    )
  })
})
