import { check } from '../../src/index.ts'
import {
  type CleanDeployment,
  cleanDeployment,
  type Fields,
  hardened,
  objectsOf,
} from '../../test/reports/check/deployment.ts'
import type { Random } from '../fuzz/random.ts'
import { freedomsOf } from './naive-pod.ts'
import { type Atom, rightsOf } from './world.ts'

// Clean deployments, changed by chance: what a naive evaluator finds wider must not be clean, and what it finds the same must be.

const rbac = 'rbac.authorization.k8s.io'
const minor = 34

/** A deployment under change, and the objects beside it. */
interface Mutant {
  readonly deployment: CleanDeployment
  readonly more: Fields[]
  readonly namespace: string
  readonly name: string
  /** Set where the change hides an Alloy that nothing judges, the token that Alloy needs, or what makes the API server refuse. */
  hides: boolean
}

type Change = (mutant: Mutant, random: Random) => void

const context = (container: Fields): Fields => container['securityContext'] as Fields
const volumes = ({ deployment }: Mutant): Fields[] => deployment.pod['volumes'] as Fields[]
const mounts = ({ deployment }: Mutant): Fields[] => deployment.container['volumeMounts'] as Fields[]

/** Values of fields of a security context, some of which change nothing. */
const contexts: readonly (readonly [key: string, values: readonly unknown[]])[] = [
  ['privileged', [true, false, null]],
  ['allowPrivilegeEscalation', [true, false, null]],
  ['readOnlyRootFilesystem', [true, false, null]],
  ['runAsNonRoot', [true, false, null]],
  ['runAsUser', [0, 473]],
  ['runAsGroup', [0, 473]],
  ['capabilities', [{ drop: ['ALL'] }, { drop: ['NET_RAW'] }, { drop: ['ALL'], add: ['SYS_PTRACE'] }, {}]],
  [
    'seccompProfile',
    [null, { type: 'Unconfined' }, { type: 'RuntimeDefault' }, { type: 'Localhost', localhostProfile: 'p' }],
  ],
  ['appArmorProfile', [null, { type: 'Unconfined' }, { type: 'RuntimeDefault' }]],
  ['seLinuxOptions', [null, { type: 'spc_t' }, { type: 'container_t' }, { user: 'u' }]],
  ['procMount', ['Default', 'Unmasked', null]],
  ['windowsOptions', [null, { hostProcess: true }, { hostProcess: false }]],
]

const podContexts: readonly (readonly [key: string, values: readonly unknown[]])[] = [
  ['fsGroup', [0, 473]],
  ['supplementalGroups', [[0], [], null]],
  ['sysctls', [[{ name: 'kernel.msgmax', value: '1' }], [{ name: 'net.ipv4.tcp_syncookies', value: '1' }], []]],
  ['seLinuxOptions', [{ type: 'spc_t' }, null]],
  ['appArmorProfile', [{ type: 'Unconfined' }, { type: 'RuntimeDefault' }]],
  ['runAsNonRoot', [false, true]],
  ['windowsOptions', [{ hostProcess: true }, null]],
]

const podFields: readonly (readonly [key: string, values: readonly unknown[]])[] = [
  ['hostPID', [true, false, null]],
  ['hostIPC', [true, false, null]],
  ['hostNetwork', [true, false, null]],
  ['shareProcessNamespace', [true, false]],
  ['hostUsers', [false, true]],
  ['priorityClassName', ['high', null]],
  ['hostAliases', [[], [{ ip: '10.0.0.1', hostnames: ['a'] }]]],
]

function set(target: Fields, table: typeof contexts, random: Random): void {
  const [key, values] = random.pick(table)
  target[key] = random.pick(values)
}

