import type { Configuration } from '../../input/configuration.ts'
import { data, textAt } from '../../input/yaml/tree.ts'
import { type JsonMap, valueAt } from '../json.ts'
import { givenMounts } from './mounts/given-mounts.ts'
import { valuesOf } from './patch.ts'
import { valuesOnWindows } from './values-on-windows.ts'

/** What of a pod on Windows decides which files its container has. */
export interface PodOnWindows {
  /** Its processes are those of the node, and see all of it. */
  readonly isHostProcess: boolean
  /** Where its container has volumes. */
  readonly mounted: readonly string[]
}

/** The pod of a configuration, where the input says that it runs on Windows; null for any other. */
export function podOnWindows({ deployment, values }: Configuration): PodOnWindows | null {
  const user = deployment
    ? valuesOf({ pod: data(deployment.pod) as JsonMap, container: textAt(deployment.container, 'name') ?? '' })
    : values && (data(values.chart) as JsonMap)
  if (!user || !valuesOnWindows(user)) return null
  return {
    isHostProcess: ['alloy.securityContext', 'global.podSecurityContext'].some(
      each => valueAt(user, `${each}.windowsOptions.hostProcess`) === true,
    ),
    mounted: givenMounts(user).map(({ mountPath }) => mountPath),
  }
}
