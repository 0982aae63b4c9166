import type { Grant } from '../../kubernetes/grant.ts'
import { upTo } from '../../text/cut.ts'

/** A request that the API server refused, by an event of its audit log. */
export interface AuditedDenial {
  readonly grant: Grant
  readonly user: string
}

interface Event {
  readonly apiVersion?: unknown
  readonly stage?: unknown
  readonly verb?: unknown
  readonly requestURI?: unknown
  readonly user?: { readonly username?: unknown }
  readonly objectRef?: Readonly<Record<string, unknown>>
  readonly responseStatus?: { readonly code?: unknown }
  readonly annotations?: Readonly<Record<string, unknown>>
}

/** Whether a line may be an event of an audit log. */
export const mayAuditEvent = (line: string): boolean => line.includes('audit.k8s.io/') && line.includes('"verb"')

/**
 * The refusal that an event of the group audit.k8s.io tells; null for another one. The authorizer's decision is in the annotation
 * `authorization.k8s.io/decision`; an event is written for several stages, of which the last has the answer.
 */
export function auditedDenialIn(line: string): AuditedDenial | null {
  const event = eventIn(line)
  if (event === null || !String(event.apiVersion).startsWith('audit.k8s.io/')) return null
  const decision = event.annotations?.['authorization.k8s.io/decision']
  const isRefused = decision === undefined ? event.responseStatus?.code === 403 : decision === 'forbid'
  if (!isRefused || (event.stage !== undefined && event.stage !== 'ResponseComplete')) return null
  const verb = text(event.verb)
  const user = text(event.user?.username)
  if (event.objectRef === undefined) {
    const url = upTo(text(event.requestURI), '?')
    return url === '' ? null : { user, grant: { kind: 'url', url, verb } }
  }
  const { resource, subresource, namespace, name, apiGroup } = event.objectRef
  const below = text(subresource) === '' ? '' : `/${text(subresource)}`
  const grant: Grant = {
    kind: 'resource',
    namespace: text(namespace) || null,
    group: text(apiGroup),
    resource: `${text(resource)}${below}`,
    name: ['list', 'watch', 'create', 'deletecollection'].includes(verb) ? null : text(name) || null,
    verb,
  }
  return text(resource) === '' || verb === '' ? null : { user, grant }
}

/** What comes before the event, as a time or the name of a pod, is passed over. */
function eventIn(line: string): Event | null {
  try {
    const event: unknown = JSON.parse(line.slice(line.indexOf('{')))
    return typeof event === 'object' && event !== null && !Array.isArray(event) ? event : null
  } catch {
    return null
  }
}

const text = (value: unknown): string => (typeof value === 'string' ? value : '')
