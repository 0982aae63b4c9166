import type { Diagnostic, Label } from '../../diagnostic/diagnostic.ts'
import type { Settler } from '../../diagnostic/settlers-in-words.ts'
import { few } from '../../diagnostic/suggest.ts'
import type { Grant } from '../../kubernetes/grant.ts'
import type { PlannedGrant } from '../../plan/reduce.ts'
import type { Reason } from '../../rules/requirement.ts'

/** What would tell whether something that is assumed is needed at all. */
export interface Settling {
  readonly settlers: readonly Settler[]
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
    const settler = reasons.flatMap(reason => settlerOf(each, reason, planned) ?? []).at(0)
    return settler === undefined ? [] : [{ settler, span: each.span }]
  })
  const places = found.flatMap(({ span }) =>
    span === null ||
    reasons.some(reason => reason.span.start === span.start && reason.span.source.path === span.source.path)
      ? []
      : [{ span, text: 'this decides whether it is needed' }],
  )
  return {
    settlers: [...found.map(({ settler }) => settler), ...reasons.flatMap(askers)],
    related: [...new Map(places.map(each => [each.span.start, each])).values()],
  }
}

/** The objects of the cluster that ask for something, where only some were passed. */
function askers({ objects }: Reason): readonly Settler[] {
  return objects === undefined ? [] : [{ kind: 'askers', objects: few(objects.by, most) }]
}

/** So many objects are named. */
const most = 4

/** Notes that say of a component what is assumed of it tell what would settle it. */
function settlerOf({ name, args, help }: Diagnostic, reason: Reason, planned: readonly PlannedGrant[]): Settler | null {
  if (args['component'] !== reason.component || reason.certainty === 'certain') return null
  switch (name) {
    case 'assumed':
      return { kind: 'value', argument: String(args['argument']), help }
    case 'assumed-by-cluster':
      return isOneOf(args['rules'], reason.rule) ? objectsThatAsk(reason.component, args['rules'], planned) : null
    case 'delegated-authorization':
      return { kind: 'server', host: String(args['host']) }
    case 'unknown-server':
      return { kind: 'servers' }
    case 'unknown-path':
    case 'unknown-kubelet-path':
      return { kind: 'path' }
    default:
      return null
  }
}

const isOneOf = (rules: unknown, rule: string): boolean =>
  Array.isArray(rules) && rules.includes(rule.slice(rule.indexOf('#') + 1))

/** The custom resources that a component reads by its other rules are what asks it for more. */
function objectsThatAsk(component: string, assumed: unknown, planned: readonly PlannedGrant[]): Settler {
  const watched = planned
    .filter(each => each.reasons.some(reason => reason.component === component && !isOneOf(assumed, reason.rule)))
    .flatMap(({ grant }) => (isCustom(grant) ? [`${grant.resource}.${grant.group}`] : []))
  return { kind: 'objects', kinds: [...new Set(watched)].sort() }
}

const isCustom = (grant: Grant): grant is Grant & { readonly kind: 'resource' } =>
  grant.kind === 'resource' && grant.group.includes('.') && !grant.group.endsWith('.k8s.io')
