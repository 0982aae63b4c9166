import * as assert from 'uvu/assert'
import { check } from '../../../src/index.ts'
import { describe } from '../../harness.ts'
import { type CleanDeployment, cleanDeployment, type Fields, hardened, objectsOf, streamOf } from './deployment.ts'

type Change = (deployment: CleanDeployment) => void

/** What a check says of the clean deployment once it is changed: what its pod has in excess, and names of other diagnostics. */
function found(change: Change, more: readonly Fields[] = []): readonly string[] {
  const deployment = cleanDeployment()
  change(deployment)
  const { status, workloads } = check({ 'm.yaml': streamOf([...objectsOf(deployment), ...more]) })
  const lines = workloads.flatMap(({ verdict, findings }) => [
    ...verdict!.pod.excess,
    ...findings.map(({ diagnostic }) => diagnostic.name).filter(name => name !== 'excess-privilege'),
  ])
  return status === 'clean' ? ['clean', ...lines] : lines
}

const inContainer =
  (fields: Fields): Change =>
  ({ container }) =>
    void Object.assign(container, fields)

const volume =
  (source: Fields, mount: Fields = { mountPath: '/data' }): Change =>
  ({ pod, container }) => {
    ;(pod['volumes'] as Fields[]).push({ name: 'more', ...source })
    ;(container['volumeMounts'] as Fields[]).push({ name: 'more', ...mount })
  }
const claim = (spec: Fields): Fields => ({
  apiVersion: 'v1',
  kind: 'PersistentVolumeClaim',
  metadata: { name: 'data', namespace: 'monitoring' },
  spec,
})
const persistent = (spec: Fields): Fields => ({
  apiVersion: 'v1',
  kind: 'PersistentVolume',
  metadata: { name: 'pv' },
  spec,
})
const claimed = volume({ persistentVolumeClaim: { claimName: 'data' } })
const root = { hostPath: { path: '/' } }

describe('check sees the node behind a claim', it => {
  const cases: readonly (readonly [
    title: string,
    change: Change,
    more: readonly Fields[],
    expected: readonly string[],
  ])[] = [
    ['that names a volume', claimed, [claim({ volumeName: 'pv' }), persistent(root)], ['mount / rw']],
    ['that a volume names', claimed, [persistent({ ...root, claimRef: { name: 'data' } })], ['mount / rw']],
    [
      'of the class of a volume',
      claimed,
      [claim({ storageClassName: 'manual' }), persistent({ ...root, storageClassName: 'manual' })],
      ['mount / rw'],
    ],
    [
      'to a folder of one node',
      claimed,
      [claim({ volumeName: 'pv' }), persistent({ local: { path: '/etc' } })],
      ['mount /etc rw'],
    ],
    [
      'of a stateful set',
      deployment => {
        deployment.workload['kind'] = 'StatefulSet'
        const spec = deployment.workload['spec'] as Fields
        spec['volumeClaimTemplates'] = [{ metadata: { name: 'more' }, spec: { storageClassName: 'manual' } }]
        ;(deployment.container['volumeMounts'] as Fields[]).push({ name: 'more', mountPath: '/data' })
      },
      [persistent({ ...root, storageClassName: 'manual' })],
      ['mount / rw'],
    ],
    [
      'and nothing behind another',
      claimed,
      [claim({ storageClassName: 'fast' }), persistent({ ...root, storageClassName: 'manual' })],
      ['clean'],
    ],
    [
      'and nothing behind one that is bound otherwise',
      claimed,
      [
        claim({ storageClassName: 'manual' }),
        persistent({ ...root, storageClassName: 'manual', claimRef: { name: 'web' } }),
      ],
      ['clean'],
    ],
  ]
  for (const [title, change, more, expected] of cases) it(title, () => assert.equal(found(change, more), expected))
})

describe('check judges volumes that are not of the host', it => {
  const cases: readonly (readonly [title: string, change: Change, expected: readonly string[]])[] = [
    [
      'one of a kind that "restricted" refuses',
      volume({ nfs: { server: 's', path: '/' } }),
      ['pod security: restricted volume types'],
    ],
    [
      'one that git fills on the node',
      volume({ gitRepo: { repository: 'r' } }),
      ['pod security: restricted volume types'],
    ],
    [
      'one of a driver, which says what it shows',
      volume({ csi: { driver: 'hostpath.csi.k8s.io' } }),
      ['clean', 'pod-setting'],
    ],
    [
      'the storage path, which is a choice',
      ({ pod }) =>
        void Object.assign((pod['volumes'] as Fields[])[1]!, { emptyDir: null, nfs: { server: 's', path: '/' } }),
      ['clean'],
    ],
    ['a raw device', inContainer({ volumeDevices: [{ name: 'd', devicePath: '/dev/sda' }] }), ['device /dev/sda']],
    [
      'mounts that reach the node',
      volume({ emptyDir: {} }, { mountPath: '/data', mountPropagation: 'Bidirectional' }),
      ['pod mountPropagation Bidirectional', 'object-refused'],
    ],
    [
      'devices of a plugin',
      inContainer({ resources: { limits: { cpu: 1, 'squat.ai/kmsg': 1 } } }),
      ['clean', 'pod-setting'],
    ],
    [
      'claimed devices',
      ({ pod }) => void Object.assign(pod, { resourceClaims: [{ name: 'gpu' }] }),
      ['clean', 'pod-setting'],
    ],
  ]
  for (const [title, change, expected] of cases) it(title, () => assert.equal(found(change), expected))
})

