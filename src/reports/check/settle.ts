import type { Diagnostic, Label } from '../../diagnostic/diagnostic.ts'
import { few } from '../../diagnostic/suggest.ts'
import type { Grant } from '../../kubernetes/grant.ts'
import type { PlannedGrant } from '../../plan/reduce.ts'
import type { Reason } from '../../rules/requirement.ts'

/** What would tell whether something that is assumed is needed at all. */
export interface Settling {
  readonly help: string
  /** The values that decide. */
  readonly related: readonly Label[]
}

/** What was said of a configuration, and what it needs: both tell what an assumption rests on. */
export interface Known {
  readonly said: readonly Diagnostic[]
  readonly planned: readonly PlannedGrant[]
}

/** Names the value or the objects that would settle whether something is needed for these reasons. */
export function settling(reasons: readonly Reason[], { said, planned }: Known): Settling {
  const found = said.flatMap(each => {
    const line = reasons.flatMap(reason => lineOf(each, reason, planned) ?? []).at(0)
    return line === undefined ? [] : [{ line, span: each.span }]
  })
  const lines = [...new Set([...found.map(({ line }) => line), ...reasons.flatMap(askers)])]
  const places = found.flatMap(({ span }) =>
    span === null ||
    reasons.some(reason => reason.span.start === span.start && reason.span.source.path === span.source.path)
      ? []
      : [{ span, text: 'this decides whether it is needed' }],
  )
  return {
    help: lines.length === 0 ? 'what is known only at run time decides whether it is needed' : lines.join('; '),
    related: [...new Map(places.map(each => [each.span.start, each])).values()],
  }
}

/** The objects of the cluster that ask for something, where only some were passed. */
function askers({ objects }: Reason): readonly string[] {
  return objects === undefined ? [] : [`${few(objects.by, most).join(', ')} asks for it`]
}

/** So many objects are named. */
const most = 4

/** Notes that say of a component what is assumed of it, each with the words for what would settle it. */
function lineOf({ name, args, help }: Diagnostic, reason: Reason, planned: readonly PlannedGrant[]): string | null {
  if (args['component'] !== reason.component || reason.certainty === 'certain') return null
  switch (name) {
    case 'assumed':
      return `${args['argument']} decides whether it is needed: ${help ?? 'write the value in the configuration'}`
    case 'assumed-by-cluster':
      return isOneOf(args['rules'], reason.rule) ? objectsThatAsk(reason.component, args['rules'], planned) : null
    case 'delegated-authorization':
      return `needed only if ${args['host']} checks its clients with the API server: without the grant it then answers 403`
    case 'unknown-server':
      return 'needed only if such a server checks its clients with the API server: write the addresses in the configuration'
    case 'unknown-path':
    case 'unknown-kubelet-path':
      return 'the path of the request decides whether it is needed: write it in the configuration'
    default:
      return null
  }
}

const isOneOf = (rules: unknown, rule: string): boolean =>
  Array.isArray(rules) && rules.includes(rule.slice(rule.indexOf('#') + 1))

/** The custom resources that a component reads by its other rules are what asks it for more. */
function objectsThatAsk(component: string, assumed: unknown, planned: readonly PlannedGrant[]): string {
  const watched = planned
    .filter(each => each.reasons.some(reason => reason.component === component && !isOneOf(assumed, reason.rule)))
    .flatMap(({ grant }) => (isCustom(grant) ? [`${grant.resource}.${grant.group}`] : []))
  const kinds = [...new Set(watched)].sort().join(',')
  return kinds === ''
    ? 'objects in the cluster decide whether it is needed'
    : `needed only if objects in the cluster ask for it: kubectl get ${kinds} -A -o yaml shows them`
}

const isCustom = (grant: Grant): grant is Grant & { readonly kind: 'resource' } =>
  grant.kind === 'resource' && grant.group.includes('.') && !grant.group.endsWith('.k8s.io')
