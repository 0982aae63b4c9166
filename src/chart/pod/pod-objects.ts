import { type Diagnostic, diagnostic } from '../../diagnostic/diagnostic.ts'
import type { Plan } from '../../plan/plan.ts'
import { componentsOf } from '../../plan/reasons.ts'
import { isMap, type Json, type JsonMap } from '../json.ts'
import type { Naming } from '../rbac/objects.ts'
import { isMade, objectsIn } from '../rbac/rbac-values.ts'
import type { Setting } from '../setting.ts'
import type { Remark } from '../write/write-yaml.ts'
import { networkPolicy, openPorts, type Policy, type Server } from './network-policy.ts'
import { type ConstraintOptions, securityContextConstraints, seLinuxType } from './openshift.ts'
import { autopilotNotes } from './pod-notes.ts'

/** What is asked for beside the settings of the pod. */
export interface PodExtras {
  readonly platform?: 'openshift' | 'gke-autopilot'
  /** Given where a NetworkPolicy is asked for. */
  readonly server?: Server
}

/** Objects that a pod needs beside its workload, and what there is to say of them. */
export interface PodObjects {
  readonly objects: readonly Policy[]
  readonly diagnostics: readonly Diagnostic[]
}

/** What objects beside a pod are named, and what they say of it. */
export interface PodObjectOptions extends ConstraintOptions {
  readonly naming: Naming
  readonly kubernetes: string
  readonly labels: JsonMap
}

/** The constraints that admit a pod on OpenShift, and the policy that admits what it listens for, as far as they are asked for. */
export function podObjects(
  plan: Plan,
  pod: JsonMap,
  { platform, server }: PodExtras,
  { naming, kubernetes, labels, ...mounted }: PodObjectOptions,
): PodObjects {
  const type = seLinuxType(pod)
  return {
    objects: [
      ...(platform === 'openshift' ? [{ object: securityContextConstraints(pod, naming, mounted), remarks: [] }] : []),
      ...(server ? [networkPolicy(plan, server, labels, naming)] : []),
    ],
    diagnostics: [
      ...(platform === 'openshift' && type !== null ? [diagnostic('selinux-type', null, { type })] : []),
      ...(platform === 'gke-autopilot' ? autopilotNotes(plan, pod, kubernetes) : []),
      ...(server ? policyNotes(plan, pod, server) : []),
    ],
  }
}

function policyNotes(plan: Plan, pod: JsonMap, server: Server): readonly Diagnostic[] {
  const ports = openPorts(plan, server).map(
    ({ port, protocol, reasons }) => `${port}/${protocol} (${componentsOf(reasons).join(', ')})`,
  )
  const { port, clustered } = server
  return [
    diagnostic('listens', null, { ports, port, clustered }),
    ...(pod['hostNetwork'] === true ? [diagnostic('policy-on-host-network', null, {})] : []),
  ]
}

/** Settings with objects added to the extra ones, in place of earlier ones of the same kinds that this program made. */
export function withObjects(
  settings: readonly Setting[],
  objects: readonly Policy[],
  user: JsonMap,
): readonly Setting[] {
  if (objects.length === 0) return settings
  const path = 'extraObjects'
  const given = settings.find(each => each.path === path)
  const kinds = new Set(objects.map(({ object }) => object['kind']))
  const isReplaced = (each: Json): boolean => isMade(each) && isMap(each) && kinds.has(each['kind'])
  const before = (given?.value as readonly Json[] | undefined) ?? objectsIn(user).filter(each => !isReplaced(each))
  const remarks = objects.flatMap(({ remarks: each }, at) =>
    each.map((remark): Remark => ({ ...remark, path: [path, before.length + at, ...remark.path] })),
  )
  const setting: Setting = {
    path,
    value: [...before, ...objects.map(({ object }) => object)],
    remarks: [...(given?.remarks ?? []), ...remarks],
  }
  return [...settings.filter(each => each !== given), setting]
}
