import type { Grant } from '../kubernetes/grant.ts'

export function isClusterScoped(group: string, resource: string): boolean {
  return group === '' && /^(nodes|namespaces|persistentvolumes)(\/|$)/.test(resource)
}

export function isPhantom(grant: Grant): boolean {
  return (
    grant.kind === 'resource' &&
    grant.group !== '' &&
    (grant.group === 'extensions' || /^(nodes|pods|services)/.test(grant.resource))
  )
}
