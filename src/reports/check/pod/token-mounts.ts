import { isMap, type Json, type JsonMap, listAt, valueAt } from '../../../chart/json.ts'
import { normalizePath } from '../../../chart/pod/mounts/paths.ts'
import { isTokenFile } from '../../../kubernetes/pod/token.ts'

/** Whether a pod's own volumes bring the account's token into its containers. */
export interface TokenMounts {
  /** Into Alloy's, where clients look for it; null where no volume lies there, so that the account decides. */
  readonly atPlace: boolean | null
  /** Into some container at some place. */
  readonly anywhere: boolean
}

/** Finds the tokens that the volumes of a pod bring into its containers. A token for another audience is nothing to the API server. */
export function tokenMounts(pod: JsonMap, container: JsonMap): TokenMounts {
  const own = mountedFiles(pod, container)
  const places = own.filter(({ path }) => isTokenFile(path))
  const containers = ['initContainers', 'containers', 'ephemeralContainers'].flatMap(key => listAt(pod, key))
  return {
    atPlace: places.length > 0 || coversPlace(container) ? places.some(({ isToken }) => isToken) : null,
    anywhere: containers.some(each => isMap(each) && mountedFiles(pod, each).some(({ isToken }) => isToken)),
  }
}

/** A volume at the folder of the token is there in its stead. */
const coversPlace = (container: JsonMap): boolean =>
  listAt(container, 'volumeMounts').some(mount => isTokenFile(`${String(valueAt(mount, 'mountPath'))}/token`))

interface TokenFile {
  readonly path: string
  /** Whether the API server takes it. */
  readonly isToken: boolean
}

function mountedFiles(pod: JsonMap, container: JsonMap): readonly TokenFile[] {
  const volumes = listAt(pod, 'volumes')
  return listAt(container, 'volumeMounts').flatMap(mount => {
    const volume = volumes.find(each => valueAt(each, 'name') === valueAt(mount, 'name')) ?? null
    const at = String(valueAt(mount, 'mountPath') ?? '')
    const subPath = valueAt(mount, 'subPath')
    return tokenFilesOf(volume).flatMap(({ path, isToken }) => {
      if (typeof subPath !== 'string' || subPath === '') return [{ path: `${at}/${path}`, isToken }]
      return normalizePath(subPath) === normalizePath(path) ? [{ path: at, isToken }] : []
    })
  })
}

/** The files of a volume that are tokens, or a legacy Secret with one. */
function tokenFilesOf(volume: Json): readonly TokenFile[] {
  const projected = listAt(volume, 'projected.sources').flatMap(source => {
    const token = valueAt(source, 'serviceAccountToken')
    if (!isMap(token)) return []
    return [{ path: String(token['path'] ?? ''), isToken: isOfApi(token['audience'] ?? '') }]
  })
  const secrets = [volume, ...listAt(volume, 'projected.sources')].filter(
    source => typeof (valueAt(source, 'secret.secretName') ?? valueAt(source, 'secret.name')) === 'string',
  )
  return [...projected, ...(secrets.length > 0 ? [{ path: 'token', isToken: true }] : [])]
}

/** The audience of the API server: its default, or an address of it in the cluster. */
const isOfApi = (audience: Json): boolean =>
  audience === '' || /^(?:https:\/\/)?kubernetes\.default(?:\.|$)|^api$/.test(String(audience))
