import * as assert from 'uvu/assert'
import { isMap, type Json, type JsonMap, valueAt } from '../../src/chart/json.ts'
import { readYaml } from '../../src/chart/release/read-yaml.ts'
import { chartVersions, findRelease, knowsKey } from '../../src/chart/release/releases.ts'
import type { Plan } from '../../src/plan/plan.ts'
import type { Privilege } from '../../src/rules/requirement.ts'
import { describe, golden } from '../harness.ts'
import { planOf, turningPoints } from './plans.ts'
import { print, prove } from './printed.ts'

const pod = (field: Extract<Privilege, { kind: 'pod' }>['field']): Privilege => ({ kind: 'pod', field })
const host: readonly Privilege[] = [
  { kind: 'capability', name: 'SYS_PTRACE' },
  pod('hostPID'),
  pod('hostNetwork'),
  pod('appArmorUnconfined'),
  { kind: 'mount', hostPath: '/', readOnly: true },
  { kind: 'mount', hostPath: '/proc', readOnly: true },
  { kind: 'mount', hostPath: '/var/log', readOnly: true },
  { kind: 'mount', hostPath: '/var/log/journal', readOnly: true },
  { kind: 'mount', hostPath: '/sys/fs/bpf', readOnly: false },
  { kind: 'writable', path: '/tmp/symbols' },
]

const plans: Readonly<Record<string, Plan>> = {
  nothing: planOf([]),
  unknown: { ...planOf([]), complete: false },
  single: planOf(['cluster pods get']),
  url: planOf(['url /metrics get']),
  cluster: planOf([
    'cluster pods list,watch',
    'cluster nodes list,watch',
    'cluster nodes/metrics get',
    'url /metrics get',
  ]),
  secret: planOf(['cluster pods list,watch', 'monitoring secrets[grafana-cloud] get']),
  alike: planOf(['shop pods list,watch', 'staging pods list,watch']),
  unlike: planOf(['. configmaps[alloy] get', 'shop pods list,watch', 'shop pods/log get']),
  own: planOf(['. pods list,watch']),
  traps: planOf([
    'on pods list',
    '123 pods list',
    'shop secrets[yes] get',
    'shop secrets[0o17] get',
    'shop secrets[{{.Values.x}}] get',
  ]),
  host: planOf(['cluster pods list,watch'], host),
  privileged: planOf([], [pod('privileged')]),
}

/** Values that already hold what a plan may need, must not have, or knows nothing of. */
const user: JsonMap = {
  alloy: {
    configMap: { content: 'logging {}' },
    storagePath: '/data/alloy',
    securityContext: {
      privileged: true,
      runAsUser: 1000,
      capabilities: { add: ['SYS_ADMIN'] },
      seLinuxOptions: { type: 'x' },
    },
    mounts: {
      varlog: true,
      extra: [
        { name: 'proc', mountPath: '/host/proc', readOnly: true },
        { name: 'data', mountPath: '/data' },
      ],
    },
  },
  controller: {
    hostPID: true,
    hostNetwork: true,
    volumes: {
      extra: [
        { name: 'proc', hostPath: { path: '/proc' } },
        { name: 'data', persistentVolumeClaim: { claimName: 'data' } },
      ],
    },
  },
  rbac: { create: false, namespaces: ['x'], rules: null },
  namespaceOverride: 'other',
  extraObjects: [{ apiVersion: 'v1', kind: 'Secret', metadata: { name: 'own' } }],
}

