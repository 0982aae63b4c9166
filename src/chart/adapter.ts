import type { Grant } from '../kubernetes/grant.ts'
import type { PolicyRule } from '../kubernetes/rule.ts'

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

export function isClusterScoped(group: string, resource: string): boolean {
  return group === '' && /^(nodes|namespaces|persistentvolumes)(\/|$)/.test(resource)
}

export function isPhantom(grant: Grant): boolean {
  return grant.kind === 'resource' && grant.group !== '' && /^(nodes|pods|services)/.test(grant.resource)
}
