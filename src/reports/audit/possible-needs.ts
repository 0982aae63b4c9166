import { componentOf } from '../../inventory/inventory.ts'
import { proxyResources } from '../../kubernetes/api-server.ts'
import type { Grant } from '../../kubernetes/grant.ts'
import { kubeletGrants, kubeletResources } from '../../kubernetes/kubelet.ts'
import { isPhantom } from '../../kubernetes/resources.ts'
import { grantsOf } from '../../kubernetes/rule.ts'
import type { Target } from '../../rules/map/condition.ts'
import { ruledComponents, rulesOf } from '../../rules/map/load.ts'
import { mayHold } from '../../rules/map/may-hold.ts'
import type { ComponentRules, Demand, GrantRule, Names, RequestRule, Scope } from '../../rules/map/schema.ts'
import { liesIn } from '../../version.ts'

/** A grant that some configuration of a component asks for, as wide as any of them does. */
export interface PossibleNeed {
  readonly component: string
  /** The entry of the rule map: `loki.source.kubernetes#log`. */
  readonly rule: string
  readonly grant: Grant
  /** `request`: the component sends the service account's token to where its arguments say. */
  readonly kind: 'rule' | 'request'
  /** Whether the component does without it, with a loss. */
  readonly isOptional: boolean
}

/** Everything that the components of a release can ask the API server and kubelets for. */
export function possibleNeeds(target: Target): readonly PossibleNeed[] {
  return ruledComponents().flatMap(component => {
    const rules = rulesOf(component)
    if (rules === null || componentOf(component, target.alloy).kind === 'other-release') return []
    return mayHold(rules.started, target) ? needsOf(component, rules, target) : []
  })
}

function needsOf(component: string, rules: ComponentRules, target: Target): readonly PossibleNeed[] {
  const counts = (demand: Demand): boolean => liesIn(target.alloy, demand) && mayHold(demand.when, target)
  const every = <R extends Demand>(
    all: Readonly<Record<string, R>> | undefined,
    kind: PossibleNeed['kind'],
    grantsFor: (rule: R) => readonly Grant[],
  ): readonly PossibleNeed[] =>
    Object.entries(all ?? {})
      .filter(([, rule]) => counts(rule))
      .flatMap(([id, rule]) =>
        grantsFor(rule).map(grant => ({
          component,
          rule: `${component}#${id}`,
          grant,
          kind,
          isOptional: rule.optional !== undefined,
        })),
      )
  return [
    ...(mayHold(rules.identity, target)
      ? every(rules.grants, 'rule', rule => grantsOfRule(rule, rule.scope ?? rules.scope))
      : []),
    ...every(rules.urls, 'rule', ({ paths, verbs }) => grantsOf({ nonResourceURLs: paths, verbs }, null)),
    ...every(rules.requests, 'request', rule => grantsOfRequest(rule, target)),
  ]
}

/** An argument may name any namespace and any object: what is certain of them is what the rule spells out. */
function grantsOfRule({ allow }: GrantRule, scope: Scope | undefined): readonly Grant[] {
  const { groups = [''], resources, verbs, names } = allow
  const resourceNames = isLiteral(names) ? names : []
  return grantsOf({ apiGroups: groups, resources, resourceNames, verbs }, namespaceOf(scope))
}

const isLiteral = (names: Names | undefined): names is readonly string[] => Array.isArray(names)

function namespaceOf(scope: Scope | undefined): string | null {
  if (scope === 'own') return '.'
  return typeof scope === 'object' && 'namespace' in scope ? scope.namespace : null
}

/**
 * What scrapes and fetches reads. A path that the component itself asks for is that part of a kubelet; any other may be any part, what
 * is behind a proxy of the API server, or a URL that another server asks the authorizer for.
 */
function grantsOfRequest(rule: RequestRule, { kubernetes }: Target): readonly Grant[] {
  const reading = (resources: readonly string[]) => grantsOf({ apiGroups: [''], resources, verbs: ['get'] }, null)
  if ('url' in rule && rule.suffix !== undefined)
    return [...kubeletGrants({ path: rule.suffix, method: 'GET' }, kubernetes), ...reading(proxyResources)]
  const parts = kubeletResources.filter(resource => !isPhantom('', resource, kubernetes))
  return [...reading([...parts, ...proxyResources]), { kind: 'url', url: '*', verb: 'get' }]
}
