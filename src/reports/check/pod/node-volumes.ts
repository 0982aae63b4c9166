import { isMap, type Json, type JsonMap, listAt, valueAt } from '../../../chart/json.ts'
import type { KubernetesObject } from '../../../input/deployment.ts'
import { find, ofKind, type Stream } from '../../../input/manifests/objects.ts'
import { type Data, data } from '../../../input/yaml/tree.ts'

/**
 * A pod whose claims are replaced by the folder of the node that they stand for: a PersistentVolume of the input with a path of the host
 * is one that a claim names, or could be bound to.
 */
export function withNodeVolumes(
  pod: JsonMap,
  {
    objects,
    namespace,
    claims,
  }: { readonly objects: Stream; readonly namespace: string | null; readonly claims: readonly Json[] },
): JsonMap {
  const folders = ofKind(objects, 'PersistentVolume').flatMap(folderOf)
  if (folders.length === 0) return pod
  const shown = (claim: Json, name: Json | undefined): JsonMap | null => {
    const path = folders.find(folder => couldBind(folder, claim, name))?.path
    return path === undefined ? null : { hostPath: { path } }
  }
  const volumes = listAt(pod, 'volumes').map(volume => {
    if (!isMap(volume)) return volume
    const name = valueAt(volume, 'persistentVolumeClaim.claimName')
    const named = typeof name === 'string' ? find(objects, 'PersistentVolumeClaim', namespace, name) : null
    const claim = named ? (data(named.tree) as JsonMap) : (valueAt(volume, 'ephemeral.volumeClaimTemplate') ?? null)
    const found = name === undefined && claim === null ? null : shown(claim, name)
    return found === null ? volume : { name: volume['name'] ?? null, ...found }
  })
  const claimed = claims.flatMap(claim => {
    const name = valueAt(claim, 'metadata.name')
    const found = shown(claim, undefined)
    return found === null || name === undefined ? [] : [{ name, ...found }]
  })
  return { ...pod, volumes: [...volumes, ...claimed] }
}

interface Folder {
  readonly path: string
  readonly volume: JsonMap
}

function folderOf({ tree }: KubernetesObject): readonly Folder[] {
  const volume = data(tree) as JsonMap & Data
  const path = valueAt(volume, 'spec.hostPath.path') ?? valueAt(volume, 'spec.local.path')
  return typeof path === 'string' ? [{ path, volume }] : []
}

/** Whether a claim is, or may be, bound to a volume: by name on either side, else by its class. */
function couldBind({ volume }: Folder, claim: Json, name: Json | undefined): boolean {
  const owner = valueAt(volume, 'spec.claimRef.name')
  if (owner !== undefined) return owner === name
  const wanted = claim === null ? undefined : valueAt(claim, 'spec.volumeName')
  if (wanted !== undefined) return wanted === valueAt(volume, 'metadata.name')
  return claim !== null && classOf(claim) === classOf(volume)
}

const classOf = (object: Json): Json => valueAt(object, 'spec.storageClassName') ?? ''
