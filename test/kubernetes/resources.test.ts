import * as assert from 'uvu/assert'
import { grantLines } from '../../src/kubernetes/grant.ts'
import {
  isPhantom,
  isPhantomGrant,
  newestKubernetes,
  resourceScope,
  type Scope,
  served,
  withoutWildcards,
} from '../../src/kubernetes/resources.ts'
import { grantsOf, type PolicyRule } from '../../src/kubernetes/rule.ts'
import { describe } from '../harness.ts'
import { grantsIn } from './lines.ts'

const scopes: readonly [group: string, resource: string, expected: Scope | null][] = [
  ['', 'pods', 'namespaced'],
  ['', 'pods/log', 'namespaced'],
  ['', 'nodes', 'cluster'],
  ['', 'nodes/metrics', 'cluster'],
  ['', 'nodes/unheard-of', 'cluster'],
  ['', 'namespaces', 'cluster'],
  ['', 'persistentvolumes', 'cluster'],
  ['', 'persistentvolumeclaims', 'namespaced'],
  ['apps', 'replicasets', 'namespaced'],
  ['batch', 'jobs', 'namespaced'],
  ['autoscaling', 'horizontalpodautoscalers', 'namespaced'],
  ['networking.k8s.io', 'ingresses', 'namespaced'],
  ['networking.k8s.io', 'ingressclasses', 'cluster'],
  ['storage.k8s.io', 'storageclasses', 'cluster'],
  ['coordination.k8s.io', 'leases', 'namespaced'],
  ['authentication.k8s.io', 'tokenreviews', 'cluster'],
  ['monitoring.coreos.com', 'servicemonitors', 'namespaced'],
  ['monitoring.grafana.com', 'podlogs', 'namespaced'],
  ['config.openshift.io', 'infrastructures/status', 'cluster'],
  ['metrics.k8s.io', 'nodes', 'cluster'],
  ['example.com', 'widgets', null],
  ['', 'widgets', null],
  ['', 'constructor', null],
  ['constructor', 'pods', null],
]

const life: readonly [group: string, resource: string, version: string, expected: boolean][] = [
  ['', 'pods', '1.16', true],
  ['', 'pods', newestKubernetes, true],
  ['', 'nodes/metrics', newestKubernetes, false],
  ['discovery.k8s.io', 'endpointslices', '1.16', true],
  ['extensions', 'ingresses', '1.21', true],
  ['extensions', 'ingresses', 'v1.22.3', false],
  ['extensions', 'replicasets', '1.17', true],
  ['extensions', 'replicasets', '1.18', false],
  ['policy', 'podsecuritypolicies', '1.24', true],
  ['policy', 'podsecuritypolicies', '1.25', false],
  ['resource.k8s.io', 'resourceclaims', '1.25', false],
  ['resource.k8s.io', 'resourceclaims', '1.26', true],
  ['example.com', 'widgets', '1.34', false],
]

const phantoms: readonly [group: string, resource: string, version: string, expected: boolean][] = [
  ['networking.k8s.io', 'pods', '1.34', true],
  ['networking.k8s.io', 'ingresses', '1.34', false],
  ['discovery.k8s.io', 'nodes/proxy', '1.34', true],
  ['', 'endpointslices', '1.34', true],
  ['', 'pods/*', '1.34', true],
  ['', '*', '1.34', false],
  ['', '*/log', '1.34', false],
  ['apps', '*/log', '1.34', true],
  ['apps', '*/scale', '1.34', false],
  ['*', 'pods', '1.34', false],
  ['*', 'widgets', '1.34', false],
  ['extensions', 'replicasets', '1.34', true],
  ['extensions', '*', '1.34', true],
  ['extensions', '*', '1.17', false],
  ['example.com', 'pods', '1.34', false],
  ['monitoring.coreos.com', 'unheardofs', '1.34', false],
  ['', 'nodes/metrics', '1.16', false],
  ['', 'nodes/pods', '1.34', false],
  ['', 'nodes/pods', '1.31', true],
  ['', 'nodes/unheard-of', '1.34', true],
  ['', 'users', '1.34', false],
  ['authentication.k8s.io', 'userextras/scopes', '1.34', false],
]

