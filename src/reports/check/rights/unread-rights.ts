import { absentWhen } from '../../../access/absent-when.ts'
import type { Holdings } from '../../../access/holdings.ts'
import type { BindingObject } from '../../../access/object.ts'
import type { Identity } from '../../../access/reach.ts'
import { isAccessKind, isAccessObject, refusedBecause } from '../../../access/refused.ts'
import { diagnostic } from '../../../diagnostic/diagnostic.ts'
import type { KubernetesObject } from '../../../input/deployment.ts'
import { groupOf, qualified, type Stream } from '../../../input/manifests/objects.ts'
import { data, itemsAt, type Mapping, mapAt, type Tree, textAt, textsAt } from '../../../input/yaml/tree.ts'
import { standingGroups } from '../../../kubernetes/bootstrap.ts'
import type { Span } from '../../../source.ts'
import type { Finding } from '../finding.ts'
import type { Origin } from './granted.ts'

/** What decides which objects count: the account, and what is known of its rights. */
export interface RightsContext {
  readonly identity: Identity
  readonly access: Holdings<Origin>
  readonly kubernetes: string
}

/**
 * Roles and bindings that are not what they look like: inside another object, where no one but its controller reads them, spelled so
 * that the API server refuses them, or there only for a while. What is judged would be something else than what is deployed.
 */
export function unreadRights(streams: readonly Stream[], context: RightsContext): readonly Finding[] {
  return [
    ...streams.flatMap(suspectsOf).flatMap(suspect => findingFor(suspect, context)),
    ...streams.flatMap(objects => namingObjects(objects, context.identity)),
    ...held(context),
  ]
}

/** A map that looks like a role or a binding. */
interface Suspect {
  readonly object: KubernetesObject
  readonly tree: Mapping
  /** Whether it is the object itself. */
  readonly isObject: boolean
}

const suspects = new WeakMap<Stream, readonly Suspect[]>()

/** Each workload asks, and a stream may hold thousands of objects. */
function suspectsOf(objects: Stream): readonly Suspect[] {
  const ready = suspects.get(objects)
  if (ready) return ready
  const found = objects.flatMap(suspectsIn)
  suspects.set(objects, found)
  return found
}

function suspectsIn(object: KubernetesObject): readonly Suspect[] {
  const found: Suspect[] = isAccessKind(object.kind) ? [{ object, tree: object.tree, isObject: true }] : []
  const search = (tree: Tree): void => {
    if (tree.kind === 'list') for (const item of tree.items) if (item.kind !== 'scalar') search(item)
    if (tree.kind !== 'map') return
    if (tree !== object.tree && isAccessKind(textAt(tree, 'kind') ?? '') && tree.entries.has('metadata'))
      found.push({ object, tree, isObject: false })
    for (const { value } of tree.entries.values()) if (value.kind !== 'scalar') search(value)
  }
  search(object.tree)
  return found
}

function findingFor({ object, tree, isObject }: Suspect, context: RightsContext): readonly Finding[] {
  if (!concerns(tree, context)) return anonymous({ object, tree, isObject }, context)
  const kind = (isObject ? object.kind : (textAt(tree, 'kind') ?? '')).trim()
  const name = `${kind}/${textAt(tree, 'metadata', 'name') ?? ''}`
  const { span } = object
  const account = context.identity.name
  if (!isObject) {
    const args = { object: name, within: qualified(object.kind, object.namespace, object.name), account }
    return [{ subject: name, diagnostic: diagnostic('rights-in-another-object', startOf(tree), args) }]
  }
  if (!isAccessObject(object.apiVersion, object.kind)) {
    const because = `${object.apiVersion} has no kind ${JSON.stringify(object.kind)}`
    return [{ subject: name, diagnostic: diagnostic('object-refused', span, { object: name, because }) }]
  }
  const because = refusedBecause({ ...(data(tree) as object), kind: object.kind, apiVersion: object.apiVersion })
  return [
    ...(because === null
      ? []
      : [{ subject: name, diagnostic: diagnostic('object-refused', span, { object: name, because }) }]),
    ...anonymous({ object, tree, isObject }, context),
  ]
}

const startOf = (tree: Mapping): Span => [...tree.entries.values()][0]?.key ?? tree.span

/** Whether a role or binding, however badly it is written, is one of those that decide what the account may do. */
function concerns(tree: Mapping, { identity, access }: RightsContext): boolean {
  const name = textAt(tree, 'metadata', 'name')
  if (access.held.some(each => each.name === name || each.bound.name === name)) return true
  const names = [
    ...itemsAt(tree, 'subjects').map(subject => textAt(subject, 'name') ?? ''),
    ...textsAt(tree, 'userNames'),
    ...textsAt(tree, 'groupNames'),
  ]
  const { namespace } = identity
  const own = [
    identity.name,
    'system:authenticated',
    'system:serviceaccounts',
    `system:serviceaccounts:${namespace ?? ''}`,
    `system:serviceaccount:${namespace ?? ''}:${identity.name}`,
  ]
  const elsewhere = itemsAt(tree, 'subjects').every(subject => {
    const place = textAt(subject, 'namespace')
    return place !== null && namespace !== null && place !== namespace
  })
  return names.some(each => own.includes(each)) && !(elsewhere && itemsAt(tree, 'subjects').length > 0)
}

