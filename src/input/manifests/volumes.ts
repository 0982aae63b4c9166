import { masked } from '../../secrets/mask-yaml.ts'
import type { Source, Span } from '../../source.ts'
import type { KubernetesObject } from '../deployment.ts'
import { isWithin, join, normalize, parent } from '../path.ts'
import { embed, syntheticSource } from '../yaml/embed.ts'
import { itemsAt, mapAt, type Scalar, type Tree, textAt } from '../yaml/tree.ts'
import { qualified } from './objects.ts'

/** What the file system of a container holds, as far as the input tells. */
export interface Mounted {
  /** Keys of ConfigMaps by their absolute path; of Secrets only configurations. */
  readonly files: ReadonlyMap<string, Source>
  /** Mounts whose content is not in the input. */
  readonly gaps: readonly Gap[]
  /** The object that each file is a key of. */
  readonly origins: ReadonlyMap<Source, KubernetesObject>
  /** Where volumes are mounted. */
  readonly mountPaths: readonly string[]
}

/** A file or folder that a container mounts and the input does not hold. */
export interface Gap {
  readonly path: string
  /** Where its volume is mounted. */
  readonly mountPath: string
  /** What would fill it, named for messages: `the ConfigMap monitoring/alloy`. */
  readonly what: string
  readonly span: Span
}

/** Finds a ConfigMap or Secret of the workload's namespace. */
export type Lookup = (kind: 'ConfigMap' | 'Secret', name: string) => KubernetesObject | null

/** What a container mounts, and where the objects behind it are found. */
export interface Mounts {
  readonly volumeMounts: readonly Tree[]
  readonly volumes: readonly Tree[]
  readonly namespace: string | null
  readonly lookup: Lookup
  /** The path passed to Alloy: a Secret's key there is a configuration whatever it is called. */
  readonly configuration: string | null
}

/** Determines which files a container sees. A mount hides what others have at its path and below it. */
export function mounted(mounts: Mounts): Mounted {
  const files = new Map<string, Source>()
  const origins = new Map<Source, KubernetesObject>()
  const gaps: Gap[] = []
  const placed = mounts.volumeMounts.flatMap(mount => {
    const path = textAt(mount, 'mountPath')
    return path === null ? [] : [{ mount, mountPath: normalize(path.startsWith('/') ? path : `/${path}`) }]
  })
  const mountPaths = placed.map(({ mountPath }) => mountPath)
  const folders = new Set(mountPaths)
  const volumes = new Map<string | null, Tree>()
  for (const volume of mounts.volumes)
    if (!volumes.has(textAt(volume, 'name'))) volumes.set(textAt(volume, 'name'), volume)
  for (const { mount, mountPath } of placed) {
    const volume = volumes.get(textAt(mount, 'name'))
    const content = volume ? contentOf(volume, mounts) : nothing
    const subPath = textAt(mount, 'subPath') ?? textAt(mount, 'subPathExpr') ?? ''
    /** Where something of the volume is to be seen; null where the mount leaves it out, or another one hides it. */
    const seen = (path: string): string | null => {
      const rest = below(path, subPath)
      const at = rest === null ? null : join(mountPath, rest)
      return at === null || nearest(at, folders) !== mountPath ? null : at
    }
    for (const file of content.files) {
      const at = seen(file.path)
      if (at === null) continue
      if (file.object.kind === 'Secret' && !at.endsWith('.alloy') && at !== mounts.configuration) continue
      const source = file.read()
      files.set(at, source)
      origins.set(source, file.object)
    }
    for (const { what, path } of content.gaps) {
      const at = path === null ? mountPath : seen(path)
      if (at !== null) gaps.push({ path: at, mountPath, what, span: volume?.span ?? mount.span })
    }
  }
  return { files, gaps, origins, mountPaths }
}

/** The mount that shows what is at a path. */
function nearest(path: string, mountPaths: ReadonlySet<string>): string | undefined {
  for (let at = path; ; at = parent(at)) {
    if (mountPaths.has(at)) return at
    if (at === parent(at)) return undefined
  }
}

/** What is left of a path below a sub-path; null when it lies elsewhere. */
function below(path: string, subPath: string): string | null {
  if (subPath === '') return path
  const from = normalize(subPath)
  if (path === from) return ''
  return path.startsWith(`${from}/`) ? path.slice(from.length + 1) : null
}

/** A key of an object as a file. */
export interface File {
  readonly path: string
  /** Makes the text when it is asked for: most are never read. */
  readonly read: () => Source
  readonly object: KubernetesObject
}

