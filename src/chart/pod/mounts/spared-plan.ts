import { isNodePath } from '../../../kubernetes/pod/node-paths.ts'
import { isOccupied, placeOfHost } from '../../../kubernetes/pod/occupied.ts'
import type { Plan } from '../../../plan/plan.ts'
import type { GivenMount } from './given-mounts.ts'
import { normalizePath, relativeTo } from './paths.ts'
import { nearestTo } from './place-mounts.ts'

/** A plan without what is asked for files of the host alone, where a volume of another kind is mounted in their place. */
export function sparedPlan(plan: Plan, given: readonly GivenMount[]): Plan {
  if (given.length === 0) return plan
  const isSpared = (path: string) => holdsOtherFiles(normalizePath(path), given)
  const privileges = plan.privileges.flatMap(each => {
    const { privilege } = each
    if (privilege.kind === 'mount' && isSpared(placeOf(privilege))) return []
    const reasons = each.reasons.filter(({ paths }) => paths === undefined || !paths.every(isSpared))
    return reasons.length === 0 && each.reasons.length > 0 ? [] : [{ ...each, reasons }]
  })
  return { ...plan, privileges }
}

const placeOf = ({ hostPath, mountPath }: { readonly hostPath: string; readonly mountPath?: string }): string =>
  mountPath ?? (isOccupied(hostPath) ? placeOfHost(hostPath) : hostPath)

/** Says whether what a container finds at a path is not a file of its host. */
function holdsOtherFiles(path: string, given: readonly GivenMount[]): boolean {
  const around = nearestTo(path, given)
  if (around !== undefined) return around.hostPath === null
  if (isNodePath(path)) return false
  const inside = given.filter(each => relativeTo(each.mountPath, path) !== null)
  return inside.length > 0 && inside.every(({ hostPath }) => hostPath === null)
}
