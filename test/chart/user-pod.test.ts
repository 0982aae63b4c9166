import * as assert from 'uvu/assert'
import type { Json, JsonMap } from '../../src/chart/json.ts'
import { describe } from '../harness.ts'
import { planOf } from './plans.ts'
import { print, prove } from './printed.ts'

const nothing = planOf([])
const host = planOf([], [{ kind: 'mount', hostPath: '/', readOnly: true }])
const logs = planOf([], [{ kind: 'mount', hostPath: '/var/log', readOnly: true }])

describe('chart/user-pod', it => {
  it('takes volumes of the user as Kubernetes does', () => {
    const user = (volumes: Json, mounts: Json, more: JsonMap = {}) => ({
      alloy: { mounts: { ...more, extra: mounts } },
      controller: { volumes: { extra: volumes } },
    })
    const log = { path: '/var/log' }
    const mount = { name: 'v', mountPath: '/var/log', readOnly: true }
    for (const [volumes, mounts] of [
      // Null is as good as nothing, and a volume of no kind is an emptyDir.
      [[{ name: 'v', hostPath: null }], [{ ...mount, subPath: null, readOnly: null }]],
      [[{ name: 'v', emptyDir: null }], [{ name: 'v', mountPath: '/tmp/alloy' }]],
      // What is mounted where the plan has a folder of the host: the same folder, and another.
      [[{ name: 'v', hostPath: log }], [mount]],
      [[{ name: 'varlog', hostPath: log }], [{ ...mount, name: 'varlog' }]],
      [[{ name: 'v', emptyDir: {} }], [{ ...mount, mountPath: '/var/log/' }]],
      // The name that the chart has for its own volume is taken.
      [[{ name: 'varlog', emptyDir: {} }], [{ name: 'varlog', mountPath: '/other' }]],
      [null, null],
      [{}, {}],
    ] as const) {
      for (const plan of [nothing, host, logs]) prove(plan, '1.11.1', { user: user(volumes, mounts) })
    }
    const kept = print(logs, '1.11.1', { user: user([{ name: 'v', hostPath: log }], [mount]) })
    assert.is(kept.value.pod?.mounts.length, 1)
    assert.not.match(kept.value.text, /varlog/)
    const named = print(logs, '1.11.1', { user: user([{ name: 'varlog', emptyDir: {} }], null) })
    assert.match(named.value.text, /name: "var-log"/)
    const unspecified = print(nothing, '1.11.1', {
      user: user([{ name: 'v' }], [{ name: 'v', mountPath: '/tmp/alloy' }]),
    })
    assert.not.match(unspecified.value.text, /emptyDir/)
  })

  it('adds a volume to write on where those of the user are none', () => {
    const storage = { name: 'v', mountPath: '/tmp/alloy' }
    const table: readonly (readonly [volume: JsonMap, mount: JsonMap, added: boolean])[] = [
      [{ emptyDir: {} }, storage, false],
      [{ emptyDir: {} }, { ...storage, readOnly: false }, false],
      // The volume of the user is written to.
      [{ emptyDir: {} }, { ...storage, readOnly: true }, false],
      [{ emptyDir: {} }, { ...storage, mountPath: '/tmp' }, false],
      [{ emptyDir: {} }, { ...storage, mountPath: '/tmp/other' }, true],
    ]
    for (const [volume, mount, added] of table) {
      const user = {
        alloy: { mounts: { extra: [mount] } },
        controller: { volumes: { extra: [{ name: 'v', ...volume }] } },
      }
      const { text } = print(nothing, '1.11.1', { user }).value
      assert.is(text.includes('name: "tmp-alloy"'), added, JSON.stringify([volume, mount]))
    }
  })

  it('refuses volumes of the user that Kubernetes refuses', () => {
    const root = { name: 'h', hostPath: { path: '/' } }
    const mount = { name: 'h', mountPath: '/host' }
    const table: readonly (readonly [volumes: Json, mounts: Json, because: string])[] = [
      ['x', [], 'controller.volumes.extra is not a list'],
      [[], { a: 1 }, 'alloy.mounts.extra is not a list'],
      [[null], [], 'controller.volumes.extra[0] is not a map'],
      [[root, 1], [], 'controller.volumes.extra[1] is not a map'],
      [[{ hostPath: { path: '/' } }], [], 'controller.volumes.extra[0] has no name'],
      [[{ name: 5 }], [], 'controller.volumes.extra[0] has no name'],
      [[{ name: '' }], [], 'controller.volumes.extra[0] has no name'],
      [[root, { name: 'h' }], [], 'controller.volumes.extra[1] has the same name as another volume: h'],
      [[{ name: 'config' }], [], 'controller.volumes.extra[0] has the same name as another volume: config'],
      [[{ name: 'varlog' }], [], 'controller.volumes.extra[0] has the same name as another volume: varlog'],
      [[{ name: 'h', hostPath: 5 }], [], 'controller.volumes.extra[0] has a hostPath without a path'],
      [[{ name: 'h', hostPath: {} }], [], 'controller.volumes.extra[0] has a hostPath without a path'],
      [[{ name: 'h', hostPath: { path: 5 } }], [], 'controller.volumes.extra[0] has a hostPath without a path'],
      [[{ name: 'h', hostPath: { path: '/a/../b' } }], [], 'controller.volumes.extra[0] has a hostPath with .. in it'],
      [[root], [null], 'alloy.mounts.extra[0] is not a map'],
      [[root], [{ mountPath: '/a' }], 'alloy.mounts.extra[0] has no name'],
      [[root], [{ name: 'h' }], 'alloy.mounts.extra[0] has no mountPath'],
      [[root], [{ name: 'h', mountPath: null }], 'alloy.mounts.extra[0] has no mountPath'],
      [[root], [{ name: 'h', mountPath: 5 }], 'alloy.mounts.extra[0] has no mountPath'],
      [
        [root],
        [mount, { ...mount, mountPath: '/host/' }],
        'alloy.mounts.extra[1] is mounted at the same path as another volume: /host',
      ],
      [
        [root],
        [{ ...mount, mountPath: '/etc/alloy' }],
        'alloy.mounts.extra[0] is mounted at the same path as another volume: /etc/alloy',
      ],
      [
        [root],
        [{ ...mount, mountPath: '/var/log' }],
        'alloy.mounts.extra[0] is mounted at the same path as another volume: /var/log',
      ],
      [[root], [{ ...mount, subPath: 5 }], 'alloy.mounts.extra[0] has a subPath that is not text'],
      [[root], [{ ...mount, subPath: '../etc' }], 'alloy.mounts.extra[0] has a subPath with .. in it'],
      [[root], [{ ...mount, readOnly: 'yes' }], 'alloy.mounts.extra[0] has a readOnly that is neither true nor false'],
    ]
    for (const [volumes, mounts, because] of table) {
      const user = {
        alloy: { mounts: { varlog: true, extra: mounts } },
        controller: { volumes: { extra: volumes } },
      }
      const { value, diagnostics } = print(nothing, '1.11.1', { user })
      assert.is(value, null)
      assert.equal(
        diagnostics.map(({ code, message }) => [code, message]),
        [['ARB511', `these values do not make a valid pod: ${because}`]],
      )
      assert.is.not(print(nothing, '1.11.1', { user, only: 'rbac' }).value, null)
    }
  })

  it('refuses what the templates of the chart stop at', () => {
    for (const [alloy, agent, because] of [
      [{ extraPorts: 'x' }, {}, 'alloy.extraPorts is not a list'],
      [{ extraPorts: [{}, null] }, {}, 'alloy.extraPorts[1] is not a map'],
      [{ securityContext: { capabilities: { add: 'x' } } }, {}, 'alloy.securityContext.capabilities.add is not a list'],
      [{ securityContext: { capabilities: { add: '' } } }, {}, 'alloy.securityContext.capabilities.add is not a list'],
      [{}, { mounts: 1 }, 'agent.mounts is not a map'],
    ] as const) {
      const { value, diagnostics } = print(nothing, '1.11.1', { user: { alloy, agent } })
      assert.is(value, null)
      assert.equal(
        diagnostics.map(({ message }) => message),
        [`these values do not make a valid pod: ${because}`],
      )
    }
    for (const alloy of [
      { extraPorts: null },
      { extraPorts: {} },
      { extraPorts: [{}] },
      { securityContext: { capabilities: { add: null } } },
    ])
      prove(logs, '1.11.1', { user: { alloy, agent: { mounts: {} } } })
  })
})