interface Content {
  readonly files: readonly File[]
  /** What is not in the input; the path of one file where only that is chosen of it. */
  readonly gaps: readonly { readonly what: string; readonly path: string | null }[]
}

const nothing: Content = { files: [], gaps: [{ what: 'a volume that the pod does not define', path: null }] }

function contentOf(volume: Tree, mounts: Mounts): Content {
  const sources = mapAt(volume, 'projected') ? itemsAt(volume, 'projected', 'sources') : [volume]
  const files: File[] = []
  const gaps: Content['gaps'][number][] = []
  for (const source of sources) {
    const found = keysOf(source, mounts)
    if (found) {
      for (const each of found.files) files.push(each)
      for (const each of found.gaps) gaps.push(each)
    } else if (source === volume) gaps.push({ what: `the volume ${textAt(volume, 'name')}`, path: null })
  }
  return { files, gaps }
}

function keysOf(source: Tree, { namespace, lookup }: Mounts): Content | null {
  for (const kind of ['ConfigMap', 'Secret'] as const) {
    const reference = mapAt(source, kind === 'ConfigMap' ? 'configMap' : 'secret')
    const name = textAt(reference, 'name') ?? textAt(reference, 'secretName')
    if (reference === null || name === null) continue
    const object = lookup(kind, name)
    const what = `the ${kind} ${namespace === null ? name : `${namespace}/${name}`}`
    const items = itemsAt(reference, 'items')
    if (object !== null) return { files: selected(contents(object), items), gaps: [] }
    const chosen = items.map(item => textAt(item, 'path')).filter(path => path !== null)
    return { files: [], gaps: (items.length === 0 ? [null] : chosen).map(path => ({ what, path })) }
  }
  return null
}

/** `items` choose keys and rename them; without any, all keys are files of their name. */
function selected(files: readonly File[], items: readonly Tree[]): readonly File[] {
  if (items.length === 0) return files
  return items.flatMap(item => {
    const file = files.find(({ path }) => path === textAt(item, 'key'))
    return file ? [{ ...file, path: normalize(textAt(item, 'path') ?? file.path) }] : []
  })
}

/** The keys of a ConfigMap or Secret as files. */
export function contents(object: KubernetesObject): readonly File[] {
  if (object.files) return [...object.files].map(([path, source]) => ({ path, read: () => source, object }))
  const secret = object.kind === 'Secret'
  const label = (key: string): string => `${qualified(object.kind, object.namespace, object.name)}:${key}`
  const files: File[] = []
  for (const field of ['data', 'binaryData', 'stringData']) {
    for (const [key, { value }] of mapAt(object.tree, field)?.entries ?? []) {
      if (value.kind !== 'scalar' || typeof value.value !== 'string') continue
      const encoded = field === 'binaryData' || (secret && field === 'data')
      const read = (): Source => (encoded ? decoded(label(key), value) : embed(value, label(key)))
      files.push({ path: key, read, object })
    }
  }
  return files
}

function decoded(path: string, { value, span }: Scalar): Source {
  const place = { ...span, source: masked(span.source) }
  try {
    const bytes = Uint8Array.from(atob(String(value).replace(/\s/g, '')), character => character.charCodeAt(0))
    return syntheticSource(path, new TextDecoder().decode(bytes), place)
  } catch {
    // Not base64: kubectl would refuse the object.
    return syntheticSource(path, '', place)
  }
}

/**
 * The texts that `alloy run PATH` would read: a file, or the direct `*.alloy` children of a folder, in order of their names. The gap is
 * what the input lacks to know all of them; nothing is read then.
 */
export function configurationAt(
  path: string,
  { files, gaps, mountPaths }: Mounted,
): { readonly sources: readonly Source[]; readonly gap: Gap | null } {
  const shown = nearest(path, new Set(mountPaths))
  const over = gaps.filter(gap => gap.mountPath === shown && isWithin(path, gap.path))
  const beside = gaps.filter(gap => parent(gap.path) === path && gap.path.endsWith('.alloy'))
  const [gap] = files.has(path) ? over : [...over, ...beside]
  if (gap) return { sources: [], gap }
  const file = files.get(path)
  if (file) return { sources: [file], gap: null }
  const inside = [...files].filter(([at]) => parent(at) === path && at.endsWith('.alloy'))
  return { sources: inside.sort(([a], [b]) => (a < b ? -1 : 1)).map(([, source]) => source), gap: null }
}