const subjectsFor = ({ namespace, name }: Mutant): readonly Fields[] => [
  { kind: 'ServiceAccount', name, namespace },
  { kind: 'ServiceAccount', name: 'other', namespace },
  { kind: 'ServiceAccount', name, namespace: 'elsewhere' },
  { kind: 'User', name: `system:serviceaccount:${namespace}:${name}` },
  { kind: 'User', name: `system:serviceaccount:elsewhere:${name}` },
  { kind: 'User', name: 'jane@example.com' },
  { kind: 'Group', name: 'system:serviceaccounts' },
  { kind: 'Group', name: `system:serviceaccounts:${namespace}` },
  { kind: 'Group', name: 'system:serviceaccounts:elsewhere' },
  { kind: 'Group', name: 'system:authenticated' },
  { kind: 'Group', name: 'system:masters' },
]

const rule = (random: Random): Fields => ({
  apiGroups: [random.pick(['', 'apps', '*'])],
  resources: [random.pick(['pods', 'pods/log', 'secrets', 'nodes', '*'])],
  verbs: random.list(1, 2, () => random.pick(['get', 'list', 'watch', 'create', '*'])),
  ...(random.chance(0.2) && { resourceNames: ['x'] }),
})

const roleLabels = ['gather', `${rbac}/aggregate-to-view`, 'kubernetes.io/bootstrapping']

function addedRole(random: Random): Fields {
  return {
    apiVersion: `${rbac}/v1`,
    kind: 'ClusterRole',
    metadata: { name: random.pick(['extra', 'more']), labels: { [random.pick(roleLabels)]: 'true' } },
    ...(random.chance(0.3)
      ? { aggregationRule: { clusterRoleSelectors: [{ matchLabels: { [random.pick(roleLabels)]: 'true' } }] } }
      : { rules: random.list(0, 2, () => rule(random)) }),
  }
}

