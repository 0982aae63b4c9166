import type { Range, Source, Span } from '../source.ts'
import type { ClusterObjects } from './cluster.ts'
import type { Account, Deployment } from './deployment.ts'
import type { Stream } from './manifests/objects.ts'
import type { Place } from './place.ts'
import type { Settings, Variable } from './process/settings.ts'
import type { RemotePipeline } from './remote/pipeline.ts'
import type { Mapping } from './yaml/tree.ts'

/** One Alloy configuration to analyze, with all that is known of the process that runs it. */
export interface Configuration {
  /**
   * For reports and `--workload`: `namespace/kind/name` of a workload or custom resource (without the namespace where none is
   * known), the path at which values nest the chart, or the empty string for Alloy files and for values of the chart itself.
   */
  readonly name: string
  /** Parsed together they are one module. */
  readonly sources: readonly Source[]
  /** Helm template actions `{{ … }}` by source, in order; only text from chart values has any. */
  readonly templates: ReadonlyMap<Source, readonly Range[]>
  /** Keys of mounted ConfigMaps by their absolute path in the container, for `import.file` and `local.file`. */
  readonly files: ReadonlyMap<string, Source>
  /** What `module_path` is at the root: the folder of the file passed in, `/etc/alloy` in the chart. */
  readonly modulePath: string
  /** The folder of the input as given: where relative paths of `import.file` start unless `--workdir` says otherwise. */
  readonly folder: string
  /** The working directory of the process in the container; null for files that no container runs. */
  readonly containerDirectory: string | null
  /** Environment variables that the input sets, by name. */
  readonly env: ReadonlyMap<string, Variable>
  /** Whether variables that `env` does not hold may be set as well: the container has `envFrom`. */
  readonly envOpen: boolean
  readonly settings: Settings
  /** The namespace Alloy runs in; null where the input does not say. */
  readonly namespace: string | null
  /** Null for input without a rendered workload. */
  readonly deployment: Deployment | null
  /** Null unless the configuration comes from values of the chart. */
  readonly values: Values | null
  /** Where the input takes values of the chart. */
  readonly place: Place
  /** The account that Alloy runs as; null for input without Kubernetes objects. */
  readonly account: Account | null
  /** The objects of the input that are deployed with it. */
  readonly objects: Stream
  /** The objects of the cluster that it runs in; absent: none are known. */
  readonly cluster?: ClusterObjects
  /** What was passed of the pipelines that a server holds; absent: nothing was. */
  readonly remote?: readonly RemotePipeline[]
  /** The place that stands for the whole configuration: the workload's name, the key of the chart, the start of the file. */
  readonly span: Span
}

/** The user's values of the chart. */
export interface Values {
  /** All values of the release, files merged left to right as Helm merges them; places are those of the file that won. */
  readonly root: Mapping
  /** Where the chart's own values are nested in `root`: `['alloy']` in an umbrella chart. */
  readonly at: readonly string[]
  /** The chart's own values, globals of the parent and the deprecated `agent` merged in. A null deletes a default. */
  readonly chart: Mapping
  /** Name of the Helm release; null where only `helm install` says it. */
  readonly release: string | null
}
