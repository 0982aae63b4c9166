import type { StabilityLevel } from '../../evaluate/stability-level.ts'
import type { Span } from '../../source.ts'

/** What is known of an environment variable. */
export type Variable =
  | { readonly kind: 'literal'; readonly value: string }
  /** The namespace Alloy runs in, by the downward API. */
  | { readonly kind: 'namespace' }
  /** `from`: what sets it, in words that name an object or a field and never its content. */
  | { readonly kind: 'unknown'; readonly from: string }

/** A setting, and where it is written; no place for a default. */
export interface Setting<T> {
  readonly value: T
  readonly span: Span | null
}

/** What arguments, values and labels say of the process and its versions. */
export interface Settings {
  /** Absolute, or relative to the process's working directory. */
  readonly storagePath: Setting<string>
  /** Null: a bare file, which states none. */
  readonly stability: Setting<StabilityLevel> | null
  readonly communityComponents: Setting<boolean>
  readonly cluster: {
    readonly enabled: Setting<boolean>
    /** `provider=k8s label_selector=…`, as given to `--cluster.discover-peers`; null where peers are not discovered. */
    readonly discoverPeers: Setting<string> | null
  }
  /** `--server.http.listen-addr`. */
  readonly listen: { readonly address: Setting<string>; readonly port: Setting<number> }
  /** The release of Alloy: the tag or digest of the image, a label. */
  readonly alloyVersion: NamedRelease | null
  /** The release of the `grafana/alloy` chart: from a label, a HelmRelease, an Application. */
  readonly chartVersion: NamedRelease | null
}

/** What the input has where a release is named: a version, a range of them, or something that names none, as written. */
export interface NamedRelease extends Setting<string> {
  /** `spec.ref.tag of obs/OCIRepository/alloy`. */
  readonly by: string
  /** What names a release likewise, and counts where this names none. */
  readonly instead?: NamedRelease
}
