import { stringify } from 'yaml'
import { hostileNames, secret } from './plants.ts'
import type { Random } from './random.ts'

type Json = unknown

const oddities: readonly Json[] = [
  null, true, 0, -1, 1e21, Number.NaN, '', '*', 'a'.repeat(200), [], {}, [[]], [null], { '': {} }, '{{ .Values.x }}', '\u0000', '~', 'no',
  '2001-01-01', '0x1f', ['*', ''], { __proto__: null, a: 1 }, '<<', '!!binary x',
] // biome-ignore format: one value a line would be a page

/** A tree with a few of its parts replaced by what no one expects there. */
export function damaged(tree: Json, random: Random): Json {
  if (random.chance(0.006)) return random.pick(oddities)
  if (Array.isArray(tree)) {
    const items = tree.map(item => damaged(item, random))
    return random.chance(0.02) ? [...items, random.pick(items.length > 0 ? items : oddities)] : items
  }
  if (tree === null || typeof tree !== 'object') return tree
  const entries = Object.entries(tree).map(([key, value]) => [key, damaged(value, random)] as const)
  const kept = entries.filter(() => !random.chance(0.008))
  return Object.fromEntries(
    random.chance(0.01) ? [...kept, [random.pick(['x', '<<', '', 'kind']), random.pick(oddities)]] : kept,
  )
}

const plainNames = ['alloy', 'a', 'logs', 'B', '', 'x.y', 'a'.repeat(64)]
const names = [...plainNames, ...plainNames, ...hostileNames]
const verbs = ['get', 'list', 'watch', 'create', 'update', 'patch', 'delete', '*', 'use']
const resources = [
  'pods',
  'nodes',
  'pods/log',
  'secrets',
  'configmaps',
  'events',
  '*',
  'nodes/metrics',
  'replicasets',
  'pods/*',
  '*/status',
]
const groups = ['', 'apps', '*', 'discovery.k8s.io', 'monitoring.coreos.com', 'networking.k8s.io']
const flags = [
  'run', '/etc/alloy/config.alloy', '--storage.path=/tmp/alloy', '--storage.path', '/data', '--stability.level=experimental',
  '--stability.level', 'public-preview', '--cluster.enabled=true', '--cluster.discover-peers=provider=k8s namespace="a"', '--feature.community-components.enabled',
  '--config.format=prometheus', '--', '--server.http.listen-addr=$(POD_IP):1', '--disable-reporting', '--config.extra-args=x',
] // biome-ignore format: one flag a line would be a page

const rule = (random: Random): Json =>
  random.chance(0.1)
    ? { nonResourceURLs: ['/metrics', '/*'].slice(random.below(2)), verbs: ['get'] }
    : {
        apiGroups: random.list(1, 2, () => random.pick(groups)),
        resources: random.list(1, 3, () => random.pick(resources)),
        verbs: random.list(1, 3, () => random.pick(verbs)),
        ...(random.chance(0.1) ? { resourceNames: [random.pick(['x', ...hostileNames])] } : {}),
      }

const variable = (random: Random): Json =>
  random.pick([
    { name: 'X', value: random.pick(['a', '$(Y)', '$$(Y)', '$(', 'pod', '']) },
    { name: 'NAMESPACE', valueFrom: { fieldRef: { fieldPath: 'metadata.namespace' } } },
    { name: 'Y', valueFrom: { secretKeyRef: { name: 's', key: 'k' } } },
    { name: 'PASS', value: secret },
    { name: 'HOSTNAME', valueFrom: { fieldRef: { fieldPath: 'spec.nodeName' } } },
  ])

const security = (random: Random): Json => ({
  runAsUser: random.pick([0, 473, 1000]),
  privileged: random.chance(0.2),
  capabilities: { add: random.list(0, 2, () => random.pick(['SYS_PTRACE', 'ALL', 'BPF', 'NET_ADMIN'])), drop: ['ALL'] },
  readOnlyRootFilesystem: random.chance(0.5),
})

