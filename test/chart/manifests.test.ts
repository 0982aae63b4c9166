import * as assert from 'uvu/assert'
import { type JsonMap, valueAt } from '../../src/chart/json.ts'
import { type ManifestOptions, manifests } from '../../src/chart/manifests.ts'
import { proveManifests } from '../../src/chart/prove/prove.ts'
import { findRelease } from '../../src/chart/release/releases.ts'
import type { Privilege } from '../../src/rules/requirement.ts'
import { describe, golden } from '../harness.ts'
import { planOf, turningPoints } from './plans.ts'

const host: readonly Privilege[] = [
  { kind: 'capability', name: 'SYS_PTRACE' },
  { kind: 'pod', field: 'hostPID' },
  { kind: 'mount', hostPath: '/var/log', readOnly: true },
]
const plan = planOf(
  ['cluster pods list,watch', '. configmaps[alloy] get', 'shop secrets[token] get', 'url /metrics get'],
  host,
)
const options = (version: string): ManifestOptions => ({
  release: findRelease(version).value!,
  alloy: '1.18.1',
  kubernetes: '1.34',
  tool: 'alloy-rbac 0.1.0',
  namespace: 'mon',
  name: 'collector',
})
const kinds = (objects: readonly JsonMap[]) => objects.map(({ kind }) => kind)

describe('chart/manifests', it => {
  it('prints account, roles, bindings and the patch as in its file', () => {
    golden('test/chart/golden/manifests.yaml', manifests(plan, options('1.11.1')).value!.text)
  })

  it('holds the plan beside every kind of chart', () => {
    for (const version of turningPoints) {
      const as = options(version)
      const made = manifests(plan, as).value!
      proveManifests(made.text, plan, made, { name: as.name, namespace: 'mon' })
    }
  })

  it('leaves account and pod to a chart that makes them', () => {
    const roles = ['ClusterRole', 'ClusterRoleBinding', 'Role', 'RoleBinding', 'Role', 'RoleBinding']
    assert.equal(kinds(manifests(plan, options('0.10.1')).value!.objects), roles)
    assert.equal(kinds(manifests(plan, options('0.11.0')).value!.objects), ['ServiceAccount', ...roles, 'DaemonSet'])
  })

  it('prints one half alone', () => {
    assert.equal(kinds(manifests(plan, { ...options('1.11.1'), only: 'pod' }).value!.objects), ['DaemonSet'])
    assert.not.ok(kinds(manifests(plan, { ...options('1.11.1'), only: 'rbac' }).value!.objects).includes('DaemonSet'))
  })

  it('leaves out what the workload has already, with the reason for it', () => {
    const workload = { kind: 'DaemonSet', name: 'alloy', container: 'alloy', labels: {}, pod: { hostPID: true } }
    const { text } = manifests(planOf([], [{ kind: 'pod', field: 'hostPID' }]), { ...options('1.11.1'), workload })
      .value!
    assert.not.match(text, /hostPID/)
  })

  it('says of the pod only where it prints the pod', () => {
    const port = planOf([], [{ kind: 'port', port: 514, protocol: 'UDP' }])
    const codes = (only?: 'rbac' | 'pod') =>
      manifests(port, { ...options('1.11.1'), ...(only && { only }) }).diagnostics.map(({ code }) => code)
    assert.equal([codes('rbac').includes('ARB565'), codes('pod').includes('ARB565')], [false, true])
  })

  it('keeps the token from an account that needs none', () => {
    const [account] = manifests(planOf([]), options('1.11.1')).value!.objects
    assert.is(account!['automountServiceAccountToken'], false)
  })

  it('asks for the namespace', () => {
    const { value, diagnostics } = manifests(plan, { ...options('1.11.1'), namespace: null })
    assert.is(value, null)
    assert.equal(
      diagnostics.map(({ code }) => code),
      ['ARB506'],
    )
  })

  it('prints a header alone when there is nothing to apply', () => {
    const { text, objects } = manifests(planOf([]), options('0.10.1')).value!
    assert.equal(objects, [])
    assert.match(text, /^(#.*\n)+$/)
  })

  it('patches a workload that exists, and leaves what it has', () => {
    const workload = {
      kind: 'StatefulSet',
      name: 'agent',
      container: 'collector',
      labels: { app: 'agent' },
      pod: {
        hostPID: true,
        hostNetwork: true,
        volumes: [
          { name: 'logs', hostPath: { path: '/var/log' } },
          { name: 'tmp-alloy', configMap: { name: 'x' } },
        ],
        containers: [
          { name: 'other' },
          {
            name: 'collector',
            args: ['run', '--storage.path=/tmp/alloy'],
            securityContext: { privileged: true, capabilities: { add: ['NET_RAW'] } },
            volumeMounts: [{ name: 'logs', mountPath: '/var/log', readOnly: true }],
          },
        ],
      },
    }
    const { objects } = manifests(planOf([], host.slice(2)), { ...options('1.11.1'), only: 'pod', workload }).value!
    const [patch] = objects as readonly [JsonMap]
    const at = (path: string) => valueAt(patch, `spec.template.spec.${path}`)
    assert.equal([patch['kind'], valueAt(patch, 'metadata.name')], ['StatefulSet', 'agent'])
    assert.is(at('hostPID'), false)
    assert.is(at('hostNetwork'), undefined)
    const [container] = at('containers') as readonly JsonMap[]
    assert.is(container!['name'], 'collector')
    assert.is(valueAt(container!, 'securityContext.privileged'), false)
    assert.equal(valueAt(container!, 'securityContext.capabilities'), { add: [], drop: ['ALL'] })
    assert.equal(container!['volumeMounts'], [{ name: 'tmp-alloy-2', mountPath: '/tmp/alloy' }])
    assert.equal(at('volumes'), [{ name: 'tmp-alloy-2', emptyDir: {} }])
  })
})
