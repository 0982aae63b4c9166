import { type BuiltInRole, builtInClusterRoles, builtInRole } from '../kubernetes/bootstrap.ts'
import type { PolicyRule, RoleRef } from '../kubernetes/rule.ts'
import { type AccessObject, isRole, type RoleObject, type Selector } from './object.ts'
import { selects } from './select.ts'

/** A rule, and the role that holds it: for an aggregated role another one. */
export interface RoleRule<Origin> {
  readonly rule: PolicyRule
  readonly kind: 'Role' | 'ClusterRole'
  readonly name: string
  /** Position in the rules of that role. */
  readonly index: number
  /** Null: a role that every cluster has. */
  readonly origin: Origin | null
}

/** What a role grants. */
export interface RoleGrants<Origin> {
  readonly rules: readonly RoleRule<Origin>[]
  /** Whether the role gathers roles that every cluster has, and with them what others have added there. */
  readonly open: boolean
}

/** Roles by what is asked for. */
export interface Roles<Origin> {
  /** What a role reference stands for in a namespace; null for a role that is neither in the input nor in every cluster. */
  readonly find: (reference: RoleRef, namespace: string | null) => RoleGrants<Origin> | null
}

/**
 * The roles of an input, and those that every cluster of a release has. The API server adds what its own roles lack whenever it
 * starts, so that one of their names grants what the input says and what Kubernetes says.
 */
export function rolesOf<Origin>(objects: readonly AccessObject<Origin>[], kubernetes: string): Roles<Origin> {
  const roles = objects.filter(isRole)
  const clusterRoles = roles.filter(({ kind }) => kind === 'ClusterRole')
  const builtIns = builtInClusterRoles(kubernetes)
  const byName = new Map<string, RoleObject<Origin>[]>()
  for (const role of roles) byName.set(keyOf(role), [...(byName.get(keyOf(role)) ?? []), role])

  const grantsOf = (found: readonly RoleObject<Origin>[], builtIn: BuiltInRole | null, seen: ReadonlySet<string>) => {
    const parts: RoleGrants<Origin>[] = [
      ...found.map(role => writtenGrants(role, seen)),
      ...(builtIn ? [builtInGrants(builtIn, seen, found.some(isLive))] : []),
    ]
    return { rules: parts.flatMap(({ rules }) => rules), open: parts.some(({ open }) => open) }
  }

  const writtenGrants = (role: RoleObject<Origin>, seen: ReadonlySet<string>): RoleGrants<Origin> => {
    const { kind, name, origin, selectors, live } = role
    const rules = role.rules.map((rule, index) => ({ rule, kind, name, index, origin }))
    if (kind === 'Role' || selectors === null) return { rules, open: false }
    // The controller writes what it gathers over the rules: what a cluster printed is complete, what a chart says is lost.
    const gathered = gather(selectors, new Set([...seen, name]))
    return { rules: [...(live ? rules : []), ...gathered.rules], open: !live && gathered.open }
  }

  const builtInGrants = (
    { name, rules, gathers }: BuiltInRole,
    seen: ReadonlySet<string>,
    live: boolean,
  ): RoleGrants<Origin> => {
    const kind = name.includes('/') ? 'Role' : 'ClusterRole'
    const plain = name.slice(name.indexOf('/') + 1)
    const own = rules.map((rule, index) => ({ rule, kind, name: plain, index, origin: null }) as const)
    if (gathers.length === 0) return { rules: own, open: false }
    const selectors = gathers.map(label => ({ matchLabels: new Map([[label, 'true']]), matchExpressions: [] }))
    const gathered = gather(selectors, new Set([...seen, name]))
    return { rules: [...own, ...gathered.rules], open: gathered.open && !live }
  }

  /** What selectors find among the ClusterRoles, those left out that are being gathered already. */
  const gather = (selectors: readonly Selector[], seen: ReadonlySet<string>): RoleGrants<Origin> => {
    const isSelected = ({ name, labels }: { name: string; labels: ReadonlyMap<string, string> }): boolean =>
      !seen.has(name) && selectors.some(selector => selects(selector, labels))
    const builtIn = builtIns.filter(isSelected)
    const names = new Set([...clusterRoles.filter(isSelected), ...builtIn].map(({ name }) => name))
    const parts = [...names].map(name =>
      grantsOf(byName.get(keyOf({ kind: 'ClusterRole', name })) ?? [], builtInRole(name, kubernetes), seen),
    )
    return { rules: parts.flatMap(({ rules }) => rules), open: builtIn.length > 0 || parts.some(({ open }) => open) }
  }

  return {
    find: ({ kind, name }, namespace) => {
      const found =
        kind === 'Role'
          ? inNamespace(byName.get(keyOf({ kind, name })) ?? [], namespace)
          : (byName.get(keyOf({ kind, name })) ?? [])
      const builtIn = builtInRole(kind === 'Role' ? `${namespace ?? ''}/${name}` : name, kubernetes)
      return found.length === 0 && builtIn === null ? null : grantsOf(found, builtIn, new Set())
    },
  }
}

const isLive = ({ live }: RoleObject<unknown>): boolean => live

const keyOf = ({ kind, name }: { readonly kind: string; readonly name: string }): string => `${kind}/${name}`

/**
 * The Roles of a namespace. Where a namespace is left out, the user who applies the objects fills it in: an exact fit goes first, and where
 * the binding has none either, a single Role of that name is the one that is meant.
 */
function inNamespace<Origin>(
  found: readonly RoleObject<Origin>[],
  namespace: string | null,
): readonly RoleObject<Origin>[] {
  const exact = found.filter(each => each.namespace === namespace)
  if (exact.length > 0) return exact
  if (namespace !== null) return found.filter(each => each.namespace === null)
  return found.length === 1 ? found : []
}
