import type { Outcome } from '../diagnostic/diagnostic.ts'
import type { Configuration } from '../input/configuration.ts'
import { readInput } from '../input/input.ts'
import type { Item } from '../input/item.ts'
import type { OnUnknown } from '../resolve/on-unknown.ts'
import { diskOf, folderOf, type Place } from '../session/disk.ts'
import type { SessionOptions, TargetOptions } from '../session/options.ts'

/**
 * What is passed in: texts by their path, detected from the content as those of the command line are. Several `.alloy` files are one
 * configuration; several values files are merged in the order of their keys, while at most one holds a
 * configuration.
 */
export type Texts = Readonly<Record<string, string>>

/** What an analysis is made for, and what is given for the configuration. */
export interface AnalyzeOptions extends TargetOptions {
  /** What `sys.env` will be. */
  readonly env?: Readonly<Record<string, string>>
  /** What the arguments will be of a module that is the input. */
  readonly args?: Readonly<Record<string, string>>
  /** Values of variables that Flux replaces in manifests. */
  readonly substitute?: Readonly<Record<string, string>>
  /** Objects of the cluster, as YAML or JSON: custom resources and Namespaces, which narrow what depends on them. */
  readonly objects?: Texts
  /** Whether the cluster has no other such objects. */
  readonly objectsComplete?: boolean
  /** Further files that the configuration may import or read, by path. */
  readonly files?: Texts
  /** Where in `files` the copy of a remote module lies, by label, repository or URL of the import. */
  readonly modules?: Readonly<Record<string, string>>
  /** Pipelines that a server holds for the collectors, detected from the content: `.alloy` files, an index, JSON of the API, Terraform. */
  readonly remote?: Texts
  /** Attributes that the server has set for the collector; an empty one says that it has none. */
  readonly attributes?: Readonly<Record<string, string>>
  /** Whether `remote` is all that the collectors can load. */
  readonly remoteComplete?: boolean
  /** What an unknown component or an unavailable module costs; absent: `error`. */
  readonly onUnknown?: OnUnknown
}

/** Detects what each text is; all of them, and the further files, are available to imports. */
export function readTexts(
  texts: Texts,
  {
    files = {},
    objects = {},
    objectsComplete = false,
    remote = {},
    namespace,
    merge = false,
    substitute = {},
  }: AnalyzeOptions,
): { readonly read: Outcome<readonly Configuration[]>; readonly place: Place } {
  const place: Place = { cwd: '/', disk: diskOf({ ...files, ...remote, ...texts }) }
  const substituted = new Map(Object.entries(substitute))
  const given = {
    ...{ merge, objectsComplete, objects: itemsOf(objects), remote: itemsOf(remote), substitute: substituted },
    ...(namespace !== undefined && { namespace }),
  }
  return { read: readInput(itemsOf(texts), folderOf(place), given), place }
}

const itemsOf = (texts: Texts): readonly Item[] =>
  Object.entries(texts).map(([path, content]) => ({ kind: 'file', path, content }))

/** The same as a session has it. */
export function sessionOptions(options: AnalyzeOptions): SessionOptions {
  const { env = {}, args = {}, modules = {}, substitute = {}, attributes = {}, onUnknown = 'error' } = options
  const { files: _, objects: __, objectsComplete: ___, remote: ____, ...rest } = options
  return {
    ...rest,
    onUnknown,
    env: new Map(Object.entries(env)),
    arg: new Map(Object.entries(args)),
    module: new Map(Object.entries(modules)),
    substitute: new Map(Object.entries(substitute)),
    attribute: new Map(Object.entries(attributes)),
  }
}
