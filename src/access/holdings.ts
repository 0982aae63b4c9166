import { standingGroups, upgradedRules } from '../kubernetes/bootstrap.ts'
import { uncovered } from '../kubernetes/covers.ts'
import { mostGrants, sizeOf } from '../kubernetes/rule.ts'
import { type AccessObject, type BindingObject, isRole } from './object.ts'
import { type Identity, ownNamespace, type Reach, reachOf } from './reach.ts'
import { type RoleRule, type Roles, rolesOf } from './roles.ts'

/** A rule that an account holds, and the binding that gives it. */
export interface Holding<Origin> extends RoleRule<Origin> {
  /** Where it holds: everywhere for null, `.` for the own namespace where that is not known. */
  readonly namespace: string | null
  readonly binding: BindingObject<Origin>
  /** The role that the binding names. */
  readonly bound: BindingObject<Origin>['roleRef']
  /** Whether every cluster gives it to every account. */
  readonly standing: boolean
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
  const roles = rolesOf(objects, kubernetes)
  let left = mostGrants
  for (const binding of objects) {
    if (isRole(binding)) continue
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
        { ...rule, namespace, binding, bound: binding.roleRef, standing: false },
        reach,
        kubernetes,
      ))
        held.push(each)
  }
  return { held, doubts }
}

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
  return [{ ...holding, standing: true }, ...added.map(part => ({ ...holding, rule: part }))]
}
