import type { PodSettings } from '../chart/pod/settings.ts'
import type { Level } from '../kubernetes/pod/security.ts'
import { compareText } from '../text/compare-text.ts'
import type { PodJson } from './documents/generate.ts'
import { reasonJson } from './json.ts'

/** The settings of a pod as the frozen shape of `--format json` has them. */
export function podJson(pod: PodSettings, level: Level): PodJson {
  const reasons = [...pod.reasons].filter(([key]) => !key.startsWith('writable.')).sort(([a], [b]) => compareText(a, b))
  return {
    privileged: pod.privileged,
    hostPID: pod.hostPID,
    hostNetwork: pod.hostNetwork,
    hostIPC: pod.hostIPC,
    ...(pod.runAsUser !== null && { runAsUser: pod.runAsUser }),
    readOnlyRootFilesystem: pod.readOnlyRootFilesystem,
    allowPrivilegeEscalation: pod.allowPrivilegeEscalation,
    capabilities: pod.capabilities,
    mounts: pod.mounts.map(({ hostPath, mountPath, readOnly, reasons: each }) => ({
      hostPath,
      mountPath,
      readOnly,
      reasons: each.map(reasonJson),
    })),
    writable: pod.writable,
    automountServiceAccountToken: pod.automountServiceAccountToken,
    podSecurityStandard: level,
    reasons: Object.fromEntries(reasons.map(([key, each]) => [key, each.map(reasonJson)])),
  }
}
