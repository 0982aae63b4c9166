import * as assert from 'uvu/assert'
import type { Json, JsonMap } from '../../../src/chart/json.ts'
import { securityContextConstraints, seLinuxType } from '../../../src/chart/pod/openshift.ts'
import { describe } from '../../harness.ts'

const folder = (path: string): JsonMap => ({ name: path, hostPath: { path } })
const mounting = (name: string, readOnly: boolean): JsonMap => ({ volumeMounts: [{ name, mountPath: '/x', readOnly }] })
const may = (...add: readonly Json[]): JsonMap => ({ securityContext: { capabilities: { add } } })

const table: readonly (readonly [title: string, pod: JsonMap, expected: ReturnType<typeof seLinuxType>])[] = [
  ['a pod that asks for nothing', { containers: [{}] }, null],
  ['a port below 1024', { containers: [may('NET_BIND_SERVICE')] }, null],
  ['a capability that the type denies', { containers: [may('SYS_PTRACE')] }, 'spc_t'],
  ['processes of the host', { hostPID: true, containers: [{}] }, 'spc_t'],
  [
    'logs of the host, read',
    { volumes: [folder('/var/log')], containers: [mounting('/var/log', true)] },
    'container_logreader_t',
  ],
  [
    'logs, and processes of the host',
    { hostPID: true, volumes: [folder('/var/log')], containers: [mounting('/var/log', true)] },
    'spc_t',
  ],
  [
    'logs, with a capability',
    { volumes: [folder('/var/log')], containers: [{ ...mounting('/var/log', true), ...may('SYS_PTRACE') }] },
    'spc_t',
  ],
  ['logs of the host, written', { volumes: [folder('/var/log')], containers: [mounting('/var/log', false)] }, 'spc_t'],
  [
    'logs that the second container writes',
    { volumes: [folder('/var/log')], containers: [mounting('/var/log', true), mounting('/var/log', false)] },
    'spc_t',
  ],
  [
    'a volume beside them that is written',
    { volumes: [folder('/var/log'), { name: 'tmp', emptyDir: {} }], containers: [mounting('tmp', false)] },
    'container_logreader_t',
  ],
  ['another folder of the host', { volumes: [folder('/var/lib')], containers: [mounting('/var/lib', true)] }, 'spc_t'],
  [
    'logs and another folder',
    { volumes: [folder('/var/log/pods'), folder('/var/lib')], containers: [mounting('/var/lib', true)] },
    'spc_t',
  ],
]

const container = (securityContext: JsonMap): JsonMap => ({ containers: [{ securityContext }] })
const naming = { name: 'alloy', namespace: 'monitoring', account: 'alloy', labels: {}, literal: (text: string) => text }

/** What the constraints allow, field by field, and a pod that needs just that. */
const fields: readonly (readonly [field: string, pod: JsonMap, allowed: Json, otherwise: Json])[] = [
  ['allowHostIPC', { hostIPC: true }, true, false],
  ['allowHostPID', { hostPID: true }, true, false],
  ['allowHostNetwork', { hostNetwork: true }, true, false],
  ['allowHostPorts', { hostNetwork: true }, true, false],
  ['allowHostPorts', { containers: [{ ports: [{ containerPort: 1, hostPort: 1 }] }] }, true, false],
  ['allowHostPorts', { containers: [{}, { ports: [{ containerPort: 1, hostPort: 1 }] }] }, true, false],
  ['allowHostDirVolumePlugin', { volumes: [folder('/srv')] }, true, false],
  ['allowPrivilegedContainer', container({ privileged: true }), true, false],
  ['allowPrivilegeEscalation', container({ allowPrivilegeEscalation: true }), true, false],
  ['requiredDropCapabilities', container({ privileged: true }), [], ['ALL']],
  ['allowedCapabilities', container({ capabilities: { add: ['B', 'A'] } }), ['A', 'B'], []],
  ['readOnlyRootFilesystem', container({ readOnlyRootFilesystem: true }), true, false],
  ['readOnlyRootFilesystem', { containers: [{ securityContext: { readOnlyRootFilesystem: true } }, {}] }, false, false],
  ['runAsUser', container({ runAsUser: 5 }), { type: 'MustRunAs', uid: 5 }, { type: 'RunAsAny' }],
  ['runAsUser', container({ runAsUser: 0 }), { type: 'RunAsAny' }, { type: 'RunAsAny' }],
  [
    'runAsUser',
    { securityContext: { runAsUser: 7 }, containers: [{ securityContext: { runAsUser: 5 } }, {}] },
    { type: 'MustRunAsRange', uidRangeMin: 5, uidRangeMax: 7 },
    { type: 'RunAsAny' },
  ],
  [
    'fsGroup',
    { securityContext: { fsGroup: 5 } },
    { type: 'MustRunAs', ranges: [{ min: 5, max: 5 }] },
    { type: 'MustRunAs' },
  ],
  ['seLinuxContext', container({ privileged: true }), { type: 'RunAsAny' }, { type: 'MustRunAs' }],
  [
    'seLinuxContext',
    { hostPID: true },
    { type: 'MustRunAs', seLinuxOptions: { type: 'spc_t' } },
    { type: 'MustRunAs' },
  ],
  ['seccompProfiles', container({ privileged: true }), ['*'], ['runtime/default']],
  [
    'seccompProfiles',
    container({ seccompProfile: { type: 'Unconfined' } }),
    ['runtime/default', 'unconfined'],
    ['runtime/default'],
  ],
  ['volumes', { volumes: [{ name: 'v', emptyDir: {} }] }, ['configMap', 'emptyDir'], ['configMap']],
]

describe('chart/openshift', it => {
  for (const [title, pod, expected] of table) it(title, () => assert.is(seLinuxType(pod), expected))

  const allowed = (pod: JsonMap, field: string) =>
    securityContextConstraints(pod, naming, { token: false, claims: false })[field]
  for (const [field, pod, expected, otherwise] of fields) {
    it(`${field} is what ${JSON.stringify(pod)} needs`, () => {
      assert.equal(allowed(pod, field), expected)
      assert.equal(allowed({ containers: [{}] }, field), otherwise)
    })
  }

  it('volumes are those of the token and of claims, too', () => {
    const { volumes } = securityContextConstraints({}, naming, { token: true, claims: true })
    assert.equal(volumes, ['configMap', 'persistentVolumeClaim', 'projected'])
  })
})
