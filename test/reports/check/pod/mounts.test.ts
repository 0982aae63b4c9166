import * as assert from 'uvu/assert'
import { check } from '../../../../src/index.ts'
import { describe } from '../../../harness.ts'
import { cleanDeployment, type Fields, objectsOf, streamOf } from '../deployment.ts'

/** Mounts of the host, `path at place` or `path`, with ` rw` behind those that may be written. */
type Mounts = readonly string[]

/** The mounts that are missing and in excess in a pod that runs cAdvisor with some mounts. */
function found(mounts: Mounts): { readonly missing: readonly string[]; readonly excess: readonly string[] } {
  const deployment = cleanDeployment()
  ;(deployment.configMap['data'] as Fields)['config.alloy'] = 'prometheus.exporter.cadvisor "c" { }'
  for (const [at, mount] of mounts.entries()) {
    const [, path = '', mountPath = path, rw] = /^(\S+?)(?: at (\S+))?( rw)?$/.exec(mount) ?? []
    ;(deployment.pod['volumes'] as Fields[]).push({ name: `host-${at}`, hostPath: { path } })
    ;(deployment.container['volumeMounts'] as Fields[]).push({
      ...{ name: `host-${at}`, mountPath, readOnly: rw === undefined },
    })
  }
  const { pod } = check({ 'm.yaml': streamOf(objectsOf(deployment)) }).workloads[0]!.verdict!
  const ofMounts = (lines: readonly string[]): readonly string[] => lines.filter(line => line.startsWith('mount '))
  return { missing: ofMounts(pod.missing), excess: ofMounts(pod.excess) }
}

describe('check compares mounts of the host', it => {
  const others = ['/ at /rootfs', '/dev/disk', '/sys']
  const table: readonly (readonly [title: string, mounts: Mounts, missing: Mounts, excess: Mounts])[] = [
    ['all that are needed', [...others, '/var/run rw'], [], []],
    ['one that has to be written and is read-only', [...others, '/var/run'], ['mount /var/run rw'], []],
    ['one that is not there', [...others], ['mount /var/run rw'], []],
    [
      'one that is only read and may be written',
      ['/dev/disk rw', ...others.filter(each => each !== '/dev/disk'), '/var/run rw'],
      [],
      ['mount /dev/disk rw'],
    ],
  ]
  for (const [title, mounts, missing, excess] of table)
    it(title, () => assert.equal(found(mounts), { missing, excess }))
})
