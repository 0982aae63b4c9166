import { compareText } from '../../text/compare-text.ts'
import { liesIn } from '../../version.ts'

/** A Pod Security Standard, the strictest first. */
export type Level = 'restricted' | 'baseline' | 'privileged'

/** What admission says about a pod. */
export interface PodSecurity {
  /** The strictest standard that admits the pod. */
  readonly level: Level
  /** For each standard the controls that the pod violates, in the words of Kubernetes, sorted. */
  readonly violations: { readonly baseline: readonly string[]; readonly restricted: readonly string[] }
}

/** The parts of a pod specification that admission looks at. Everything that Kubernetes treats as absent may be null. */
export interface PodSpec {
  readonly securityContext?: PodSecurityContext | null
  readonly containers?: readonly Container[] | null
  readonly initContainers?: readonly Container[] | null
  readonly ephemeralContainers?: readonly Container[] | null
  readonly hostNetwork?: boolean | null
  readonly hostPID?: boolean | null
  readonly hostIPC?: boolean | null
  /** False: the pod has users of its own, and its root has no special rights on the host. */
  readonly hostUsers?: boolean | null
  readonly volumes?: readonly Volume[] | null
  readonly os?: { readonly name?: string | null } | null
}

/** Settings of a pod or of one container; the container's win. */
interface SecurityContext {
  readonly runAsNonRoot?: boolean | null
  readonly runAsUser?: number | null
  readonly seccompProfile?: Profile | null
  readonly appArmorProfile?: Profile | null
  readonly seLinuxOptions?: {
    readonly type?: string | null
    readonly user?: string | null
    readonly role?: string | null
  } | null
  readonly windowsOptions?: { readonly hostProcess?: boolean | null } | null
}

interface Profile {
  readonly type?: unknown
}

interface PodSecurityContext extends SecurityContext {
  readonly sysctls?: readonly { readonly name: string }[] | null
}

interface ContainerSecurityContext extends SecurityContext {
  readonly privileged?: boolean | null
  readonly allowPrivilegeEscalation?: boolean | null
  readonly capabilities?: {
    readonly add?: readonly string[] | null
    readonly drop?: readonly string[] | null
  } | null
  readonly procMount?: string | null
}

/** The parts of a container that admission looks at. */
export interface Container {
  readonly name?: string
  readonly securityContext?: ContainerSecurityContext | null
  readonly ports?: readonly { readonly hostPort?: number | null }[] | null
  readonly livenessProbe?: Handler | null
  readonly readinessProbe?: Handler | null
  readonly startupProbe?: Handler | null
  readonly lifecycle?: { readonly postStart?: Handler | null; readonly preStop?: Handler | null } | null
}

/** A probe or a lifecycle hook. */
interface Handler {
  readonly httpGet?: { readonly host?: string | null } | null
  readonly tcpSocket?: { readonly host?: string | null } | null
}

/** A volume: its name and one key that says what it is. */
export type Volume = Readonly<Record<string, unknown>>

/** A pod as the checks see it. */
interface Pod {
  readonly spec: PodSpec
  readonly context: PodSecurityContext
  readonly containers: readonly Container[]
  readonly contexts: readonly ContainerSecurityContext[]
  readonly annotations: Readonly<Record<string, string>>
  readonly windows: boolean
  /** Has users of its own, on a release of Kubernetes whose standards take that into account. */
  readonly ownUsers: boolean
  readonly safeSysctls: ReadonlySet<string>
}

/** Says what one control finds wrong with a pod: its name, or null. */
type Check = (pod: Pod) => string | null

/**
 * Judges a pod of any shape, also one that the API server would refuse, by the Pod Security Standards of a minor release of
 * Kubernetes, 1.34 or later: what they say there of older ones is the same.
 */
export function podSecurity(
  spec: PodSpec,
  annotations: Readonly<Record<string, string>>,
  kubernetes: string,
): PodSecurity {
  const containers = [...list(spec.initContainers), ...list(spec.containers), ...list(spec.ephemeralContainers)]
  const pod: Pod = {
    spec,
    context: spec.securityContext ?? {},
    containers,
    contexts: containers.map(({ securityContext }) => securityContext ?? {}),
    annotations,
    windows: spec.os?.name === 'windows',
    ownUsers: spec.hostUsers === false && liesIn(kubernetes, { since: '1.35' }),
    safeSysctls: sysctlsOf(kubernetes),
  }
  const baseline = violations([...baselineChecks, ...relaxedChecks], pod)
  const restricted = violations([...baselineChecks, ...restrictedChecks], pod)
  return { level: levelOf(baseline, restricted), violations: { baseline, restricted } }
}

