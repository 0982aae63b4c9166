import * as assert from 'uvu/assert'
import { check } from '../../../../src/index.ts'
import { describe } from '../../../harness.ts'
import { type CleanDeployment, cleanDeployment, type Fields, hardened, objectsOf, streamOf } from '../deployment.ts'

type Change = (deployment: CleanDeployment) => unknown

/** What a check says of the clean deployment once it is changed: excess, and notes and warnings of other codes. */
function found(change: Change, more: readonly Fields[] = []): readonly string[] {
  const deployment = cleanDeployment()
  change(deployment)
  const { status, workloads } = check({ 'm.yaml': streamOf([...objectsOf(deployment), ...more]) })
  if (status === 'clean' && workloads[0]!.findings.length === 0) return ['clean']
  return workloads.flatMap(({ verdict, findings }) => [
    ...verdict!.pod.excess,
    ...findings.filter(each => each.diagnostic.name !== 'excess-privilege').map(each => each.diagnostic.name),
  ])
}

const context =
  (fields: Fields): Change =>
  ({ container }) =>
    Object.assign(container['securityContext'] as Fields, fields)
const podContext =
  (fields: Fields): Change =>
  ({ pod }) =>
    Object.assign(pod['securityContext'] as Fields, fields)
const inPod =
  (fields: Fields): Change =>
  ({ pod }) =>
    Object.assign(pod, fields)
const beside =
  (fields: Fields, key = 'containers'): Change =>
  ({ pod }) => {
    const other = { name: 'web', image: 'nginx', securityContext: hardened(65534), ...fields }
    pod[key] = [...((pod[key] as Fields[] | undefined) ?? []), other]
  }
const annotate =
  (value: string, name = 'alloy'): Change =>
  ({ template }) =>
    Object.assign(template['metadata'] as Fields, {
      annotations: { [`container.apparmor.security.beta.kubernetes.io/${name}`]: value },
    })
const mounting =
  (volume: Fields, mountPath: string): Change =>
  ({ pod, container }) => {
    ;(pod['volumes'] as Fields[]).push({ name: 'more', ...volume })
    ;(container['volumeMounts'] as Fields[]).push({ name: 'more', mountPath })
  }

const tokenPlace = '/var/run/secrets/kubernetes.io/serviceaccount'
const secret = (owner: string): Fields => ({
  apiVersion: 'v1',
  kind: 'Secret',
  type: 'kubernetes.io/service-account-token',
  metadata: {
    name: 'old',
    namespace: 'monitoring',
    annotations: { 'kubernetes.io/service-account.name': owner },
  },
})

