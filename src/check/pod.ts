import { isMap, type Json, type JsonMap, listAt, valueAt } from '../chart/json.ts'
import { tidy, within } from '../chart/mounts.ts'
import { podSettings } from '../chart/pod.ts'
import { diagnostic } from '../diagnostic/diagnostic.ts'
import type { Plan } from '../plan/plan.ts'
import type { Reason } from '../rules/requirement.ts'
import type { Span } from '../source.ts'
import type { Finding } from './finding.ts'

/** A pod as it will run, and where its parts are written. */
export interface RunningPod {
  readonly pod: JsonMap
  readonly container: JsonMap
  /** Whether the account's token is mounted. */
  readonly token: { readonly mounted: boolean; readonly span: Span }
  readonly storagePath: string
  /** The place of a field of the security context or the pod, or of one volume mount: `volumeMounts.0`. */
  readonly placeOf: (field: string) => Span
}

/** The privileges of a plan against those of a pod. */
export interface PodCheck {
  readonly missing: readonly string[]
  readonly excess: readonly string[]
  readonly findings: readonly Finding[]
}

interface Gap {
  readonly line: string
  readonly field: string
  readonly help: string
  readonly reasons: readonly Reason[]
}

/** What a container has when it drops nothing. */
const runtimeDefaults = 'the default capabilities of the container runtime'

/** Compares the privileges of a plan with what a pod runs with. */
export function checkPod(plan: Plan, running: RunningPod): PodCheck {
  const { pod, container, storagePath, placeOf, token } = running
  const wanted = podSettings(plan, { alloy: { storagePath } })
  const own = (field: string): Json | undefined =>
    valueAt(container, `securityContext.${field}`) ?? valueAt(pod, `securityContext.${field}`)
  const reasons = (key: string): readonly Reason[] => wanted.reasons.get(key) ?? []
  const missing: Gap[] = []
  const excess: Gap[] = []
  const judge = (
    line: string,
    field: string,
    has: boolean,
    needs: boolean,
    key: string,
    [on, off]: readonly [string, string],
  ) => {
    if (needs && !has) missing.push({ line, field, help: on, reasons: reasons(key) })
    if (has && !needs) excess.push({ line, field, help: off, reasons: [] })
  }
  const privileged = own('privileged') === true
  const set = (field: string, value: string) => `set ${field}: ${value}`
  judge('pod privileged', 'privileged', privileged, wanted.privileged, 'privileged', [
    set('privileged', 'true'),
    set('privileged', 'false'),
  ])
  for (const field of ['hostPID', 'hostNetwork', 'hostIPC'] as const)
    judge(`pod ${field}`, field, valueAt(pod, field) === true, wanted[field], field, [
      set(field, 'true'),
      `remove ${field}`,
    ])
  const root = own('runAsUser') === 0 || (own('runAsUser') === undefined && own('runAsNonRoot') !== true)
  judge('pod root', 'runAsUser', root, wanted.runAsUser === 0, 'runAsUser', [
    set('runAsUser', '0'),
    'set runAsUser: 473 and runAsNonRoot: true',
  ])
  const escalation = own('allowPrivilegeEscalation') !== false
  if (!privileged)
    judge(
      'pod privilegeEscalation',
      'allowPrivilegeEscalation',
      escalation,
      wanted.allowPrivilegeEscalation,
      'allowPrivilegeEscalation',
      [set('allowPrivilegeEscalation', 'true'), set('allowPrivilegeEscalation', 'false')],
    )
  const fixed = own('readOnlyRootFilesystem') === true
  judge(
    'pod writableRootFilesystem',
    'readOnlyRootFilesystem',
    !fixed,
    !wanted.readOnlyRootFilesystem,
    'readOnlyRootFilesystem',
    [set('readOnlyRootFilesystem', 'false'), set('readOnlyRootFilesystem', 'true')],
  )
  if (!privileged && !wanted.privileged) {
    const plain = (field: string) => listAt(container, field).map(name => String(name).replace(/^CAP_/, ''))
    const added = new Set(plain('securityContext.capabilities.add'))
    const dropped = new Set(plain('securityContext.capabilities.drop'))
    const has = (name: string) => added.has(name) || (!dropped.has(name) && !dropped.has('ALL') && defaults.has(name))
    const needs = new Set(wanted.capabilities.add)
    for (const name of [...new Set([...needs, ...added])].sort())
      judge(`capability ${name}`, 'capabilities', has(name), needs.has(name), `capabilities.${name}`, [
        `add ${name} to capabilities.add`,
        `remove ${name} from capabilities.add`,
      ])
    if (!dropped.has('ALL'))
      excess.push({ line: runtimeDefaults, field: 'capabilities', help: 'set capabilities.drop: [ALL]', reasons: [] })
  }
  const seccomp =
    valueAt(container, 'securityContext.seccompProfile.type') ?? valueAt(pod, 'securityContext.seccompProfile.type')
  if (wanted.seccompUnconfined && seccomp !== undefined && seccomp !== 'Unconfined')
    missing.push({
      line: 'pod seccompUnconfined',
      field: 'seccompProfile',
      help: 'set seccompProfile.type: Unconfined',
      reasons: reasons('seccompProfile'),
    })
  if (seccomp === 'Unconfined' && !wanted.seccompUnconfined && !wanted.privileged)
    excess.push({
      line: 'pod seccompUnconfined',
      field: 'seccompProfile',
      help: 'set seccompProfile.type: RuntimeDefault',
      reasons: [],
    })
  checkMounts()

  function checkMounts(): void {
    const mounts = hostMounts(pod, container)
    for (const { hostPath, readOnly, reasons: why } of wanted.mounts) {
      const shown = mounts.some(each => within(hostPath, each.hostPath) !== null && (readOnly || !each.readOnly))
      const line = `mount ${hostPath} ${readOnly ? 'ro' : 'rw'}`
      if (!shown) missing.push({ line, field: 'volumeMounts', help: `mount ${hostPath} of the host`, reasons: why })
    }
    for (const { hostPath, readOnly, at } of mounts) {
      const line = `mount ${hostPath} ${readOnly ? 'ro' : 'rw'}`
      const used = wanted.mounts.filter(
        each => within(each.hostPath, hostPath) !== null || within(hostPath, each.hostPath) !== null,
      )
      const help = used.length === 0 ? `remove the mount of ${hostPath}` : `mount ${hostPath} read-only`
      if (used.length === 0 || (!readOnly && used.every(each => each.readOnly)))
        excess.push({ line, field: `volumeMounts.${at}`, help, reasons: [] })
    }
    if (!fixed) return
    const places = listAt(container, 'volumeMounts').filter(isMap)
    for (const path of wanted.writable) {
      const nearest = places
        .filter(({ mountPath }) => within(path, tidy(String(mountPath))) !== null)
        .sort((a, b) => String(b['mountPath']).length - String(a['mountPath']).length)[0]
      if (!nearest || nearest['readOnly'] === true)
        missing.push({
          line: `writable ${path}`,
          field: 'volumeMounts',
          help: `mount a writable volume at ${path}`,
          reasons: reasons(`writable.${path}`),
        })
    }
  }

  const findings: Finding[] = [
    ...missing.map(({ line, field, help, reasons: why }): Finding => {
      const components = componentsOf(why)
      const place = placeOf(field)
      const span = why[0]?.span ?? place
      const related = [{ span: place, text: 'the pod is set up here' }, ...(why[0]?.related ?? [])]
      return {
        subject: `${components}: ${line}`,
        diagnostic: diagnostic('ARB407', span, { privilege: line, components }, { help, related }),
      }
    }),
    ...excess.map(
      ({ line, field, help }): Finding => ({
        subject: line,
        diagnostic: diagnostic('ARB408', placeOf(field), { privilege: line }, { help }),
      }),
    ),
  ]
  const needsToken = wanted.automountServiceAccountToken
  if (token.mounted && !needsToken)
    findings.push({ subject: 'token', diagnostic: diagnostic('ARB409', token.span, undefined) })
  if (!token.mounted && needsToken) {
    const why = [...plan.grants.flatMap(each => each.reasons), ...reasons('automountServiceAccountToken')]
    const components = componentsOf(why)
    findings.push({ subject: 'token', diagnostic: diagnostic('ARB410', token.span, { components }) })
  }
  return { missing: missing.map(({ line }) => line), excess: excess.map(({ line }) => line), findings }
}

