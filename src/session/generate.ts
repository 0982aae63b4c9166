import { program } from '#rulemap/program'
import { equalJson, type JsonMap } from '../chart/json.ts'
import { manifests } from '../chart/manifests.ts'
import type { Nesting } from '../chart/nesting.ts'
import { autopilotRights } from '../chart/pod/pod-notes.ts'
import type { PodExtras } from '../chart/pod/pod-objects.ts'
import { proveManifests, proveValues } from '../chart/prove/prove.ts'
import { type Difference, difference } from '../chart/rbac/difference.ts'
import { ownGrants } from '../chart/rbac/own.ts'
import { type Widened, widenToCluster, withDefaults, withOwn } from '../chart/rbac/widen.ts'
import { type ValuesDocument, values } from '../chart/values.ts'
import { type Diagnostic, diagnostic, hasError, inOrder } from '../diagnostic/diagnostic.ts'
import type { Configuration } from '../input/configuration.ts'
import type { Deployment } from '../input/deployment.ts'
import { data, type Mapping, mapAt } from '../input/yaml/tree.ts'
import { newestKubernetes } from '../kubernetes/resources.ts'
import type { Plan } from '../plan/plan.ts'
import { canIScript } from '../render/can-i.ts'
import { diffJson } from '../render/diff.ts'
import { diagnosticJson, grantJson, printJson } from '../render/json.ts'
import { podJson } from '../render/pod-json.ts'
import type { DocumentOptions, WideningOptions } from './options.ts'
import { sameSince } from './same-since.ts'
import type { Session } from './session.ts'

/** A document, and everything there is to say; no text where an error forbids it. */
export interface Document {
  readonly text: string | null
  readonly diagnostics: readonly Diagnostic[]
}

/** Which document `generate` prints, and what it is like. */
export interface PrintedOptions extends DocumentOptions {
  readonly format: 'values' | 'manifests' | 'json' | 'can-i'
}

/** Name and version of this program, for headers. */
const tool = `${program.name} ${program.version}`

/** The plan of a session with what the options add on purpose. */
export function widened(session: Session, options: WideningOptions): Widened {
  const { release, target, configuration } = session
  const diagnostics: Diagnostic[] = []
  let { plan } = session
  const widen = ({ plan: wider, diagnostics: said }: Widened): void => {
    plan = wider
    for (const each of said) diagnostics.push(each)
  }
  if (configuration.values) {
    const own = ownGrants(configuration.values.chart, release)
    if (own === null) diagnostics.push(diagnostic('too-many-grants', configuration.span, { what: 'these values' }))
    else widen(withOwn(plan, release, own, { keep: options.keepExtra === true }))
  }
  if (options.onUnknown === 'defaults' && !plan.complete)
    widen(withDefaults(plan, release, configuration.span, target.kubernetes))
  if (options.scope === 'cluster') widen(widenToCluster(plan))
  return { plan, diagnostics }
}

/** The values of a plan, proved: what is printed is read again, rendered and put to the authorizer. */
export function provedValues(
  plan: Plan,
  session: Session,
  options: Partial<DocumentOptions>,
): { document: ValuesDocument | null; diagnostics: readonly Diagnostic[] } {
  const { release, origins, configuration } = session
  const nesting = nestingOf(configuration, options.at)
  const user = userValues(configuration.values?.chart ?? null)
  const made = values(plan, {
    release,
    ...versionsOf(session),
    origins,
    tool,
    granularity: options.granularity ?? 'exact',
    scope: options.scope ?? 'auto',
    ...(options.only ? { only: options.only } : {}),
    nesting,
    extras: extrasOf(configuration, options),
    user,
  })
  if (made.value === null) return { document: null, diagnostics: made.diagnostics }
  const { text, beyond, placement, pod } = made.value
  proveValues(text, {
    release,
    plan,
    beyond,
    rules: options.only === 'pod' ? 'left alone' : placement === 'manifests' ? 'elsewhere' : 'values',
    pod: options.only === 'rbac' ? null : pod,
    nesting,
    namespace: options.namespace ?? configuration.namespace,
    user,
  })
  const relied =
    session.askedChart === null
      ? []
      : [
          diagnostic('unread-chart', null, {
            version: session.askedChart,
            newest: release.version,
            keys: made.value.keys,
          }),
        ]
  return { document: made.value, diagnostics: [...made.diagnostics, ...relied] }
}

/** The releases that a header names. */
const versionsOf = ({ uses, derivation, target, askedChart, askedKubernetes }: Session) => ({
  alloy: target.alloy,
  asked: { alloy: target.stated ?? null, chart: askedChart, kubernetes: askedKubernetes },
  kubernetes: target.kubernetes,
  // Of an older one, what is later may differ.
  ...(target.kubernetes === newestKubernetes ? { sameSince: sameSince(uses, derivation) } : {}),
})

