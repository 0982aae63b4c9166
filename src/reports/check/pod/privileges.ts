import { type Json, type JsonMap, listAt, valueAt } from '../../../chart/json.ts'
import { alloyUser, imageFolder, type PodSettings } from '../../../chart/pod/settings.ts'
import { runtimeCapabilities } from '../../../kubernetes/pod/security.ts'
import type { Reason } from '../../../rules/requirement.ts'

/** One privilege that a pod lacks, or has without need. */
export interface Discrepancy {
  readonly kind: 'missing' | 'excess'
  /** `capability SYS_PTRACE`, `mount /var/log ro`. */
  readonly line: string
  /** The field of the security context or the pod that decides it. */
  readonly field: string
  readonly edit: string
  readonly reasons: readonly Reason[]
  /** The container that has it; absent for Alloy's, and for what the pod has. */
  readonly container?: string
  /** Whether values that a user wrote decide it and generate leaves them as they are. */
  readonly byHand?: boolean
  /** What it means, where it is worth a note and no more. */
  readonly meaning?: string
}

/** What a container has when it drops nothing. */
const runtimeDefaults = 'the default capabilities of the container runtime'

/** A line as a key of a baseline: the one that is a phrase gets a name. */
export const stableLine = (line: string): string => line.replace(runtimeDefaults, 'capability defaults')

/** The fields of a container's security context; the pod's speaks where the container's is silent. */
export const securityOf =
  (pod: JsonMap, container: JsonMap) =>
  (field: string): Json | undefined =>
    valueAt(container, `securityContext.${field}`) ?? valueAt(pod, `securityContext.${field}`)

/** Compares host namespaces, user, capabilities and confinement of a pod with what is wanted. */
export function privilegeGaps(wanted: PodSettings, pod: JsonMap, container: JsonMap): readonly Discrepancy[] {
  const own = securityOf(pod, container)
  const privileged = own('privileged') === true
  const root = own('runAsUser') === 0 || (own('runAsUser') === undefined && own('runAsNonRoot') !== true)
  const flags: readonly Flag[] = [
    {
      ...{ line: 'pod privileged', field: 'privileged', has: privileged, needs: wanted.privileged },
      edit: { on: 'set privileged: true', off: unprivileged(wanted) },
    },
    ...(['hostPID', 'hostNetwork', 'hostIPC'] as const).map(field => ({
      ...{ line: `pod ${field}`, field, has: valueAt(pod, field) === true, needs: wanted[field] },
      edit: { on: `set ${field}: true`, off: `remove ${field}` },
    })),
    {
      ...{ line: 'pod root', field: 'runAsUser', has: root, needs: wanted.runAsUser === 0 },
      edit: { on: 'set runAsUser: 0', off: 'set runAsUser: 473 and runAsNonRoot: true' },
    },
    ...(privileged ? [] : [escalation(own('allowPrivilegeEscalation') !== false, wanted)]),
    {
      ...{ line: 'pod writableRootFilesystem', field: 'readOnlyRootFilesystem' },
      ...{ has: own('readOnlyRootFilesystem') !== true, needs: !wanted.readOnlyRootFilesystem },
      edit: { on: 'set readOnlyRootFilesystem: false', off: 'set readOnlyRootFilesystem: true' },
    },
  ]
  return [
    ...flags.flatMap(flag => gapOf(flag, wanted)),
    ...(privileged || wanted.privileged ? [] : capabilityGaps(wanted, container)),
    ...(privileged ? [] : groupGaps(wanted, pod, container)),
    ...seccompGaps(wanted, own('seccompProfile.type'), privileged),
  ]
}

/** What takes the place of a privileged container. */
function unprivileged({ capabilities: { add }, mounts }: PodSettings): string {
  return [
    'set privileged: false',
    ...(add.length > 0 ? [`set capabilities.add: [${add.join(', ')}]`] : []),
    ...mounts.filter(each => each.unlessPrivileged).map(({ hostPath }) => `mount ${hostPath} of the host`),
  ].join(', ')
}

/** A privilege that a pod has or not, and what turns it on and off. */
interface Flag {
  readonly line: string
  readonly field: string
  readonly has: boolean
  readonly needs: boolean
  readonly edit: { readonly on: string; readonly off: string }
}

const escalation = (has: boolean, { allowPrivilegeEscalation: needs }: PodSettings): Flag => ({
  ...{ line: 'pod privilegeEscalation', field: 'allowPrivilegeEscalation', has, needs },
  edit: { on: 'set allowPrivilegeEscalation: true', off: 'set allowPrivilegeEscalation: false' },
})

