import fc from 'fast-check'
import * as assert from 'uvu/assert'
import { isEmpty, isMap, type Json, type JsonMap, listAt, mergeMaps, valueAt } from '../src/chart/json.ts'
import { normalizePath, relativeTo } from '../src/chart/pod/mounts/paths.ts'
import { readYaml } from '../src/chart/release/read-yaml.ts'
import { command } from './cli/io.ts'
import { describe } from './harness.ts'

/** What a volume may be. */
const kinds: readonly JsonMap[] = [
  { configMap: { name: 'facts' } },
  { secret: { secretName: 'facts' } },
  { persistentVolumeClaim: { claimName: 'facts' } },
  { emptyDir: { sizeLimit: '1Gi' } },
  { projected: { sources: [{ configMap: { name: 'a' } }, { secret: { name: 'b' } }] } },
  { csi: { driver: 'secrets-store.csi.k8s.io', readOnly: true } },
  { downwardAPI: { items: [] } },
  { ephemeral: {} },
  { nfs: { server: 'nfs.example', path: '/x' } },
  ...['/', '/srv/app', '/etc', '/var/log', '/var/lib', '/var/log/journal', '/sys', '/run'].map(path => ({
    hostPath: { path },
  })),
]

const places = [
  ...['/data', '/data/logs', '/data/logs/deep', '/etc/facts', '/etc/facts/build.prom', '/host', '/host/journal'],
  ...['/rootfs', '/sys', '/tmp/alloy', '/tmp/alloy/wal', '/var/lib/alloy', '/var/lib/alloy/data', '/var/log'],
  ...['/var/log/app', '/var/log/pods', '/var/run', '/wal'],
]

const blocks = [
  'discovery.kubernetes "pods" {\n  role = "pod"\n}\n',
  'loki.source.file "data" {\n  targets    = [{__path__ = "/data/logs/app.log"}]\n  forward_to = []\n}\n',
  'loki.source.file "pods" {\n  targets    = [{__path__ = "/var/log/pods/*/*/*.log"}]\n  forward_to = []\n}\n',
  'loki.source.file "app" {\n  targets    = [{__path__ = "/var/log/app/*.log"}]\n  forward_to = []\n}\n',
  'loki.source.journal "own" {\n  path       = "/host/journal"\n  forward_to = []\n}\n',
  'loki.source.journal "node" {\n  forward_to = []\n}\n',
  'prometheus.exporter.cadvisor "node" { }\n',
  'prometheus.exporter.unix "facts" {\n  textfile {\n    directory = "/etc/facts"\n  }\n}\n',
  'loki.source.syslog "low" {\n  listener {\n    address = "0.0.0.0:514"\n  }\n  forward_to = []\n}\n',
  'otelcol.exporter.file "out" {\n  path = "/data/logs/out.json"\n}\n',
]

const mounted = fc.record({
  kind: fc.constantFrom(...kinds),
  place: fc.constantFrom(...places),
  readOnly: fc.boolean(),
})

const values = fc
  .record({
    all: fc.uniqueArray(mounted, { maxLength: 4, selector: ({ place }) => place }),
    chosen: fc.subarray(blocks, { minLength: 1, maxLength: 3 }),
    storagePath: fc.constantFrom('/tmp/alloy', '/var/lib/alloy/data', '/wal', '/data/store'),
    varlog: fc.boolean(),
  })
  .map(({ all, chosen, storagePath, varlog }): JsonMap => {
    const isSwitched = varlog && !all.some(({ place }) => place === '/var/log')
    return {
      alloy: {
        storagePath,
        configMap: { content: chosen.join('') },
        mounts: {
          varlog: isSwitched,
          extra: all.map(({ place, readOnly }, at) => ({
            ...{ name: `v${at}`, mountPath: place },
            ...(readOnly && { readOnly }),
          })),
        },
        extraPorts: [{ name: 'otlp', port: 4317, targetPort: 4317, protocol: 'TCP' }],
        extraEnv: [{ name: 'TEAM', value: 'shop' }],
        envFrom: [{ secretRef: { name: 'credentials' } }],
      },
      controller: {
        volumes: { extra: all.map(({ kind }, at) => ({ name: `v${at}`, ...kind })) },
        extraContainers: [{ name: 'other', image: 'other', volumeMounts: [{ name: 'v0', mountPath: '/x' }] }],
      },
    }
  })

const runs = { numRuns: 250, seed: 4711 }
const mountsKey = 'alloy.mounts.extra'
const volumesKey = 'controller.volumes.extra'

