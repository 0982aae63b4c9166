import * as assert from 'uvu/assert'
import { collisions, type HostMount, plannedMounts } from '../../../../src/chart/pod/mounts/mounts.ts'
import type { Privilege } from '../../../../src/rules/requirement.ts'
import { describe } from '../../../harness.ts'
import { planOf } from '../../plans.ts'

const mount = (hostPath: string, more: object = {}): Privilege => ({ kind: 'mount', hostPath, readOnly: true, ...more })
const spared = { unlessPrivileged: true }

const line = ({ hostPath, mountPath, readOnly, unlessPrivileged }: HostMount): string =>
  `${hostPath} at ${mountPath} ${readOnly ? 'ro' : 'rw'}${unlessPrivileged ? ' unless privileged' : ''}`

const table: readonly (readonly [title: string, wanted: readonly Privilege[], expected: readonly string[]])[] = [
  ['a path is mounted where it is', [mount('/srv/')], ['/srv at /srv ro']],
  ['or where it is wanted', [mount('/srv', { mountPath: '/host/srv/' })], ['/srv at /host/srv ro']],
  ['in order', [mount('/srv'), mount('/opt')], ['/opt at /opt ro', '/srv at /srv ro']],
  ['once, however it is written', [mount('/srv'), mount('//srv'), mount('/x/../srv')], ['/srv at /srv ro']],
  ['to write, where one asks for that', [mount('/srv', { readOnly: false }), mount('//srv')], ['/srv at /srv rw']],
  ['to write, whoever asks', [mount('/srv'), mount('//srv', { readOnly: false })], ['/srv at /srv rw']],
  ['for whoever is not privileged', [mount('/srv', spared)], ['/srv at /srv ro unless privileged']],
  ['for two of those', [mount('/srv', spared), mount('//srv', spared)], ['/srv at /srv ro unless privileged']],
  ['for all, where one needs it', [mount('/srv'), mount('//srv', spared)], ['/srv at /srv ro']],
  ['for all, whoever needs it', [mount('/srv', spared), mount('//srv')], ['/srv at /srv ro']],
  ['never over what the container needs', [mount('/'), mount('/etc')], ['/etc at /host/etc ro', '/ at /host/root ro']],
]

describe('chart/pod/mounts', it => {
  it('finds folders of the host that are wanted at one path', () => {
    const found = (...wanted: readonly Privilege[]) =>
      collisions(plannedMounts(planOf([], wanted))).map(({ code, message }) => `${code} ${message}`)
    assert.equal(found(mount('/proc'), mount('/sys')), [])
    assert.equal(found(mount('/proc', { mountPath: '/host' }), mount('/sys', { mountPath: '/host/' })), [
      'ARB376 /proc and /sys of the host are needed at /host of the container by example.privileged.p, but only one of them can be mounted there',
    ])
  })

  for (const [title, wanted, expected] of table)
    it(title, () => assert.equal(plannedMounts(planOf([], wanted)).map(line), expected))
})
