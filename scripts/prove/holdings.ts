import { holdingsOf } from '../../src/access/holdings.ts'
import { accessObjectOf } from '../../src/access/object.ts'
import type { Data } from '../../src/input/yaml/tree.ts'
import type { Random } from '../fuzz/random.ts'
import { atomsOf, type Fields, rightsOf } from './world.ts'

const rbac = 'rbac.authorization.k8s.io'
const namespaces = ['a', 'b']
const names = ['r', 'q', 'p', 'view', 'edit', 'system:discovery', 'system:basic-user']
const bound = [...names, 'cluster-admin', 'system:monitoring', 'none']
const labels = ['to', 'for', `${rbac}/aggregate-to-view`, `${rbac}/aggregate-to-edit`, 'kubernetes.io/bootstrapping']

/** The API server refuses an account without a namespace where the binding has none either. */
const subjects = (random: Random, isCluster: boolean): readonly Fields[] =>
  random.list(0, 2, () =>
    random.pick<Fields>([
      { kind: 'ServiceAccount', name: random.pick(['s', 't']), namespace: random.pick(namespaces) },
      { kind: 'ServiceAccount', name: 's', ...(isCluster && { namespace: 'a' }) },
      {
        kind: 'User',
        name: random.pick(['s', 'system:serviceaccount:a:s', 'system:serviceaccount:b:s', 'system:serviceaccount:a:t']),
      },
      {
        kind: 'Group',
        name: random.pick([
          'system:authenticated',
          'system:serviceaccounts',
          'system:serviceaccounts:a',
          'system:serviceaccounts:b',
          'system:masters',
          'system:unauthenticated',
        ]),
      },
    ]),
  )

const rule = (random: Random): Fields =>
  random.chance(0.2)
    ? { nonResourceURLs: [random.pick(['/metrics', '/api', '*'])], verbs: ['get'] }
    : {
        apiGroups: [random.pick(['', 'apps', '*'])],
        resources: random.list(1, 2, () => random.pick(['pods', 'secrets', '*'])),
        verbs: random.list(1, 2, () => random.pick(['get', 'list', '*'])),
        ...(random.chance(0.2) && { resourceNames: ['x'] }),
      }

function selector(random: Random): Fields {
  const key = random.pick(labels)
  const operator = random.pick(['Exists', 'DoesNotExist', 'In', 'NotIn'])
  return random.chance(0.7)
    ? { matchLabels: { [key]: random.pick(['true', 'x']) } }
    : { matchExpressions: [{ key, operator, ...(/In$/.test(operator) && { values: ['true', 'x'] }) }] }
}

function role(random: Random): Fields {
  const isCluster = random.chance(0.8)
  return {
    apiVersion: `${random.chance(0.1) ? 'authorization.openshift.io' : rbac}/v1`,
    kind: isCluster ? 'ClusterRole' : 'Role',
    metadata: {
      name: random.pick(names),
      ...(!isCluster && { namespace: random.pick(namespaces) }),
      labels: Object.fromEntries(random.list(0, 2, () => [random.pick(labels), random.pick(['true', 'x'])])),
    },
    rules: random.list(0, 2, () => rule(random)),
    ...(isCluster &&
      random.chance(0.4) && { aggregationRule: { clusterRoleSelectors: random.list(1, 2, () => selector(random)) } }),
  }
}

function binding(random: Random): Fields {
  const isCluster = random.chance(0.6)
  const place = isCluster ? {} : { namespace: random.pick(namespaces) }
  const metadata = { name: random.pick(bound), ...place }
  const kind = isCluster ? 'ClusterRoleBinding' : 'RoleBinding'
  const isRole = !isCluster && random.chance(0.4)
  const name = random.chance(0.5) ? metadata.name : random.pick(bound)
  if (random.chance(0.2))
    return {
      apiVersion: 'authorization.openshift.io/v1',
      kind,
      metadata,
      roleRef: { name, ...(isRole && place) },
      userNames: random.list(0, 1, () => 'system:serviceaccount:a:s'),
      groupNames: random.list(0, 1, () => random.pick(['system:serviceaccounts:a', 'system:authenticated'])),
    }
  return {
    apiVersion: `${rbac}/v1`,
    kind,
    metadata,
    roleRef: { apiGroup: rbac, kind: isRole ? 'Role' : 'ClusterRole', name },
    subjects: subjects(random, isCluster),
  }
}

const line = (namespace: string | null, text: string): string => `${namespace ?? ''} ${text}`

/** What the engine says of accounts against a cluster in which everything happens step by step; a case is one account. */
export function holding(random: Random): number | string {
  const made = [...random.list(1, 5, () => role(random)), ...random.list(1, 4, () => binding(random))]
  const objects = [...new Map(made.map(each => [JSON.stringify([each['kind'], each['metadata']]), each])).values()]
  // Two objects of one kind and name cannot be in a cluster, whatever their labels.
  const identity = ({ kind, metadata }: Fields) => {
    const { name, namespace } = metadata as Fields
    return `${kind} ${namespace} ${name}`
  }
  const cluster = [...new Map(objects.map(each => [identity(each), each])).values()]
  const read = cluster.flatMap(each => accessObjectOf(each as Data, null) ?? [])
  const minor = 30 + random.below(8)
  const engine = (namespace: string | null) => {
    const { held, doubts } = holdingsOf(read, { name: 's', namespace }, `1.${minor}`)
    const atoms = new Set(
      held.flatMap(({ rule: each, namespace: place }) => atomsOf(each).map(text => line(place, text))),
    )
    return {
      atoms,
      absent: doubts.some(({ kind }) => kind === 'absent'),
      open: doubts.some(({ kind }) => kind === 'namespace'),
    }
  }
  const naive = (namespace: string) => {
    const rights = rightsOf(cluster, { name: 's', namespace }, minor)
    return rights === 'unknown' ? null : new Set(rights.map(({ namespace: place, text }) => line(place, text)))
  }
  // What every cluster binds to everyone holds without being in the input.
  const everyone = rightsOf([], { name: 's', namespace: 'a' }, minor)
  const standing = everyone === 'unknown' ? [] : everyone.map(({ namespace: place, text }) => line(place, text))
  for (const namespace of ['a', 'b', null]) {
    const { atoms, absent, open } = engine(namespace)
    for (const place of namespace === null ? ['a', 'b', 'c'] : [namespace]) {
      const truth = naive(place)
      if (namespace === null && open) continue
      const agrees =
        truth === null || absent ? absent === (truth === null) : sameSets(new Set([...atoms, ...standing]), truth)
      if (!agrees) return JSON.stringify({ cluster, namespace, place, minor, absent })
    }
  }
  return 3
}

const sameSets = (a: ReadonlySet<string>, b: ReadonlySet<string>): boolean =>
  a.size === b.size && [...a].every(each => b.has(each))
