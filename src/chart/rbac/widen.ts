import { type Diagnostic, diagnostic } from '../../diagnostic/diagnostic.ts'
import { type Grant, grantKey, grantLines } from '../../kubernetes/grant.ts'
import { isPhantomGrant } from '../../kubernetes/resources.ts'
import { implying } from '../../plan/implying.ts'
import type { Plan } from '../../plan/plan.ts'
import type { PlannedGrant } from '../../plan/reduce.ts'
import { reduce } from '../../plan/reduce.ts'
import { required } from '../../required.ts'
import type { Reason } from '../../rules/requirement.ts'
import type { Span } from '../../source.ts'
import { defaultGrants } from '../release/default-grants.ts'
import type { Release } from '../release/releases.ts'

/** A plan that holds more than the configuration needs, on purpose; every such grant says so in its reasons. */
export interface Widened {
  readonly plan: Plan
  readonly diagnostics: readonly Diagnostic[]
}

/** Turns the grants of single namespaces into grants of the whole cluster, as the chart has them by default, and says by how much. */
export function widenToCluster(plan: Plan): Widened {
  const narrow = plan.grants.filter(({ grant }) => grant.kind === 'resource' && grant.namespace !== null)
  if (narrow.length === 0) return { plan, diagnostics: [] }
  const known = implying(plan.grants.filter(({ grant }) => grant === everywhere(grant)).map(({ grant }) => grant))
  const grants = reduce(
    plan.grants.map((planned): PlannedGrant => {
      const grant = everywhere(planned.grant)
      if (grant === planned.grant || known(grant).length > 0) return { ...planned, grant }
      return { ...planned, grant, reasons: [...planned.reasons, widening(planned)] }
    }),
  )
  const lines = grantLines(narrow.map(({ grant }) => grant))
  return {
    plan: { ...plan, grants },
    diagnostics: [diagnostic('widened-to-cluster', null, { grants: narrow.length, lines })],
  }
}

const widenedRule = 'scope#cluster'

function widening({ reasons, certainty }: PlannedGrant): Reason {
  return label('--scope cluster', widenedRule, required(reasons[0], 'a reason of a grant').span, certainty)
}

/** Says whether a grant is of the whole cluster on purpose alone. */
export function isWidened({ reasons }: PlannedGrant): boolean {
  return reasons.some(({ rule }) => rule === widenedRule)
}

function everywhere(grant: Grant): Grant {
  return grant.kind === 'resource' && grant.namespace !== null ? { ...grant, namespace: null } : grant
}

/** Adds the default grants of a release, without phantoms, to a plan that something unknown at this place may make too small. */
export function withDefaults(plan: Plan, release: Release, at: Span, kubernetes?: string): Widened {
  const because = label(`chart grafana/alloy ${release.version}`, 'chart#defaults', at, 'assumed')
  const added = defaultGrants(release)
    .filter(grant => !isPhantomGrant(grant, kubernetes))
    .map((grant): PlannedGrant => ({ grant, certainty: 'assumed', reasons: [because] }))
  const grants = reduce([...plan.grants, ...added])
  const more = grants.length - plan.grants.length
  return {
    plan: { ...plan, grants },
    diagnostics: [diagnostic('widened-by-defaults', at, { version: release.version, grants: more })],
  }
}

/** A grant of the user's own rules, and where their values have it. */
export interface OwnGrant {
  readonly grant: Grant
  readonly span: Span
}

/** What the user's values grant that neither the chart grants by default nor the plan needs: kept under their name, or named as dropped. */
export function withOwn(
  plan: Plan,
  release: Release,
  own: readonly OwnGrant[],
  { keep }: { readonly keep: boolean },
): Widened {
  const known = implying([...defaultGrants(release), ...plan.grants.map(({ grant }) => grant)])
  const extra = own.filter(({ grant }) => known(grant).length === 0)
  const [first] = extra
  if (first === undefined) return { plan, diagnostics: [] }
  if (!keep) {
    const lines = grantLines(extra.map(({ grant }) => grant))
    const grants = new Set(extra.map(({ grant }) => grantKey(grant))).size
    return { plan, diagnostics: [diagnostic('extra-rules-dropped', first.span, { grants, lines })] }
  }
  const added = extra.map(({ grant, span }): PlannedGrant => {
    return { grant, certainty: 'certain', reasons: [label("the values' own rules", 'values#rbac', span, 'certain')] }
  })
  return { plan: { ...plan, grants: reduce([...plan.grants, ...added]) }, diagnostics: [] }
}

function label(component: string, rule: string, span: Span, certainty: Reason['certainty']): Reason {
  return { component, rule, certainty, span, related: [], evidence: [] }
}
