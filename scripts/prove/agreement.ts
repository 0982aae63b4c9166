import { examples } from '#rulemap/examples'
import { type Json, type JsonMap, mergeMaps } from '../../src/chart/json.ts'
import { readYaml } from '../../src/chart/release/read-yaml.ts'
import { chartVersions } from '../../src/chart/release/releases.ts'
import { analyze, check, render } from '../../src/index.ts'
import type { Example } from '../../src/rules/map/example.ts'
import { olderThan } from '../../src/version.ts'
import type { Random } from '../fuzz/random.ts'

// The values that generate prints, merged over the input as Helm does, leave check nothing to report of what they decide.

const configurations: readonly string[] = Object.values(examples)
  .flatMap(text => JSON.parse(text) as readonly Example[])
  .filter(({ args, env }) => args === undefined && env === undefined)
  .map(({ config }) => config)

/** Older ones cannot carry rules in their values, and print manifests. */
const chartsWithObjects = chartVersions.filter(version => !olderThan(version, '0.11.0'))

const paths = ['/', '/srv', '/etc', '/var/log', '/var/lib', '/sys', '/run', '/var/lib/alloy', '/tmp/alloy']

const volumes = (random: Random): readonly JsonMap[] =>
  random.list(0, 3, at => ({
    name: `v${at}`,
    ...random.pick<JsonMap>([
      { hostPath: { path: random.pick(paths) } },
      { emptyDir: {} },
      { configMap: { name: 'facts' } },
      { persistentVolumeClaim: { claimName: 'data' } },
    ]),
  }))

/** Some of the settings, each with one of its values. */
const some = (random: Random, settings: Readonly<Record<string, readonly Json[]>>): JsonMap =>
  Object.fromEntries(
    Object.entries(settings)
      .filter(() => random.chance(0.25))
      .map(([key, values]) => [key, random.pick(values)]),
  )

const container = (random: Random): JsonMap =>
  some(random, {
    privileged: [true, false],
    allowPrivilegeEscalation: [true, false],
    readOnlyRootFilesystem: [true, false],
    runAsNonRoot: [true, false],
    runAsUser: [0, 473, 1000],
    runAsGroup: [0, 473, 1000],
    capabilities: [{ drop: ['ALL'] }, { add: ['SYS_PTRACE', 'NET_RAW'] }, { drop: ['NET_RAW'] }, {}],
    seccompProfile: [{ type: 'Unconfined' }, { type: 'RuntimeDefault' }],
    appArmorProfile: [{ type: 'Unconfined' }, { type: 'RuntimeDefault' }],
    seLinuxOptions: [{ type: 'spc_t' }, { type: 'container_t' }],
    procMount: ['Unmasked', 'Default'],
  })

const rules = (random: Random): Json =>
  random.list(0, 3, () => ({
    apiGroups: [random.pick(['', 'apps', 'networking.k8s.io'])],
    resources: random.list(1, 2, () => random.pick(['pods', 'pods/log', 'secrets', 'nodes', 'nodes/metrics', '*'])),
    verbs: random.list(1, 3, () => random.pick(['get', 'list', 'watch', '*'])),
  }))

function valuesFor(random: Random, content: string): JsonMap {
  const all = volumes(random)
  const places = [...paths, '/data', '/rootfs', '/etc/facts']
  const mounts = all.map(({ name = null }, at): JsonMap => {
    // No two mounts may be at one place.
    const mountPath = places[(random.below(4) + at * 4) % places.length] ?? '/x'
    return { name, mountPath, ...(random.chance(0.5) && { readOnly: true }) }
  })
  return {
    alloy: {
      configMap: { content },
      ...some(random, {
        storagePath: ['/tmp/alloy', '/var/lib/alloy/data', '/wal'],
        stabilityLevel: ['experimental'],
        extraPorts: [[{ name: 'a', port: 4317, targetPort: 4317, protocol: 'TCP', hostPort: 4317 }], []],
      }),
      ...(random.chance(0.5) && { securityContext: container(random) }),
      mounts: { ...some(random, { varlog: [true, false], dockercontainers: [true, false] }), extra: mounts },
    },
    ...(random.chance(0.3) && {
      global: { podSecurityContext: some(random, { fsGroup: [0, 473, 1000], runAsUser: [0], runAsNonRoot: [true] }) },
    }),
    ...(random.chance(0.3) && { configReloader: { enabled: random.chance(0.7), securityContext: container(random) } }),
    controller: {
      volumes: { extra: all },
      ...some(random, {
        type: ['deployment', 'statefulset', 'daemonset'],
        hostPID: [true, false],
        hostNetwork: [true, false],
      }),
    },
    ...(random.chance(0.6) && {
      rbac: random.chance(0.2) ? { create: false } : { rules: rules(random), clusterRules: rules(random) },
    }),
    ...(random.chance(0.3) && { serviceAccount: { automountServiceAccountToken: random.chance(0.5) } }),
  }
}

/** What check reports, and of that what it says the values of generate resolve. */
function reported(values: JsonMap, options: Parameters<typeof check>[1]) {
  const { workloads } = check({ 'values.yaml': JSON.stringify(values) }, options)
  const [only] = workloads
  if (!only?.verdict || workloads.length !== 1) return null
  const of = (isResolved: boolean): ReadonlySet<string> =>
    new Set(
      only.findings
        .filter(({ byValues = false, diagnostic }) => byValues === isResolved && diagnostic.severity !== 'note')
        .flatMap(({ subject, keys = [subject] }) => keys)
        // A mount that stays where it is may be read alone from now on.
        .map(key => key.replace(/^(mount .*) r[ow]$/, '$1')),
    )
  return { resolved: of(true), left: of(false) }
}

/** What only the user can judge, and generate leaves alone: a privileged container hides it, and it is told once that is gone. */
const userSetting = /^(?:container config-reloader: |pod )?(?:seLinuxOptions|procMount|appArmorUnconfined|security: )/

/** One configuration under random values: what generate prints for it, and what check says before and after. */
export function agreement(random: Random): number | string {
  const content = random.list(1, 2, () => random.pick(configurations)).join('\n')
  const values = valuesFor(random, content)
  const options = { chartVersion: random.pick(chartsWithObjects), namespace: 'monitoring' }
  const { value } = analyze({ 'values.yaml': JSON.stringify(values) }, options)
  const text = value && render.values(value).value
  const before = reported(values, options)
  // No plan, no verdict: what one refuses the other refuses.
  if (text === null || before === null) return 0
  const [printed] = readYaml(text) as readonly [JsonMap]
  const after = reported(mergeMaps(values, printed), options)
  const isNew = (key: string): boolean => !before.left.has(key) && !userSetting.test(key)
  if (after !== null && after.resolved.size === 0 && ![...after.left].some(isNew)) return 1
  const shown = (found: typeof after) => found && { resolved: [...found.resolved], left: [...found.left] }
  return JSON.stringify({ options, values, printed, before: shown(before), after: shown(after) }, null, 1)
}
