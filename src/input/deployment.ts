import type { PolicyRule } from '../kubernetes/rule.ts'
import type { Source, Span } from '../source.ts'
import type { Mapping, Tree } from './yaml/tree.ts'

/** A Kubernetes object of the input. */
export interface KubernetesObject {
  readonly apiVersion: string
  readonly kind: string
  /** Null: cluster-scoped, or left to whoever applies it. */
  readonly namespace: string | null
  readonly name: string
  readonly tree: Mapping
  /** The value of `metadata.name`, or the object's start. */
  readonly span: Span
  /** Keys that are files of their own: of a ConfigMap that kustomize generates. */
  readonly files?: ReadonlyMap<string, Source>
}

/** A rendered workload with one Alloy container. */
export interface Deployment {
  readonly workload: KubernetesObject
  /** The pod template's `metadata`; null when it has none. */
  readonly podMetadata: Mapping | null
  /** The pod's specification: host namespaces, security context, volumes, service account. */
  readonly pod: Mapping
  /** The container that runs Alloy: security context, volume mounts, ports. */
  readonly container: Mapping
  /** Whether the account's token is mounted; `by` says who decides, with the place when the input states it. */
  readonly automount: Automount
}

/** Kubernetes mounts the token unless the pod, or else the account, says no. */
export interface Automount {
  readonly value: boolean
  readonly by: 'pod' | 'account' | 'default'
  readonly span: Span | null
}

/** What the objects of the input say about one service account. */
export interface Access {
  readonly account: Account
  readonly roles: readonly BoundRole[]
  /** Roles that a binding names and the input does not hold, each once for each binding. */
  readonly missing: readonly MissingRole[]
  /** The Pod Security Standards that the namespace enforces; null when its Namespace object is not in the input. */
  readonly podSecurity: PodSecurity | null
}

/** The service account that a workload runs under. */
export interface Account {
  /** Null where the release's name decides and is not known. */
  readonly name: string | null
  readonly namespace: string | null
  /** The ServiceAccount object; null when the input does not hold it. */
  readonly object: KubernetesObject | null
  /** Where the workload names the account; null when it names none. */
  readonly span: Span | null
}

/** A role, and the binding that gives it to the account. */
export interface BoundRole {
  /** Null only for the roles that every cluster has, like cluster-admin. */
  readonly object: KubernetesObject | null
  readonly kind: 'Role' | 'ClusterRole'
  readonly name: string
  /** Where the rules hold: all namespaces for null. */
  readonly namespace: string | null
  readonly binding: KubernetesObject
  /** `account`: the binding names it; else the group through which it is bound. */
  readonly through: 'account' | string
  readonly rules: readonly BoundRule[]
}

/** One rule of a bound role. For an aggregated ClusterRole it may stand in another one. */
export interface BoundRule extends Required<PolicyRule> {
  /** The object that holds the rule; null for roles that every cluster has. */
  readonly role: KubernetesObject | null
  /** Position in the list of rules of that object. */
  readonly index: number
  /** The rule in the role; the binding's role reference for roles that every cluster has. */
  readonly span: Span
  /** The rule as written, for places of single verbs and resources; null for roles that every cluster has. */
  readonly tree: Tree | null
}

/** A role that a binding gives to the account and the input does not hold. */
export interface MissingRole {
  readonly kind: 'Role' | 'ClusterRole'
  readonly namespace: string | null
  readonly name: string
  /** The role reference of the binding. */
  readonly span: Span
}

/** Labels `pod-security.kubernetes.io/…` of a namespace. */
export interface PodSecurity {
  readonly enforce: Label | null
  readonly audit: Label | null
  readonly warn: Label | null
}

/** The value of a label: `restricted`, `baseline` or `privileged`. */
export interface Label {
  readonly value: string
  readonly span: Span
}