function levelOf(baseline: readonly string[], restricted: readonly string[]): PodSecurity['level'] {
  if (restricted.length === 0) return 'restricted'
  return baseline.length === 0 ? 'baseline' : 'privileged'
}

function violations(checks: readonly Check[], pod: Pod): readonly string[] {
  return checks
    .map(check => check(pod))
    .filter(name => name !== null)
    .sort(compareText)
}

const safeSysctls = new Set([
  'kernel.shm_rmid_forced',
  'net.ipv4.ip_local_port_range',
  'net.ipv4.ip_local_reserved_ports',
  'net.ipv4.ip_unprivileged_port_start',
  'net.ipv4.ping_group_range',
  'net.ipv4.tcp_fin_timeout',
  'net.ipv4.tcp_keepalive_intvl',
  'net.ipv4.tcp_keepalive_probes',
  'net.ipv4.tcp_keepalive_time',
  'net.ipv4.tcp_rmem',
  'net.ipv4.tcp_syncookies',
  'net.ipv4.tcp_wmem',
])
/** With those that Kubernetes 1.37 added. */
const newerSafeSysctls = new Set([...safeSysctls, 'net.ipv4.tcp_notsent_lowat', 'net.ipv4.tcp_slow_start_after_idle'])

/** Says whether the standards admit a sysctl. */
export const isSafeSysctl = (name: string, kubernetes: string): boolean => sysctlsOf(kubernetes).has(name)

const sysctlsOf = (kubernetes: string): ReadonlySet<string> =>
  liesIn(kubernetes, { since: '1.37' }) ? newerSafeSysctls : safeSysctls

const seLinuxTypes = new Set(['', 'container_t', 'container_init_t', 'container_kvm_t', 'container_engine_t'])

const restrictedVolumes = [
  'configMap',
  'csi',
  'downwardAPI',
  'emptyDir',
  'ephemeral',
  'image',
  'persistentVolumeClaim',
  'projected',
  'secret',
]

const appArmorAnnotation = 'container.apparmor.security.beta.kubernetes.io/'

/** Controls of both standards. */
const baselineChecks: readonly Check[] = [
  appArmor,
  ({ spec }) => (spec.hostNetwork || spec.hostPID || spec.hostIPC ? 'host namespaces' : null),
  ({ containers }) =>
    containers.some(({ ports }) => list(ports).some(({ hostPort }) => hostPort)) ? 'hostPort' : null,
  ({ containers }) => (containers.some(namesHost) ? 'probe or lifecycle host' : null),
  ({ contexts }) => (contexts.some(({ privileged }) => privileged) ? 'privileged' : null),
  ({ context, contexts }) => ([context, ...contexts].some(setsSeLinux) ? 'seLinuxOptions' : null),
  ({ context, safeSysctls }) =>
    list(context.sysctls).some(({ name }) => !safeSysctls.has(name)) ? 'forbidden sysctls' : null,
  ({ context, contexts }) =>
    [context, ...contexts].some(({ windowsOptions }) => windowsOptions?.hostProcess) ? 'hostProcess' : null,
]

/** Controls of the baseline for which the restricted standard has stricter ones. */
const relaxedChecks: readonly Check[] = [
  ({ contexts, ownUsers }) => (!ownUsers && contexts.some(unmasksProc) ? 'procMount' : null),
  ({ contexts }) =>
    contexts.some(({ capabilities }) => list(capabilities?.add).some(name => !baselineCapabilities.has(name)))
      ? 'non-default capabilities'
      : null,
  ({ spec }) => (list(spec.volumes).some(volume => isSet(volume, 'hostPath')) ? 'hostPath volumes' : null),
  ({ context, contexts }) => ([context, ...contexts].some(forbidsSeccomp) ? 'seccompProfile' : null),
]

