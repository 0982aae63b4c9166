import { isMap, type Json, type JsonMap, listAt } from '../../json.ts'
import type { MountPlan } from './place-mounts.ts'

/** The lists of the user's volumes and mounts as they are to be: all that is there, except for what nothing needs of the host. */
export function keptVolumes(
  { dropped, changed }: MountPlan,
  user: JsonMap,
): { readonly volumes: readonly Json[]; readonly mounts: readonly Json[] } {
  const gone = new Set(dropped.map(({ at }) => at))
  const readOnly = new Map([...changed].map(([{ at }, value]) => [at, value]))
  const mounts = listAt(user, 'alloy.mounts.extra').flatMap((mount, at) => {
    if (gone.has(at)) return []
    const value = readOnly.get(at)
    return [value === undefined || !isMap(mount) ? mount : withReadOnly(mount, value)]
  })
  const names = new Set(dropped.flatMap(({ at, name }) => (at === null || name === null ? [] : [name])))
  const used = new Set([...mounts, ...mountsElsewhere(user)].filter(isMap).map(({ name }) => name))
  const volumes = listAt(user, 'controller.volumes.extra').filter(
    volume => !isMap(volume) || !names.has(String(volume['name'])) || used.has(volume['name']),
  )
  return { volumes, mounts }
}

function withReadOnly({ readOnly: _, ...mount }: JsonMap, value: boolean): JsonMap {
  return value ? { ...mount, readOnly: true } : mount
}

/** What the other containers of the pod mount. */
function mountsElsewhere(user: JsonMap): readonly Json[] {
  const containers = ['controller.initContainers', 'controller.extraContainers'].flatMap(key => listAt(user, key))
  return containers.flatMap(each => listAt(each, 'volumeMounts'))
}
