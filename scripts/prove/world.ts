import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { PolicyRule } from '../../src/kubernetes/rule.ts'

// A cluster as the documentation of Kubernetes describes it, without a line of src/: every role that the API server creates at its
// start, every object that is applied, and the controller that aggregates, run until nothing changes any more.

/** A Kubernetes object as data. */
export type Fields = Readonly<Record<string, unknown>>

/** A service account. */
export interface Account {
  readonly namespace: string
  readonly name: string
}

/** One permission of an account, as a rule writes it. */
export interface Atom {
  /** Empty: everywhere. */
  readonly namespace: string
  readonly text: string
}

interface Role {
  readonly key: string
  rules: readonly PolicyRule[]
  /** Those that are applied and those of the API server: it is not said which of the two stay. */
  readonly labels: readonly Fields[]
  readonly selectors: readonly Fields[] | null
}

interface Binding {
  readonly kind: string
  readonly namespace: string
  readonly role: string
  readonly subjects: readonly Fields[]
}

const root = fileURLToPath(new URL('../../../', import.meta.url))

const fields = (value: unknown): Fields => (typeof value === 'object' && value !== null ? (value as Fields) : {})
const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [])
const text = (value: unknown): string => (typeof value === 'string' ? value : '')

/** The roles and bindings that are there before anything is applied, in a minor release of Kubernetes such as 34. */
function bootstrap(minor: number): readonly Fields[] {
  const table = JSON.parse(readFileSync(`${root}rulemap/bootstrap.json`, 'utf8')) as Record<string, Fields>
  const there = (each: Fields): boolean => {
    const number = (key: string, otherwise: number) =>
      each[key] === undefined ? otherwise : Number(text(each[key]).slice(2))
    return number('since', 0) <= minor && minor < number('until', 999)
  }
  const rule = (line: string): PolicyRule => {
    const parts = line.split('|').map(part => part.split(','))
    if (parts.length === 1) {
      const [verbs, urls] = line.split(' ').map(part => part.split(','))
      return { verbs: verbs!, nonResourceURLs: urls! }
    }
    return { verbs: parts[0]!, apiGroups: parts[1]!, resources: parts[2]!, resourceNames: parts[3] ?? [] }
  }
  const roles = Object.entries(table['roles']!)
    .filter(([, each]) => there(fields(each)))
    .map(([name, each]) => {
      const { rules, labels, gathers } = fields(each)
      const marks = list(labels).map(label => [`rbac.authorization.k8s.io/${label}`, 'true'])
      const [namespace, plain] = name.includes('/') ? name.split('/') : [undefined, name]
      const selectors = list(gathers).map(label => ({
        matchLabels: { [`rbac.authorization.k8s.io/${label}`]: 'true' },
      }))
      return {
        kind: namespace === undefined ? 'ClusterRole' : 'Role',
        metadata: {
          name: plain,
          namespace,
          labels: { 'kubernetes.io/bootstrapping': 'rbac-defaults', ...Object.fromEntries(marks) },
        },
        rules: list(rules)
          .filter(line => typeof line === 'string' || there(fields(line)))
          .map(line => rule(typeof line === 'string' ? line : text(fields(line)['rule']))),
        ...(selectors.length > 0 && { aggregationRule: { clusterRoleSelectors: selectors } }),
      }
    })
  const bindings = Object.entries(table['bindings']!)
    .filter(([, each]) => there(fields(each)))
    .map(([name, each]) => ({
      kind: 'ClusterRoleBinding',
      metadata: { name },
      roleRef: { kind: 'ClusterRole', name },
      subjects: list(fields(each)['groups']).map(group => ({ kind: 'Group', name: group })),
    }))
  return [...roles, ...bindings]
}

const ready = new Map<number, readonly Fields[]>()

function bootstrapOf(minor: number): readonly Fields[] {
  if (!ready.has(minor)) ready.set(minor, bootstrap(minor))
  return ready.get(minor)!
}

const roleKey = (kind: string, namespace: string, name: string): string =>
  kind === 'ClusterRole' ? `ClusterRole ${name}` : `Role ${namespace} ${name}`

/** A role with what was applied before: what the API server misses in a role of its own it adds at its start. */
function roleOf(object: Fields, key: string, before: Role | undefined): Role {
  const selectors = object['aggregationRule']
    ? list(fields(object['aggregationRule'])['clusterRoleSelectors']).map(fields)
    : null
  const rules = selectors === null ? (list(object['rules']) as readonly PolicyRule[]) : []
  return {
    key,
    rules: [...(before?.rules ?? []), ...rules],
    labels: [...(before?.labels ?? []), fields(fields(object['metadata'])['labels'])],
    selectors: selectors === null ? (before?.selectors ?? null) : [...(before?.selectors ?? []), ...selectors],
  }
}

