import { apiServerGrants } from '../../src/kubernetes/api-server.ts'
import { isEveryones } from '../../src/kubernetes/everyone.ts'
import { type RequestAttributes, requestAttributes } from '../../src/kubernetes/request-attributes.ts'

/** One line of request-attributes.jsonl: a request, and what an API server's audit log said of it. */
export interface RequestVector {
  readonly method: string
  readonly path: string
  readonly attributes: Readonly<
    Record<'verb' | 'group' | 'resource' | 'subresource' | 'namespace' | 'name' | 'url', string>
  >
  /** An account without any role was allowed it. */
  readonly builtIn: boolean
}

/** Null when the vector holds, else what differs. */
export function check({ method, path, attributes, builtIn }: RequestVector): string | null {
  const [bare = '', query = ''] = path.split(/\?([\s\S]*)/)
  const request = { method, path: decodeURIComponent(bare), query }
  const [got, wanted] = [shown(requestAttributes(request)), JSON.stringify(attributes)]
  if (got !== wanted) return `got ${got}, wanted ${wanted}`
  const grants = apiServerGrants(request)
  if (grants.length !== 1) return `${grants.length} grants`
  return isEveryones(grants[0]!, '1.34') === builtIn ? null : `expected built in ${builtIn}`
}

const shown = (found: RequestAttributes): string => {
  if (found.kind === 'url') {
    const { verb, url } = found
    return JSON.stringify({ verb, group: '', resource: '', subresource: '', namespace: '', name: '', url })
  }
  const { verb, group, resource, subresource, namespace, name } = found
  return JSON.stringify({ verb, group, resource, subresource, namespace, name, url: '' })
}
