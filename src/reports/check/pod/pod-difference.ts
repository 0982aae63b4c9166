import { ownNamespace } from '../../../access/reach.ts'
import { type JsonMap, listAt, valueAt } from '../../../chart/json.ts'
import type { PodSettings } from '../../../chart/pod/settings.ts'
import type { Release } from '../../../chart/release/releases.ts'
import { renderChart } from '../../../chart/release/render.ts'
import { type Level, type PodSpec, podSecurity } from '../../../kubernetes/pod/security.ts'
import type { Reason } from '../../../rules/requirement.ts'
import { privilegesHeld, privilegesOf } from './privileges-held.ts'

/** One privilege that a pod needs, as `check` names it, and who needs it. */
export interface NeededPrivilege {
  /** `capability SYS_PTRACE`, `pod hostPID`, `mount /var/log at /var/log`. */
  readonly line: string
  readonly reasons: readonly Reason[]
}

/** What a chart's pod may do on its node by default, compared with what is needed. */
export interface PodDifference {
  readonly defaults: readonly string[]
  readonly needed: readonly NeededPrivilege[]
  readonly excess: readonly string[]
  readonly missing: readonly string[]
  /** The strictest Pod Security Standard that admits the pod, by default and with what is needed. */
  readonly standard: { readonly before: Level; readonly after: Level }
}

/** Compares the pod that a release makes by default with the one that is wanted; `level`: the standard that admits that. */
export function podDifference(
  release: Release,
  wanted: PodSettings,
  { level, kubernetes }: { readonly level: Level; readonly kubernetes: string },
): PodDifference {
  const rendering = renderChart(release, {}, { release: 'alloy', namespace: ownNamespace })
  if (rendering.kind !== 'objects') throw new Error(`the defaults of chart ${release.version} do not render`)
  const { pod } = rendering
  const container = listAt(pod, 'containers').find(each => valueAt(each, 'name') === 'alloy') as JsonMap | undefined
  const defaults = wanted.isWindows ? [] : privilegesHeld(pod, container ?? {})
  const needed = privilegesOf(wanted, kubernetes)
  return {
    defaults,
    needed: needed.map(line => ({ line, reasons: reasonsOf(line, wanted) })),
    excess: defaults.filter(line => !needed.includes(line)),
    missing: needed.filter(line => !defaults.includes(line)),
    standard: { before: podSecurity(pod as PodSpec, {}, kubernetes).level, after: level },
  }
}

/** The key of a privilege's reasons, where it is not the name that follows `pod`. */
const keys: Readonly<Record<string, string>> = {
  'pod root': 'runAsUser',
  'pod writableRootFilesystem': 'readOnlyRootFilesystem',
  'pod privilegeEscalation': 'allowPrivilegeEscalation',
}

function reasonsOf(line: string, { reasons, mounts }: PodSettings): readonly Reason[] {
  const [kind = '', name = ''] = line.split(' ')
  if (kind === 'mount')
    return mounts
      .filter(({ hostPath, mountPath }) => line === `mount ${hostPath} at ${mountPath}`)
      .flatMap(each => each.reasons)
  return reasons.get(keys[line] ?? (kind === 'capability' ? `capabilities.${name}` : name)) ?? []
}