const wildcards: readonly [title: string, grants: readonly string[], expected: readonly string[]][] = [
  [
    'a grant without wildcards stays',
    ['cluster pods get', 'url /metrics* get'],
    ['cluster pods get', 'url /metrics* get'],
  ],
  [
    'every verb is those of the resource',
    ['. pods/log *', '. events.events.k8s.io *'],
    ['. pods/log get', '. events.events.k8s.io get,list,watch,create,update,patch,delete,deletecollection'],
  ],
  ['every verb on a URL is every method', ['url /metrics *'], ['url /metrics get,patch,delete,head,options,post,put']],
  ['names stay', ['. secrets[x] *'], ['. secrets[x] get,list,watch,create,update,patch,delete,deletecollection']],
  [
    'a subresource of all is that of each that has it',
    ['cluster */log get'],
    ['cluster nodes/log get', 'cluster pods/log get'],
  ],
  [
    'every group is each that has the resource',
    ['cluster events.* list'],
    ['cluster events list', 'cluster events.events.k8s.io list'],
  ],
  [
    'resources without the verb drop out',
    ['cluster */token.* get', 'cluster */token.* create'],
    ['cluster serviceaccounts/token create', 'cluster */token.* get'],
  ],
  [
    'every verb of an unknown resource is every common one',
    ['. widgets.example.com *'],
    ['. widgets.example.com get,list,watch,create,update,patch,delete,deletecollection'],
  ],
  ['every resource of an unknown group stays', ['. *.example.com get'], ['. *.example.com get']],
]

describe('resources', it => {
  for (const [group, resource, expected] of scopes)
    it(`${resource} of ${group || 'the core group'} is ${expected ?? 'not listed'}`, () =>
      assert.is(resourceScope(group, resource), expected))

  for (const [group, resource, version, expected] of life)
    it(`${resource} of ${group || 'the core group'} is ${expected ? '' : 'not '}served by ${version}`, () =>
      assert.is(served(group, resource, version), expected))

  for (const [group, resource, version, expected] of phantoms)
    it(`${resource} of ${group || 'the core group'} is ${expected ? 'a' : 'no'} phantom in ${version}`, () =>
      assert.is(isPhantom(group, resource, version), expected))

  for (const [title, grants, expected] of wildcards)
    it(title, () => {
      const found = grantsIn(grants).flatMap(grant => withoutWildcards(grant))
      assert.equal(grantLines(found), expected)
    })

  it('every resource in a namespace leaves out what has none, but for the namespace itself', () => {
    const lines = grantLines(grantsIn(['shop *.* *']).flatMap(grant => withoutWildcards(grant)))
    assert.ok(lines.includes('shop namespaces get,update,patch,delete'))
    assert.ok(lines.some(line => line.startsWith('shop pods ')))
    assert.not.ok(lines.some(line => /^shop (nodes|clusterroles|persistentvolumes)\b/.test(line)))
  })

  it('every resource is those of the release', () => {
    const at = (version: string) => grantLines(withoutWildcards(grantsIn(['cluster *.extensions get'])[0]!, version))
    assert.equal(at('1.21'), ['cluster ingresses.extensions get', 'cluster ingresses/status.extensions get'])
  })

  it('the first charts grant 51 phantoms of 78 by the rule for discovery and that for replicasets', () => {
    const rules: readonly PolicyRule[] = [
      {
        apiGroups: ['', 'discovery.k8s.io', 'networking.k8s.io'],
        resources: [
          'endpoints',
          'endpointslices',
          'ingresses',
          'nodes',
          'nodes/proxy',
          'nodes/metrics',
          'pods',
          'services',
        ],
        verbs: ['get', 'list', 'watch'],
      },
      { apiGroups: ['apps', 'extensions'], resources: ['replicasets'], verbs: ['get', 'list', 'watch'] },
    ]
    const grants = rules.flatMap(rule => grantsOf(rule, null))
    assert.is(grants.length, 78)
    assert.is(grants.filter(grant => isPhantomGrant(grant)).length, 51)
  })

  it('URLs are not phantoms', () => assert.is(isPhantomGrant({ kind: 'url', url: '/x', verb: 'get' }), false))
})
