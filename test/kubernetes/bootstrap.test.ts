import * as assert from 'uvu/assert'
import { builtInClusterRoles, builtInRole, standingGroups, upgradedRules } from '../../src/kubernetes/bootstrap.ts'
import { ruleText } from '../../src/kubernetes/rule.ts'
import { describe } from '../harness.ts'

const rules = (name: string, kubernetes = '1.34') => builtInRole(name, kubernetes)?.rules.map(ruleText) ?? null

describe('builtInRole knows what every cluster has', it => {
  it('resources, URLs, names and the core group', () => {
    assert.equal(rules('cluster-admin'), [
      '{apiGroups: ["*"], resources: ["*"], verbs: ["*"]}',
      '{nonResourceURLs: ["*"], verbs: ["*"]}',
    ])
    assert.equal(rules('kube-system/extension-apiserver-authentication-reader'), [
      '{apiGroups: [""], resources: ["configmaps"], resourceNames: ["extension-apiserver-authentication"], verbs: ["get", "list", "watch"]}',
    ])
  })

  it('no other name', () => {
    assert.is(rules('alloy'), null)
    assert.is(rules('constructor'), null)
  })

  const releases: readonly [role: string, release: string, known: boolean][] = [
    ['system:cluster-trust-bundle-discovery', '1.36', false],
    ['system:cluster-trust-bundle-discovery', '1.37', true],
    ['system:cluster-trust-bundle-discovery', '1.99', true],
    ['view', '1.20', true],
  ]
  for (const [role, release, known] of releases)
    it(`${role} in ${release}: ${known}`, () => assert.is(rules(role, release) !== null, known))

  it('rules come and go by release', () => {
    const monitoring = (release: string) => rules('system:monitoring', release)!.join()
    assert.not.ok(monitoring('1.35').includes('/flagz'))
    assert.ok(monitoring('1.36').includes('/flagz'))
    const events = (release: string) => rules('system:aggregate-to-view', release)!.join().includes('events.k8s.io')
    assert.equal([events('1.34'), events('1.35')], [false, true])
  })

  it('admin gathers edit, edit gathers view', () => {
    const gathers = (name: string) => builtInRole(name, '1.34')!.gathers
    const labels = (name: string) => [...builtInRole(name, '1.34')!.labels.keys()]
    assert.ok(labels('edit').includes(gathers('admin')[0]!))
    assert.ok(labels('view').includes(gathers('edit')[0]!))
    assert.ok(
      builtInClusterRoles('1.34').every(({ labels }) => labels.get('kubernetes.io/bootstrapping') === 'rbac-defaults'),
    )
  })

  it('upgraded clusters keep what older releases granted', () => {
    const role = 'system:controller:endpoint-controller'
    assert.ok(upgradedRules(role, '1.34').length > builtInRole(role, '1.34')!.rules.length)
    assert.is(upgradedRules(role, '1.31').length, builtInRole(role, '1.31')!.rules.length)
  })

  it('which groups are bound by their names', () => {
    assert.equal(standingGroups('system:discovery', '1.34'), ['system:authenticated'])
    assert.equal(standingGroups('system:service-account-issuer-discovery', '1.34'), ['system:serviceaccounts'])
    assert.equal(standingGroups('system:cluster-trust-bundle-discovery', '1.36'), [])
    assert.equal(standingGroups('cluster-admin', '1.34'), [])
  })
})