/** Values are laid over the user's own, and so stand where these have the chart; objects are patched by other means. */
function nestingOf({ values: given }: Configuration, at: string | undefined): Nesting {
  const keys = at?.split('.').filter(key => key !== '')
  if (given === null || (given.root.entries.has('apiVersion') && given.root.entries.has('kind')))
    return { at: keys ?? [], parentGlobal: false }
  const same = keys === undefined || equalJson(keys, given.at)
  return { at: keys ?? given.at, parentGlobal: same && given.at.length > 0 && mapAt(given.root, 'global') !== null }
}

const userValues = (chart: Mapping | null): JsonMap | null => (chart === null ? null : (data(chart) as JsonMap))

/** The labels of the pods that a workload makes. */
function labelsOf({ podMetadata }: Deployment): JsonMap {
  const labels = mapAt(podMetadata, 'labels')
  return labels === null ? {} : (data(labels) as JsonMap)
}

/** What the options ask for beside the pod. */
function extrasOf({ settings }: Configuration, { platform, networkPolicy }: Partial<DocumentOptions>): PodExtras {
  const server = { port: settings.listen.port.value, clustered: settings.cluster.enabled.value }
  return { ...(platform ? { platform } : {}), ...(networkPolicy === true ? { server } : {}) }
}

/** The document of `generate` in the format asked for. Whether there is one does not depend on the format: what one refuses all do. */
export function documentOf(session: Session, options: PrintedOptions, before: readonly Diagnostic[]): Document {
  const { plan, diagnostics: widening } = widened(session, options)
  const denied = options.platform === 'gke-autopilot' && options.only !== 'pod' ? autopilotRights(plan) : []
  const said = [...widening, ...denied]
  if (hasError(said)) return { text: null, diagnostics: inOrder([...before, ...said]) }
  const { document, diagnostics: more } = provedValues(plan, session, options)
  const diagnostics = inOrder([...before, ...said, ...more])
  if (document === null) return { text: null, diagnostics }
  if (options.format === 'manifests') return manifestsOf(plan, session, options, [...before, ...said])
  switch (options.format) {
    case 'json':
      return { text: printJson(json(plan, document, session, options, diagnostics)), diagnostics }
    case 'can-i':
      return {
        text: canIScript(differenceOf(plan, session), { tool, ...accountOf(session, options) }),
        diagnostics,
      }
    default:
      return { text: document.text, diagnostics }
  }
}

/** The versions that a session answers for, as every JSON document names them. */
export const targetJson = ({ release, target, askedChart, askedKubernetes }: Session) => ({
  alloy: target.alloy,
  chart: release.version,
  kubernetes: target.kubernetes,
  ...(target.stated === undefined && askedChart === null && askedKubernetes === null
    ? {}
    : {
        asked: {
          ...(target.stated === undefined ? {} : { alloy: target.stated }),
          ...(askedChart === null ? {} : { chart: askedChart }),
          ...(askedKubernetes === null ? {} : { kubernetes: askedKubernetes }),
        },
      }),
})

/** A plan against the defaults of the session's chart. */
export const differenceOf = (plan: Plan, { release, target }: Session): Difference =>
  difference(plan, release, target.kubernetes)

function accountOf(
  { configuration }: Session,
  options: Pick<DocumentOptions, 'namespace' | 'name'>,
): { namespace: string | null; account: string | null } {
  return {
    namespace: options.namespace ?? configuration.namespace,
    account: options.name ?? configuration.account?.name ?? null,
  }
}

function manifestsOf(plan: Plan, session: Session, options: DocumentOptions, before: readonly Diagnostic[]): Document {
  const { release, configuration } = session
  const { namespace, account } = accountOf(session, options)
  const name = account ?? 'alloy'
  const made = manifests(plan, {
    release,
    ...versionsOf(session),
    tool,
    namespace,
    name,
    ...(configuration.deployment
      ? {
          workload: {
            kind: configuration.deployment.workload.kind,
            name: configuration.deployment.workload.name,
            labels: labelsOf(configuration.deployment),
            pod: data(configuration.deployment.pod) as JsonMap,
            container: String(
              data(configuration.deployment.container) && (data(configuration.deployment.container) as JsonMap)['name'],
            ),
          },
        }
      : {}),
    ...(options.only ? { only: options.only } : {}),
    extras: extrasOf(configuration, options),
  })
  if (made.value && namespace !== null && options.only !== 'pod')
    proveManifests(made.value.text, plan, made.value, { name, namespace })
  return { text: made.value?.text ?? null, diagnostics: inOrder([...before, ...made.diagnostics]) }
}

/** The frozen shape of `--format json`. */
function json(
  plan: Plan,
  document: ValuesDocument,
  session: Session,
  options: DocumentOptions,
  diagnostics: readonly Diagnostic[],
): object {
  return {
    version: 1,
    analyzer: program,
    target: targetJson(session),
    complete: plan.complete,
    grants: plan.grants.map(grantJson),
    pod:
      options.only === 'rbac' || !document.pod || !document.security
        ? null
        : podJson(document.pod, document.security.level),
    rules: document.lists,
    values: document.values,
    diff: diffJson(differenceOf(plan, session)),
    diagnostics: diagnostics.map(diagnosticJson),
  }
}
