import { diagnostic } from '../../diagnostic/diagnostic.ts'
import type { KubernetesObject } from '../../input/deployment.ts'
import { qualified } from '../../input/manifests/objects.ts'
import type { Grant } from '../../kubernetes/grant.ts'
import { isKubeletPath } from '../../kubernetes/kubelet.ts'
import { unknownPart } from '../../kubernetes/request-attributes.ts'
import type { GrantRule, Scope, UrlRule } from '../map/schema.ts'
import type { PassedObjects, Requirement } from '../requirement.ts'
import { type RuleContext, reasonOf } from '../rule-context.ts'
import { namespacesOf } from '../scope.ts'
import { type Asked, askedBy } from './narrow.ts'
import type { Selection } from './selection.ts'
import { mayNeed, sentTokens } from './sent-token.ts'

/** What the objects passed ask for by a rule for resources. */
export function narrowedGrants(
  rule: GrantRule,
  situation: RuleContext,
  selection: Selection,
  common: Scope | undefined,
): readonly Requirement[] {
  const { objects } = rule
  if (objects === undefined) return []
  const places = namespacesOf(rule.scope ?? common ?? 'cluster', situation.facts, null)
  const grantsAt = (namespace: string | null, name: string | null): readonly Grant[] =>
    (rule.allow.groups ?? ['']).flatMap(group =>
      rule.allow.resources.flatMap(resource =>
        rule.allow.verbs.map((verb): Grant => ({ kind: 'resource', namespace, group, resource, name, verb })),
      ),
    )
  if (objects.token !== undefined)
    return tokenNeeds(
      places.flatMap(place => grantsAt(place.name, null)),
      rule,
      situation,
      selection,
    )
  return askedBy(objects, selection).flatMap(asked => {
    // Where an object asks for all namespaces, the rule says which that can be.
    const found = asked.namespace ?? null
    const namespaces = found === null ? places.map(({ name }) => name) : [found]
    const certain = asked.certain && (found !== null || places.every(each => each.certain))
    const grants = namespaces.flatMap(namespace => grantsAt(namespace, asked.name))
    return requirements(grants, situation, selection, { ...asked, certain })
  })
}

/** The same of a rule for URLs, which objects ask for by sending the token. */
export function narrowedUrls(rule: UrlRule, situation: RuleContext, selection: Selection): readonly Requirement[] {
  const grants = rule.paths.flatMap(url => rule.verbs.map((verb): Grant => ({ kind: 'url', url, verb })))
  noteOtherPaths(rule, situation, selection)
  return tokenNeeds(grants, rule, situation, selection)
}

/** Names the paths that are asked with the token and that no rule is about: what is passed never adds to a plan. */
function noteOtherPaths(rule: UrlRule, { use, facts, report }: RuleContext, selection: Selection): void {
  for (const { object, path } of sentTokens(rule.objects ?? {}, selection, facts)) {
    if (path === unknownPart || rule.paths.includes(path) || isKubeletPath(path)) continue
    const named = { object: qualified(object.kind, object.namespace, object.name), component: use.id, path }
    report(diagnostic('token-to-other-path', object.span, named))
  }
}

/** Who answers a request is not told by objects: that it is Kubernetes stays assumed. */
function tokenNeeds(
  grants: readonly Grant[],
  { objects = {} }: Pick<GrantRule, 'objects'>,
  situation: RuleContext,
  selection: Selection,
): readonly Requirement[] {
  const sent = sentTokens(objects, selection, situation.facts)
  return grants.flatMap(grant => {
    const by = sent.filter(each => mayNeed(each, grant, situation.facts.target.kubernetes))
    if (by.length === 0) return []
    return requirements([grant], situation, selection, {
      certain: false,
      by: new Set(by.map(({ object }) => object)),
    })
  })
}

function requirements(
  grants: readonly Grant[],
  situation: RuleContext,
  selection: Selection,
  { certain, by }: Pick<Asked, 'certain' | 'by'>,
): readonly Requirement[] {
  const reason = { ...reasonOf(situation, certain), objects: passed(selection, by) }
  return grants.map(grant => ({ need: { kind: 'grant', grant }, reason }))
}

function passed({ count, world }: Selection, by: ReadonlySet<KubernetesObject>): PassedObjects {
  const names = [...by].map(({ kind, namespace, name }) => qualified(kind, namespace, name))
  return { count, complete: world.complete, by: [...new Set(names)].sort() }
}
