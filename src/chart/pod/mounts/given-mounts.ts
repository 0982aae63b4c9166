import { configurationFolder } from '../../../kubernetes/pod/occupied.ts'
import { required } from '../../../required.ts'
import { isEmpty, isMap, type Json, type JsonMap, listAt, valueAt } from '../../json.ts'
import { switchedMounts } from '../../release/pod-of-values.ts'
import { normalizePath } from './paths.ts'

/** A volume that the user's values mount in the Alloy container. */
export interface GivenMount {
  readonly mountPath: string
  /** The path of the host that it shows; null for a volume of another kind. */
  readonly hostPath: string | null
  readonly readOnly: boolean
  /** Whether a container could write to a volume of that kind. */
  readonly isWritableKind: boolean
  /** The name of the volume; null where no volume has it. */
  readonly name: string | null
  /** The key of the values that asks for it; null for an element of the list. */
  readonly key: string | null
  /** Its position in the list; null for one of a key. */
  readonly at: number | null
}

/** The path of the host that a mount of one shows. */
export const pathOnHost = ({ hostPath, mountPath }: GivenMount): string =>
  required(hostPath, `the path of the host at ${mountPath}`)

/** Kinds of volumes that a container may write to. */
const writableKinds = ['emptyDir', 'persistentVolumeClaim', 'ephemeral', 'csi', 'hostPath', 'nfs', 'iscsi', 'fc']

/** The volumes that complete values mount: the configuration, what switches ask for, the list. */
export function givenMounts(user: JsonMap): readonly GivenMount[] {
  const switched = switchedMounts
    .filter(({ key }) => !isEmpty(valueAt(user, key)))
    .map(({ key, name, path }) => {
      const rest = { readOnly: true, isWritableKind: true, at: null }
      return { mountPath: path, hostPath: path, name, key, ...rest }
    })
  const volumes = new Map<Json | undefined, JsonMap>()
  for (const volume of [...listAt(user, 'controller.volumes.extra'), ...claims(user)])
    if (isMap(volume) && !volumes.has(volume['name'])) volumes.set(volume['name'], volume)
  const extra = listAt(user, 'alloy.mounts.extra').flatMap((mount, at) => {
    if (!isMap(mount) || typeof mount['mountPath'] !== 'string') return []
    const volume = volumes.get(mount['name']) ?? null
    const path = volume === null ? undefined : valueAt(volume, 'hostPath.path')
    const rest = typeof mount['subPath'] === 'string' && mount['subPath'] !== '' ? `/${mount['subPath']}` : ''
    return [
      {
        mountPath: normalizePath(mount['mountPath']),
        hostPath: typeof path === 'string' ? normalizePath(path + rest) : null,
        readOnly: mount['readOnly'] === true,
        isWritableKind: volume === null || isWritable(volume),
        name: volume === null ? null : String(mount['name']),
        key: null,
        at,
      },
    ]
  })
  return [...configuration(user), ...switched, ...extra]
}

/** The chart mounts the configuration itself; a pod that is not a chart's has that in its list. */
function configuration(user: JsonMap): readonly GivenMount[] {
  if (valueAt(user, 'alloy.configMap') === undefined) return []
  const mount = {
    mountPath: configurationFolder,
    hostPath: null,
    readOnly: false,
    isWritableKind: false,
    name: 'config',
  }
  return [{ ...mount, key: 'alloy.configMap', at: null }]
}

/** A volume of no kind is an emptyDir. */
function isWritable(volume: JsonMap): boolean {
  const kinds = Object.keys(volume).filter(key => key !== 'name' && volume[key] !== null)
  return kinds.every(kind => writableKinds.includes(kind))
}

/** The claims of a stateful set, each a volume of that name. */
export function claims(user: JsonMap): readonly Json[] {
  if (valueAt(user, 'controller.type') !== 'statefulset') return []
  return listAt(user, 'controller.volumeClaimTemplates').map(claim => ({
    name: valueAt(claim, 'metadata.name') ?? null,
    persistentVolumeClaim: {},
  }))
}
