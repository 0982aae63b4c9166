import * as assert from 'uvu/assert'
import type { JsonMap } from '../../../../src/chart/json.ts'
import { type GivenMount, givenMounts } from '../../../../src/chart/pod/mounts/given-mounts.ts'
import { plannedMounts } from '../../../../src/chart/pod/mounts/mounts.ts'
import { type MountPlan, placeMounts } from '../../../../src/chart/pod/mounts/place-mounts.ts'
import type { Privilege } from '../../../../src/rules/requirement.ts'
import { describe } from '../../../harness.ts'
import { planOf } from '../../plans.ts'

type Mount = Extract<Privilege, { readonly kind: 'mount' }>

/** A folder of the host that a fact names. */
const host = (hostPath: string, more: Partial<Mount> = {}): Mount => ({
  kind: 'mount',
  hostPath,
  readOnly: true,
  ...more,
})

/** A path that an argument names. */
const named = (path: string, more: Partial<Mount> = {}): Mount => host(path, { named: true, ...more })

/** Mounts as values have them, written `/srv at /data rw`; what is not a path is a kind of volume. */
function values(lines: readonly string[]): JsonMap {
  const all = lines.map((line, at) => {
    const [, what = '', mountPath = '', way = ''] = line.match(/^(\S+) at (\S+) (ro|rw)$/) ?? []
    const volume = what.startsWith('/') ? { hostPath: { path: what } } : { [what]: {} }
    return { mount: { name: `v${at}`, mountPath, readOnly: way === 'ro' }, volume: { name: `v${at}`, ...volume } }
  })
  return {
    alloy: { mounts: { extra: all.map(({ mount }) => mount) } },
    controller: { volumes: { extra: all.map(({ volume }) => volume) } },
  }
}

interface Case {
  readonly title: string
  readonly needs?: readonly Mount[]
  readonly given?: readonly string[]
  readonly written?: readonly string[]
  readonly paths?: readonly string[]
  readonly isOpen?: boolean
  /** Lines: what the container sees of the host, then `KIND: …` for the rest. */
  readonly expected: readonly string[]
}

const cases: readonly Case[] = [
  { title: 'mounts what nothing shows', needs: [host('/var/log')], expected: ['/var/log at /var/log ro'] },
  ...['configMap', 'secret', 'persistentVolumeClaim', 'emptyDir', 'projected', 'csi', 'nfs'].flatMap(kind => [
    {
      title: `takes a volume (${kind}) at the path`,
      needs: [named('/facts')],
      given: [`${kind} at /facts ro`],
      expected: [],
    },
    { title: `or above it (${kind})`, needs: [named('/a/facts')], given: [`${kind} at /a ro`], expected: [] },
    {
      title: `where it is the node's too (${kind})`,
      needs: [host('/var/log')],
      given: [`${kind} at /var/log ro`],
      expected: [],
    },
  ]),
  {
    title: "takes one below it for a path that is not the node's",
    needs: [named('/facts')],
    given: ['configMap at /facts/a.prom ro'],
    expected: [],
  },
  {
    title: "and not for one that is the node's",
    needs: [named('/var/log')],
    given: ['emptyDir at /var/log/app rw'],
    expected: ['/var/log at /var/log ro'],
  },
  {
    title: 'takes another folder of the host',
    needs: [named('/data/logs')],
    given: ['/srv/app at /data ro'],
    expected: ['/srv/app at /data ro'],
  },
  {
    title: "says where another folder stands for the node's",
    needs: [host('/var/log')],
    given: ['/var/lib at /var/log ro'],
    expected: ['/var/lib at /var/log ro', 'misplaced: /var/log at /var/log'],
  },
  {
    title: 'takes the folder at the place that is looked at alone',
    needs: [host('/', { mountPath: '/rootfs' })],
    given: ['/ at /nowhere ro'],
    expected: ['/ at /rootfs ro', 'unneeded: /'],
  },
  {
    title: 'takes /var/run for /run',
    needs: [host('/run/udev/data')],
    given: ['/var/run at /var/run rw'],
    expected: ['/var/run at /var/run ro', 'broad: /var/run, /var/run/udev/data would do'],
  },
  {
    title: 'lets the container only read what is only read',
    needs: [host('/var/log')],
    given: ['/var/log at /var/log rw'],
    expected: ['/var/log at /var/log ro'],
  },
  {
    title: 'and write what is written',
    needs: [host('/dev/tpm0', { readOnly: false })],
    given: ['/dev/tpm0 at /dev/tpm0 ro'],
    expected: ['/dev/tpm0 at /dev/tpm0 rw'],
  },
  { title: 'drops what nothing needs', given: ['/etc at /host/etc ro'], expected: ['unneeded: /etc'] },
  {
    title: 'but not while something is unknown',
    given: ['/etc at /host/etc ro'],
    isOpen: true,
    expected: ['/etc at /host/etc ro', 'unneeded: /etc'],
  },
  {
    title: 'nor what an argument names a file of',
    given: ['/etc/ssl at /certs ro'],
    paths: ['/certs/ca.crt'],
    expected: ['/etc/ssl at /certs ro'],
  },
  {
    title: 'nor what lies in a folder that one names',
    given: ['/etc/ssl at /certs/ssl ro'],
    paths: ['/certs'],
    expected: ['/etc/ssl at /certs/ssl ro'],
  },
  {
    title: 'but for a folder that is around everything',
    given: ['/etc/ssl at /etc/ssl ro'],
    paths: ['/etc', '/var'],
    expected: ['unneeded: /etc/ssl'],
  },
  {
    title: 'says what would do instead of more',
    needs: [host('/var/log/pods')],
    given: ['/var at /var ro'],
    expected: ['/var at /var ro', 'broad: /var, /var/log would do'],
  },
  {
    title: 'says it of the whole host at another place',
    needs: [named('/host/var/log/journal', { whole: true })],
    given: ['/ at /host ro'],
    expected: ['/ at /host ro', 'broad: /, /var/log/journal would do'],
  },
  {
    title: 'leaves the folder of the logs, as the chart mounts it',
    needs: [host('/var/log/pods')],
    given: ['/var/log at /var/log ro'],
    expected: ['/var/log at /var/log ro'],
  },
  {
    title: 'leaves the folder of a file, which may be replaced',
    needs: [named('/var/lib/promtail/positions.yaml', { whole: true })],
    given: ['/var/lib/promtail at /var/lib/promtail ro'],
    expected: ['/var/lib/promtail at /var/lib/promtail ro'],
  },
  {
    title: 'but not one with everything in it',
    needs: [host('/etc/machine-id', { whole: true })],
    given: ['/etc at /etc ro'],
    expected: ['/etc at /etc ro', 'broad: /etc, /etc/machine-id would do'],
  },
  { title: 'gives what is written a volume', written: ['/wal', '/wal/a'], expected: ['empty: /wal'] },
  { title: 'leaves the volume that is there', written: ['/wal'], given: ['emptyDir at /wal rw'], expected: [] },
  {
    title: 'leaves a folder of the host that is written to',
    written: ['/positions'],
    given: ['/var/lib/positions at /positions rw'],
    expected: ['/var/lib/positions at /positions rw'],
  },
  {
    title: 'lets the container write to a volume at the path',
    written: ['/wal'],
    given: ['persistentVolumeClaim at /wal ro'],
    expected: ['changed: /wal rw'],
  },
  {
    title: 'mounts a part of the host once more below what is read',
    needs: [host('/var/log')],
    written: ['/var/log/alloy'],
    expected: ['/var/log at /var/log ro', '/var/log/alloy at /var/log/alloy rw'],
  },
  ...['configMap', 'secret', 'projected', 'downwardAPI'].map(kind => ({
    title: `cannot write to a volume of this kind (${kind})`,
    written: ['/data/wal'],
    given: [`${kind} at /data rw`],
    expected: ['unwritable: /data/wal'],
  })),
]