/** A deployment of Alloy as the API server holds it: a workload, its configuration, its account and its rights. */
export function manifests(configuration: string, random: Random): string {
  const name = random.pick(names)
  const metadata = {
    name,
    namespace: random.pick(['obs', 'obs', 'default', '']),
    labels: { 'helm.sh/chart': 'alloy-1.4.0' },
  }
  const container = {
    name: 'alloy',
    image: random.pick([
      'grafana/alloy:v1.18.1',
      'grafana/alloy',
      'docker.io/grafana/alloy:v1.9.2@sha256:00',
      'x/alloy:latest',
    ]),
    args: random.list(1, 6, () => random.pick(flags)),
    env: random.list(0, 3, () => variable(random)),
    securityContext: security(random),
    volumeMounts: [
      { name: 'config', mountPath: '/etc/alloy', ...(random.chance(0.1) ? { subPath: 'config.alloy' } : {}) },
    ],
  }
  const volume = random.pick<Json>([
    { name: 'config', configMap: { name } },
    {
      name: 'config',
      projected: { sources: [{ configMap: { name, items: [{ key: 'config.alloy', path: 'config.alloy' }] } }] },
    },
    { name: 'config', secret: { secretName: name } },
    { name: 'config', emptyDir: {} },
  ])
  const account = {
    serviceAccountName: name,
    containers: [container],
    volumes: [volume, { name: 'h', hostPath: { path: '/var/log' } }],
  }
  const pod = { ...account, hostPID: random.chance(0.2), securityContext: security(random) }
  const objects: Json[] = [
    { apiVersion: 'v1', kind: 'ConfigMap', metadata, data: { 'config.alloy': configuration, other: 'x' } },
    ...(random.chance(0.2) ? [{ apiVersion: 'v1', kind: 'Secret', metadata, stringData: { k: secret } }] : []),
    { apiVersion: 'v1', kind: 'ServiceAccount', metadata, automountServiceAccountToken: random.chance(0.7) },
    {
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: { name: 'obs', labels: { 'pod-security.kubernetes.io/enforce': 'baseline' } },
    },
    {
      apiVersion: 'apps/v1',
      kind: random.pick(['DaemonSet', 'Deployment', 'StatefulSet']),
      metadata,
      spec: { template: { metadata, spec: pod } },
    },
  ]
  for (let each = random.below(3); each > 0; each--) {
    const kind = random.pick(['ClusterRole', 'Role'])
    const roleRef = { apiGroup: 'rbac.authorization.k8s.io', kind, name: `r${each}` }
    const subjects = [
      random.pick<Json>([
        { kind: 'ServiceAccount', name, namespace: metadata.namespace },
        { kind: 'Group', name: 'system:serviceaccounts:obs' },
        { kind: 'User', name: `system:serviceaccount:obs:${name}` },
      ]),
    ]
    const api = { apiVersion: 'rbac.authorization.k8s.io/v1' }
    objects.push({
      ...api,
      kind,
      metadata: { name: `r${each}`, namespace: metadata.namespace },
      rules: random.list(0, 4, () => rule(random)),
    })
    objects.push({
      ...api,
      kind: `${random.chance(0.5) ? 'Cluster' : ''}RoleBinding`,
      metadata: { ...metadata, name: `b${each}` },
      roleRef,
      subjects,
    })
  }
  return printed(objects, random)
}

