import { compareText } from '../../text/compare-text.ts'
import { isMap, type Json, type JsonMap, valueAt } from '../json.ts'
import type { Release } from '../release/releases.ts'
import type { Setting } from '../setting.ts'
import type { Remark } from '../write/write-yaml.ts'
import type { Entry } from './entry.ts'
import { entryComment } from './entry.ts'
import { chartNaming, clusterRole, madeLabel, namespaceRole, type RoleObject, ruleTree } from './objects.ts'
import type { Placement } from './placement.ts'

/** The values that carry the rules where the placement says. `user`: the user's own values, whose extra objects stay. */
export function rbacValues(placement: Placement, release: Release, user: JsonMap): readonly Setting[] {
  const plain = (path: string, value: Json): Setting => ({ path, value, remarks: [] })
  const extra = extraObjects(placement, release, user)
  if (placement.kind === 'untouched') return extra
  if (placement.kind !== 'lists' && placement.kind !== 'namespaces') return [plain('rbac.create', false), ...extra]
  const rules = placement.kind === 'lists' ? placement.lists.rules : placement.rules
  const clusterRules = placement.kind === 'lists' ? placement.lists.clusterRules : []
  return [
    plain('rbac.create', true),
    plain('rbac.namespaces', placement.kind === 'namespaces' ? placement.namespaces : []),
    listSetting('rbac.rules', rules),
    listSetting('rbac.clusterRules', clusterRules),
    ...extra,
  ]
}

function listSetting(path: string, entries: readonly Entry[]): Setting {
  const remarks = entries.map((entry, at) => ({ path: [...path.split('.'), at], lines: entryComment(entry) }))
  return { path, value: entries.map(({ rule }) => ruleTree(rule)), remarks, always: true }
}

/** The user's extra objects, then the roles; nothing when there is nothing to add or to take away. */
function extraObjects(placement: Placement, release: Release, user: JsonMap): readonly Setting[] {
  const given = objectsIn(user)
  const kept = given.filter(object => !isMade(object))
  const made = rolesOf(placement, release)
  if (made.length === 0 && kept.length === given.length) return []
  const remarks = made.flatMap(({ entries }, index) =>
    entries.map((entry, at): Remark => {
      const path = ['extraObjects', kept.length + index, 'rules', at]
      return { path, lines: entryComment(entry) }
    }),
  )
  return [{ path: 'extraObjects', value: [...kept, ...made.map(({ object }) => object)], remarks }]
}

function rolesOf(placement: Placement, release: Release): readonly RoleObject[] {
  if (placement.kind !== 'lists' && placement.kind !== 'objects') return []
  const naming = chartNaming(release)
  const wide = placement.kind === 'objects' ? placement.cluster : []
  return [
    ...(wide.length > 0 ? clusterRole(wide, naming) : []),
    ...placement.roles.flatMap(({ namespace, entries }) => namespaceRole(namespace, entries, naming)),
  ]
}

/** The objects of `extraObjects`; a map of them is rendered in the order of its keys. */
export function objectsIn(values: JsonMap): readonly Json[] {
  const given = valueAt(values, 'extraObjects')
  if (!isMap(given)) return Array.isArray(given) ? given : []
  return Object.entries(given)
    .sort(([a], [b]) => compareText(a, b))
    .map(([, object]) => object)
}

/** Whether an object of the user's values is an earlier work of this program, which the new one replaces. */
export function isMade(object: Json): boolean {
  const labels = valueAt(object, 'metadata.labels')
  return isMap(labels) && labels[madeLabel] === 'alloy-rbac'
}
