import { type AccessObject, accessObjectOf, isRole } from '../../access/object.ts'
import { type Roles, rolesOf } from '../../access/roles.ts'
import { isMap, type JsonMap, valueAt } from '../../chart/json.ts'
import { type Diagnostic, diagnostic, type Outcome } from '../../diagnostic/diagnostic.ts'
import { type KindResource, resourceOfKind } from '../../kubernetes/resource-of-kind.ts'
import type { PolicyRule } from '../../kubernetes/rule.ts'
import type { Span } from '../../source.ts'
import { upTo } from '../../text/cut.ts'
import type { Handed, Installed } from './installed.ts'

/** An object as it goes to the API server. */
export interface RawObject {
  readonly tree: JsonMap
  readonly span: Span | null
  /** Where it goes if it names no namespace. */
  readonly home: string
  /** Whether its name is that of an installation whose name is not known. */
  readonly nameless: boolean
  readonly once: boolean
}

/**
 * What is installed, with what each object hands out: a role its own rules, a binding those of the role that it names. What an
 * aggregated role may gather is held by no one but who may do everything, and Kubernetes demands exactly that of its author.
 */
export function installedObjects(raw: readonly RawObject[], kubernetes: string): Outcome<readonly Installed[]> {
  const diagnostics: Diagnostic[] = []
  const access = raw.flatMap(each => {
    const object = accessObjectOf<RawObject>(each.tree, each)
    return object === null ? [] : [object]
  })
  const byOrigin = new Map(access.map(each => [each.origin, each]))
  const roles = rolesOf(access, kubernetes)
  const definitions = definedResources(raw)
  const value = raw.map((each): Installed => {
    const { tree, span, home, nameless, once } = each
    const [apiVersion, kind] = [String(tree['apiVersion'] ?? ''), String(tree['kind'] ?? '')]
    const resource = definitions.get(definitionKey(apiVersion, kind)) ?? resourceOfKind(apiVersion, kind)
    const stated = textAt(tree, 'metadata.namespace')
    const namespace = resource.scope === 'cluster' || (resource.scope === null && stated === '') ? null : stated || home
    const object = byOrigin.get(each)
    const found = object === undefined ? nothing : handedOut(object, { roles, home, span })
    for (const said of found.diagnostics) diagnostics.push(said)
    const name = nameless ? null : textAt(tree, 'metadata.name') || null
    return { kind, resource, namespace, name, once, handed: found.value, span }
  })
  return { value, diagnostics }
}

const nothing: Outcome<readonly Handed[]> = { value: [], diagnostics: [] }

const textAt = (tree: JsonMap, path: string): string => {
  const value = valueAt(tree, path)
  return typeof value === 'string' ? value : ''
}

const definitionKey = (apiVersion: string, kind: string): string => `${upTo(apiVersion, '/')}\0${kind}`

/** The resources that definitions of the input itself name. */
function definedResources(raw: readonly RawObject[]): ReadonlyMap<string, KindResource> {
  return new Map(
    raw.flatMap(({ tree }): readonly (readonly [string, KindResource])[] => {
      if (tree['kind'] !== 'CustomResourceDefinition' || !isMap(tree['spec'])) return []
      const group = textAt(tree, 'spec.group')
      const resource = textAt(tree, 'spec.names.plural')
      const scope = textAt(tree, 'spec.scope') === 'Cluster' ? 'cluster' : 'namespaced'
      return [[definitionKey(group, textAt(tree, 'spec.names.kind')), { group, resource, scope }]]
    }),
  )
}

/** What who makes an aggregated role has to hold (k8s.io/kubernetes pkg/registry/rbac/clusterrole/policybased/storage.go). */
const everything: readonly PolicyRule[] = [
  { apiGroups: ['*'], resources: ['*'], verbs: ['*'] },
  { nonResourceURLs: ['*'], verbs: ['*'] },
]

interface Context {
  readonly roles: Roles<RawObject>
  readonly home: string
  readonly span: Span | null
}

function handedOut(object: AccessObject<RawObject>, { roles, home, span }: Context): Outcome<readonly Handed[]> {
  const isWide = object.kind === 'ClusterRole' || object.kind === 'ClusterRoleBinding'
  const namespace = isWide ? null : (object.namespace ?? home)
  const held = (rules: readonly PolicyRule[]): readonly Handed[] => rules.map(rule => ({ rule, namespace }))
  if (isRole(object)) {
    if (object.selectors === null) return { value: held(object.rules), diagnostics: [] }
    const found = diagnostic('installer-of-aggregation', span, { name: object.name })
    return { value: held([...object.rules, ...everything]), diagnostics: [found] }
  }
  const { kind, name } = object.roleRef
  const granted = roles.find(object.roleRef, namespace)
  if (granted === null)
    return {
      value: [],
      diagnostics: [
        diagnostic('installer-role-unknown', span, { kind, name, binding: `${object.kind}/${object.name}` }),
      ],
    }
  const open = granted.open ? [diagnostic('role-gathers-others', span, { kind, name })] : []
  return { value: held(granted.rules.map(({ rule }) => rule)), diagnostics: open }
}
