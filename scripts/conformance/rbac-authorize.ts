import { authorize, type Request, type User, userNamed } from '../../src/kubernetes/authorize.ts'
import type { RbacObject } from '../../src/kubernetes/rule.ts'

/** One line of rbac-authorize.jsonl: objects, and what the RBAC authorizer answers to requests. */
export interface Vector {
  readonly objects: readonly RbacObject[]
  readonly requests: readonly {
    readonly user: string
    readonly groups?: readonly string[]
    readonly verb: string
    readonly apiGroup?: string
    readonly resource?: string
    readonly subresource?: string
    readonly name?: string
    readonly namespace?: string
    readonly url?: string
    readonly allowed: boolean
  }[]
}

/** What differs from the recorded decisions, or null. */
export function check({ objects, requests }: Vector): string | null {
  for (const recorded of requests) {
    if (authorize(objects, userOf(recorded), requestOf(recorded)) !== recorded.allowed)
      return `expected allowed ${recorded.allowed} for ${JSON.stringify(recorded)}`
  }
  return null
}

/** Who asks in a recorded request. */
export const userOf = ({ user, groups }: Vector['requests'][number]): User =>
  groups ? { name: user, groups } : userNamed(user)

/** What is asked in a recorded request. */
export function requestOf(recorded: Vector['requests'][number]): Request {
  const { verb, url, apiGroup = '', resource = '', subresource = '', name = '', namespace = '' } = recorded
  if (url !== undefined) return { kind: 'url', verb, url }
  const full = subresource === '' ? resource : `${resource}/${subresource}`
  return { kind: 'resource', verb, group: apiGroup, resource: full, name, namespace }
}
