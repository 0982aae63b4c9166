import { standingGroups, upgradedRules } from '../kubernetes/bootstrap.ts'
import { uncovered } from '../kubernetes/covers.ts'
import { mostGrants, sizeOf } from '../kubernetes/rule.ts'
import { type AccessObject, type BindingObject, isRole } from './object.ts'
import { accountOf, anyAccount, type Identity, ownNamespace, type Reach, reachOf } from './reach.ts'
import { type RoleRule, type Roles, rolesOf } from './roles.ts'

/** A rule that an account holds, and the binding that gives it. */
export interface Holding<Origin> extends RoleRule<Origin> {
  /** Where it holds: everywhere for null, `.` for the own namespace where that is not known. */
  readonly namespace: string | null
  readonly binding: BindingObject<Origin>
  /** The role that the binding names. */
  readonly bound: BindingObject<Origin>['roleRef']
  /** Whether every cluster gives it to every account. */
  readonly builtIn: boolean
}

/** Why it is not known what a binding gives to an account. `large`: its rules stand for more grants than are distinguished. */
export interface Doubt<Origin> {
  /** The role is absent; whether the binding reaches the account depends on its namespace; the role gathers more than is known. */
  readonly kind: 'absent' | 'namespace' | 'gathers' | 'large'
  readonly binding: BindingObject<Origin>
  /** The namespace in which a Role is absent, or that the binding names. */
  readonly namespace: string | null
}

/** Everything that objects give to an account. */
export interface Holdings<Origin> {
  readonly held: readonly Holding<Origin>[]
  readonly doubts: readonly Doubt<Origin>[]
}

/** Determines what bindings give to an account: directly, as a user, or by the groups that every account is in. */
export function holdingsOf<Origin>(
  objects: readonly AccessObject<Origin>[],
  identity: Identity,
  kubernetes: string,
): Holdings<Origin> {
  const held: Holding<Origin>[] = []
  const doubts: Doubt<Origin>[] = []
  const { roles, bindingsOf } = indexOf(objects, kubernetes)
  let left = mostGrants
  for (const binding of bindingsOf(identity.name)) {
    const reach = reachOf(binding, identity)
    if (reach === null) continue
    if (reach.kind === 'depends') {
      doubts.push({ kind: 'namespace', binding, namespace: reach.namespace })
      continue
    }
    const found = given(binding, roles, identity)
    if (found === null) {
      const namespace = binding.roleRef.kind === 'Role' ? (binding.namespace ?? identity.namespace) : null
      doubts.push({ kind: 'absent', binding, namespace })
      continue
    }
    left -= found.rules.reduce((sum, { rule }) => sum + sizeOf(rule), 0)
    if (left < 0) {
      doubts.push({ kind: 'large', binding, namespace: null })
      break
    }
    if (found.open) doubts.push({ kind: 'gathers', binding, namespace: null })
    const namespace = binding.kind === 'RoleBinding' ? (binding.namespace ?? identity.namespace ?? ownNamespace) : null
    for (const rule of found.rules)
      for (const each of parted(
        { ...rule, namespace, binding, bound: binding.roleRef, builtIn: false },
        reach,
        kubernetes,
      ))
        held.push(each)
  }
  return { held, doubts }
}

/** The objects of an input by what is asked for. */
interface Index<Origin> {
  readonly roles: Roles<Origin>
  /** The bindings that may reach an account of a name, in the order of the input. */
  readonly bindingsOf: (account: string) => readonly BindingObject<Origin>[]
}

const indexes = new WeakMap<object, Map<string, Index<unknown>>>()

/** An input may hold thousands of objects, and each of its workloads asks. */
function indexOf<Origin>(objects: readonly AccessObject<Origin>[], kubernetes: string): Index<Origin> {
  const ready = indexes.get(objects) ?? new Map<string, Index<unknown>>()
  indexes.set(objects, ready)
  const found = ready.get(kubernetes) as Index<Origin> | undefined
  if (found) return found
  const bindings = [...objects, ...standingBindings(objects, kubernetes)].flatMap(each => (isRole(each) ? [] : [each]))
  const byAccount = new Map<string, number[]>()
  for (const [at, { subjects }] of bindings.entries())
    for (const account of new Set(subjects.map(accountOf))) add(byAccount, account, at)
  const index: Index<Origin> = {
    roles: rolesOf(objects, kubernetes),
    bindingsOf: account => {
      const places = new Set([...(byAccount.get(account) ?? []), ...(byAccount.get(anyAccount) ?? [])])
      return [...places].sort((a, b) => a - b).flatMap(at => bindings[at] ?? [])
    },
  }
  ready.set(kubernetes, index)
  return index
}

function add(map: Map<string, number[]>, key: string, at: number): void {
  const list = map.get(key)
  if (list) list.push(at)
  else map.set(key, [at])
}

/** Bindings that every cluster has to roles that the input holds: whatever the input adds to such a role is everyone's. */
function standingBindings<Origin>(
  objects: readonly AccessObject<Origin>[],
  kubernetes: string,
): readonly BindingObject<Origin>[] {
  return objects.flatMap(({ kind, name, origin }): readonly BindingObject<Origin>[] => {
    const groups = kind === 'ClusterRole' ? standingGroups(name, kubernetes) : []
    if (groups.length === 0) return []
    const subjects = groups.map(group => ({ kind: 'Group', name: group }))
    const said = objects.some(each => !isRole(each) && each.name === name && bindsTo(each, name, groups))
    const roleRef = { kind: 'ClusterRole', name }
    return said ? [] : [{ kind: 'ClusterRoleBinding', namespace: null, name, roleRef, subjects, origin }]
  })
}

const bindsTo = (binding: BindingObject<unknown>, role: string, groups: readonly string[]): boolean =>
  binding.kind === 'ClusterRoleBinding' &&
  binding.roleRef.name === role &&
  groups.every(group => binding.subjects.some(({ kind, name }) => kind === 'Group' && name === group))

function given<Origin>({ kind, namespace, roleRef }: BindingObject<Origin>, roles: Roles<Origin>, identity: Identity) {
  // A ClusterRoleBinding can give no Role: there is no namespace to find it in.
  if (kind === 'ClusterRoleBinding' && roleRef.kind === 'Role') return null
  return roles.find(roleRef, namespace ?? identity.namespace)
}

/** A rule of a role that every cluster binds to everyone is nothing of this deployment's; what someone added to it is. */
function parted<Origin>(holding: Holding<Origin>, reach: Reach, kubernetes: string): readonly Holding<Origin>[] {
  const { binding, bound, rule } = holding
  const standing =
    binding.kind === 'ClusterRoleBinding' &&
    reach?.kind === 'group' &&
    bound.name === binding.name &&
    standingGroups(bound.name, kubernetes).includes(reach.group)
  if (!standing) return [holding]
  const added = uncovered(upgradedRules(bound.name, kubernetes), [rule])
  return [{ ...holding, builtIn: true }, ...added.map(part => ({ ...holding, rule: part }))]
}