/** A binding to those who show no credentials at all is one to everyone, but what clusters have of themselves. */
function anonymous({ object, tree, isObject }: Suspect, { kubernetes }: RightsContext): readonly Finding[] {
  const role = textAt(tree, 'roleRef', 'name') ?? ''
  const isOwn = object.name.startsWith('kubeadm:') || standingGroups(role, kubernetes).length > 0
  const names = [
    ...itemsAt(tree, 'subjects').map(subject => textAt(subject, 'name') ?? ''),
    ...textsAt(tree, 'userNames'),
    ...textsAt(tree, 'groupNames'),
  ]
  if (!isObject || isOwn || !names.some(each => each === anonymousGroup || each === 'system:anonymous')) return []
  const args = { binding: `${object.kind}/${object.name}`, role }
  return [{ subject: args.binding, diagnostic: diagnostic('bound-to-everyone', object.span, args) }]
}

const anonymousGroup = 'system:unauthenticated'

/** Groups of Kubernetes' own API, whose objects give no rights but by roles and bindings. */
const isBuiltInGroup = (group: string): boolean =>
  /^(?:|apps|batch|autoscaling|policy|extensions|security\.openshift\.io)$|\.k8s\.io$/.test(group)

/** Custom resources that name the account beside roles: their controller may bind it. */
function namingObjects(objects: Stream, identity: Identity): readonly Finding[] {
  return (customOf(objects).get(identity.name) ?? [])
    .filter(({ namespace }) => namespace === null || identity.namespace === null || namespace === identity.namespace)
    .map(({ object, span }) => {
      const args = { object: qualified(object.kind, object.namespace, object.name), account: identity.name }
      return { subject: args.object, diagnostic: diagnostic('resource-names-account', span, args) }
    })
}

interface Naming {
  readonly object: KubernetesObject
  /** Of the account; null where the resource does not say. */
  readonly namespace: string | null
  readonly span: Span
}

const customs = new WeakMap<Stream, ReadonlyMap<string, readonly Naming[]>>()

function customOf(objects: Stream): ReadonlyMap<string, readonly Naming[]> {
  const ready = customs.get(objects)
  if (ready) return ready
  const byAccount = new Map<string, Naming[]>()
  for (const object of objects) {
    if (isBuiltInGroup(groupOf(object)) || isAccessKind(object.kind)) continue
    for (const { name, ...naming } of namesIn(object)) byAccount.set(name, [...(byAccount.get(name) ?? []), naming])
  }
  customs.set(objects, byAccount)
  return byAccount
}

/** The accounts that a custom resource names, each once, where it says something of roles or of members of a group. */
function namesIn(object: KubernetesObject): readonly (Naming & { readonly name: string })[] {
  const found = new Map<string, Naming & { readonly name: string }>()
  let isAboutRights = object.kind === 'Group'
  const add = (name: string, namespace: string | null, span: Span): void =>
    void found.set(`${namespace}/${name}`, { object, name, namespace, span })
  const search = (tree: Tree): void => {
    if (tree.kind === 'list') for (const item of tree.items) search(item)
    if (tree.kind === 'scalar' && typeof tree.value === 'string') {
      const [, namespace, name] = /^system:serviceaccount:([^:]+):([^:]+)$/.exec(tree.value) ?? []
      if (namespace !== undefined && name !== undefined) add(name, namespace, tree.span)
    }
    if (tree.kind !== 'map' || isAccessKind(textAt(tree, 'kind') ?? '')) return
    const name = textAt(tree, 'name')
    if (textAt(tree, 'kind') === 'ServiceAccount' && name !== null) add(name, textAt(tree, 'namespace'), startOf(tree))
    for (const [key, { value }] of tree.entries) {
      isAboutRights ||= /roles?(?:ref|refs|name|names|bindings?)?$/i.test(key)
      search(value)
    }
  }
  const specification = mapAt(object.tree, 'spec') ?? object.tree
  search(specification)
  return isAboutRights ? [...found.values()] : []
}

/** The roles and bindings that give the account its rights, as far as they are not there all the time. */
function held({ access }: RightsContext): readonly Finding[] {
  const objects = new Set<KubernetesObject>()
  const add = (origin: Origin | null): void => {
    if (origin?.kind === 'manifest') objects.add(origin.object)
  }
  for (const { binding, origin } of access.held) {
    add((binding as BindingObject<Origin>).origin)
    add(origin)
  }
  return [...objects].flatMap((object): readonly Finding[] => {
    const because = absentWhen(object.tree)
    if (because === null) return []
    const args = { object: `${object.kind}/${object.name}`, because }
    return [{ subject: args.object, diagnostic: diagnostic('rights-do-not-last', object.span, args) }]
  })
}