/** Of Docker and containerd. */
const defaults: ReadonlySet<string> = new Set([
  'AUDIT_WRITE',
  'CHOWN',
  'DAC_OVERRIDE',
  'FOWNER',
  'FSETID',
  'KILL',
  'MKNOD',
  'NET_BIND_SERVICE',
  'NET_RAW',
  'SETFCAP',
  'SETGID',
  'SETPCAP',
  'SETUID',
  'SYS_CHROOT',
])

/** A path of the host that a container sees. */
interface Mounted {
  readonly hostPath: string
  readonly readOnly: boolean
  /** Position among the volume mounts of the container. */
  readonly at: number
}

function hostMounts(pod: JsonMap, container: JsonMap): readonly Mounted[] {
  const volumes = listAt(pod, 'volumes').filter(isMap)
  return listAt(container, 'volumeMounts').flatMap((mount, at) => {
    const volume = isMap(mount) ? volumes.find(each => each['name'] === mount['name']) : undefined
    const path = volume === undefined ? undefined : valueAt(volume, 'hostPath.path')
    if (!isMap(mount) || typeof path !== 'string') return []
    const below = typeof mount['subPath'] === 'string' ? `/${mount['subPath']}` : ''
    return [{ hostPath: tidy(path + below), readOnly: mount['readOnly'] === true, at }]
  })
}

function componentsOf(reasons: readonly Reason[]): string {
  return [...new Set(reasons.map(({ component }) => component))].sort().join(', ') || 'Alloy'
}
