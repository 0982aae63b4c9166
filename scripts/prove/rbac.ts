import { authorize, type Request, serviceAccount, userNamed } from '../../src/kubernetes/authorize.ts'
import { uncovered } from '../../src/kubernetes/covers.ts'
import { type Grant, grantKey } from '../../src/kubernetes/grant.ts'
import type { PolicyRule, RbacObject } from '../../src/kubernetes/rule.ts'
import { pack } from '../../src/plan/pack.ts'
import { reduceGrants } from '../../src/plan/reduce.ts'
import { expand } from '../../test/plan/expand.ts'
import type { Random } from '../fuzz/random.ts'
import { allows, grantsAllow, matches } from './naive.ts'

// Small worlds, so that things meet. `new` stands for everything that no rule names.
const verbs = ['get', 'list', 'watch', 'new']
const groups = ['', 'apps', 'new']
const resources = ['pods', 'pods/log', 'nodes', 'nodes/log', 'new', 'new/log', 'new/new']
const names = ['', 'x', 'y', 'new']
const namespaces = ['', 'a', 'b', 'new']
const urls = ['/', '/metrics', '/metrics/cadvisor', '/m', '/new', '*']

/** Every request of the small world. */
const requests: readonly Request[] = [
  ...verbs.flatMap(verb =>
    groups.flatMap(group =>
      resources.flatMap(resource =>
        names.flatMap(name =>
          namespaces.map(namespace => ({ kind: 'resource', verb, group, resource, name, namespace }) as const),
        ),
      ),
    ),
  ),
  ...verbs.flatMap(verb => urls.map(url => ({ kind: 'url', verb, url }) as const)),
]

const some = (random: Random, from: readonly string[], most: number) => random.list(0, most, () => random.pick(from))

function rule(random: Random): PolicyRule {
  const of = [...verbs.slice(0, 3), '*']
  if (random.chance(0.2))
    return {
      nonResourceURLs: some(random, ['/', '/metrics', '/m*', '/metrics/*', '*', '/m**'], 2),
      verbs: some(random, of, 2),
    }
  return {
    apiGroups: some(random, ['', 'apps', '*'], 2),
    resources: some(random, ['pods', 'pods/log', 'nodes', '*', '*/log', 'pods/*'], 3),
    ...(random.chance(0.4) && { resourceNames: some(random, ['', 'x', 'y'], 2) }),
    verbs: some(random, of, 2),
  }
}

const users = [
  serviceAccount('a', 's'),
  serviceAccount('b', 's'),
  userNamed('jane'),
  { name: 'joe', groups: ['system:masters', 'g'] },
]

function objects(random: Random): readonly RbacObject[] {
  const metadata = () => ({ name: random.pick(['r', 'q']), namespace: random.pick(['a', 'b']) })
  const subject = () => ({
    kind: random.pick(['ServiceAccount', 'ServiceAccount', 'User', 'Group', 'Robot']),
    name: random.pick([
      's',
      'jane',
      'g',
      'system:serviceaccounts',
      'system:serviceaccounts:a',
      'system:authenticated',
      'system:serviceaccount:b:s',
    ]),
    ...(random.chance(0.6) && { namespace: random.pick(['a', 'b', '']) }),
  })
  const roles = random.list(
    1,
    4,
    (): RbacObject => ({
      kind: random.pick(['Role', 'ClusterRole']),
      metadata: metadata(),
      rules: random.list(0, 3, () => rule(random)),
    }),
  )
  const bindings = random.list(
    1,
    4,
    (): RbacObject => ({
      kind: random.pick(['RoleBinding', 'ClusterRoleBinding']),
      metadata: metadata(),
      roleRef: { kind: random.pick(['Role', 'ClusterRole']), name: random.pick(['r', 'q', 'none']) },
      subjects: random.list(0, 2, subject),
    }),
  )
  // Two objects of one kind and name cannot be in a cluster.
  const key = ({ kind, metadata: { name, namespace } }: RbacObject) =>
    kind === 'ClusterRole' ? `${kind} ${name}` : `${kind} ${namespace} ${name}`
  return [...new Map([...roles, ...bindings].map(each => [key(each), each])).values()]
}

/** The authorizer against a naive one; each case is one request of one user. */
export function authorizer(random: Random): number | string {
  const cluster = objects(random)
  const asked = random.list(40, 40, () => random.pick(requests))
  for (const user of users)
    for (const request of asked)
      if (authorize(cluster, user, request) !== allows(cluster, user, request))
        return JSON.stringify({ cluster, user, request })
  return asked.length * users.length
}

/** What one owner's rule covers of a servant's part: exactly what it covers of every request that the part allows. */
export function covering(random: Random): number | string {
  const owner = random.list(0, 3, () => rule(random))
  const servant = random.list(1, 2, () => rule(random))
  const left = new Set(uncovered(owner, servant).map(part => JSON.stringify(part)))
  const parts = uncovered([], servant)
  for (const part of parts) {
    const asked = requestsOf(part)
    const covered = owner.some(each => asked.every(request => matches(each, request)))
    if (covered === left.has(JSON.stringify(part))) return JSON.stringify({ owner, part, covered })
  }
  return parts.length
}

/** The requests that a part allows; a wildcard is also asked for as it is, for no list of names stands for it. */
function requestsOf(part: PolicyRule): readonly Request[] {
  const [url, verb = '', group = '', resource = ''] = [
    part.nonResourceURLs?.[0],
    part.verbs[0],
    part.apiGroups?.[0],
    part.resources?.[0],
  ]
  if (url !== undefined)
    return [{ kind: 'url', url, verb }, ...requests.filter(each => each.kind === 'url' && matches(part, each))]
  const asIs = {
    kind: 'resource',
    verb,
    group,
    resource,
    name: part.resourceNames?.[0] ?? 'new',
    namespace: '',
  } as const
  return [asIs, ...requests.filter(each => each.kind === 'resource' && matches(part, each))]
}

function grant(random: Random): Grant {
  const verb = random.pick(['get', 'list', 'watch'])
  if (random.chance(0.15)) return { kind: 'url', verb, url: random.pick(['/', '/metrics', '/m*', '/metrics/*']) }
  return {
    kind: 'resource',
    verb,
    group: random.pick(['', 'apps']),
    resource: random.pick(['pods', 'pods/log', 'nodes']),
    name: random.pick([null, null, 'x', 'y']),
    namespace: random.pick([null, 'a', 'b']),
  }
}

/** Reducing and packing leave what is allowed as it was, request for request, and nothing that could go. */
export function packing(random: Random): number | string {
  const grants = random.list(0, 16, () => grant(random))
  const reduced = reduceGrants(grants)
  const packed = expand(pack(reduced))
  if (keysOf(packed) !== keysOf(reduced)) return JSON.stringify({ grants, packed })
  if (keysOf(reduceGrants([...grants].reverse())) !== keysOf(reduced)) return JSON.stringify({ grants })
  const asked = random.list(30, 30, () => random.pick(requests))
  for (const request of asked)
    if (grantsAllow(grants, request) !== grantsAllow(packed, request)) return JSON.stringify({ grants, request })
  const [first, ...others] = reduced
  if (first && requests.every(request => !grantsAllow([first], request) || grantsAllow(others, request)))
    return JSON.stringify({ grants, needless: first })
  return asked.length
}

const keysOf = (grants: readonly Grant[]): string => grants.map(grantKey).join('\n')
