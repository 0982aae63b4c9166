import type { Grant } from '../../kubernetes/grant.ts'
import { grantsOf } from '../../kubernetes/rule.ts'

/** Someone who makes a role may not grant what it does not hold itself. */
export interface Escalation {
  readonly kind: 'escalation'
  readonly user: string | null
  readonly grants: readonly Grant[]
}

/** kubernetes/kubernetes pkg/registry/rbac/validation: `user "x" (groups=["y"]) is attempting to grant RBAC permissions not currently held:` */
export const escalation =
  /(?:user "(?<user>[^"]{1,600})" \(groups=[^)]{0,2000}\) is )?attempting to grant RBAC permissions not currently held/

const rule = /\{(?:APIGroups|NonResourceURLs|Resources|ResourceNames|Verbs):[^{}]{0,4000}\}/g

/** A rule that stands for more is not of a role that someone wrote. */
const mostGrants = 1_000

/** The rules of such a refusal, one behind the other or on lines of their own: `{APIGroups:["apps"], Resources:["deployments"], Verbs:["get"]}`. */
export function lackingIn(text: string): readonly Grant[] {
  return [...text.matchAll(rule)].flatMap(([found]) => {
    const list = (name: string): readonly string[] => {
      const [, items = ''] = found.match(new RegExp(`${name}:\\[([^\\]]{0,4000})\\]`)) ?? []
      return [...items.matchAll(/"([^"]*)"/g)].map(([, item = '']) => item)
    }
    const names = list('ResourceNames')
    const urls = list('NonResourceURLs')
    const [verbs, groups, resources] = [list('Verbs'), list('APIGroups'), list('Resources')]
    const size = verbs.length * (urls.length || groups.length * resources.length * (names.length || 1))
    if (size > mostGrants) return []
    return grantsOf(
      {
        verbs,
        ...(urls.length > 0 ? { nonResourceURLs: urls } : { apiGroups: groups, resources }),
        ...(names.length > 0 ? { resourceNames: names } : {}),
      },
      null,
    )
  })
}
