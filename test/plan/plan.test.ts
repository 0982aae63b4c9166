import * as assert from 'uvu/assert'
import { grantLine } from '../../src/kubernetes/grant.ts'
import { plan } from '../../src/plan/plan.ts'
import { comparePrivileges, privilegeLine } from '../../src/plan/privilege.ts'
import type { Privilege, Requirement } from '../../src/rules/requirement.ts'
import { describe } from '../harness.ts'
import { grantIn } from '../kubernetes/lines.ts'
import { reason } from './arbitrary.ts'

const lines: readonly [line: string, privilege: Privilege][] = [
  ['capability BPF', { kind: 'capability', name: 'BPF' }],
  ['capability SYS_PTRACE', { kind: 'capability', name: 'SYS_PTRACE' }],
  ['pod hostPID', { kind: 'pod', field: 'hostPID' }],
  ['mount / at /host/root ro', { kind: 'mount', hostPath: '/', readOnly: true, mountPath: '/host/root' }],
  ['mount /var/lib rw', { kind: 'mount', hostPath: '/var/lib', readOnly: false }],
  ['mount /var/log ro', { kind: 'mount', hostPath: '/var/log', readOnly: true }],
  ['writable /tmp/alloy', { kind: 'writable', path: '/tmp/alloy' }],
  ['port 514/UDP', { kind: 'port', port: 514, protocol: 'UDP' }],
  ['port 4317/TCP', { kind: 'port', port: 4317, protocol: 'TCP' }],
  ['port 4317/UDP', { kind: 'port', port: 4317, protocol: 'UDP' }],
]

const privilege = (privilege: Privilege, rule: string, certainty: 'certain' | 'assumed' = 'certain'): Requirement => ({
  need: { kind: 'privilege', privilege },
  reason: reason(rule, certainty),
})
const logs = (readOnly: boolean, mountPath?: string): Privilege => ({
  kind: 'mount',
  hostPath: '/var/log',
  readOnly,
  ...(mountPath !== undefined && { mountPath }),
})
const spared = (readOnly: boolean): Privilege => ({
  kind: 'mount',
  hostPath: '/var/log',
  readOnly,
  unlessPrivileged: true,
})

const joins: readonly [title: string, requirements: readonly Requirement[], expected: readonly string[]][] = [
  [
    'a privilege is planned once',
    [privilege(logs(true), 'b'), privilege(logs(true), 'a')],
    ['mount /var/log ro certain: a b'],
  ],
  [
    'one certain reason makes a privilege certain',
    [privilege(logs(true), 'a', 'assumed'), privilege(logs(true), 'b')],
    ['mount /var/log ro certain: a b'],
  ],
  [
    'assumed reasons leave it assumed',
    [privilege(logs(true), 'a', 'assumed'), privilege(logs(true), 'b', 'assumed')],
    ['mount /var/log ro assumed: a b'],
  ],
  [
    'what is written is read',
    [privilege(logs(true), 'a'), privilege(logs(false), 'b')],
    ['mount /var/log rw certain: a b'],
  ],
  [
    'a path in the container is named where it is another one',
    [privilege(logs(true, '/var/log'), 'a'), privilege(logs(true), 'b'), privilege(logs(true, '/logs'), 'c')],
    ['mount /var/log at /logs ro certain: c', 'mount /var/log ro certain: a b'],
  ],
  [
    'a privileged container does without a mount that nobody else asks for',
    [privilege(spared(true), 'a'), privilege(spared(false), 'b')],
    ['mount /var/log rw unless privileged certain: a b'],
  ],
  [
    'a mount that one of two cannot do without is needed in any case',
    [privilege(spared(false), 'a'), privilege(logs(true), 'b')],
    ['mount /var/log rw certain: a b'],
  ],
]

describe('plan', it => {
  for (const [line, privilege] of lines) it(`prints ${line}`, () => assert.is(privilegeLine(privilege), line))

  it('privileges are sorted by kind, then by name, ports by number', () => {
    const sorted = lines.map(([, privilege]) => privilege)
    assert.equal(sorted.toReversed().sort(comparePrivileges), sorted)
  })

  for (const [title, requirements, expected] of joins) {
    const show = (all: readonly Requirement[]) =>
      plan(all, true).privileges.map(
        ({ privilege, certainty, reasons }) =>
          `${privilegeLine(privilege)} ${'unlessPrivileged' in privilege ? 'unless privileged ' : ''}${certainty}: ${reasons.map(({ rule }) => rule).join(' ')}`,
      )
    it(title, () => {
      assert.equal(show(requirements), expected)
      assert.equal(show(requirements.toReversed()), expected)
    })
  }

  it('needs become reduced grants and privileges with their reasons', () => {
    const grant = (line: string, rule: string): Requirement => ({
      need: { kind: 'grant', grant: grantIn(line) },
      reason: reason(rule),
    })
    const made = plan(
      [
        privilege({ kind: 'pod', field: 'root' }, 'r'),
        grant('a pods get', 'p'),
        grant('cluster pods get', 'q'),
        grant('url /metrics get', 'u'),
      ],
      false,
    )
    assert.equal(
      made.grants.map(each => grantLine(each.grant)),
      ['cluster pods get', 'url /metrics get'],
    )
    assert.equal(
      made.grants[0]?.reasons.map(({ rule }) => rule),
      ['p', 'q'],
    )
    assert.equal(
      made.privileges.map(each => privilegeLine(each.privilege)),
      ['pod root'],
    )
    assert.is(made.complete, false)
  })
})
