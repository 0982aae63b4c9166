import type { Stability } from '../input/configuration.ts'

/** What an analysis is made for. What is absent is taken from the input, and else is the newest known, or unknown. */
export interface SessionOptions {
  readonly alloyVersion?: string
  readonly chartVersion?: string
  readonly kubeVersion?: string
  readonly kernel?: string
  readonly stability?: Stability
  readonly namespace?: string
  readonly env: ReadonlyMap<string, string>
  readonly arg: ReadonlyMap<string, string>
  /** Paths of local copies, by label, repository or URL of the import. */
  readonly module: ReadonlyMap<string, string>
  readonly allowOutside?: boolean
  readonly onUnknown: 'error' | 'warn' | 'defaults'
  readonly optional?: boolean
  readonly workload?: string
  readonly workdir?: string
}

/** How a plan is widened on purpose. */
export interface WideningOptions extends Pick<SessionOptions, 'onUnknown'> {
  readonly scope: 'auto' | 'cluster'
  readonly keepExtra?: boolean
}

/** What a document of a plan is like. */
export interface DocumentOptions extends WideningOptions, Pick<SessionOptions, 'namespace'> {
  readonly granularity?: 'exact' | 'blocks'
  readonly only?: 'rbac' | 'pod'
  /** Keys under which the values are nested, `collectors.alloy-metrics`; absent: those under which values handed in have the chart. */
  readonly at?: string
  readonly platform?: 'openshift' | 'gke-autopilot'
  /** Whether a NetworkPolicy is printed that admits what the configuration listens for. */
  readonly networkPolicy?: boolean
  /** Name of the objects of manifests, and of the account that a can-i script asks for. */
  readonly name?: string
}
