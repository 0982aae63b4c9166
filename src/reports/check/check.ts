import type { Holdings } from '../../access/holdings.ts'
import { autopilotNotes, autopilotRights } from '../../chart/pod/pod-notes.ts'
import type { Release } from '../../chart/release/releases.ts'
import type { Rendering } from '../../chart/release/render.ts'
import { type Diagnostic, diagnostic } from '../../diagnostic/diagnostic.ts'
import type { Configuration } from '../../input/configuration.ts'
import { qualifiedName, type Stream } from '../../input/manifests/objects.ts'
import { get, itemsAt } from '../../input/yaml/tree.ts'
import { podSecurity } from '../../kubernetes/pod/security.ts'
import { isClosed, type Plan } from '../../plan/plan.ts'
import type { Span } from '../../source.ts'
import { compareText } from '../../text/compare-text.ts'
import { asFinding, type Finding } from './finding.ts'
import { holdsIn } from './holds.ts'
import { enforcedBy } from './pod/namespace.ts'
import { checkPod, type RunningPod } from './pod/pod.ts'
import { podFaults } from './pod/pod-faults.ts'
import { runningPod } from './pod/running.ts'
import {
  accessOf,
  definedInOf,
  doubtSpan,
  heldRules,
  identityOf,
  madeObjects,
  type Origin,
  rendered,
} from './rights/granted.ts'
import { checkGrants } from './rights/grants.ts'
import { withoutOwnConstraints } from './rights/own-constraints.ts'
import { type RightsContext, unreadRights } from './rights/unread-rights.ts'
import { sharedAccount, tokenSecrets } from './surroundings.ts'
import type { Report } from './verdict.ts'

/** What a workload is judged for. */
export interface CheckContext {
  readonly release: Release
  readonly kubernetes: string
  /** Where the pod is to run, when that has rules of its own. */
  readonly platform?: 'gke-autopilot'
  /** How severe it is that something lacks that is only assumed to be needed; absent: a warning, and a note for a URL. */
  readonly assumed?: 'error'
}

/** What is known of a plan beside its grants. */
export interface Planned {
  /** What was said while it was made. */
  readonly said?: readonly Diagnostic[]
  /** The plan that also holds what is optional; absent: nothing is. */
  readonly withOptional?: () => Plan
  /** Whether a component needs a HostProcess container. */
  readonly hostProcess?: boolean
}

/** Compares what a workload is granted with what its configuration needs. A role that is not in the input forbids a verdict. */
export function check(
  configuration: Configuration,
  plan: Plan,
  { release, kubernetes, platform, assumed }: CheckContext,
  { said = [], withOptional = () => plan, hostProcess = false }: Planned = {},
): Report {
  const { name, deployment } = configuration
  const rendering = deployment === null ? rendered(configuration, release) : null
  const access = accessOf(configuration, rendering, kubernetes)
  const absent = [...doubtful(configuration, access), ...unrendered(configuration, release, rendering)]
  const earlier = said.map(asFinding)
  const fault = absent.some(({ diagnostic: { severity } }) => severity === 'error')
  if (fault) return { name, verdict: null, findings: ordered([...earlier, ...absent]) }
  const definedIn = definedInOf(configuration, rendering, release)
  const lacking = { known: { said, planned: plan.grants }, ...(assumed && { assumed }) }
  const { rules, findings: constrained } = withoutOwnConstraints(
    heldRules(access, configuration, release),
    configuration,
  )
  const grants = checkGrants(plan, rules, { kubernetes, definedIn, ...lacking })
  const running = runningPod(configuration, rendering, { release, kubernetes })
  const pod = running && checkPod(plan, running, withOptional, { ...lacking, hostProcess })
  const findings = [
    ...earlier,
    ...absent,
    ...(grants.missing.length > 0 && access.held.length === 0 ? unbound(configuration) : []),
    ...unseenAccount(configuration, rendering),
    ...rightsBeside(configuration, rendering, { access, kubernetes }),
    ...(running ? tokensBeside(configuration, rendering, running) : []),
    ...(running ? refusedPod(configuration, running) : []),
    ...grants.findings,
    ...constrained,
    ...(pod?.findings ?? []),
    ...(running ? refusals(configuration, running) : []),
    ...(platform === 'gke-autopilot' ? autopilotRights(plan).map(asFinding) : []),
    ...(running && platform === 'gke-autopilot' ? onAutopilot(plan, running, kubernetes) : []),
  ]
  const { missing, excess, phantom, tooWide, forOthers } = grants
  return {
    name,
    verdict: {
      complete: isClosed(plan),
      needed: plan.grants.length,
      tooWide,
      forOthers,
      missing,
      excess,
      phantom,
      pod: { missing: pod?.missing ?? [], excess: pod?.excess ?? [] },
      holds: holdsIn(access, running, kubernetes),
    },
    findings: ordered(findings),
  }
}

/** Errors first; within a severity, findings stay in the order in which they were made: by place, then by severity. */
function ordered(findings: readonly Finding[]): readonly Finding[] {
  const rank = { error: 0, warning: 1, note: 2 }
  const unique = new Map(
    findings.map(each => [`${each.diagnostic.code}\0${each.subject}\0${each.diagnostic.span?.start}`, each]),
  )
  return [...unique.values()].sort(
    (a, b) =>
      rank[a.diagnostic.severity] - rank[b.diagnostic.severity] || compareText(a.diagnostic.code, b.diagnostic.code),
  )
}

