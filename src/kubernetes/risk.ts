/** What else a permission allows: one sentence for who must approve it. Ordered by how much it gives away. */
interface Risk {
  readonly resource: RegExp
  readonly verbs: RegExp
  readonly sentence: string
  /** 0 is the most severe. */
  readonly rank: number
}

const read = /^(get|list|watch|\*)$/
const any = /./

const risks: readonly Risk[] = [
  {
    resource: /^\*$/,
    verbs: any,
    rank: 0,
    sentence: 'covers every kind of object, including kinds that are added later',
  },
  {
    resource: /^secrets$/,
    verbs: read,
    rank: 0,
    sentence:
      'exposes passwords, keys, and the tokens of other service accounts, and with them everything those accounts can do',
  },
  {
    resource: /^(nodes|pods|services)\/proxy$/,
    verbs: any,
    rank: 1,
    sentence:
      'reaches any port behind it through the API server; a kubelet runs commands in every container of its node',
  },
  {
    resource: /^pods\/(exec|attach|portforward|ephemeralcontainers)$/,
    verbs: any,
    rank: 1,
    sentence: 'runs commands in containers, with the permissions of their service accounts',
  },
  {
    resource: /^(roles|clusterroles|rolebindings|clusterrolebindings|tokenreviews|serviceaccounts\/token)$/,
    verbs: /^(create|update|patch|bind|escalate|impersonate|\*)$/,
    rank: 1,
    sentence: 'can be used to gain more permissions',
  },
  {
    resource: any,
    verbs: /^impersonate$/,
    rank: 1,
    sentence: 'acts as other users or service accounts, with whatever those may do',
  },
  {
    resource: /^(users|groups|serviceaccounts|uids|userextras(\/.*)?)$/,
    verbs: /^\*$/,
    rank: 1,
    sentence: 'acts as other users or service accounts, with whatever those may do',
  },
  // Constrained impersonation, on by default from Kubernetes 1.36: both are asked for, in the same mode.
  {
    resource: any,
    verbs: /^impersonate:/,
    rank: 1,
    sentence:
      'acts as other users or service accounts, in requests for which impersonate-on is granted in the same mode',
  },
  {
    resource: any,
    verbs: /^impersonate-on:/,
    rank: 1,
    sentence:
      'acts as other users or service accounts in this request, if impersonate: of the same mode is granted too',
  },
  {
    resource: any,
    verbs: /^(create|update|patch|delete|deletecollection|\*)$/,
    rank: 2,
    sentence: 'changes objects, instead of only reading them',
  },
  {
    resource: /^configmaps$/,
    verbs: read,
    rank: 3,
    sentence: 'exposes configuration, which often contains credentials',
  },
  {
    resource: /^pods\/log$/,
    verbs: read,
    rank: 3,
    sentence: 'exposes everything that containers print, including personal data and leaked credentials',
  },
  {
    resource: /^nodes\/(log|configz|checkpoint|pods)$/,
    verbs: any,
    rank: 3,
    sentence: 'exposes what a kubelet knows about its node and every pod on it',
  },
]

/** A permission, wherever it holds; without a verb it is one to read. */
type Permission =
  | { readonly kind: 'url' }
  | { readonly kind: 'resource'; readonly resource: string; readonly verb: string | null }

/** How severe a permission is, 0 first, and why; null where it only reads metadata or metrics. */
export function riskOf(permission: Permission): { readonly rank: number; readonly sentence: string } | null {
  if (permission.kind === 'url') return null
  const { resource, verb } = permission
  const found = risks.find(risk => risk.resource.test(resource) && risk.verbs.test(verb ?? 'get'))
  return found ? { rank: found.rank, sentence: found.sentence } : null
}

/** Sorts by severity; what carries no risk of its own comes last. */
export const riskRank = (permission: Permission): number => riskOf(permission)?.rank ?? 9
