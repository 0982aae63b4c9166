import type { Outcome } from '../diagnostic/diagnostic.ts'
import type { Configuration, Stability } from '../input/configuration.ts'
import { readInput } from '../input/input.ts'
import { diskOf, folderOf, type Place } from '../session/disk.ts'
import type { SessionOptions } from '../session/options.ts'

/**
 * What is handed in: texts by their path, told apart by content as those of the command line are. Several `.alloy` files are one
 * configuration; several values files are merged in the order of their keys.
 */
export type Texts = Readonly<Record<string, string>>

/** What an analysis is made for. What is absent is taken from the input, and else is the newest known, or unknown. */
export interface AnalyzeOptions {
  /** Release of Alloy: `1.18.1`. */
  readonly alloyVersion?: string
  /** Release of the `grafana/alloy` chart: `1.11.1`. */
  readonly chartVersion?: string
  /** Minor of Kubernetes: `1.34`. */
  readonly kubeVersion?: string
  /** Release of Linux: `5.15`. */
  readonly kernel?: string
  /** What the deployment allows; absent: not judged. */
  readonly stability?: Stability
  /** The namespace Alloy runs in; absent: it stays symbolic, `.`. */
  readonly namespace?: string
  /** What `sys.env` will be. */
  readonly env?: Readonly<Record<string, string>>
  /** What the arguments will be of a module that is the input. */
  readonly args?: Readonly<Record<string, string>>
  /** Further files that the configuration may import or read, by path. */
  readonly files?: Texts
  /** Where in `files` the copy of a remote module lies, by label, repository or URL of the import. */
  readonly modules?: Readonly<Record<string, string>>
  /** Whether an `import.file` may leave the folder of the input. */
  readonly allowOutside?: boolean
  /** What an unknown component or an unavailable module costs: the plan (`error`), or its completeness. */
  readonly onUnknown?: 'error' | 'warn' | 'defaults'
  /** Grant also what is optional. */
  readonly optional?: boolean
  /** Which of several workloads: `[namespace/][kind/]name`. */
  readonly workload?: string
  /** Alloy's working directory, where relative paths start; absent: the folder of the input. */
  readonly workdir?: string
}

/** Tells the texts apart; all of them, and the further files, are at hand for imports. */
export function readTexts(
  texts: Texts,
  { files = {}, namespace }: AnalyzeOptions,
): { readonly read: Outcome<readonly Configuration[]>; readonly place: Place } {
  const place: Place = { cwd: '/', disk: diskOf({ ...files, ...texts }) }
  const items = Object.entries(texts).map(([path, content]) => ({ kind: 'file', path, content }) as const)
  return { read: readInput(items, folderOf(place), namespace === undefined ? {} : { namespace }), place }
}

/** The same as a session has it. */
export function sessionOptions(options: AnalyzeOptions): SessionOptions {
  const { env = {}, args = {}, modules = {}, onUnknown = 'error', files: _, ...rest } = options
  return {
    ...rest,
    onUnknown,
    env: new Map(Object.entries(env)),
    arg: new Map(Object.entries(args)),
    module: new Map(Object.entries(modules)),
  }
}