const restrictedChecks: readonly Check[] = [
  ({ contexts }) => (contexts.some(unmasksProc) ? 'procMount' : null),
  ({ contexts, windows }) =>
    !windows && contexts.some(({ allowPrivilegeEscalation }) => allowPrivilegeEscalation !== false)
      ? 'allowPrivilegeEscalation != false'
      : null,
  ({ contexts, windows }) => (!windows && contexts.some(keepsCapabilities) ? 'unrestricted capabilities' : null),
  ({ spec }) =>
    list(spec.volumes).some(volume => !restrictedVolumes.some(kind => isSet(volume, kind)))
      ? 'restricted volume types'
      : null,
  ({ context, contexts, ownUsers }) =>
    !ownUsers &&
    (context.runAsNonRoot === false ||
      contexts.some(({ runAsNonRoot }) => (runAsNonRoot ?? context.runAsNonRoot) !== true))
      ? 'runAsNonRoot != true'
      : null,
  ({ context, contexts, ownUsers }) =>
    !ownUsers && [context, ...contexts].some(({ runAsUser }) => runAsUser === 0) ? 'runAsUser=0' : null,
  restrictedSeccomp,
]

/** Kubernetes names this control in the plural when there are several distinct values or annotations. */
function appArmor({ context, contexts, annotations }: Pod): string | null {
  const types = [context, ...contexts].flatMap(({ appArmorProfile }) =>
    appArmorProfile && !isConfined(appArmorProfile) ? [appArmorProfile.type ?? ''] : [],
  )
  const annotated = Object.entries(annotations).filter(
    ([key, value]) =>
      key.startsWith(appArmorAnnotation) &&
      value !== '' &&
      value !== 'runtime/default' &&
      !(typeof value === 'string' && value.startsWith('localhost/')),
  )
  const count = new Set(types).size + annotated.length
  if (count === 0) return null
  return count === 1 ? 'forbidden AppArmor profile' : 'forbidden AppArmor profiles'
}

/** Says whether a profile of seccomp or AppArmor is one that the standards admit. */
export const isConfined = ({ type }: Profile): boolean => type === 'RuntimeDefault' || type === 'Localhost'

const unmasksProc = ({ procMount }: ContainerSecurityContext): boolean => (procMount ?? 'Default') !== 'Default'

const forbidsSeccomp = ({ seccompProfile }: SecurityContext): boolean => !!seccompProfile && !isConfined(seccompProfile)

function restrictedSeccomp({ context, contexts, windows }: Pod): string | null {
  if (windows) return null
  const inherited = !!context.seccompProfile && isConfined(context.seccompProfile)
  const bad = contexts.some(({ seccompProfile }) => (seccompProfile ? !isConfined(seccompProfile) : !inherited))
  return bad || forbidsSeccomp(context) ? 'seccompProfile' : null
}

/** Says whether SELinux options are more than the standards admit. */
export function setsSeLinux({ seLinuxOptions }: SecurityContext): boolean {
  if (!seLinuxOptions) return false
  return !seLinuxTypes.has(seLinuxOptions.type ?? '') || !!seLinuxOptions.user || !!seLinuxOptions.role
}

function keepsCapabilities({ capabilities }: ContainerSecurityContext): boolean {
  return (
    !list(capabilities?.drop).includes('ALL') ||
    list(capabilities?.add).some(capability => capability !== 'NET_BIND_SERVICE')
  )
}

/** Says whether a probe or a lifecycle hook asks another host. */
export function namesHost({ livenessProbe, readinessProbe, startupProbe, lifecycle }: Container): boolean {
  const handlers = [livenessProbe, readinessProbe, startupProbe, lifecycle?.postStart, lifecycle?.preStop]
  return handlers.some(handler => !!handler?.httpGet?.host || !!handler?.tcpSocket?.host)
}

/** The elements of a list; none where a file that the API server would refuse has something else. */
export function list<T>(values: readonly T[] | null | undefined): readonly T[] {
  return Array.isArray(values) ? values.filter((each: T | null | undefined) => each !== null && each !== undefined) : []
}

const isSet = (volume: Volume, kind: string): boolean => volume[kind] !== undefined && volume[kind] !== null

/** What the baseline Pod Security Standard lets a container add. */
const baselineCapabilities: ReadonlySet<string> = new Set([
  'AUDIT_WRITE',
  'CHOWN',
  'DAC_OVERRIDE',
  'FOWNER',
  'FSETID',
  'KILL',
  'MKNOD',
  'NET_BIND_SERVICE',
  'SETFCAP',
  'SETGID',
  'SETPCAP',
  'SETUID',
  'SYS_CHROOT',
])

/** What Docker and containerd give a container that drops nothing. */
export const runtimeCapabilities: ReadonlySet<string> = new Set([...baselineCapabilities, 'NET_RAW'])
