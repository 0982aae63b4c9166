import { type Json, type JsonMap, listAt, valueAt } from '../../../chart/json.ts'
import { templateSecurity } from '../../../chart/pod/admission.ts'
import { podPatch } from '../../../chart/pod/patch.ts'
import type { PodSettings } from '../../../chart/pod/settings.ts'
import { isWithin } from '../../../input/path.ts'
import type { Discrepancy } from './privileges.ts'

/** The lines of gaps that tell why a control of Pod Security is violated. */
const tells: Readonly<Record<string, RegExp>> = {
  'allowPrivilegeEscalation != false': /privilegeEscalation|privileged$/,
  'forbidden AppArmor profile': /appArmor/,
  'forbidden AppArmor profiles': /appArmor/,
  'forbidden sysctls': /sysctl/,
  'host namespaces': /host(?:PID|IPC|Network)/,
  hostPort: /hostPort/,
  hostProcess: /hostProcess/,
  'hostPath volumes': /mount /,
  'non-default capabilities': /capabilit/,
  privileged: /privileged$/,
  'probe or lifecycle host': /probeHost/,
  procMount: /procMount/,
  'restricted volume types': /mount /,
  'runAsNonRoot != true': /root$|runAsNonRoot/,
  'runAsUser=0': /root$/,
  seLinuxOptions: /seLinuxOptions/,
  seccompProfile: /seccomp/,
  'unrestricted capabilities': /capabilit|privileged$/,
}

/** What the Pod Security Standards refuse of a pod, not of the plan's, and no gap tells. */
export function unexplained(
  wanted: PodSettings,
  {
    pod,
    container,
    annotations,
    kubernetes,
    storagePath,
  }: Readonly<Record<'pod' | 'container' | 'annotations', JsonMap>> & {
    readonly kubernetes: string
    readonly storagePath: string
  },
  gaps: readonly Discrepancy[],
): readonly Discrepancy[] {
  // What Alloy's container mounts of the host is judged by what it needs there, and where it stores things is a choice.
  const mounted = new Set(listAt(container, 'volumeMounts').map(mount => valueAt(mount, 'name')))
  const storing = listAt(container, 'volumeMounts').find(mount =>
    isWithin(storagePath, String(valueAt(mount, 'mountPath'))),
  )
  const isJudged = (volume: Json): boolean =>
    (mounted.has(valueAt(volume, 'name')) && valueAt(volume, 'hostPath') !== undefined) ||
    (storing !== undefined && valueAt(storing, 'name') === valueAt(volume, 'name'))
  const volumes = listAt(pod, 'volumes').filter(volume => !isJudged(volume))
  const planned = controlsOf(
    podPatch(wanted, { pod: {}, container: 'alloy' }, 'alloy', kubernetes).template,
    kubernetes,
  )
  const violated = controlsOf({ metadata: { annotations }, spec: { ...pod, volumes } }, kubernetes)
  const excess = gaps.filter(({ kind }) => kind === 'excess')
  return [...violated]
    .filter(control => !planned.has(control) && !excess.some(({ line }) => tells[control]?.test(line)))
    .map(control => ({
      ...{ kind: 'excess', line: `pod security: ${control}`, field: 'securityContext', reasons: [] },
      edit: `change what violates "${control}" of the Pod Security Standards`,
    }))
}

function controlsOf(template: JsonMap, kubernetes: string): ReadonlySet<string> {
  const { baseline, restricted } = templateSecurity(template, kubernetes).violations
  return new Set([...baseline, ...restricted])
}