const changes: Readonly<Record<string, Change>> = {
  rule: ({ deployment }, random) => void (deployment.role['rules'] as Fields[]).push(rule(random)),
  lessRules: ({ deployment }, random) => {
    const rules = deployment.role['rules'] as Fields[]
    const less = random.pick(rules)
    const verbs = less['verbs'] as string[]
    verbs.splice(random.below(verbs.length), 1)
    // The API server refuses a role with a rule of no verbs.
    if (verbs.length === 0) rules.splice(rules.indexOf(less), 1)
  },
  role: ({ more }, random) => void more.push(addedRole(random)),
  binding: (mutant, random) => {
    const isCluster = random.chance(0.7)
    mutant.more.push({
      apiVersion: `${rbac}/${random.pick(['v1', 'v1', 'v1beta1'])}`,
      kind: isCluster ? 'ClusterRoleBinding' : 'RoleBinding',
      metadata: {
        name: `b${random.below(3)}`,
        ...(!isCluster && { namespace: random.pick([mutant.namespace, 'kube-system']) }),
      },
      roleRef: {
        apiGroup: rbac,
        kind: 'ClusterRole',
        name: random.pick(['extra', 'more', 'view', 'cluster-admin', 'system:monitoring', 'absent', mutant.name]),
      },
      subjects: random.list(0, 2, () => random.pick(subjectsFor(mutant))),
    })
  },
  openshift: (mutant, random) =>
    void mutant.more.push({
      apiVersion: 'authorization.openshift.io/v1',
      kind: 'ClusterRoleBinding',
      metadata: { name: `o${random.below(2)}` },
      roleRef: { name: random.pick(['cluster-admin', 'extra', mutant.name]) },
      ...random.pick<Fields>([
        { groupNames: [random.pick([`system:serviceaccounts:${mutant.namespace}`, 'system:masters'])] },
        { userNames: [random.pick([`system:serviceaccount:${mutant.namespace}:${mutant.name}`, 'jane'])] },
      ]),
    }),
  unread: (mutant, random) => {
    const [subject, isOwn] = random.pick<readonly [Fields, boolean]>([
      [{ kind: 'ServiceAccount', name: mutant.name, namespace: mutant.namespace }, true],
      [{ kind: 'ServiceAccount', name: 'other', namespace: mutant.namespace }, false],
      [{ kind: 'ServiceAccount', name: mutant.name, namespace: 'elsewhere' }, false],
    ])
    const binding = {
      apiVersion: `${rbac}/v1`,
      kind: 'ClusterRoleBinding',
      metadata: { name: `u${random.below(9)}` },
      roleRef: { apiGroup: rbac, kind: 'ClusterRole', name: random.pick(['extra', 'view', mutant.name]) },
      subjects: [subject],
    }
    mutant.hides ||= isOwn
    mutant.more.push(
      random.pick<Fields>([
        { apiVersion: 'example.com/v1', kind: 'Bundle', metadata: { name: 'u' }, spec: [{ manifest: binding }] },
        { apiVersion: 'v1', kind: 'list', metadata: { name: 'u' }, items: [binding] },
        { ...binding, kind: 'Clusterrolebinding' },
        { ...binding, subjects: [{ ...subject, kind: 'serviceAccount' }] },
        { ...binding, roleRef: { ...binding.roleRef, kind: 'Clusterrole' } },
      ]),
    )
  },
  hook: (mutant, random) => {
    const policy = random.pick(['before-hook-creation', 'hook-succeeded'])
    const annotations = { 'helm.sh/hook': 'pre-install', 'helm.sh/hook-delete-policy': policy }
    const object = random.pick([mutant.deployment.role, mutant.deployment.binding])
    const metadata = object['metadata'] as Fields
    if (metadata['annotations']) return
    metadata['annotations'] = annotations
    mutant.hides ||= policy === 'hook-succeeded'
  },
  standing: ({ more }, random) => {
    const name = random.pick(['system:discovery', 'system:basic-user'])
    more.push({
      apiVersion: `${rbac}/v1`,
      kind: 'ClusterRoleBinding',
      metadata: { name },
      roleRef: { apiGroup: rbac, kind: 'ClusterRole', name },
      subjects: [{ kind: 'Group', name: 'system:authenticated' }],
    })
  },
  context: ({ deployment }, random) => set(context(deployment.container), contexts, random),
  podContext: ({ deployment }, random) => set(deployment.pod['securityContext'] as Fields, podContexts, random),
  pod: ({ deployment }, random) => set(deployment.pod, podFields, random),
  sidecar: ({ deployment }, random) => {
    const container: Fields = {
      name: `web${random.below(1_000_000)}`,
      image: 'nginx:1.29',
      securityContext: hardened(65534),
    }
    if (random.chance(0.6))
      set(
        context(container),
        contexts.filter(([key]) => key !== 'runAsUser'),
        random,
      )
    const kind = random.pick(['containers', 'initContainers'])
    deployment.pod[kind] = [...((deployment.pod[kind] as Fields[] | undefined) ?? []), container]
  },
  ports: ({ deployment }, random) => {
    deployment.container['ports'] = [{ containerPort: 12345, ...(random.chance(0.5) && { hostPort: 12345 }) }]
  },
  probe: ({ deployment }, random) => {
    deployment.container['readinessProbe'] = { httpGet: { port: 1, ...(random.chance(0.5) && { host: '10.0.0.1' }) } }
  },
  annotation: ({ deployment }, random) => {
    const value = random.pick(['unconfined', 'runtime/default'])
    const metadata = deployment.template['metadata'] as Fields
    metadata['annotations'] = { 'container.apparmor.security.beta.kubernetes.io/alloy': value, other: 'x' }
  },
  volume: (mutant, random) => {
    const name = `v${random.below(100)}`
    if (volumes(mutant).some(each => each['name'] === name)) return
    const [volume, path] = random.pick<readonly [Fields, string]>([
      [{ emptyDir: {} }, '/scratch'],
      [{ hostPath: { path: '/' } }, '/host'],
      [{ hostPath: { path: '/var/run/docker.sock' } }, '/docker.sock'],
      [{ configMap: { name: 'absent' } }, '/etc/other'],
      [{ secret: { secretName: 'absent' } }, '/var/run/secrets/kubernetes.io/serviceaccount'],
      [{ nfs: { server: 's', path: '/' } }, '/nfs'],
      [{ gitRepo: { repository: 'r' } }, '/git'],
      [{ persistentVolumeClaim: { claimName: 'absent' } }, '/claim'],
    ])
    if (mounts(mutant).some(each => each['mountPath'] === path)) return
    volumes(mutant).push({ name, ...volume })
    if (random.chance(0.8)) mounts(mutant).push({ name, mountPath: path, readOnly: random.chance(0.5) })
  },
  claim: (mutant, random) => {
    if (volumes(mutant).some(each => each['name'] === 'claim')) return
    const [wanted, offered] = [random.pick(['a', 'b']), random.pick(['a', 'b'])]
    volumes(mutant).push({ name: 'claim', persistentVolumeClaim: { claimName: 'c' } })
    mounts(mutant).push({ name: 'claim', mountPath: '/claimed' })
    const { namespace } = mutant
    mutant.more.push(
      {
        apiVersion: 'v1',
        kind: 'PersistentVolumeClaim',
        metadata: { name: 'c', namespace },
        spec: { storageClassName: wanted },
      },
      {
        apiVersion: 'v1',
        kind: 'PersistentVolume',
        metadata: { name: 'p' },
        spec: { storageClassName: offered, hostPath: { path: '/etc' } },
      },
    )
    mutant.hides ||= wanted === offered
  },
  token: (mutant, random) => {
    if (volumes(mutant).some(each => each['name'] === 'token')) return
    const source = { path: random.pick(['token', 'other']), ...(random.chance(0.4) && { audience: 'vault' }) }
    const place = random.pick(['/var/run/secrets/kubernetes.io/serviceaccount', '/tokens'])
    const kept = random.chance(0.3)
    volumes(mutant).push({ name: 'token', projected: { sources: [{ serviceAccountToken: source }] } })
    mounts(mutant).push({ name: 'token', mountPath: place })
    mutant.deployment.pod['automountServiceAccountToken'] = kept
    const isRight = place !== '/tokens' && source.path === 'token' && !('audience' in source)
    // What is mounted at its place keeps the account's own token away.
    mutant.hides ||= !(isRight || (kept && place === '/tokens'))
  },
  twice: (mutant, random) => {
    const list = random.pick([volumes(mutant), mounts(mutant)])
    list.push({ ...random.pick(list) })
    mutant.hides = true
  },
  unseen: (mutant, random) => {
    const image = random.pick(['grafana/alloy:v1.18.1', 'registry.example.com/grafana/alloy@sha256:00', 'nginx:1.29'])
    const script = random.chance(0.5)
    const hook = random.chance(0.2)
    const container = {
      name: 'x',
      image,
      ...(script && { command: ['/start.sh'] }),
      ...(hook && { lifecycle: { postStart: { exec: { command: ['/bin/alloy', 'run', '/x'] } } } }),
    }
    mutant.hides ||= hook || image !== 'nginx:1.29'
    const spec = { containers: [container], serviceAccountName: 'other' }
    mutant.more.push(
      random.pick<Fields>([
        {
          apiVersion: 'argoproj.io/v1alpha1',
          kind: 'Rollout',
          metadata: { name: 'x', namespace: 'n' },
          spec: { template: { spec } },
        },
        {
          apiVersion: 'v1',
          kind: 'ReplicationController',
          metadata: { name: 'y', namespace: 'n' },
          spec: { template: { spec } },
        },
        {
          apiVersion: 'v1',
          kind: 'Pod',
          metadata: { name: 'z', namespace: 'n' },
          spec: { containers: [{ name: 'n', image: 'nginx' }], initContainers: [container] },
        },
        {
          apiVersion: 'example.com/v1',
          kind: 'Odd',
          metadata: { name: 'o', namespace: 'n' },
          deep: [{ er: { containers: [container] } }],
        },
        {
          apiVersion: 'batch/v1',
          kind: 'CronJob',
          metadata: { name: 'c', namespace: 'n' },
          spec: { jobTemplate: { spec: { template: { spec } } } },
        },
      ]),
    )
  },
  noise: ({ deployment, more }, random) => {
    ;(deployment.workload['metadata'] as Fields)['labels'] = { a: String(random.below(9)) }
    more.push({
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: `n${random.below(9)}`, namespace: 'n' },
      data: {},
    })
  },
}

