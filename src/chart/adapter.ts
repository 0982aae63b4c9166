import type { Grant, ResourceGrant } from '../kubernetes/grant.ts'

export interface PolicyRule {
  readonly apiGroups?: readonly string[]
  readonly resources?: readonly string[]
  readonly resourceNames?: readonly string[]
  readonly nonResourceURLs?: readonly string[]
  readonly verbs: readonly string[]
}

export function pack(grants: readonly Grant[]): readonly PolicyRule[] {
  const rules = new Map<string, { rule: PolicyRule; verbs: Set<string> }>()
  for (const grant of grants) {
    const rule: PolicyRule =
      grant.kind === 'url'
        ? { nonResourceURLs: [grant.url], verbs: [] }
        : {
            apiGroups: [grant.group],
            resources: [grant.resource],
            ...(grant.name !== null && { resourceNames: [grant.name] }),
            verbs: [],
          }
    const key = JSON.stringify(rule)
    const known = rules.get(key) ?? { rule, verbs: new Set<string>() }
    known.verbs.add(grant.verb)
    rules.set(key, known)
  }
  return [...rules.values()].map(({ rule, verbs }) => ({ ...rule, verbs: [...verbs] }))
}

export function expand(rule: PolicyRule, namespace: string | null): readonly Grant[] {
  const urls: Grant[] = (rule.nonResourceURLs ?? []).flatMap(url =>
    rule.verbs.map(verb => ({ kind: 'url' as const, url, verb })),
  )
  const names = rule.resourceNames && rule.resourceNames.length > 0 ? rule.resourceNames : [null]
  const found: ResourceGrant[] = (rule.apiGroups ?? []).flatMap(group =>
    (rule.resources ?? []).flatMap(resource =>
      names.flatMap(name =>
        rule.verbs.map(verb => ({ kind: 'resource' as const, namespace, group, resource, name, verb })),
      ),
    ),
  )
  return [...urls, ...found]
}

export function isClusterScoped(group: string, resource: string): boolean {
  return group === '' && /^(nodes|namespaces|persistentvolumes)(\/|$)/.test(resource)
}