/** What is not known of the bindings of the account. */
function doubtful(configuration: Configuration, { doubts }: Holdings<Origin>): readonly Finding[] {
  return doubts.map(doubt => {
    const { binding, namespace } = doubt
    const { kind, name } = binding.roleRef
    const span = doubtSpan(doubt, configuration)
    const title = `${binding.kind}/${binding.name}`
    switch (doubt.kind) {
      case 'namespace': {
        const args = { binding: title, namespace: namespace ?? '' }
        return { subject: title, diagnostic: diagnostic('binding-depends-on-namespace', span, args) }
      }
      case 'large':
        return {
          subject: `${kind}/${name}`,
          diagnostic: diagnostic('too-many-grants', span, { what: `the ${kind} ${name}` }),
        }
      case 'gathers':
        return { subject: `${kind}/${name}`, diagnostic: diagnostic('role-gathers-others', span, { kind, name }) }
      default: {
        const found = diagnostic('role-not-in-the-input', span, { kind, name, namespace })
        return { subject: `${kind}/${name}`, diagnostic: found }
      }
    }
  })
}

/** Rights that come from elsewhere are easily left out of a stream: that nothing at all is bound is worth a word. */
function unbound({ account: of, deployment }: Configuration): readonly Finding[] {
  if (deployment === null || of === null) return []
  const { namespace, name, span } = of
  const account = qualifiedName(namespace, name ?? 'default')
  return [{ subject: account, diagnostic: diagnostic('nothing-bound', span ?? deployment.workload.span, { account }) }]
}

/** Where the pod leaves it to the account whether the token is mounted, an account that is not there is taken to say yes. */
function unseenAccount(
  { account: of, deployment, namespace, values }: Configuration,
  rendering: Rendering | null,
): readonly Finding[] {
  if (of?.object) return []
  const said = (name: string | null, at: Span): readonly Finding[] => {
    if (name === null) return []
    const account = qualifiedName(namespace, name)
    return [{ subject: account, diagnostic: diagnostic('account-not-in-the-input', at, { account }) }]
  }
  if (deployment !== null)
    return deployment.automount.by === 'default' ? said(of?.name ?? null, of?.span ?? deployment.workload.span) : []
  if (rendering?.kind !== 'objects' || rendering.objects.some(({ kind }) => kind === 'ServiceAccount')) return []
  const written = get(values?.chart ?? null, 'serviceAccount', 'create')
  return written ? said(rendering.names.serviceAccountName, written.span) : []
}

/** What is not what it looks like among the objects that decide over the account's rights. */
function rightsBeside(
  configuration: Configuration,
  rendering: Rendering | null,
  { access, kubernetes }: Pick<RightsContext, 'access' | 'kubernetes'>,
): readonly Finding[] {
  const identity = identityOf(configuration, rendering)
  if (identity === null) return []
  const streams = [configuration.objects, madeOf(configuration, rendering)]
  return [
    ...streams.flatMap(objects => sharedAccount(configuration, identity, objects)),
    ...unreadRights(streams, { identity, access, kubernetes }),
  ]
}

const madeOf = (configuration: Configuration, rendering: Rendering | null): Stream =>
  rendering?.kind === 'objects' ? madeObjects(rendering, configuration) : []

const tokensBeside = (configuration: Configuration, rendering: Rendering | null, running: RunningPod) =>
  tokenSecrets(configuration, running, [...configuration.objects, ...madeOf(configuration, rendering)])

/** Why the API server refuses the pod. */
function refusedPod({ name, deployment, span }: Configuration, { pod, claims }: RunningPod): readonly Finding[] {
  const object = deployment === null ? `the pod of ${name || 'the chart'}` : name
  return podFaults(pod, claims).map(because => ({
    subject: `${object}: ${because}`,
    diagnostic: diagnostic('object-refused', deployment?.workload.span ?? span, { object, because }),
  }))
}

function unrendered(
  { span, values }: Configuration,
  { version }: Release,
  rendering: Rendering | null,
): readonly Finding[] {
  if (rendering === null) return []
  if (rendering.kind === 'broken') {
    const found = diagnostic('chart-does-not-render', span, { version, because: rendering.because })
    return [{ subject: version, diagnostic: found }]
  }
  const extra = itemsAt(values?.chart ?? null, 'extraObjects')
  return rendering.opaque.map(at => ({
    subject: `extraObjects[${at}]`,
    diagnostic: diagnostic('object-only-helm-renders', extra[at]?.span ?? span, undefined),
  }))
}

/** What the namespace's Pod Security Standard has against the pod. */
function refusals(
  { objects, account, deployment }: Configuration,
  { pod, annotations, kubernetes }: RunningPod,
): readonly Finding[] {
  const enforced = enforcedBy(objects, account?.namespace ?? null)
  const level = enforced?.level
  if (!enforced || (level !== 'baseline' && level !== 'restricted')) return []
  const texts = Object.fromEntries(Object.entries(annotations).map(([key, value]) => [key, String(value)]))
  const violations = podSecurity(pod, texts, kubernetes).violations[level]
  if (violations.length === 0) return []
  const args = { level, violations: violations.join(', ') }
  const related = deployment ? [{ span: deployment.workload.span, text: 'the pod' }] : []
  return [{ subject: level, diagnostic: diagnostic('pod-refused', enforced.span, args, { related }) }]
}

/** What GKE Autopilot has against the pod. */
function onAutopilot(plan: Plan, { pod, placeOf }: RunningPod, kubernetes: string): readonly Finding[] {
  const span = placeOf('securityContext')
  return autopilotNotes(plan, pod, kubernetes).map(found => asFinding({ ...found, span }))
}
