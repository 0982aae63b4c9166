import type { Grant } from '../grant.ts'
import { type Container, list, type PodSpec, runtimeCapabilities } from './security.ts'

/** Something that GKE Autopilot refuses: the constraint as its admission webhook names it, and what violates it. */
export interface Refusal {
  readonly constraint: string
  readonly what: string
  /** The path of the host that it is about. */
  readonly path?: string
}

/** A container as far as Autopilot judges it. */
interface JudgedContainer extends Container {
  readonly volumeMounts?: readonly { readonly name?: string; readonly readOnly?: boolean | null }[] | null
}

/**
 * What GKE Autopilot refuses of a pod by default. Constraints, allowed capabilities and the one allowed path of the host are those
 * that its webhook states when it refuses, as quoted in CrowdStrike/falcon-helm#310 (September 2024) and istio/istio.io#16266
 * (February 2025); that it enforces the standard baseline besides is said in Google's page on the security of Autopilot.
 */
export function autopilotRefusals(spec: PodSpec): readonly Refusal[] {
  const containers = [...list(spec.initContainers), ...list(spec.containers)] as readonly JudgedContainer[]
  const refused: Refusal[] = []
  const refuse = (constraint: string, what: string, path?: string) =>
    void refused.push({ constraint, what, ...(path !== undefined && { path }) })
  for (const field of ['hostPID', 'hostIPC', 'hostNetwork'] as const)
    if (spec[field]) refuse('autogke-disallow-hostnamespaces', field)
  for (const { securityContext } of containers) {
    if (securityContext?.privileged) refuse('autogke-disallow-privilege', 'privileged')
    for (const name of list(securityContext?.capabilities?.add)) {
      if (typeof name === 'string' && !capabilities.has(name))
        refuse('autogke-default-linux-capabilities', `capability ${name}`)
    }
    if (securityContext?.appArmorProfile?.type === 'Unconfined')
      refuse('Pod Security Standard baseline', 'AppArmor profile Unconfined')
    if (securityContext?.seccompProfile?.type === 'Unconfined')
      refuse('Pod Security Standard baseline', 'seccomp profile Unconfined')
  }
  for (const volume of list(spec.volumes)) {
    const path = (volume['hostPath'] as { readonly path?: unknown } | undefined)?.path
    if (typeof path !== 'string') continue
    if (!`${path}/`.startsWith('/var/log/')) refuse('autogke-no-write-mode-hostpath', `hostPath ${path}`, path)
    const written = containers.some(({ volumeMounts }) =>
      list(volumeMounts).some(({ name, readOnly }) => name === volume['name'] && readOnly !== true),
    )
    if (written) refuse('autogke-no-write-mode-hostpath', `writing to hostPath ${path}`, path)
  }
  return refused
}

/** What Autopilot lets a container add. */
const capabilities: ReadonlySet<string> = new Set([...runtimeCapabilities, 'SYS_PTRACE'])

/**
 * Says whether Autopilot denies a permission whatever roles grant: `nodes/proxy` is managed there, as its authorizer (Warden) says when
 * it refuses, quoted in grafana/alloy#1808 and #5364.
 */
export function autopilotDenies(grant: Grant): boolean {
  if (grant.kind === 'url') return false
  return grant.group === '' && grant.resource === 'nodes/proxy'
}