/** Values of the chart, plain, nested or in an object of GitOps, with a configuration embedded. */
export function valuesOf(configuration: string, random: Random): string {
  const chart = {
    alloy: {
      configMap: random.pick<Json>([
        { create: true, content: configuration },
        { content: configuration },
        { create: false, name: 'x' },
        {},
      ]),
      ...some(random, {
        extraArgs: random.list(0, 3, () => random.pick(flags)),
        extraEnv: random.list(0, 3, () => variable(random)),
        clustering: { enabled: random.chance(0.5) },
        stabilityLevel: 'experimental',
        storagePath: random.pick(['/tmp/alloy', '/data', '', '/']),
        securityContext: security(random),
        mounts: {
          varlog: random.chance(0.5),
          extra: [{ name: 'h', mountPath: '/host', readOnly: random.chance(0.5) }],
        },
      }),
    },
    ...some(random, {
      rbac: {
        create: random.chance(0.8),
        rules: random.list(0, 3, () => rule(random)),
        clusterRules: random.list(0, 2, () => rule(random)),
      },
      serviceAccount: { create: random.chance(0.5), name: 'own', automountServiceAccountToken: random.chance(0.5) },
      controller: {
        type: random.pick(['daemonset', 'deployment', 'statefulset', 'x']),
        hostPID: random.chance(0.3),
        volumes: { extra: [{ name: 'h', hostPath: { path: '/' } }] },
      },
      image: { tag: random.pick(['v1.18.1', 'v1.5.0', 'v0.1.0', 'v99.0.0', 'latest', 1.18]) },
      global: { podSecurityContext: security(random) },
      crds: { create: random.chance(0.5) },
      fullnameOverride: random.pick(names),
      namespaceOverride: random.pick(names),
      extraObjects: [
        { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'x' }, data: { 'config.alloy': configuration } },
        '{{ tpl }}',
      ],
      agent: { configMap: { content: configuration } },
    }),
  }
  const placed = random.pick<Json>([
    chart,
    { alloy: chart },
    { collectors: { logs: chart, metrics: chart } },
    { apiVersion: 'collectors.grafana.com/v1alpha1', kind: 'Alloy', metadata: { name: 'x' }, spec: chart },
    {
      apiVersion: 'helm.toolkit.fluxcd.io/v2',
      kind: 'HelmRelease',
      metadata: { name: 'x' },
      spec: { chart: { spec: { chart: 'alloy' } }, values: chart },
    },
    {
      apiVersion: 'argoproj.io/v1alpha1',
      kind: 'Application',
      metadata: { name: 'x' },
      spec: {
        source: {
          chart: 'alloy',
          helm: { valuesObject: chart, parameters: [{ name: 'alloy.clustering.enabled', value: 'true' }] },
        },
      },
    },
  ])
  return printed([placed], random)
}

function some(random: Random, all: Readonly<Record<string, Json>>): Readonly<Record<string, Json>> {
  return Object.fromEntries(Object.entries(all).filter(() => random.chance(0.3)))
}

/** A stream of objects in one of the many ways of YAML: JSON, flow or block, a List, anchors and merge keys. */
function printed(objects: readonly Json[], random: Random): string {
  const wild = random.chance(0.7) ? objects : objects.map(each => damaged(each, random))
  if (random.chance(0.15))
    return JSON.stringify(wild.length === 1 ? wild[0] : { apiVersion: 'v1', kind: 'List', items: wild })
  const documents = random.chance(0.25) && wild.length > 1 ? [{ apiVersion: 'v1', kind: 'List', items: wild }] : wild
  const options = {
    lineWidth: random.pick([0, 20, 80]),
    indent: random.pick([2, 4]),
    aliasDuplicateObjects: random.chance(0.5),
    defaultStringType: random.pick(['PLAIN', 'QUOTE_SINGLE', 'QUOTE_DOUBLE', 'BLOCK_LITERAL'] as const),
    collectionStyle: random.pick(['any', 'block', 'flow'] as const),
    version: random.pick(['1.1', '1.2'] as const),
    merge: true,
  }
  const text = documents.map(each => stringify(merged(each, random), options)).join('---\n')
  return random.chance(0.05) ? text.replaceAll('\n', '\r\n') : text
}

/** The same tree, some of its maps spread over a merge key. */
function merged(tree: Json, random: Random): Json {
  if (Array.isArray(tree)) return tree.map(item => merged(item, random))
  if (tree === null || typeof tree !== 'object') return tree
  const entries = Object.entries(tree).map(([key, value]) => [key, merged(value, random)] as const)
  if (entries.length < 2 || !random.chance(0.03)) return Object.fromEntries(entries)
  const cut = random.below(entries.length)
  return { ...Object.fromEntries(entries.slice(cut)), '<<': Object.fromEntries(entries.slice(0, cut)) }
}
