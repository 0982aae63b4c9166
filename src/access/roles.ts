import { groupedBy } from '../grouped-by.ts'
import { type BuiltInRole, builtInClusterRoles, builtInRole } from '../kubernetes/bootstrap.ts'
import type { PolicyRule, RoleRef } from '../kubernetes/rule.ts'
import { type AccessObject, isRole, type RoleObject, type Selector } from './object.ts'
import { type Selected, selection } from './selection.ts'

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
  const byName = indexBy(roles, keyOf)
  const byPlace = indexBy(roles, role => placeOf(role, role.namespace))
  const selected = selection(
    roles.filter(({ kind }) => kind === 'ClusterRole'),
    builtInClusterRoles(kubernetes),
  )
  const partsOf = (found: readonly RoleObject<Origin>[], builtIn: BuiltInRole | null): readonly Part<Origin>[] => [
    ...found.map(writtenPart),
    ...(builtIn ? [builtInPart(builtIn, found.some(isLive))] : []),
  ]
  const parts = new Map<string, readonly Part<Origin>[]>()
  const partsOfName = (name: string): readonly Part<Origin>[] => {
    const ready = parts.get(name)
    if (ready) return ready
    const made = partsOf(byName.get(keyOf({ kind: 'ClusterRole', name })) ?? [], builtInRole(name, kubernetes))
    parts.set(name, made)
    return made
  }

  /**
   * Everything that a role grants and gathers, each rule once: roles may gather each other, along more ways than anyone could follow.
   */
  const grantsOf = (root: string, parts: readonly Part<Origin>[]): RoleGrants<Origin> => {
    const rules: RoleRule<Origin>[] = []
    const reached = new Map([[root, true]])
    const gathered = new Map<Selected, boolean>()
    let open = false
    function* overParts(parts: readonly Part<Origin>[], way: Way & { readonly isNew: boolean }): Walk {
      for (const part of parts) {
        if (way.isNew) for (const rule of part.rules) rules.push(rule)
        // What a cluster printed is complete, and so is what it has gathered.
        const isOpen = way.isOpen && !part.live
        const found = part.gathers && selected(part.gathers)
        if (!found || !isFurther(gathered, found, isOpen)) continue
        if (isOpen && found.builtIns.some(name => name !== root)) open = true
        yield overNames(found.names, isOpen)
      }
    }
    function* overNames(names: readonly string[], isOpen: boolean): Walk {
      for (const name of names) {
        const isNew = !reached.has(name)
        if (isFurther(reached, name, isOpen)) yield overParts(partsOfName(name), { isNew, isOpen })
      }
    }
    walk(overParts(parts, { isNew: true, isOpen: true }))
    return { rules, open }
  }

  const known = new Map<string, RoleGrants<Origin> | null>()
  return {
    find: ({ kind, name }, namespace) => {
      const place = kind === 'Role' ? `${namespace ?? ''}/${name}` : name
      const key = kind === 'Role' ? placeOf({ kind, name }, namespace) : keyOf({ kind, name })
      const ready = known.get(key)
      if (ready !== undefined) return ready
      const named = byName.get(keyOf({ kind, name })) ?? []
      const at = (where: string | null) => byPlace.get(placeOf({ kind, name }, where)) ?? []
      const found = kind === 'Role' ? inNamespace(named, at, namespace) : named
      const builtIn = builtInRole(place, kubernetes)
      const grants = found.length === 0 && builtIn === null ? null : grantsOf(name, partsOf(found, builtIn))
      known.set(key, grants)
      return grants
    },
  }
}

/** What one object, or Kubernetes itself, says of a role. */
interface Part<Origin> {
  readonly rules: readonly RoleRule<Origin>[]
  /** The selectors of what it gathers; null where it gathers nothing. */
  readonly gathers: readonly Selector[] | null
  readonly live: boolean
}

/** How a role is reached: `isOpen` where no role on the way is one that a cluster printed. */
interface Way {
  readonly isOpen: boolean
}

/** Hands out the walks that it needs: roles that gather each other may be deeper than the stack. */
type Walk = Generator<Walk, void>

function walk(first: Walk): void {
  const under = [first]
  for (let top = under.at(-1); top; top = under.at(-1)) {
    const { value, done } = top.next()
    if (done) under.pop()
    else under.push(value)
  }
}

/** Notes that something is reached, and says whether that tells more than before. */
function isFurther<T>(reached: Map<T, boolean>, at: T, isOpen: boolean): boolean {
  const before = reached.get(at)
  if (before === true || before === isOpen) return false
  reached.set(at, isOpen)
  return true
}

function writtenPart<Origin>({ kind, name, origin, ...role }: RoleObject<Origin>): Part<Origin> {
  const { live } = role
  const gathers = kind === 'Role' ? null : role.selectors
  // The controller writes what it gathers over the rules: what a cluster printed is complete, what a chart says is lost.
  const own = gathers === null || live ? role.rules : []
  return { rules: own.map((rule, index) => ({ rule, kind, name, index, origin })), gathers, live }
}

function builtInPart({ name, rules, gathers }: BuiltInRole, live: boolean): Part<never> {
  const kind = name.includes('/') ? 'Role' : 'ClusterRole'
  const plain = name.slice(name.indexOf('/') + 1)
  const own = rules.map((rule, index) => ({ rule, kind, name: plain, index, origin: null }) as const)
  const selectors = gathers.map(label => ({ matchLabels: new Map([[label, 'true']]), matchExpressions: [] }))
  return { rules: own, gathers: gathers.length === 0 ? null : selectors, live }
}

const isLive = ({ live }: RoleObject<unknown>): boolean => live

type Named = Readonly<Record<'kind' | 'name', string>>

const keyOf = ({ kind, name }: Named): string => `${kind}/${name}`

const placeOf = (role: Named, namespace: string | null): string =>
  namespace === null ? keyOf(role) : `${keyOf(role)}\0${namespace}`

function indexBy<T>(elements: readonly T[], keyOf: (element: T) => string): ReadonlyMap<string, readonly T[]> {
  return new Map(groupedBy(elements, keyOf).map(group => [keyOf(group[0]), group]))
}

/**
 * The Roles of a namespace. Where a namespace is left out, the user who applies the objects fills it in: an exact fit goes first, and where
 * the binding has none either, a single Role of that name is the one that is meant.
 */
function inNamespace<Origin>(
  named: readonly RoleObject<Origin>[],
  at: (namespace: string | null) => readonly RoleObject<Origin>[],
  namespace: string | null,
): readonly RoleObject<Origin>[] {
  const exact = at(namespace)
  if (exact.length > 0) return exact
  if (namespace !== null) return at(null)
  return named.length === 1 ? named : []
}