describe('check judges the whole pod', it => {
  const table: readonly [title: string, change: Change, found: readonly string[]][] = [
    ['nothing changed', () => {}, ['clean']],
    ['a type of SELinux', context({ seLinuxOptions: { type: 'spc_t' } }), ['pod seLinuxOptions spc_t']],
    ['a user of SELinux', podContext({ seLinuxOptions: { user: 'u' } }), ['pod seLinuxOptions u']],
    ['a type that the standards admit', context({ seLinuxOptions: { type: 'container_t' } }), ['clean']],
    ['AppArmor by the field', context({ appArmorProfile: { type: 'Unconfined' } }), ['pod appArmorUnconfined']],
    ['AppArmor of the pod', podContext({ appArmorProfile: { type: 'Unconfined' } }), ['pod appArmorUnconfined']],
    ['AppArmor by the annotation', annotate('unconfined'), ['pod appArmorUnconfined']],
    ['AppArmor of the runtime', annotate('runtime/default'), ['clean']],
    ['no seccomp profile', context({ seccompProfile: null }), ['pod seccompUnconfined']],
    ['the masks of /proc', context({ procMount: 'Unmasked' }), ['pod procMount Unmasked']],
    [
      'a port of the host',
      ({ container }) => Object.assign(container, { ports: [{ containerPort: 1, hostPort: 2 }] }),
      ['pod hostPort 2'],
    ],
    [
      'a probe of another host',
      ({ container }) => Object.assign(container, { livenessProbe: { httpGet: { host: '10.0.0.1', port: 1 } } }),
      ['pod probeHost'],
    ],
    [
      'an unsafe sysctl',
      podContext({ sysctls: [{ name: 'kernel.msgmax', value: '1' }] }),
      ['pod sysctl kernel.msgmax'],
    ],
    ['a safe sysctl', podContext({ sysctls: [{ name: 'net.ipv4.tcp_syncookies', value: '1' }] }), ['clean']],
    ['the group of root', context({ runAsGroup: 0 }), ['pod runAsGroup 0']],
    ['volumes of the group of root', podContext({ fsGroup: 0 }), ['pod fsGroup 0']],
    ['a further group of root', podContext({ supplementalGroups: [0] }), ['pod supplementalGroups 0']],
    ['no word that the user is not root', context({ runAsNonRoot: null }), ['pod runAsNonRoot unset']],
    ['shared processes', inPod({ shareProcessNamespace: true }), ['pod-setting']],
    ['names of its own', inPod({ hostAliases: [{ ip: '1.1.1.1', hostnames: ['a'] }] }), ['pod-setting']],
    [
      'HostProcess of the container',
      context({ windowsOptions: { hostProcess: true } }),
      ['pod hostProcess', 'pod-on-windows'],
    ],
    [
      'HostProcess of the pod',
      podContext({ windowsOptions: { hostProcess: true } }),
      ['pod hostProcess', 'pod-on-windows'],
    ],
    [
      'a folder of the host that nothing mounts',
      ({ pod }) => (pod['volumes'] as Fields[]).push({ name: 'x', hostPath: { path: '/' } }),
      ['pod security: hostPath volumes', 'pod security: restricted volume types'],
    ],
  ]
  for (const [title, change, expected] of table) it(title, () => assert.equal(found(change), expected))

  const others: readonly [title: string, change: Change, found: readonly string[]][] = [
    ['a container that is as tight', beside({}), ['clean']],
    [
      'one that is root',
      beside({ securityContext: { ...hardened(0), runAsNonRoot: false } }),
      ['container web: root', 'container web: runAsGroup 0'],
    ],
    [
      'one that says nothing',
      beside({ securityContext: {} }),
      [
        'container web: root',
        'container web: privilegeEscalation',
        'container web: the default capabilities of the container runtime',
        'container web: seccompUnconfined',
      ],
    ],
    [
      'one that is privileged before Alloy starts',
      beside({ securityContext: { ...hardened(65534), privileged: true } }, 'initContainers'),
      ['container web: privileged'],
    ],
    [
      'one with a capability',
      beside({ securityContext: { ...hardened(65534), capabilities: { drop: ['ALL'], add: ['SYS_ADMIN'] } } }),
      ['container web: capability SYS_ADMIN'],
    ],
    [
      'the reloader, which generate tightens to the last',
      beside({ name: 'config-reloader', securityContext: { ...hardened(65534), readOnlyRootFilesystem: false } }),
      ['container config-reloader: writableRootFilesystem'],
    ],
    [
      'one that mounts the host',
      deployment => {
        ;(deployment.pod['volumes'] as Fields[]).push({ name: 'root', hostPath: { path: '/' } })
        beside({ volumeMounts: [{ name: 'root', mountPath: '/host' }] })(deployment)
      },
      ['container web: mount / rw'],
    ],
    [
      'its AppArmor profile',
      deployment => {
        beside({})(deployment)
        annotate('unconfined', 'web')(deployment)
      },
      ['container web: appArmorUnconfined'],
    ],
  ]
  for (const [title, change, expected] of others) it(`names ${title}`, () => assert.equal(found(change), expected))
})

describe('check judges tokens and accounts', it => {
  const legacy = mounting({ secret: { secretName: 'old' } }, tokenPlace)
  it("a Secret at the token's place, of nobody knows whom", () => assert.equal(found(legacy), ['token-of-a-secret']))
  it('a Secret of another account', () => assert.equal(found(legacy, [secret('admin')]), ['token-of-a-secret']))
  it('a Secret of the account', () => assert.equal(found(legacy, [secret('alloy')]), ['clean']))
  it('a token of another account anywhere', () =>
    assert.equal(found(mounting({ secret: { secretName: 'old' } }, '/keys'), [secret('admin')]), ['token-of-a-secret']))
  it('another Secret', () => assert.equal(found(mounting({ secret: { secretName: 'tls' } }, '/keys')), ['clean']))
  it('another Secret in a variable', () =>
    assert.equal(
      found(({ container }) =>
        Object.assign(container, { env: [{ name: 'T', valueFrom: { secretKeyRef: { name: 'tls', key: 'key' } } }] }),
      ),
      ['clean'],
    ))
  it('an account of several workloads', () => {
    const other = cleanDeployment('monitoring', 'web')
    Object.assign(other.pod, { serviceAccountName: 'alloy' })
    Object.assign(other.container, { image: 'nginx', args: [], volumeMounts: [] })
    assert.equal(
      found(() => {}, [other.workload]),
      ['account-shared'],
    )
  })
})
