import * as assert from 'uvu/assert'
import { isWidened, widenToCluster, withDefaults, withOwn } from '../../../src/chart/rbac/widen.ts'
import { defaultGrants } from '../../../src/chart/release/default-grants.ts'
import { findRelease } from '../../../src/chart/release/releases.ts'
import { type Grant, grantLines } from '../../../src/kubernetes/grant.ts'
import type { Plan } from '../../../src/plan/plan.ts'
import { describe } from '../../harness.ts'
import { config, planOf } from '../plans.ts'

const span = { source: config, start: 4, end: 7 }
const release = findRelease('1.11.1').value!
const lines = ({ grants }: Plan) => grantLines(grants.map(({ grant }) => grant))
const grant = (line: string): Grant => planOf([line]).grants[0]!.grant

describe('chart/widen', it => {
  it('widens single namespaces to the cluster, and says what it widened', () => {
    const { plan, diagnostics } = widenToCluster(
      planOf(['. pods list', 'shop pods list', 'shop secrets[a] get', 'url /metrics get']),
    )
    assert.equal(lines(plan), ['cluster pods list', 'cluster secrets[a] get', 'url /metrics get'])
    assert.equal(
      new Set(plan.grants[0]!.reasons.map(({ component }) => component)),
      new Set(['example.component.c1', 'example.component.c2', '--scope cluster']),
    )
    assert.equal(plan.grants.map(isWidened), [true, true, false])
    assert.is(diagnostics.length, 1)
    assert.match(diagnostics[0]!.message, /widens 3 grants .*: \. pods list; shop pods list; shop secrets\[a\] get$/)
  })

  it('does not label what is needed everywhere anyway', () => {
    const { plan } = widenToCluster(planOf(['cluster pods list', 'shop pods list']))
    assert.equal(plan.grants.map(isWidened), [false])
  })

  it('has nothing to say when nothing is widened', () => {
    assert.equal(widenToCluster(planOf(['cluster pods list'])).diagnostics, [])
  })

  it('adds the defaults of the chart without phantoms, labelled and assumed', () => {
    const { plan, diagnostics } = withDefaults(
      planOf(['shop pods list', 'cluster leases.coordination.k8s.io get']),
      release,
      span,
    )
    const found = lines(plan)
    assert.ok(found.includes('cluster secrets get,list,watch'))
    assert.ok(found.includes('cluster leases.coordination.k8s.io get'))
    assert.not.ok(found.some(line => /shop|pods\.networking\.k8s\.io|replicasets\.extensions/.test(line)))
    const secrets = plan.grants.find(({ grant: each }) => each.kind === 'resource' && each.resource === 'secrets')!
    assert.is(secrets.certainty, 'assumed')
    assert.equal(
      secrets.reasons.map(({ component, rule }) => [component, rule]),
      [['chart grafana/alloy 1.11.1', 'chart#defaults']],
    )
    assert.is(diagnostics[0]!.span, span)
    assert.match(diagnostics[0]!.message, new RegExp(`${plan.grants.length - 2} more grants$`))
    assert.ok(plan.grants.length < defaultGrants(release).length)
  })

  it('keeps own rules under their own name', () => {
    const own = [
      grant('cluster leases.coordination.k8s.io get'),
      grant('cluster secrets get'),
      grant('cluster pods list'),
    ].map(each => ({ grant: each, span }))
    const { plan, diagnostics } = withOwn(planOf(['cluster pods list']), release, own, { keep: true })
    assert.equal(lines(plan), ['cluster pods list', 'cluster leases.coordination.k8s.io get'])
    assert.is(plan.grants[1]!.reasons[0]!.component, "the values' own rules")
    assert.equal(diagnostics, [])
  })

  it('drops own rules and names them', () => {
    const own = [{ grant: grant('cluster leases.coordination.k8s.io get'), span }]
    const { plan, diagnostics } = withOwn(planOf(['cluster pods list']), release, own, { keep: false })
    assert.equal(lines(plan), ['cluster pods list'])
    assert.equal(
      diagnostics.map(({ code, span: at }) => [code, at]),
      [['ARB509', span]],
    )
  })

  it('says nothing of rules that are the chart’s or needed', () => {
    const own = [
      { grant: grant('cluster secrets get'), span },
      { grant: grant('shop pods list'), span },
    ]
    assert.equal(withOwn(planOf(['cluster pods list']), release, own, { keep: false }).diagnostics, [])
  })
})
