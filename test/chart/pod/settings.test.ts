import * as assert from 'uvu/assert'
import { type JsonMap, mapAt } from '../../../src/chart/json.ts'
import { podValues } from '../../../src/chart/pod/pod-values.ts'
import { podContext } from '../../../src/chart/pod/security-context.ts'
import { type PodSettings, podSettings } from '../../../src/chart/pod/settings.ts'
import type { Privilege } from '../../../src/rules/requirement.ts'
import { describe } from '../../harness.ts'
import { planOf } from '../plans.ts'

const settings = (privileges: readonly Privilege[], user: JsonMap = {}): PodSettings =>
  podSettings(planOf([], privileges), user)
const mount = (hostPath: string, readOnly = true, mountPath?: string): Privilege => ({
  kind: 'mount',
  hostPath,
  readOnly,
  ...(mountPath !== undefined && { mountPath }),
})
const pod = (field: Extract<Privilege, { kind: 'pod' }>['field']): Privilege => ({ kind: 'pod', field })
const port = (number: number): Privilege => ({ kind: 'port', port: number, protocol: 'TCP' })
const capability = (name: string): Privilege => ({ kind: 'capability', name })
const volume = (kind: JsonMap): JsonMap => ({
  alloy: { mounts: { extra: [{ name: 'v', mountPath: '/data' }] } },
  controller: { volumes: { extra: [{ name: 'v', ...kind }] } },
})
const lines = ({ mounts }: PodSettings) =>
  mounts.map(({ hostPath, mountPath, readOnly }) => `${hostPath} ${mountPath} ${readOnly ? 'ro' : 'rw'}`)

const cases: readonly (readonly [title: string, privileges: readonly Privilege[], expected: Partial<PodSettings>])[] = [
  [
    'runs as the user of the image with everything dropped',
    [],
    {
      privileged: false,
      hostPID: false,
      hostNetwork: false,
      hostIPC: false,
      runAsUser: 473,
      readOnlyRootFilesystem: true,
      allowPrivilegeEscalation: false,
      capabilities: { add: [], drop: ['ALL'] },
      mounts: [],
      writable: ['/tmp/alloy'],
      automountServiceAccountToken: false,
      seccompUnconfined: false,
      appArmorUnconfined: false,
    },
  ],
  [
    'is root for a capability, which counts for no other user',
    [capability('CAP_SYS_PTRACE')],
    { runAsUser: 0, capabilities: { add: ['SYS_PTRACE'], drop: ['ALL'] }, allowPrivilegeEscalation: false },
  ],
  ['lets SYS_ADMIN escalate, as the API server demands', [capability('SYS_ADMIN')], { allowPrivilegeEscalation: true }],
  [
    'binds ports below 1024 with one capability',
    [port(514), port(514), port(80)],
    { runAsUser: 0, capabilities: { add: ['NET_BIND_SERVICE'], drop: ['ALL'] } },
  ],
  [
    'needs nothing for other ports',
    [port(1024), port(0)],
    { runAsUser: 473, capabilities: { add: [], drop: ['ALL'] } },
  ],
  [
    'states no capabilities for a privileged container',
    [pod('privileged'), capability('BPF'), pod('seccompUnconfined')],
    {
      privileged: true,
      runAsUser: 0,
      allowPrivilegeEscalation: true,
      capabilities: { add: [], drop: [] },
      seccompUnconfined: false,
    },
  ],
  ['is root without more', [pod('root')], { runAsUser: 0, capabilities: { add: [], drop: ['ALL'] } }],
  [
    'enters host namespaces',
    [pod('hostPID'), pod('hostNetwork'), pod('hostIPC')],
    { hostPID: true, hostNetwork: true, hostIPC: true, runAsUser: 473 },
  ],
  ['mounts the token', [pod('token')], { automountServiceAccountToken: true }],
  [
    'writes to its root',
    [pod('writableRootFilesystem'), pod('privilegeEscalation')],
    { readOnlyRootFilesystem: false, allowPrivilegeEscalation: true },
  ],
  [
    'leaves profiles',
    [pod('seccompUnconfined'), pod('appArmorUnconfined')],
    { seccompUnconfined: true, appArmorUnconfined: true },
  ],
  [
    'lists writable paths after the storage path, each once',
    [
      { kind: 'writable', path: '/b/' },
      { kind: 'writable', path: '/a/./b/../c' },
      { kind: 'writable', path: '/b' },
    ],
    { writable: ['/tmp/alloy', '/a/c', '/b'] },
  ],
]

