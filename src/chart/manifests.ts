import { diagnostic, type Outcome } from '../diagnostic/diagnostic.ts'
import type { Plan } from '../plan/plan.ts'
import { type Asked, alloyText, kubernetesText } from './header.ts'
import { incompleteLines } from './incomplete.ts'
import { type JsonMap, mapAt } from './json.ts'
import { templateSecurity } from './pod/admission.ts'
import { mountErrors, mountNotes } from './pod/mount-notes.ts'
import { givenMounts } from './pod/mounts/given-mounts.ts'
import { sparedPlan } from './pod/mounts/spared-plan.ts'
import { type KnownPod, patchedPod, podPatch, valuesOf } from './pod/patch.ts'
import { podNotes } from './pod/pod-notes.ts'
import { type PodExtras, type PodObjects, podObjects } from './pod/pod-objects.ts'
import { type PodSettings, podSettings } from './pod/settings.ts'
import { entriesOf, entryComment } from './rbac/entry.ts'
import { clusterRole, madeLabel, type Naming, namespaceRole, type RoleObject } from './rbac/objects.ts'
import { rolesOf } from './rbac/placement.ts'
import type { Release } from './release/releases.ts'
import { type Remark, writeHeader, writeYaml } from './write/write-yaml.ts'

/** What decides how the manifests of a plan look. */
export interface ManifestOptions {
  /** The chart that the manifests are next to. */
  readonly release: Release
  readonly alloy: string
  /** What was asked for, where it was not read and another release answers for it. */
  readonly asked?: Asked
  readonly kubernetes: string
  /** The oldest minor of Kubernetes from which on the answer is the same up to the newest. */
  readonly sameSince?: string
  readonly tool: string
  /** The namespace that Alloy runs in. */
  readonly namespace: string | null
  /** Name of the service account and of every role. */
  readonly name: string
  /** Kind and name of the workload that the patch is for. */
  readonly workload?: KnownPod & { readonly kind: string; readonly name: string; readonly labels: JsonMap }
  readonly only?: 'rbac' | 'pod'
  /** What is asked for beside the pod. */
  readonly extras?: PodExtras
}

/** Kubernetes objects of a plan as a YAML stream. */
export interface Manifests {
  readonly text: string
  readonly objects: readonly JsonMap[]
}

/**
 * Turns a plan into a service account, its roles and bindings, and a strategic-merge patch for the workload's pod. Beside a chart
 * whose values carry no objects, the chart makes the account and its values set up the pod.
 */
export function manifests(plan: Plan, options: ManifestOptions): Outcome<Manifests | null> {
  const { release, namespace, name, only } = options
  if (namespace === null) return { value: null, diagnostics: [diagnostic('namespace-not-given', null, {})] }
  const known = options.workload ?? { kind: 'DaemonSet', name, pod: {}, container: 'alloy' }
  const spared = sparedPlan(plan, givenMounts(valuesOf(known)))
  const pod = podSettings(spared, valuesOf(known))
  const collided = only === 'rbac' ? [] : mountErrors(pod)
  if (collided.length > 0) return { value: null, diagnostics: collided }
  const naming = plainNaming(name, namespace)
  const beside = !release.extraObjects
  const { template } = podPatch(pod, known, name, options.kubernetes)
  const extra: PodObjects =
    only === 'rbac'
      ? { objects: [], diagnostics: [] }
      : podObjects(plan, patchedPod(known.pod, mapAt(template, 'spec')), options.extras ?? {}, {
          naming,
          kubernetes: options.kubernetes,
          labels: options.workload?.labels ?? { 'app.kubernetes.io/name': 'alloy', 'app.kubernetes.io/instance': name },
          token: pod.automountServiceAccountToken,
          claims: false,
        })
  const documents: readonly Commented[] = [
    ...(only === 'pod' || beside
      ? []
      : [{ object: account(naming, pod.automountServiceAccountToken), remarks: [], above: [] }]),
    ...(only === 'pod' ? [] : roles(plan, naming).map(commented)),
    ...(only === 'rbac' || beside ? [] : [patch(pod, known, naming, options)]),
    ...extra.objects.map(({ object, remarks }): Commented => ({ object, remarks, above: [] })),
  ]
  const texts = documents.map(({ object, remarks, above }, at) =>
    writeYaml(object, { header: [...(at === 0 ? header(plan, options, beside) : []), ...above], remarks }),
  )
  const text = texts.length > 0 ? texts.join('---\n') : writeHeader(header(plan, options, beside))
  const notes =
    only === 'rbac' || beside
      ? []
      : [
          ...mountNotes(pod, valuesOf(known), 'volumeMounts'),
          ...podNotes(spared, valuesOf(known), templateSecurity(template, options.kubernetes), options.kubernetes),
        ]
  return {
    value: { text, objects: documents.map(({ object }) => object) },
    diagnostics: [...notes, ...extra.diagnostics],
  }
}

interface Commented {
  readonly object: JsonMap
  readonly remarks: readonly Remark[]
  readonly above: readonly string[]
}

function plainNaming(name: string, namespace: string): Naming {
  const labels = { 'app.kubernetes.io/name': 'alloy', 'app.kubernetes.io/component': 'rbac', [madeLabel]: 'alloy-rbac' }
  return { name, account: name, namespace, labels, literal: text => text }
}

function account({ account: name, namespace, labels }: Naming, automount: boolean): JsonMap {
  return {
    apiVersion: 'v1',
    kind: 'ServiceAccount',
    metadata: { name, namespace, labels },
    automountServiceAccountToken: automount,
  }
}

function roles(plan: Plan, naming: Naming): readonly RoleObject[] {
  const wide = plan.grants.filter(({ grant }) => grant.kind === 'url' || grant.namespace === null)
  return [
    ...(wide.length > 0 ? clusterRole(entriesOf(wide), naming) : []),
    ...rolesOf(plan.grants).flatMap(({ namespace, entries }) => namespaceRole(namespace, entries, naming)),
  ]
}

function commented({ object, entries }: RoleObject): Commented {
  const remarks = entries.map((entry, at): Remark => ({ path: ['rules', at], lines: entryComment(entry) }))
  return { object, remarks, above: [] }
}

function patch(
  pod: PodSettings,
  known: KnownPod & { readonly kind: string; readonly name: string },
  { account: name, namespace }: Naming,
  { kubernetes }: ManifestOptions,
): Commented {
  const { template, remarks } = podPatch(pod, known, name, kubernetes)
  return {
    object: {
      apiVersion: 'apps/v1',
      kind: known.kind,
      metadata: { name: known.name, namespace },
      spec: { template },
    },
    remarks: remarks.map(({ path, lines }) => ({ path: ['spec', 'template', ...path], lines })),
    above: ['A strategic merge patch for the pod of the workload: apply it with kubectl patch or kustomize.'],
  }
}

function header(plan: Plan, options: ManifestOptions, beside: boolean): readonly string[] {
  const { tool, alloy, release, name, asked } = options
  return [
    `What this Alloy configuration needs, by ${tool}.`,
    `${alloyText(alloy, asked?.alloy)}, ${kubernetesText(options)}; ${plan.grants.length} grants.`,
    ...(beside
      ? [`For use with chart grafana/alloy ${release.version} installed as ${name}, which creates the service account.`]
      : []),
    ...incompleteLines(plan),
  ]
}
