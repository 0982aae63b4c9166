import * as assert from 'uvu/assert'
import type { Json, JsonMap } from '../../src/chart/json.ts'
import { seLinuxType } from '../../src/chart/openshift.ts'
import { describe } from '../harness.ts'

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

describe('chart/openshift', it => {
  for (const [title, pod, expected] of table) it(title, () => assert.is(seLinuxType(pod), expected))
})