/** The stream as it is written: in any order, in lists, and some objects twice. */
function written(objects: readonly Fields[], random: Random): string {
  const all = random.chance(0.1) ? [...objects, structuredClone(random.pick(objects))] : [...objects]
  if (random.chance(0.3)) all.reverse()
  const documents = random.chance(0.2)
    ? [
        {
          apiVersion: 'v1',
          kind: 'List',
          items: [{ apiVersion: 'v1', kind: 'List', items: all.slice(0, 3) }, ...all.slice(3)],
        },
      ]
    : all
  return documents.map(each => JSON.stringify(each)).join('\n---\n')
}

/** Whether some atom is the wanted one, of all namespaces or of all objects. */
const covers = (atoms: readonly Atom[], wanted: Atom): boolean => {
  const unnamed = wanted.text.replace(/^(\["[^"]*","[^"]*",)"[^"]*"/, '$1null')
  return atoms.some(
    ({ namespace, text }) =>
      (namespace === '' || namespace === wanted.namespace) && (text === wanted.text || text === unnamed),
  )
}

function rightsAndFreedoms({ deployment, more, namespace, name }: Mutant) {
  const rights = rightsOf([...objectsOf(deployment), ...more], { namespace, name }, minor)
  return { rights, freedoms: freedomsOf(deployment.template) }
}

/** Settings that are worth a note and no more. */
const noted = ['shareProcessNamespace', 'hostAliases']

/** What the naive evaluator says of a mutant beside what it comes from. */
function judged(base: ReturnType<typeof rightsAndFreedoms>, mutant: Mutant): 'dirty' | 'same' | 'noted' {
  const { rights, freedoms } = rightsAndFreedoms(mutant)
  if (base.rights === 'unknown') throw new Error('the base is not clean')
  if (rights === 'unknown' || mutant.hides) return 'dirty'
  const before = base.rights
  const added = [...freedoms].filter(each => !base.freedoms.has(each))
  if (added.some(each => !noted.includes(each))) return 'dirty'
  // What it comes from has nothing to spare, so that less is as wrong as more.
  if (rights.some(each => !covers(before, each)) || before.some(each => !covers(rights, each))) return 'dirty'
  return added.length === 0 ? 'same' : 'noted'
}

/** How many mutants one try makes of one deployment. */
const batch = 25

/** Mutants of a clean deployment; a case is one mutant. */
export function mutants(random: Random): number | string {
  const namespace = random.pick(['monitoring', 'obs'])
  const name = random.pick(['alloy', 'logs'])
  const fresh = (): Mutant => ({
    deployment: cleanDeployment(namespace, name),
    more: [],
    namespace,
    name,
    hides: false,
  })
  const base = rightsAndFreedoms(fresh())
  let cases = 0
  for (let at = 0; at < batch; at++) {
    const mutant = fresh()
    const made = random.list(1, 3, () => random.pick(Object.keys(changes)))
    for (const change of made) changes[change]!(mutant, random)
    // Two different objects of one name are a finding of their own.
    const names = mutant.more.map(({ kind, metadata }) =>
      JSON.stringify([kind, (metadata as Fields)['name'], (metadata as Fields)['namespace']]),
    )
    if (new Set(names).size < names.length) continue
    const truth = judged(base, mutant)
    const text = written([...objectsOf(mutant.deployment), ...mutant.more], random)
    const failOn = truth === 'noted' ? 'note' : 'warning'
    const { status } = check({ 'm.yaml': text }, { kubeVersion: `1.${minor}`, failOn })
    if ((status === 'clean') !== (truth === 'same')) return JSON.stringify({ made, truth, status, text })
    cases++
  }
  return cases
}
