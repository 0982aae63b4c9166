import { type AccessObject, isRole } from '../../access/object.ts'
import { ruleAllows } from '../../kubernetes/authorize.ts'
import { uncovered } from '../../kubernetes/covers.ts'
import type { PolicyRule, ScopedRule } from '../../kubernetes/rule.ts'
import { type Installed, titleOf } from './installed.ts'
import { type Requirement, requirementsOf } from './required.ts'
import type { Tool } from './tools.ts'

/** What an account cannot do that an installation takes. */
export interface Lack {
  /** The object, or what of the tool. */
  readonly subject: string
  readonly purpose: Requirement['purpose']
  /** In Kubernetes' own form, each with one verb: what is handed out and not held, or asked for and not allowed. */
  readonly rules: readonly PolicyRule[]
  readonly object: Installed | null
}

/** The rules that roles of a file give: where they are bound, or, where nothing binds them, where they can be. */
export function rulesIn(objects: readonly AccessObject<unknown>[], home: string): readonly ScopedRule[] {
  const roles = objects.filter(isRole)
  const bindings = objects.flatMap(each => (isRole(each) ? [] : [each]))
  const given = (role: (typeof roles)[number], namespace: string | null): readonly ScopedRule[] =>
    role.rules.map(rule => ({ namespace, rule }))
  return roles.flatMap(role => {
    const own = role.kind === 'Role' ? (role.namespace ?? home) : null
    if (bindings.length === 0) return given(role, own)
    return bindings
      .filter(({ roleRef }) => roleRef.kind === role.kind && roleRef.name === role.name)
      .filter(({ namespace }) => role.kind === 'ClusterRole' || (namespace ?? home) === own)
      .flatMap(({ kind, namespace }) => given(role, kind === 'ClusterRoleBinding' ? null : (namespace ?? home)))
  })
}

/**
 * What rules lack to install objects, as the API server decides: handling an object takes a rule that allows it, and handing out rights
 * takes rules that cover them (`Covers` of k8s.io/component-helpers), unless a verb of the API excuses from it.
 */
export function lacking(
  objects: readonly Installed[],
  tool: Tool,
  held: readonly ScopedRule[],
  home: string,
): readonly Lack[] {
  const at = (namespace: string | null): readonly PolicyRule[] =>
    held.filter(each => each.namespace === null || each.namespace === namespace).map(({ rule }) => rule)
  const requirements = requirementsOf(objects, tool, home).filter(({ purpose }) => purpose !== 'hand-out')
  const denied = requirements.flatMap(({ grant, subject, purpose }): readonly Lack[] => {
    if (grant.kind === 'url') return []
    const { namespace, group, resource, name, verb } = grant
    const request = { kind: 'resource' as const, namespace: namespace ?? '', group, resource, name: name ?? '', verb }
    if (at(namespace).some(rule => ruleAllows(rule, request))) return []
    const names = name === null ? {} : { resourceNames: [name] }
    const object = objects.find(each => titleOf(each) === subject) ?? null
    return [
      { subject, purpose, rules: [{ apiGroups: [group], resources: [resource], ...names, verbs: [verb] }], object },
    ]
  })
  return [...merged(denied), ...objects.flatMap(object => refused(object, at))]
}

/** What is lacking of one object, together. */
function merged(lacks: readonly Lack[]): readonly Lack[] {
  const bySubject = new Map<string, Lack>()
  for (const lack of lacks) {
    const key = `${lack.purpose}\0${lack.subject}`
    const known = bySubject.get(key)
    bySubject.set(key, known === undefined ? lack : { ...known, rules: [...known.rules, ...lack.rules] })
  }
  return [...bySubject.values()]
}

/** What excuses the author of a role, and of a binding, from holding what it gives. */
const excuses: Readonly<Record<string, readonly [verb: string, resource: string]>> = {
  Role: ['escalate', 'roles'],
  ClusterRole: ['escalate', 'clusterroles'],
  RoleBinding: ['bind', ''],
  ClusterRoleBinding: ['bind', ''],
}

function refused(object: Installed, at: (namespace: string | null) => readonly PolicyRule[]): readonly Lack[] {
  const { handed, kind, name, namespace } = object
  const excuse = excuses[kind]
  if (handed.length === 0 || excuse === undefined) return []
  const [verb, resource] = excuse
  const group = object.resource.group
  const isExcused = (resource === '' ? ['roles', 'clusterroles'] : [resource]).some(each =>
    at(namespace).some(rule =>
      ruleAllows(rule, { kind: 'resource', namespace: namespace ?? '', group, resource: each, name: name ?? '', verb }),
    ),
  )
  if (isExcused) return []
  const rules = handed.flatMap(each => uncovered(at(each.namespace), [each.rule]))
  return rules.length === 0 ? [] : [{ subject: titleOf(object), purpose: 'hand-out', rules, object }]
}