const mounts: readonly (readonly [
  title: string,
  privileges: readonly Privilege[],
  expected: readonly string[],
  user?: JsonMap,
])[] = [
  ['mounts a path where the host has it', [mount('/var/log/')], ['/var/log /var/log ro']],
  [
    'does not hide what the container has',
    [mount('/'), mount('/proc'), mount('/sys'), mount('/dev')],
    ['/dev /host/dev ro', '/proc /host/proc ro', '/ /host/root ro', '/sys /host/sys ro'],
  ],
  ['mounts where the configuration expects it', [mount('/proc', true, '/rootfs/proc')], ['/proc /rootfs/proc ro']],
  ['leaves out what another mount shows', [mount('/var/log/journal'), mount('/var/log')], ['/var/log /var/log ro']],
  [
    'keeps a path that is written below one that is read',
    [mount('/var/log/x', false), mount('/var/log')],
    ['/var/log /var/log ro', '/var/log/x /var/log/x rw'],
  ],
  ['writes where one of two writes', [mount('/x', true), mount('/x', false)], ['/x /x rw']],
  [
    'takes no longer name for a path below',
    [mount('/var/log'), mount('/var/logs')],
    ['/var/log /var/log ro', '/var/logs /var/logs ro'],
  ],
  [
    'keeps the mounts of the user',
    [],
    ['/var/log /var/log ro', '/etc /host/etc rw'].reverse(),
    {
      alloy: {
        mounts: {
          varlog: true,
          extra: [
            { name: 'etc', mountPath: '/host/etc' },
            { name: 'other', mountPath: '/other' },
          ],
        },
      },
      controller: {
        volumes: {
          extra: [
            { name: 'etc', hostPath: { path: '/etc/' } },
            { name: 'other', emptyDir: {} },
          ],
        },
      },
    },
  ],
  [
    'needs no mount that the user has',
    [mount('/var/log/journal')],
    ['/var/log /var/log ro'],
    { alloy: { mounts: { varlog: true } } },
  ],
  [
    'replaces a mount of the user that cannot be written',
    [mount('/x', false)],
    ['/x /x rw'],
    {
      alloy: { mounts: { extra: [{ name: 'x', mountPath: '/x', readOnly: true }] } },
      controller: { volumes: { extra: [{ name: 'x', hostPath: { path: '/x' } }] } },
    },
  ],
  [
    'mounts the part that is written once more',
    [mount('/var/log'), { kind: 'writable', path: '/var/log/positions' }],
    ['/var/log /var/log ro', '/var/log/positions /var/log/positions rw'],
  ],
  [
    'mounts the whole when all of it is written',
    [mount('/', true, '/rootfs'), { kind: 'writable', path: '/rootfs' }],
    ['/ /rootfs rw'],
  ],
  ['writes below a mount that may be written', [mount('/x', false), { kind: 'writable', path: '/x/y' }], ['/x /x rw']],
  [
    'writes where a folder of the user can only be read',
    [{ kind: 'writable', path: '/var/log' }],
    ['/var/log /var/log rw'],
    { alloy: { mounts: { varlog: true } } },
  ],
  [
    'reads the path below a volume',
    [],
    ['/var/log/pods /pods ro'],
    {
      alloy: { mounts: { extra: [{ name: 'x', mountPath: '/pods', subPath: 'pods', readOnly: true }] } },
      controller: { volumes: { extra: [{ name: 'x', hostPath: { path: '/var/log' } }] } },
    },
  ],
]

