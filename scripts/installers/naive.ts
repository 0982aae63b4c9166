import { type Grant, implies } from '../../src/kubernetes/grant.ts'
import { grantsOf } from '../../src/kubernetes/rule.ts'
import type { Installed } from '../../src/reports/installer/installed.ts'
import { titleOf } from '../../src/reports/installer/installed.ts'
import type { Requirement } from '../../src/reports/installer/required.ts'

/** Kinds whose authors have to hold what they hand out. */
const handing = ['Role', 'ClusterRole', 'RoleBinding', 'ClusterRoleBinding']

/** What each object takes, from the object alone: to be read, made, changed and deleted, and what it hands out to be held. */
function needsOf(object: Installed): readonly Grant[] {
  const { kind, resource, namespace, name, once, handed } = object
  const on = (verb: string, which: string | null): Grant => {
    return { kind: 'resource', namespace, group: resource.group, resource: resource.resource, name: which, verb }
  }
  return [
    on('create', null),
    ...(once ? ['get', 'patch'] : ['get', 'patch', 'delete']).map(verb => on(verb, name)),
    ...(handing.includes(kind) ? handed.flatMap(({ rule, namespace: at }) => grantsOf(rule, at)) : []),
  ].filter(grant => grant.kind === 'url' || !['bind', 'escalate'].includes(grant.verb))
}

/** The objects that rights do not cover, by what each of them takes; looked up one by one. */
export function uncoveredObjects(objects: readonly Installed[], rights: readonly Grant[]): readonly string[] {
  const isHeld = (need: Grant): boolean => rights.some(right => implies(right, need))
  return objects.filter(object => !needsOf(object).every(isHeld)).map(titleOf)
}

/** What is left uncovered of the objects and of the tool itself by rights. */
export function uncoveredBy(
  objects: readonly Installed[],
  own: readonly Requirement[],
  rights: readonly Grant[],
): readonly string[] {
  const forItself = own
    .filter(({ grant }) => !rights.some(right => implies(right, grant)))
    .map(({ subject }) => subject)
  return [...uncoveredObjects(objects, rights), ...forItself]
}