function lines({ hosts, empty, changed, unneeded, misplaced, broad, unwritable }: MountPlan): readonly string[] {
  const way = (readOnly: boolean) => (readOnly ? 'ro' : 'rw')
  const ofOthers = [...changed].filter(([{ hostPath }]) => hostPath === null)
  return [
    ...hosts.map(({ hostPath, mountPath, readOnly }) => `${hostPath} at ${mountPath} ${way(readOnly)}`),
    ...empty.map(path => `empty: ${path}`),
    ...ofOthers.map(([{ mountPath }, readOnly]) => `changed: ${mountPath} ${way(readOnly)}`),
    ...unneeded.map(({ hostPath }: GivenMount) => `unneeded: ${hostPath}`),
    ...misplaced.map(({ need }) => `misplaced: ${need.hostPath} at ${need.mountPath}`),
    ...broad.map(
      ({ given, instead }) => `broad: ${given.hostPath}, ${instead.map(each => each.hostPath).join()} would do`,
    ),
    ...unwritable.map(({ path }) => `unwritable: ${path.path}`),
  ]
}

describe('chart/pod/mounts/place-mounts', it => {
  for (const { title, needs = [], given = [], written = [], paths = [], isOpen = false, expected } of cases)
    it(title, () => {
      const wanted = {
        planned: plannedMounts(planOf([], needs)),
        written: written.map(path => ({ path, reasons: [] })),
        files: { paths, isOpen },
        isComplete: true,
      }
      assert.equal(lines(placeMounts(wanted, givenMounts(values(given)))), expected)
    })

  it('knows the mounts of the chart, and claims of a stateful set', () => {
    const user = {
      alloy: { configMap: {}, mounts: { varlog: true, extra: [{ name: 'data', mountPath: '/data' }] } },
      controller: { type: 'statefulset', volumeClaimTemplates: [{ metadata: { name: 'data' } }] },
    }
    assert.equal(
      givenMounts(user).map(({ mountPath, hostPath, name, key }) => [mountPath, hostPath, name, key]),
      [
        ['/etc/alloy', null, 'config', 'alloy.configMap'],
        ['/var/log', '/var/log', 'varlog', 'alloy.mounts.varlog'],
        ['/data', null, 'data', null],
      ],
    )
  })
})
