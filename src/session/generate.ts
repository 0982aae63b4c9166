import { program } from '#rulemap/program'
import type { JsonMap } from '../chart/json.ts'
import { manifests } from '../chart/manifests.ts'
import { autopilotRights } from '../chart/pod/pod-notes.ts'
import { proveManifests } from '../chart/prove/prove.ts'
import { type Difference, difference } from '../chart/rbac/difference.ts'
import { ownGrants } from '../chart/rbac/own.ts'
import { type Widened, widenToCluster, withDefaults, withOwn } from '../chart/rbac/widen.ts'
import { sections } from '../chart/setting.ts'
import { writeYaml } from '../chart/write/write-yaml.ts'
import { type Diagnostic, diagnostic, hasError, inOrder } from '../diagnostic/diagnostic.ts'
import type { Deployment } from '../input/deployment.ts'
import { data, mapAt } from '../input/yaml/tree.ts'
import { isClosed, type Plan } from '../plan/plan.ts'
import { canIScript } from '../render/can-i.ts'
import { diffJson } from '../render/diff.ts'
import type { GenerateJson } from '../render/documents/generate.ts'
import { flowJson } from '../render/flow.ts'
import { report } from '../render/html/report.ts'
import { diagnosticJson, grantJson, printJson } from '../render/json.ts'
import { podJson } from '../render/pod-json.ts'
import type { DocumentOptions, WideningOptions } from './options.ts'
import { extrasOf, type ProvedValues, provedValues, versionsOf } from './proved-values.ts'
import type { Releases, Session } from './session.ts'
import { tool } from './tool.ts'

/** A document, and everything there is to say; no text where an error forbids it. */
export interface Document {
  readonly text: string | null
  readonly diagnostics: readonly Diagnostic[]
}

/** Which document `generate` prints, and what it is like. */
export interface PrintedOptions extends DocumentOptions {
  readonly format: 'values' | 'manifests' | 'json' | 'can-i' | 'html'
}

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

/** The labels of the pods that a workload makes. */
function labelsOf({ podMetadata }: Deployment): JsonMap {
  const labels = mapAt(podMetadata, 'labels')
  return labels === null ? {} : (data(labels) as JsonMap)
}

/** A document with what it was made of; no values where an error forbids it. */
export interface MadeDocument extends Document {
  readonly plan: Plan
  readonly values: ProvedValues | null
}

/** The document of `generate` in the format asked for. Whether there is one does not depend on the format: what one refuses all do. */
export function documentOf(session: Session, options: PrintedOptions, before: readonly Diagnostic[]): MadeDocument {
  const { plan, diagnostics: widening } = widened(session, options)
  const denied = options.platform === 'gke-autopilot' && options.only !== 'pod' ? autopilotRights(plan) : []
  const said = [...widening, ...denied]
  if (hasError(said)) return { plan, values: null, text: null, diagnostics: inOrder([...before, ...said]) }
  const { document: values, diagnostics: more } = provedValues(plan, session, options)
  const diagnostics = inOrder([...before, ...said, ...more])
  if (values === null) return { plan, values, text: null, diagnostics }
  switch (options.format) {
    case 'manifests':
      return { plan, values, ...manifestsOf(plan, session, options, [...before, ...said]) }
    case 'json': {
      const text = printJson(documentJson(session, options, { plan, values, diagnostics }))
      return { plan, values, text, diagnostics }
    }
    case 'html': {
      const text = report({
        command: 'generate',
        document: documentJson(session, options, { plan, values, diagnostics }),
        yaml,
      })
      return { plan, values, text, diagnostics }
    }
    case 'can-i': {
      const text = canIScript(differenceOf(plan, session), { tool, ...accountOf(session, options) })
      return { plan, values, text, diagnostics }
    }
    default:
      return { plan, values, text: values.text, diagnostics }
  }
}

/** Values as a report shows them. */
export const yaml = (values: object): string => writeYaml(values as JsonMap, { apart: sections })

/** The versions that a session answers for, as every JSON document names them. */
export const targetJson = ({ release, target, askedChart, askedKubernetes }: Releases) => ({
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
export function documentJson(
  session: Session,
  options: DocumentOptions,
  { plan, values, diagnostics }: { plan: Plan; values: ProvedValues; diagnostics: readonly Diagnostic[] },
): GenerateJson {
  return {
    version: 1,
    analyzer: program,
    target: targetJson(session),
    complete: isClosed(plan),
    grants: plan.grants.map(grantJson),
    flow: flowJson(session),
    pod: options.only === 'rbac' || !values.pod || !values.security ? null : podJson(values.pod, values.security.level),
    rules: values.lists,
    values: values.values,
    diff: diffJson(differenceOf(plan, session)),
    diagnostics: diagnostics.map(diagnosticJson),
  }
}