function gapOf({ line, field, has, needs, edit }: Flag, { reasons }: PodSettings): readonly Discrepancy[] {
  if (has === needs) return []
  return needs
    ? [{ kind: 'missing', line, field, edit: edit.on, reasons: reasons.get(field) ?? [] }]
    : [{ kind: 'excess', line, field, edit: edit.off, reasons: [] }]
}

function capabilityGaps(wanted: PodSettings, container: JsonMap): readonly Discrepancy[] {
  // A value that is not text, which the API server rejects, is shown as written.
  const nameOf = (each: Json): string => (typeof each === 'string' ? each.replace(/^CAP_/, '') : JSON.stringify(each))
  const plain = (field: string) => new Set(listAt(container, `securityContext.capabilities.${field}`).map(nameOf))
  const [added, dropped] = [plain('add'), plain('drop')]
  const all = dropped.has('ALL')
  const has = (name: string) =>
    added.has(name) || added.has('ALL') || (!dropped.has(name) && !all && runtimeCapabilities.has(name))
  const missing = wanted.capabilities.add.filter(name => !has(name))
  const excess = [...added].filter(name => !wanted.capabilities.add.includes(name)).sort()
  const gap = { field: 'capabilities' }
  return [
    ...missing.map((name): Discrepancy => {
      const reasons = wanted.reasons.get(`capabilities.${name}`) ?? []
      return {
        ...gap,
        kind: 'missing',
        line: `capability ${name}`,
        edit: `add ${missing.join(', ')} to capabilities.add`,
        reasons,
      }
    }),
    ...excess.map(
      (name): Discrepancy => ({
        kind: 'excess',
        field: 'capabilities.add',
        line: `capability ${name}`,
        edit: `remove ${excess.join(', ')} from capabilities.add`,
        reasons: [],
      }),
    ),
    ...(all
      ? []
      : [
          {
            ...gap,
            kind: 'excess' as const,
            line: runtimeDefaults,
            edit: 'set capabilities.drop: [ALL]',
            reasons: [],
          },
        ]),
  ]
}

/** No one but its user and group enters the folder of the image, unless a capability lets them pass. */
function groupGaps(wanted: PodSettings, pod: JsonMap, container: JsonMap): readonly Discrepancy[] {
  const own = securityOf(pod, container)
  const names = (list: 'add' | 'drop') => new Set(listAt(container, `securityContext.capabilities.${list}`))
  const [added, dropped] = [names('add'), names('drop')]
  const isRoot = wanted.runAsUser === 0 || (own('runAsUser') ?? 0) === 0
  const passes = added.has('DAC_OVERRIDE') || added.has('ALL') || !(dropped.has('ALL') || dropped.has('DAC_OVERRIDE'))
  const groups = [
    own('runAsGroup'),
    valueAt(pod, 'securityContext.fsGroup'),
    ...listAt(pod, 'securityContext.supplementalGroups'),
  ]
  if (wanted.imagePaths.length === 0 || own('runAsUser') === alloyUser || groups.includes(alloyUser)) return []
  if (isRoot && passes) return []
  const [path] = wanted.imagePaths
  const edit = `set fsGroup: ${alloyUser}: ${path} lies in ${imageFolder}, which the image opens to its own user and group alone`
  return [{ kind: 'missing', line: `group ${alloyUser}`, field: 'runAsGroup', edit, reasons: [] }]
}

function seccompGaps(
  { seccompUnconfined, privileged, reasons }: PodSettings,
  profile: Json | undefined,
  isPrivileged: boolean,
): readonly Discrepancy[] {
  const line = 'pod seccompUnconfined'
  const field = 'seccompProfile'
  if (seccompUnconfined && profile !== undefined && profile !== 'Unconfined') {
    const edit = 'set seccompProfile.type: Unconfined'
    return [{ kind: 'missing', line, field, edit, reasons: reasons.get(field) ?? [] }]
  }
  // Without a profile there is none, unless the kubelet was told otherwise; a privileged container never has one.
  const unset = profile === undefined && !isPrivileged
  if ((profile !== 'Unconfined' && !unset) || seccompUnconfined || privileged) return []
  return [{ kind: 'excess', line, field, edit: 'set seccompProfile.type: RuntimeDefault', reasons: [] }]
}