describe('chart/values', it => {
  for (const [name, plan] of Object.entries(plans)) {
    it(`holds the plan ${name} and nothing else on every kind of chart`, () => {
      for (const version of turningPoints) prove(plan, version)
    })
    it(`emits only keys that the chart reads for the plan ${name}, and no null`, () => {
      for (const version of turningPoints) check(print(plan, version).value.values, '', version)
    })
  }

  const goldens: readonly (readonly [plan: keyof typeof plans, version: string])[] = [
    ['nothing', '1.11.1'],
    ['nothing', '0.12.1'],
    ['single', '1.11.1'],
    ['cluster', '1.11.1'],
    ['secret', '1.11.1'],
    ['secret', '1.3.1'],
    ['secret', '0.11.0'],
    ['secret', '0.10.1'],
    ['alike', '1.4.0'],
    ['host', '1.11.1'],
    ['host', '1.11.0'],
  ]
  for (const [name, version] of goldens) {
    it(`prints the plan ${name} for ${version} as in its file`, () => {
      golden(`test/chart/golden/${name}-${version}.yaml`, print(plans[name]!, version).value.text)
    })
  }

  it('leaves role and token on where what is unknown may need them, on every chart', () => {
    for (const version of chartVersions) {
      for (const given of [{}, { user: { rbac: { create: true } } }]) {
        const { values } = print(plans['unknown']!, version, given).value
        assert.is.not(valueAt(values, 'rbac.create'), false, version)
        assert.is.not(valueAt(values, 'serviceAccount.automountServiceAccountToken'), false, version)
      }
      assert.is(valueAt(print(plans['nothing']!, version).value.values, 'rbac.create'), false, version)
    }
  })

  it('prints whole blocks as in their file, and proves what they grant beyond the plan', () => {
    const blocks = print(plans['cluster']!, '1.11.1', { granularity: 'blocks' })
    golden('test/chart/golden/cluster-blocks-1.11.1.yaml', blocks.value.text)
    for (const plan of Object.values(plans))
      for (const version of ['0.10.1', '0.12.6', '1.4.0', '1.5.0', '1.5.3'])
        prove(plan, version, { granularity: 'blocks' })
  })

  it('prints over values of the user as in its file', () => {
    golden('test/chart/golden/user-1.11.1.yaml', print(plans['unlike']!, '1.11.1', { user }).value.text)
    for (const plan of Object.values(plans))
      for (const version of ['0.9.0', '0.12.0', '1.4.0', '1.11.1']) prove(plan, version, { user })
  })

  it('repeats for agent what agent would undo, and joins its lists', () => {
    const { alloy, ...rest } = user
    const given = { ...rest, agent: alloy! }
    for (const plan of Object.values(plans))
      for (const version of ['0.12.0', '1.4.0', '1.11.1']) prove(plan, version, { user: given })
    const printed = print(plans['nothing']!, '1.11.1', { user: given }).value
    assert.is(valueAt(printed.values, 'agent.securityContext.privileged'), false)
    assert.equal(valueAt(printed.values, 'agent.mounts'), valueAt(printed.values, 'alloy.mounts'))
    assert.match(printed.text, /# The chart merges agent over alloy\.\n {2}securityContext:/)
  })

  it('keeps what the user has when it is its own work that it finds', () => {
    const first = print(plans['unlike']!, '1.11.1', { user }).value.values
    const again = print(plans['unlike']!, '1.11.1', { user: { ...user, ...first } }).value.values
    assert.equal(again['extraObjects'], first['extraObjects'])
    const less = print(plans['nothing']!, '1.11.1', { user: { ...user, ...first } }).value.values
    assert.equal(less['extraObjects'], user['extraObjects'])
  })

  it('takes a map of extra objects for a list', () => {
    const objects = { b: { kind: 'Secret' }, a: { kind: 'ConfigMap' } }
    const printed = print(plans['own']!, '1.11.1', { user: { extraObjects: objects } }).value.values[
      'extraObjects'
    ] as readonly JsonMap[]
    assert.equal(
      printed.map(({ kind }) => kind),
      ['ConfigMap', 'Secret', 'Role', 'RoleBinding'],
    )
  })

  it('lists namespaces where their roles are alike and the chart prints all of their names', () => {
    const placement = (...lines: readonly string[]) => print(planOf(lines), '1.11.1').value.placement
    assert.is(placement('shop pods get', 'app pods get'), 'namespaces')
    assert.is(placement('shop pods get', 'app pods list'), 'objects')
    assert.is(placement('shop pods get', '123 pods get'), 'objects')
    assert.is(placement('true pods get', 'app pods get'), 'objects')
  })

  it('refuses values of the user that no chart renders', () => {
    for (const [version, broken] of [
      ['1.11.1', { extraObjects: ['kind: Secret'] }],
      ['0.11.0', { extraObjects: 'kind: Secret' }],
    ] as const) {
      for (const more of [{}, { extras: { platform: 'openshift' } }] as const) {
        const { value, diagnostics } = print(plans['nothing']!, version, { user: broken, ...more })
        assert.is(value, null)
        assert.equal(
          diagnostics.map(({ code }) => code),
          ['ARB510'],
        )
      }
    }
  })

  it('leaves alone what no chart reads in values of the user', () => {
    for (const odd of [
      { alloy: 'x' },
      { alloy: null },
      { controller: [] },
      { global: 1 },
      { rbac: 'x' },
      { extraObjects: 'x' },
    ]) {
      prove(plans['host']!, '0.10.1', { user: odd })
    }
  })

  it('nests the values under the keys of another chart', () => {
    const { value } = print(plans['secret']!, '1.11.1', { nesting: { at: ['collectors', 'on'], parentGlobal: false } })
    assert.match(value.text, /^collectors:\n {2}"on":\n {4}rbac:/m)
    assert.is(isMap(valueAt(value.values, 'collectors.on.rbac')), true)
    prove(plans['secret']!, '1.11.1', { nesting: { at: ['collectors', 'on'], parentGlobal: false } })
  })

  it('states globals where those of a parent chart would win', () => {
    const nesting = { at: ['alloy'], parentGlobal: true }
    const more = { nesting, user: { global: { podSecurityContext: { fsGroup: 0 } } } }
    const { values: tree } = print(plans['secret']!, '1.11.1', more).value
    assert.equal(Object.keys(tree).sort(), ['alloy', 'global'])
    assert.is(valueAt(tree, 'alloy.global'), undefined)
    prove(plans['secret']!, '1.11.1', more)
  })

  it('prints one half alone', () => {
    assert.equal(Object.keys(print(plans['host']!, '1.11.1', { only: 'rbac' }).value.values), ['rbac'])
    assert.equal(Object.keys(print(plans['host']!, '1.11.1', { only: 'pod' }).value.values), ['alloy', 'controller'])
    prove(plans['host']!, '1.11.1', { only: 'rbac' })
    prove(plans['host']!, '1.11.1', { only: 'pod' })
  })

  const codes: readonly (readonly [plan: keyof typeof plans, version: string, codes: readonly string[]])[] = [
    ['secret', '1.11.1', []],
    ['secret', '0.10.1', ['ARB503']],
    ['nothing', '0.12.1', ['ARB504']],
    ['nothing', '0.12.2', []],
  ]
  for (const [name, version, expected] of codes) {
    it(`says of the plan ${name} on ${version}: ${expected.join(', ') || 'nothing'}`, () => {
      assert.equal(
        print(plans[name]!, version).diagnostics.map(({ code }) => code),
        expected,
      )
    })
  }

  it('warns that no chart can give hostIPC', () => {
    assert.equal(
      print(planOf([], [pod('hostIPC')]), '1.11.1').diagnostics.map(({ code }) => code),
      ['ARB505'],
    )
  })

  it('says so when the plan is not complete', () => {
    assert.match(print({ ...plans['single']!, complete: false }, '1.11.1').value.text, /^# INCOMPLETE/m)
  })

  it('writes no names that end lines in YAML 1.1, which Helm would not pass on, and all else', () => {
    const plan = planOf(['shop secrets[a\u2028rbac:\u0085b] get', 'cluster pods list'])
    const { text, values: tree } = print(plan, '1.11.1').value
    assert.match(text, 'resources: ["pods"]')
    assert.not.match(text, /[\u0085\u2028]/)
    assert.equal(readYaml(text)[0], tree)
    prove(plan, '1.11.1')
  })
})

function check(tree: Json, path: string, version: string): void {
  assert.is.not(tree, null, `${path} of ${version}`)
  if (!isMap(tree)) return
  for (const [key, value] of Object.entries(tree)) {
    const below = path === '' ? key : `${path}.${key}`
    if (knowsKey(findRelease(version).value!, below)) continue
    assert.ok(isMap(value), `chart ${version} does not read ${below}`)
    check(value, below, version)
  }
}
