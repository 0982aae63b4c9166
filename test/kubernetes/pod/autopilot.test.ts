import * as assert from 'uvu/assert'
import { type Grant, grantLine } from '../../../src/kubernetes/grant.ts'
import { autopilotDenies, autopilotRefusals } from '../../../src/kubernetes/pod/autopilot.ts'
import type { PodSpec } from '../../../src/kubernetes/pod/security.ts'
import { describe } from '../../harness.ts'

const logs = (path: string) => ({ name: 'v', hostPath: { path } })
const mounting = (readOnly?: boolean) => [{ volumeMounts: [{ name: 'v', readOnly }] }]
const secured = (securityContext: object) => ({ containers: [{ securityContext }] })

const cases: readonly (readonly [title: string, pod: object, refused: readonly string[]])[] = [
  ['an empty pod', {}, []],
  [
    'the namespaces of the host',
    { hostPID: true, hostIPC: true, hostNetwork: true },
    ['hostPID', 'hostIPC', 'hostNetwork'],
  ],
  ['a privileged container', secured({ privileged: true }), ['privileged']],
  [
    'a privileged container that runs first',
    { initContainers: [{ securityContext: { privileged: true } }] },
    ['privileged'],
  ],
  ['a capability', secured({ capabilities: { add: ['CHOWN', 'SYS_ADMIN'] } }), ['capability SYS_ADMIN']],
  ['no AppArmor', secured({ appArmorProfile: { type: 'Unconfined' } }), ['AppArmor profile Unconfined']],
  ['no seccomp', secured({ seccompProfile: { type: 'Unconfined' } }), ['seccomp profile Unconfined']],
  [
    'the defaults of the runtime',
    secured({ appArmorProfile: { type: 'RuntimeDefault' }, seccompProfile: { type: 'RuntimeDefault' } }),
    [],
  ],
  ['logs that are read', { containers: mounting(true), volumes: [logs('/var/log')] }, []],
  [
    'logs that may be written',
    { containers: mounting(), volumes: [logs('/var/log/pods')] },
    ['writing to hostPath /var/log/pods'],
  ],
  [
    'logs that the second container may write',
    { containers: [...mounting(true), ...mounting()], volumes: [logs('/var/log/pods')] },
    ['writing to hostPath /var/log/pods'],
  ],
  ['logs that nothing mounts', { containers: [{}], volumes: [logs('/var/log')] }, []],
  ['another path', { containers: mounting(true), volumes: [logs('/var/logs')] }, ['hostPath /var/logs']],
  ['another volume', { containers: mounting(), volumes: [{ name: 'v', emptyDir: {} }] }, []],
]

describe('autopilotRefusals', it => {
  for (const [title, pod, refused] of cases)
    it(title, () =>
      assert.equal(
        autopilotRefusals(pod as PodSpec).map(({ what }) => what),
        refused,
      ),
    )
})

describe('autopilotDenies', it => {
  const grant = (resource: string, verb: string, name: string | null = null, group = ''): Grant => ({
    kind: 'resource',
    namespace: null,
    group,
    resource,
    name,
    verb,
  })
  const table: readonly (readonly [grant: Grant, expected: boolean])[] = [
    [grant('nodes/proxy', 'get'), true],
    [grant('nodes/proxy', 'create'), true],
    [grant('nodes/proxy', 'get', 'node-a'), true],
    [grant('nodes/metrics', 'get'), false],
    [grant('nodes', 'list'), false],
    [grant('services/proxy', 'get'), false],
    [grant('nodes/proxy', 'get', null, 'acme.io'), false],
    [{ kind: 'url', url: '/metrics', verb: 'get' }, false],
  ]
  for (const [each, expected] of table) it(grantLine(each), () => assert.is(autopilotDenies(each), expected))
})