function bindingOf(object: Fields, kind: Binding['kind'], namespace: string): Binding {
  const reference = fields(object['roleRef'])
  const isRole = reference['kind'] === 'Role' || (reference['kind'] === undefined && !!reference['namespace'])
  const named = (key: string, subject: string) => list(object[key]).map(name => ({ kind: subject, name }))
  return {
    kind,
    namespace,
    role: roleKey(isRole ? 'Role' : 'ClusterRole', namespace, text(reference['name'])),
    subjects: [...list(object['subjects']).map(fields), ...named('userNames', 'User'), ...named('groupNames', 'Group')],
  }
}

/** What an account may do once some objects are applied; `unknown` where a binding of it names a role that is nowhere. */
export function rightsOf(objects: readonly Fields[], account: Account, minor: number): readonly Atom[] | 'unknown' {
  const roles = new Map<string, Role>()
  const bindings: Binding[] = []
  for (const object of [...bootstrapOf(minor), ...objects]) {
    const group = text(object['apiVersion']).split('/')[0]
    if (group !== '' && group !== 'rbac.authorization.k8s.io' && group !== 'authorization.openshift.io') continue
    const metadata = fields(object['metadata'])
    const namespace = text(metadata['namespace'])
    const kind = text(object['kind'])
    if (kind === 'Role' || kind === 'ClusterRole') {
      const key = roleKey(kind, namespace, text(metadata['name']))
      roles.set(key, roleOf(object, key, roles.get(key)))
    }
    if (kind === 'RoleBinding' || kind === 'ClusterRoleBinding') bindings.push(bindingOf(object, kind, namespace))
  }
  aggregate([...roles.values()])
  const atoms: Atom[] = []
  for (const binding of bindings) {
    if (!binding.subjects.some(subject => isAccount(subject, account, binding.namespace))) continue
    const role = roles.get(binding.role)
    if (role === undefined || (binding.kind === 'ClusterRoleBinding' && role.key.startsWith('Role '))) return 'unknown'
    const namespace = binding.kind === 'RoleBinding' ? binding.namespace : ''
    for (const rule of role.rules) for (const each of atomsOf(rule)) atoms.push({ namespace, text: each })
  }
  return atoms
}

/** The controller: writes into each aggregated role what its selectors find, again and again until nothing is new. */
function aggregate(roles: readonly Role[]): void {
  for (let changed = true; changed; ) {
    changed = false
    for (const role of roles) {
      if (role.selectors === null || role.key.startsWith('Role ')) continue
      const found = roles.filter(
        each =>
          each !== role &&
          each.key.startsWith('ClusterRole ') &&
          role.selectors!.some(selector => each.labels.some(labels => isSelected(labels, selector))),
      )
      const known = new Map(role.rules.map(rule => [keyOf(rule), rule]))
      const before = known.size
      for (const each of found) for (const rule of each.rules) if (!known.has(keyOf(rule))) known.set(keyOf(rule), rule)
      if (known.size === before) continue
      role.rules = [...known.values()]
      changed = true
    }
  }
}

const keys = new WeakMap<PolicyRule, string>()

function keyOf(rule: PolicyRule): string {
  if (!keys.has(rule)) keys.set(rule, JSON.stringify(rule))
  return keys.get(rule)!
}

function isSelected(labels: Fields, selector: Fields): boolean {
  for (const [key, value] of Object.entries(fields(selector['matchLabels']))) if (labels[key] !== value) return false
  for (const each of list(selector['matchExpressions']).map(fields)) {
    const has = Object.hasOwn(labels, text(each['key']))
    const among = list(each['values']).includes(labels[text(each['key'])])
    if (each['operator'] === 'Exists' && !has) return false
    if (each['operator'] === 'DoesNotExist' && has) return false
    if (each['operator'] === 'In' && !(has && among)) return false
    if (each['operator'] === 'NotIn' && has && among) return false
  }
  return true
}

function isAccount(subject: Fields, { namespace, name }: Account, place: string): boolean {
  const called = text(subject['name'])
  if (subject['kind'] === 'User') return called === `system:serviceaccount:${namespace}:${name}`
  if (subject['kind'] === 'Group')
    return ['system:authenticated', 'system:serviceaccounts', `system:serviceaccounts:${namespace}`].includes(called)
  return subject['kind'] === 'ServiceAccount' && called === name && (text(subject['namespace']) || place) === namespace
}

/** The factors of a rule multiplied out, each product a line. */
export function atomsOf(rule: PolicyRule): readonly string[] {
  const lines: string[] = []
  for (const verb of rule.verbs) {
    for (const url of rule.nonResourceURLs ?? []) lines.push(`url ${url} ${verb}`)
    for (const group of rule.apiGroups ?? [])
      for (const resource of rule.resources ?? [])
        for (const name of (rule.resourceNames ?? []).length > 0 ? rule.resourceNames! : [null])
          lines.push(JSON.stringify([group, resource, name, verb]))
  }
  return lines
}