/** What of the user's is lost in values that are laid over theirs; empty where nothing is. */
function lost(user: JsonMap, merged: JsonMap, said: string): readonly string[] {
  const has = (key: string, fields: JsonMap) =>
    listAt(merged, key).some(
      each => isMap(each) && Object.entries(fields).every(([name, value]) => same(each[name], value)),
    )
  const isNamed = (at: number, volume: Json | undefined) =>
    said.includes(`(${mountsKey}[${at}])`) && !isEmpty(valueAt(volume ?? null, 'hostPath'))
  const volumes = listAt(user, volumesKey)
  return [
    ...listAt(user, mountsKey).flatMap((mount, at) => {
      const { readOnly: _, ...fields } = mount as JsonMap
      return has(mountsKey, fields) || isNamed(at, volumes[at]) ? [] : [`the mount ${JSON.stringify(mount)}`]
    }),
    ...volumes.flatMap((volume, at) =>
      has(volumesKey, volume as JsonMap) || isNamed(at, volume) ? [] : [`the volume ${JSON.stringify(volume)}`],
    ),
    ...['alloy.extraPorts', 'alloy.extraEnv', 'alloy.envFrom', 'controller.extraContainers'].filter(
      key => !same(valueAt(merged, key), valueAt(user, key)),
    ),
    ...(valueAt(user, 'alloy.mounts.varlog') === true &&
    valueAt(merged, 'alloy.mounts.varlog') !== true &&
    !listAt(merged, mountsKey).some(each => valueAt(each, 'mountPath') === '/var/log') &&
    !said.includes('(alloy.mounts.varlog)')
      ? ['the switch varlog']
      : []),
  ]
}

const same = (a: Json | undefined, b: Json | undefined): boolean => JSON.stringify(a) === JSON.stringify(b)

/** Folders of the host that are new and hide a part of what the user mounts. */
function hiding(user: JsonMap, merged: JsonMap): readonly string[] {
  const before = listAt(user, mountsKey).map(each => normalizePath(String(valueAt(each, 'mountPath'))))
  const ofOthers = before.filter((_, at) => isEmpty(valueAt(listAt(user, volumesKey)[at]!, 'hostPath')))
  return listAt(merged, mountsKey).flatMap(each => {
    const path = normalizePath(String(valueAt(each, 'mountPath')))
    const volume = listAt(merged, volumesKey).find(other => valueAt(other, 'name') === valueAt(each, 'name'))
    if (before.includes(path) || isEmpty(valueAt(volume ?? null, 'hostPath'))) return []
    return ofOthers.some(own => relativeTo(path, own) !== null) ? [path] : []
  })
}

/** What `check` says of the mounts of values, except for what is named already. */
async function unsaid(merged: JsonMap, said: string): Promise<readonly string[]> {
  const files = { 'values.yaml': JSON.stringify(merged) }
  const { stdout } = await command(['check', 'values.yaml', '--format', 'json'], files)
  const { workloads } = JSON.parse(stdout) as {
    workloads: readonly { pod: Record<'missing' | 'excess', readonly string[]> }[]
  }
  const lines = workloads.flatMap(({ pod }) => [...pod.missing, ...pod.excess])
  return lines.filter(
    line => /^(mount|writable|group) /.test(line) && !said.includes(` ${line.split(' ')[1]} of the node`),
  )
}

describe('values over those of the user', it => {
  it('never lose a volume, a mount, a port or a variable, but for what is named, and hide none', async () => {
    let printed = 0
    await fc.assert(
      fc.asyncProperty(values, async user => {
        const { code, stdout, stderr } = await command(['generate', 'values.yaml'], {
          'values.yaml': JSON.stringify(user),
        })
        if (code !== 0) return assert.match(stderr, /ARB(376|590)/)
        printed++
        const merged = mergeMaps(user, readYaml(stdout)[0] as JsonMap)
        assert.equal([lost(user, merged, stderr), hiding(user, merged)], [[], []], stderr)
        assert.equal(await unsaid(merged, stderr), [], stderr)
        const again = await command(['generate', 'values.yaml'], { 'values.yaml': JSON.stringify(merged) })
        assert.is(again.code, 0, again.stderr)
        const twice = mergeMaps(merged, (readYaml(again.stdout)[0] ?? {}) as JsonMap)
        for (const key of [mountsKey, volumesKey]) assert.equal(valueAt(twice, key), valueAt(merged, key))
      }),
      runs,
    )
    assert.ok(printed > runs.numRuns / 2, `${printed}`)
  })
})
