import type { Label } from '../diagnostic/diagnostic.ts'
import type { Grant } from '../kubernetes/grant.ts'
import type { Span } from '../source.ts'

/** `certain`: the configuration demands it. `assumed`: needed unless a value known only at run time says otherwise. */
export type Certainty = 'certain' | 'assumed'

/** Why something is needed: who demands it, by which rule of the map, where, and on what evidence. */
export interface Reason {
  /** As written, module path in front: `k8s_logs.default/loki.source.kubernetes.pods`. */
  readonly component: string
  /** Entry of the rule map: `loki.source.kubernetes#log`. */
  readonly rule: string
  readonly certainty: Certainty
  /** The header of the component's block. */
  readonly span: Span
  /** How the configuration reaches the block, outermost first: instances, imports. */
  readonly related: readonly Label[]
  /** `repo@tag:path#Lx-Ly`, sorted. */
  readonly evidence: readonly string[]
  /**
   * The paths in the container for whose sake it is needed, where those are files of the host: a volume of the user's at all of them
   * makes the need go away. Absent: it is needed whatever is mounted.
   */
  readonly paths?: readonly string[]
  /** The objects of the cluster that ask for it; absent: it is not narrowed to what was passed. */
  readonly objects?: PassedObjects
}

/** The objects of a cluster that a need was narrowed to. */
export interface PassedObjects {
  /** How many of the kind that the component reads were passed. */
  readonly count: number
  /** Whether there are no others. */
  readonly complete: boolean
  /** Those that ask for it: `shop/ServiceMonitor/web`, sorted. */
  readonly by: readonly string[]
}

/**
 * A setting of the pod. `root`: runs as user 0. `token`: the service account's token is read. `appArmorUnconfined`,
 * `seccompUnconfined`: the default profile forbids what is needed.
 */
export type PodField =
  | 'hostPID'
  | 'hostNetwork'
  | 'hostIPC'
  | 'privileged'
  | 'root'
  | 'token'
  | 'appArmorUnconfined'
  | 'seccompUnconfined'
  | 'privilegeEscalation'
  | 'writableRootFilesystem'

/** One privilege of the container or the pod. */
export type Privilege =
  /** `bounding`: only not taken away, because the program file carries it; anyone who runs it has it then. */
  | { readonly kind: 'capability'; readonly name: string; readonly bounding?: true }
  | { readonly kind: 'pod'; readonly field: PodField }
  /**
   * `mountPath`: where the container sees it, when that is not the same path. `unlessPrivileged`: one that is privileged does without.
   * `named`: an argument names the path, so that it is the host's only as far as its meaning goes. `whole`: a file or a folder itself,
   * and not the folder that the files of a pattern are in.
   */
  | {
      readonly kind: 'mount'
      readonly hostPath: string
      readonly readOnly: boolean
      readonly mountPath?: string
      readonly unlessPrivileged?: true
      readonly named?: true
      readonly whole?: true
    }
  /** A path in the container that must lie on a writable volume. */
  | { readonly kind: 'writable'; readonly path: string }
  /** A port the process listens on, below 1024 or not. `loopback`: nothing outside the pod can reach it. */
  | { readonly kind: 'port'; readonly port: number; readonly protocol: Protocol; readonly loopback?: true }

/** A protocol that a port is for. */
export type Protocol = 'TCP' | 'UDP'

/** One thing a use requires. */
export type Need =
  | { readonly kind: 'grant'; readonly grant: Grant }
  | { readonly kind: 'privilege'; readonly privilege: Privilege }

/** A need and the one reason for it; several requirements may state the same need. */
export interface Requirement {
  readonly need: Need
  readonly reason: Reason
  /** Only objects that were not passed may ask for it: it is not planned, and neither is it known to be too much. */
  readonly elsewhere?: true
}