describe('chart/pod', it => {
  for (const [title, privileges, expected] of cases) {
    it(title, () => {
      const found = settings(privileges)
      for (const [key, value] of Object.entries(expected)) assert.equal(found[key as keyof PodSettings], value, key)
    })
  }
  for (const [title, privileges, expected, user] of mounts) {
    it(title, () => assert.equal(lines(settings(privileges, user ?? {})), expected))
  }

  it('needs the token as soon as there is a grant', () => {
    assert.is(podSettings(planOf(['cluster pods list'])).automountServiceAccountToken, true)
  })

  it('keeps the storage path, the user and the network of the values', () => {
    const user = {
      alloy: { storagePath: '/data', securityContext: { runAsUser: 1000 } },
      controller: { hostNetwork: true, hostPID: true },
    }
    const { writable, runAsUser, hostNetwork, hostPID } = settings([], user)
    assert.equal([writable, runAsUser, hostNetwork, hostPID], [['/data'], 1000, true, false])
    assert.is(settings([pod('root')], user).runAsUser, 0)
    assert.is(settings([], { alloy: { securityContext: { runAsUser: 0 } } }).runAsUser, 473)
  })

  it('keeps a capability that the program file carries, for every user', () => {
    const { runAsUser, capabilities } = settings([{ kind: 'capability', name: 'NET_BIND_SERVICE', bounding: true }])
    assert.equal([runAsUser, capabilities.add], [473, ['NET_BIND_SERVICE']])
    assert.is(settings([capability('NET_BIND_SERVICE')]).runAsUser, 0)
  })

  it('needs no root for files that are those of a volume', () => {
    const root = (paths: readonly string[] | undefined, user: JsonMap) => {
      const plan = planOf([], [pod('root')])
      const privileges = plan.privileges.map(each => ({
        ...each,
        reasons: each.reasons.map(reason => ({ ...reason, ...(paths && { paths }) })),
      }))
      return podSettings({ ...plan, privileges }, user).runAsUser === 0
    }
    const claim = volume({ persistentVolumeClaim: { claimName: 'c' } })
    const host = volume({ hostPath: { path: '/srv' } })
    assert.is(root(['/data/a.log'], claim), false)
    assert.is(root(['/data/a.log', '/var/log/b.log'], claim), true)
    assert.is(root(['/data/a.log'], host), true)
    assert.is(root(undefined, claim), true)
  })

  it('gives the group of the image to whoever enters its folder and is not its user', () => {
    const context = (user: JsonMap, privileges: readonly Privilege[] = [pod('root')]) =>
      podContext(settings(privileges, user), mapAt(user, 'global.podSecurityContext'))
    const storage = (storagePath: string) => ({ alloy: { storagePath } })
    const own = (more: JsonMap) => ({ ...storage('/var/lib/alloy/data'), global: { podSecurityContext: more } })
    assert.equal(context(storage('/tmp/alloy')), {})
    assert.equal(context(storage('/var/lib/alloy')), {})
    assert.equal(context(storage('/var/lib/alloy/data')), { fsGroup: 473 })
    assert.equal(context(own({ fsGroup: 5 })), { fsGroup: 5, supplementalGroups: [473] })
    assert.equal(context(own({ fsGroup: 5, supplementalGroups: [7] })), { fsGroup: 5, supplementalGroups: [7, 473] })
    assert.equal(context(own({ supplementalGroups: [473] })), { supplementalGroups: [473] })
    assert.equal(context(own({}), [pod('privileged')]), {})
  })

  it('leaves a pod on Windows as it is', () => {
    const user = {
      alloy: { storagePath: 'C:\\ProgramData\\Alloy\\', securityContext: { windowsOptions: { hostProcess: true } } },
      controller: { hostNetwork: true },
    }
    const found = settings([pod('root'), mount('/var/log'), pod('token')], user)
    assert.equal(
      [found.isWindows, found.runAsUser, found.capabilities, found.mounts, found.writable, found.hostNetwork],
      [true, null, { add: [], drop: [] }, [], ['C:\\ProgramData\\Alloy\\'], true],
    )
    assert.is(found.automountServiceAccountToken, true)
    assert.equal(podValues(found, user, '1.34'), [])
  })

  it('says why a setting is above the least', () => {
    const { reasons } = settings([port(514), pod('hostPID')])
    assert.equal([...reasons.keys()].sort(), ['capabilities.NET_BIND_SERVICE', 'hostPID', 'runAsUser'])
    assert.is(reasons.get('hostPID')![0]!.rule, 'example.privileged#host')
  })
})
