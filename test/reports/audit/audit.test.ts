import * as assert from 'uvu/assert'
import { chartVersions, findRelease } from '../../../src/chart/release/releases.ts'
import { type Grant, grantKey, grantLines, implies } from '../../../src/kubernetes/grant.ts'
import { grantsOf, type PolicyRule } from '../../../src/kubernetes/rule.ts'
import { audit } from '../../../src/reports/audit/audit.ts'
import type { AuditedChart, RuleBlock } from '../../../src/reports/audit/audited-chart.ts'
import { possibleNeeds } from '../../../src/reports/audit/possible-needs.ts'
import { usagesOf } from '../../../src/reports/audit/usages.ts'
import { mayHold } from '../../../src/rules/map/may-hold.ts'
import type { Condition } from '../../../src/rules/map/schema.ts'
import { releasedRules } from '../../../src/session/audit/read-rules.ts'
import { describe } from '../../harness.ts'

const target = { alloy: '1.18.1', kubernetes: '1.37', kernel: null }
const needs = possibleNeeds(target)

function chartOf(version: string, keep: (block: RuleBlock) => boolean): AuditedChart {
  const release = findRelease(version).value
  if (release === null) throw new Error(version)
  const blocks = releasedRules(release).filter(keep)
  return {
    name: version,
    at: [],
    source: null,
    isArchived: false,
    blocks,
    unreadRules: { rules: 0, clusterRules: 0 },
    isNamespaced: false,
    release,
    target: { ...target, alloy: release.alloy },
  }
}

const rule = (apiGroups: string[], resources: string[], verbs: string[]): PolicyRule => ({
  apiGroups,
  resources,
  verbs,
})

const usable: readonly (readonly [title: string, rule: PolicyRule, lines: readonly string[]])[] = [
  ['what a component asks for', rule([''], ['pods'], ['list']), ['cluster pods list']],
  ['what none asks for', rule([''], ['pods'], ['delete']), []],
  ['a verb that is not among those', rule([''], ['secrets'], ['get', 'list']), ['cluster secrets get']],
  ['any verb is cut to those', rule([''], ['secrets'], ['*']), ['cluster secrets get']],
  ['any group is cut to those', rule(['*'], ['podlogs'], ['list']), ['cluster podlogs.monitoring.grafana.com list']],
  [
    'an object that a rule names stays named',
    { ...rule([''], ['secrets'], ['*']), resourceNames: ['a'] },
    ['cluster secrets[a] get'],
  ],
  [
    'an aggregated API that a scrape reads',
    rule(['widgets.example.com'], ['x'], ['get']),
    ['cluster x.widgets.example.com get'],
  ],
  ['and does not list', rule(['widgets.example.com'], ['x'], ['list']), []],
  [
    'what EKS serves',
    rule(['metrics.eks.amazonaws.com'], ['ksh/metrics'], ['get']),
    ['cluster ksh/metrics.metrics.eks.amazonaws.com get'],
  ],
  ['a part of a kubelet', rule([''], ['nodes/stats'], ['get', 'create']), ['cluster nodes/stats get']],
  ['a proxy', rule([''], ['services/proxy'], ['get', 'create']), ['cluster services/proxy get']],
  ['any URL', { nonResourceURLs: ['/federate'], verbs: ['get'] }, ['url /federate get']],
  ['and any verb of it', { nonResourceURLs: ['/federate'], verbs: ['*'] }, ['url /federate get']],
  ['but not a change', { nonResourceURLs: ['/federate'], verbs: ['post'] }, []],
  [
    'what admits the pod',
    rule(['security.openshift.io'], ['securitycontextconstraints'], ['use']),
    ['cluster securitycontextconstraints.security.openshift.io use'],
  ],
]

describe('what components can use of a rule', it => {
  for (const [title, given, lines] of usable)
    it(title, () => {
      const found = grantsOf(given, null).flatMap(grant => usagesOf(grant, needs).map(each => each.grant))
      assert.equal(grantLines(found), lines)
    })
})

const conditions: readonly (readonly [title: string, condition: Condition, holds: boolean])[] = [
  ['an argument may have any value', { role: 'pod' }, true],
  ['a release is known', { $alloy: '<1.5.0' }, false],
  ['a release and an argument', { role: 'pod', $alloy: '<1.5.0' }, false],
  ['a release or an argument', [{ role: 'pod' }, { $alloy: '<1.5.0' }], true],
  ['not a release', { $not: { $alloy: '>=1.5.0' } }, false],
  ['not an argument', { $not: { role: 'pod' } }, true],
  ['Kubernetes', { $all: [{ $kubernetes: '<1.33' }, {}] }, false],
  ['a block in which nothing can hold', { $block: { path: 'a', where: { $alloy: '<1.0.0' } } }, false],
  ['a block', { $block: { path: 'a', where: {} } }, true],
]

describe('a condition that some configuration may meet', it => {
  for (const [title, condition, holds] of conditions) it(title, () => assert.is(mayHold(condition, target), holds))
})

const keyed = (grants: readonly Grant[]): readonly string[] => grants.map(grantKey)

describe('audit of every release', it => {
  for (const version of chartVersions) {
    const whole = audit(
      chartOf(version, () => true),
      [],
    )
    it(`${version}: every grant is in one tier, and what is left is what can be used`, () => {
      const { phantom, unused, wide, usable: used, defaults, rules } = whole
      assert.is(phantom.length + unused.length + wide.length + used.length, defaults)
      for (const each of rules) {
        const left = each.left.flatMap(one => grantsOf(one, null))
        assert.equal(keyed(left).toSorted(), keyed(each.usable.map(({ grant }) => grant)).toSorted())
        assert.ok(left.every(grant => grantsOf(each.rule, null).some(held => implies(held, grant))))
      }
    })
    it(`${version}: a rule that is taken away is missed`, () => {
      for (const gone of whole.rules) {
        const found = audit(
          chartOf(version, block => block.place !== gone.place),
          [],
        )
        const kept = found.rules.flatMap(each => grantsOf(each.rule, null))
        const missed = new Set(found.missing.flatMap(({ grants }) => grants.flatMap(everywhere)).map(grantKey))
        for (const { grant } of gone.usable)
          if (!kept.some(held => implies(held, grant)) && grant.kind === 'resource')
            assert.ok(missed.has(grantKey(grant)), `${gone.place} ${grantLines([grant])}`)
      }
    })
  }
})

/** Needs of one namespace or object count for all. */
const everywhere = (grant: Grant): readonly Grant[] =>
  grant.kind === 'url' ? [] : [{ ...grant, namespace: null, name: null }]