const place = '/var/run/secrets/kubernetes.io/serviceaccount'
const token = (fields: Fields = {}): Fields => ({
  projected: {
    sources: [{ serviceAccountToken: { path: 'token', ...fields } }, { configMap: { name: 'kube-root-ca.crt' } }],
  },
})
const byHand =
  (source: Fields, mount: Fields): Change =>
  deployment => {
    deployment.pod['automountServiceAccountToken'] = false
    volume(source, mount)(deployment)
  }

describe('check knows which token Alloy finds', it => {
  const cases: readonly (readonly [title: string, change: Change, expected: readonly string[]])[] = [
    ['its own, mounted by hand', byHand(token(), { mountPath: place }), ['clean']],
    [
      'its own, by the shorter path',
      byHand(token(), { mountPath: '/run/secrets/kubernetes.io/serviceaccount' }),
      ['clean'],
    ],
    ['its own, as one file', byHand(token(), { mountPath: `${place}/token`, subPath: 'token' }), ['clean']],
    [
      'one that names the API server',
      byHand(token({ audience: 'https://kubernetes.default.svc' }), { mountPath: place }),
      ['clean'],
    ],
    ['one of another place', byHand(token(), { mountPath: '/tokens' }), ['token-not-mounted']],
    ['one of another name', byHand(token({ path: 'other' }), { mountPath: place }), ['token-not-mounted']],
    ['one for someone else', byHand(token({ audience: 'vault' }), { mountPath: place }), ['token-not-mounted']],
    [
      'one for someone else over its own',
      volume(token({ audience: 'vault' }), { mountPath: place }),
      ['token-not-mounted'],
    ],
    ['one for someone else beside its own', volume(token({ audience: 'vault' }), { mountPath: '/vault' }), ['clean']],
    [
      'one of another container',
      deployment => {
        deployment.pod['automountServiceAccountToken'] = false
        ;(deployment.pod['volumes'] as Fields[]).push({ name: 'more', ...token() })
        const mounts = [{ name: 'more', mountPath: place }]
        const web = { name: 'web', image: 'nginx:1.29', securityContext: hardened(65534), volumeMounts: mounts }
        ;(deployment.pod['containers'] as Fields[]).push(web)
      },
      ['token-not-mounted'],
    ],
  ]
  for (const [title, change, expected] of cases) it(title, () => assert.equal(found(change), expected))

  it('and that none is needed anywhere', () => {
    const change: Change = deployment => {
      ;(deployment.configMap['data'] as Fields)['config.alloy'] = 'logging { }'
      deployment.role['rules'] = []
      byHand(token(), { mountPath: '/tokens' })(deployment)
    }
    assert.equal(found(change), ['token-without-need'])
  })

  const secret = {
    apiVersion: 'v1',
    kind: 'Secret',
    type: 'kubernetes.io/service-account-token',
    metadata: { name: 'old', namespace: 'monitoring', annotations: { 'kubernetes.io/service-account.name': 'admin' } },
  }
  const brought: readonly (readonly [title: string, change: Change])[] = [
    ['a variable', inContainer({ env: [{ name: 'T', valueFrom: { secretKeyRef: { name: 'old', key: 'token' } } }] })],
    ['all variables', inContainer({ envFrom: [{ secretRef: { name: 'old' } }] })],
    [
      'the container beside it',
      ({ pod }) => {
        const mounts = [{ name: 'more', mountPath: '/keys' }]
        const web = { name: 'web', image: 'nginx:1.29', securityContext: hardened(65534), volumeMounts: mounts }
        ;(pod['containers'] as Fields[]).push(web)
        ;(pod['volumes'] as Fields[]).push({ name: 'more', secret: { secretName: 'old' } })
      },
    ],
  ]
  for (const [title, change] of brought)
    it(`of another account in ${title}`, () => assert.equal(found(change, [secret]), ['token-of-a-secret']))
})

describe('check names why the API server refuses a pod', it => {
  const context =
    (fields: Fields): Change =>
    ({ container }) =>
      void Object.assign(container['securityContext'] as Fields, fields)
  const cases: readonly (readonly [title: string, change: Change])[] = [
    ['two volumes of one name', ({ pod }) => void (pod['volumes'] as Fields[]).push({ name: 'tmp', ...root })],
    ['a volume of two kinds', ({ pod }) => void Object.assign((pod['volumes'] as Fields[])[1]!, root)],
    [
      'two mounts at one path',
      ({ container }) => void (container['volumeMounts'] as Fields[]).push({ name: 'tmp', mountPath: '/tmp/alloy' }),
    ],
    [
      'a mount of no volume',
      ({ container }) => void (container['volumeMounts'] as Fields[]).push({ name: 'none', mountPath: '/none' }),
    ],
    ['two containers of one name', ({ pod, container }) => void (pod['containers'] as Fields[]).push({ ...container })],
    ['a path that is a number', volume({ hostPath: { path: 1 } })],
    ['a user that is text', context({ runAsUser: '0' })],
    ['a switch that is text', context({ runAsNonRoot: 'true' })],
    ['capabilities that are text', context({ capabilities: { drop: 'ALL' } })],
    [
      'groups that are text',
      ({ pod }) => void Object.assign(pod['securityContext'] as Fields, { supplementalGroups: ['0'] }),
    ],
  ]
  for (const [title, change] of cases) it(title, () => assert.ok(found(change).includes('object-refused'), title))
})
