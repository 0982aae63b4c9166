import { masked } from '../../secrets/mask-yaml.ts'
import type { Source, Span } from '../../source.ts'
import type { KubernetesObject } from '../deployment.ts'
import { join, normalize, parent } from '../path.ts'
import { embed, standIn } from '../yaml/embed.ts'
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
}

/** A file that a container mounts and the input does not hold. */
export interface Gap {
  readonly path: string
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
  /** The path handed to Alloy: a Secret's key there is a configuration whatever it is called. */
  readonly configuration: string | null
}

/** Works out which files a container sees. Later mounts lie over earlier ones. */
export function mounted(mounts: Mounts): Mounted {
  const files = new Map<string, Source>()
  const gaps: Gap[] = []
  const origins = new Map<Source, KubernetesObject>()
  for (const mount of mounts.volumeMounts) {
    const name = textAt(mount, 'name')
    const path = textAt(mount, 'mountPath')
    const volume = mounts.volumes.find(each => textAt(each, 'name') === name)
    if (path === null || volume === undefined) continue
    const content = contentOf(volume, mounts)
    const subPath = textAt(mount, 'subPath') ?? ''
    for (const file of content.files) {
      const rest = below(file.path, subPath)
      if (rest === null) continue
      const at = join(normalize(path), rest)
      if (file.object.kind === 'Secret' && !at.endsWith('.alloy') && at !== mounts.configuration) continue
      const source = file.read()
      files.set(at, source)
      origins.set(source, file.object)
    }
    for (const what of content.gaps) gaps.push({ path: normalize(path), what, span: volume.span })
  }
  return { files, gaps, origins }
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
  readonly gaps: readonly string[]
}

function contentOf(volume: Tree, mounts: Mounts): Content {
  const sources = mapAt(volume, 'projected') ? itemsAt(volume, 'projected', 'sources') : [volume]
  const files: File[] = []
  const gaps: string[] = []
  for (const source of sources) {
    const found = keysOf(source, mounts)
    if (found) {
      for (const each of found.files) files.push(each)
      for (const each of found.gaps) gaps.push(each)
    } else if (source === volume) gaps.push(`the volume ${textAt(volume, 'name')}`)
  }
  return { files, gaps }
}

function keysOf(source: Tree, { namespace, lookup }: Mounts): Content | null {
  for (const kind of ['ConfigMap', 'Secret'] as const) {
    const reference = mapAt(source, kind === 'ConfigMap' ? 'configMap' : 'secret')
    const name = textAt(reference, 'name') ?? textAt(reference, 'secretName')
    if (reference === null || name === null) continue
    const object = lookup(kind, name)
    const gap = `the ${kind} ${namespace === null ? name : `${namespace}/${name}`}`
    if (object === null) return { files: [], gaps: [gap] }
    return { files: selected(contents(object), itemsAt(reference, 'items')), gaps: [] }
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
    return standIn(path, new TextDecoder().decode(bytes), place)
  } catch {
    // Not base64: kubectl would refuse the object.
    return standIn(path, '', place)
  }
}

/** The texts that `alloy run PATH` would read: a file, or the direct `*.alloy` children of a folder, in order of their names. */
export function configurationAt(path: string, { files }: Mounted): readonly Source[] {
  const file = files.get(path)
  if (file) return [file]
  return [...files]
    .filter(([at]) => parent(at) === path && at.endsWith('.alloy'))
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, source]) => source)
}

/** What the input lacks to know the text at a path; null when nothing is mounted there. */
export function gapAt(path: string, { gaps }: Mounted): Mounted['gaps'][number] | null {
  const covering = gaps.filter(gap => path === gap.path || path.startsWith(gap.path === '/' ? '/' : `${gap.path}/`))
  return covering.sort((a, b) => b.path.length - a.path.length)[0] ?? null
}
