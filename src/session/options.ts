import type { StabilityLevel } from '../evaluate/stability-level.ts'
import type { OnUnknown } from '../resolve/on-unknown.ts'

/** What an analysis is made for. What is absent is taken from the input, and else is the newest known, or unknown. */
export interface TargetOptions {
  /** Release of Alloy: `1.18.1`. */
  readonly alloyVersion?: string
  /** Release of the `grafana/alloy` chart: `1.11.1`. */
  readonly chartVersion?: string
  /** Minor of Kubernetes: `1.34`. */
  readonly kubeVersion?: string
  /** Release of Linux: `5.15`. */
  readonly kernel?: string
  /** What the deployment allows; absent: not judged. */
  readonly stability?: StabilityLevel
  /** The namespace Alloy runs in; absent: it stays symbolic, `.`. */
  readonly namespace?: string
  /** Whether an `import.file` may leave the folder of the input. */
  readonly allowOutside?: boolean
  /** Merge values files that each hold a configuration, as `helm -f` does; absent: each is a deployment of its own. */
  readonly merge?: boolean
  /** Grant also what is optional. */
  readonly optional?: boolean
  /** Which of several workloads: `[namespace/][kind/]name`. */
  readonly workload?: string
  /** Alloy's working directory, where relative paths start; absent: the folder of the input. */
  readonly workdir?: string
}

/** The same with the values that are given for the configuration. */
export interface SessionOptions extends TargetOptions {
  readonly env: ReadonlyMap<string, string>
  readonly arg: ReadonlyMap<string, string>
  /** Values of variables that Flux replaces in manifests. */
  readonly substitute: ReadonlyMap<string, string>
  /** Paths of local copies, by label, repository or URL of the import. */
  readonly module: ReadonlyMap<string, string>
  /** Attributes that the server of remote pipelines has set for the collector; an empty one says that it has none. */
  readonly attribute?: ReadonlyMap<string, string>
  /** Whether the pipelines that are passed are all that a collector can load. */
  readonly remoteComplete?: boolean
  readonly onUnknown: OnUnknown
}

/** How a plan is widened on purpose. */
export interface WideningOptions extends Pick<SessionOptions, 'onUnknown'> {
  /** `cluster`: one ClusterRole instead of namespaced Roles wherever the needs allow. */
  readonly scope: 'auto' | 'cluster'
  /** Whether rules stay that the values of the input have beside the chart's. */
  readonly keepExtra?: boolean
}

/** What a document of a plan is like. */
export interface DocumentOptions extends WideningOptions, Pick<TargetOptions, 'namespace'> {
  /** `blocks`: whole default blocks of the chart, without those that are not needed. */
  readonly granularity?: 'exact' | 'blocks'
  /** `rbac` or `pod`: half of the document. */
  readonly only?: 'rbac' | 'pod'
  /** Keys under which the values are nested, `collectors.alloy-metrics`; absent: those under which values passed in have the chart. */
  readonly at?: string
  /** `openshift`: also SecurityContextConstraints that admit the pod; `gke-autopilot`: also what Autopilot refuses of it. */
  readonly platform?: 'openshift' | 'gke-autopilot'
  /** Whether a NetworkPolicy is printed that admits what the configuration listens for. */
  readonly networkPolicy?: boolean
  /** Name of the objects of manifests, and of the account that a can-i script asks for. */
  readonly name?: string
}
