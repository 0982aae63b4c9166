import type { ReleaseRange } from '../../version.ts'
import type { PodField, Protocol } from '../requirement.ts'
import type { Example } from './example.ts'
import type { ObjectsRead, ObjectsRule } from './objects-schema.ts'

/**
 * What one component needs, when, and how that is known: an entry of `rulemap/components/`. `rulemap/schema.json` says the same to
 * editors; `rulemap/README.md` explains it.
 */
export interface ComponentRules {
  /** What the component does, one sentence. */
  readonly about: string
  /** The name is not a component's: it is that of a block within a block, in whatever component these stand. */
  readonly block?: true
  /** What an absent argument means; conditions, scopes and names see these. Keys are argument paths. */
  readonly defaults?: Readonly<Record<string, Scalar | readonly Scalar[]>>
  /** When the component is started at all; without it always. Where it is false nothing is needed. */
  readonly started?: Condition
  /** When the pod's own service account talks to the API server; without it always. Where it is false no grant is needed. */
  readonly identity?: Condition
  /** The custom resources that tell what is needed of it, where they are passed. */
  readonly objects?: ObjectsRead
  /** The scope of every grant that does not state its own. */
  readonly scope?: Scope
  readonly grants?: Readonly<Record<string, GrantRule>>
  readonly urls?: Readonly<Record<string, UrlRule>>
  readonly requests?: Readonly<Record<string, RequestRule>>
  readonly privileges?: Readonly<Record<string, PrivilegeRule>>
  /** What the component exports, where that can be told from its arguments; every other export is unknown. */
  readonly exports?: Readonly<Record<string, ExportRule>>
  /** Remarks that the plan prints as notes when their condition holds. */
  readonly notes?: Readonly<Record<string, NoteRule>>
  readonly evidence: Readonly<Record<string, Evidence>>
  readonly examples?: readonly Example[]
}

/** A value that conditions and defaults compare. */
export type Scalar = string | number | boolean

/** A list means or, a map means and; an empty map always holds. */
export type Condition = readonly Condition[] | ConditionMap

/**
 * Keys are argument paths (`attach_metadata.node`), or one of these words, which are not legal argument names. A path through a repeated
 * block means: some block of that name.
 */
export interface ConditionMap {
  readonly $any?: readonly Condition[]
  readonly $all?: readonly Condition[]
  readonly $not?: Condition
  readonly $block?: BlockCondition
  /** Releases, such as `>=1.13.0` or `>=1.31 <1.33`. */
  readonly $alloy?: string
  readonly $kubernetes?: string
  readonly $kernel?: string
  /** A condition of `rulemap/conditions.yaml`, and where its paths start. */
  readonly $use?: string
  readonly $at?: string
  /** An environment variable: holds when the container is known to set it. */
  readonly $env?: string
  /** The path of an argument that names a variable: holds when the container is known not to set it. */
  readonly $unset?: string
  readonly [path: string]: Test | Condition | BlockCondition | undefined
}

/** Holds when some block at `path` satisfies `where`, whose paths start in that block. */
export interface BlockCondition {
  readonly path: string
  readonly where: Condition
}

/**
 * A scalar: equals, or, for a list, contains it. A list: one of. `set`: present (null counts as absent). `empty`: absent, null, `""`
 * or `[]`. `serviceAccountToken`: is the path of the mounted token, or what was read from there. `prefix`: a string that begins so.
 * `containsPrefix`: the same of some element of a list.
 * `matches`: a text in which the regular expression is found. `port`: an address `host:port` or a number whose port is in the half-open range.
 */
export type Test =
  | Scalar
  | readonly Scalar[]
  | { readonly set: boolean }
  | { readonly empty: boolean }
  | { readonly serviceAccountToken: boolean }
  | { readonly prefix: string }
  | { readonly containsPrefix: string }
  | { readonly matches: string }
  | { readonly port: readonly [number, number] }

/**
 * Where the objects are. `cluster`: cluster-scoped or in all namespaces. `own`: the namespace Alloy runs in. `namespace`: a fixed
 * one. `names`: the argument that lists namespaces (or holds one); absent, empty, unknown or with an empty string in it: all. `own`
 * beside `names`: when the own namespace is added. `label`: the first of these labels that each target of `targets`
 * carries. `service`: an argument that holds `name.namespace`; without the second part the own namespace. `key`: see `Names`.
 */
export type Scope =
  | 'cluster'
  | 'own'
  | { readonly namespace: string }
  | {
      readonly names: string
      readonly own?: Condition
      readonly fallback?: 'cluster' | 'own' | { readonly namespace: string }
    }
  | { readonly targets: string; readonly label: readonly string[] }
  | { readonly service: string }

/**
 * Which objects. A list of literals; `from`: the argument that holds the name (a list: each); `selector`: the blocks at `blocks`
 * that satisfy `where` carry a field selector in `field` that may pin `metadata.name`; `targets`/`label`: as in `Scope`, evaluated
 * for the same target as the scope; `service`: as in `Scope`, the first part.
 */
export type Names =
  | readonly string[]
  | { readonly from: string }
  | { readonly selector: { readonly blocks: string; readonly where: Condition; readonly field: string } }
  | { readonly targets: string; readonly label: readonly string[] }
  | { readonly service: string }

/** What every rule has: when it holds, for which releases of Alloy, and how that is known. */
export interface Demand extends ReleaseRange {
  /** Without it: always. */
  readonly when?: Condition
  /** Depends on something outside the configuration: a custom resource, the cloud, a target. */
  readonly assumed?: true
  /** Not needed in the contract's sense: granted with `--optional` only. The text says what is lost without it. */
  readonly optional?: string
  /** What happens when it is missing, one sentence. */
  readonly without?: string
  /** Other ways to satisfy the component, and what each costs; for `explain`. */
  readonly alternatives?: readonly string[]
  /** Keys of `evidence`. */
  readonly evidence: readonly string[]
}

/** Asks for verbs on resources. */
export interface GrantRule extends Demand {
  readonly objects?: ObjectsRule
  readonly scope?: Scope
  readonly allow: {
    readonly groups?: readonly string[]
    readonly resources: readonly string[]
    readonly verbs: readonly string[]
    readonly names?: Names
  }
}

/** Asks for verbs on paths that are not resources. */
export interface UrlRule extends Demand {
  readonly objects?: ObjectsRule
  readonly paths: readonly string[]
  readonly verbs: readonly string[]
}

/**
 * HTTP requests that carry the service account's token when one of `token` holds it. What they need is decided by who answers:
 * the kubelet, the API server, its proxies, another pod.
 */
export type RequestRule = UrlRequest | TargetRequest

interface AnyRequest extends Demand {
  /** Argument paths that may hold the token, its file, or a header with it. */
  readonly token: readonly string[]
  /** Argument that holds the HTTP method; GET without it. */
  readonly method?: string
}

/** Requests to the URL that an argument holds. */
export interface UrlRequest extends AnyRequest {
  readonly url: string
  /** The URL when its argument is absent. */
  readonly default?: string
  /** The path that is asked on a kubelet address when the URL has none: `/pods`. */
  readonly suffix?: string
}

/** Requests to the targets that an argument holds; `scheme`, `path`: the arguments that fill in for absent labels. */
export interface TargetRequest extends AnyRequest {
  readonly targets: string
  readonly scheme?: string
  readonly path?: string
  /** The label of a target that goes before `path`; `__metrics_path__` without it. */
  readonly pathLabel?: string
  /** What comes before the path of targets: an argument, and the label that goes before it. */
  readonly prefix?: string
  readonly prefixLabel?: string
  /** Paths asked of every target, when they do not come from an argument. */
  readonly paths?: readonly string[]
  /** Argument that holds the parameters of the query, which labels of targets may replace. */
  readonly params?: string
}

/** Text for paths in the container or on the host: a literal, or the value of an argument with its default from `defaults`. */
export type PathSource =
  | string
  | { readonly from: string }
  /** Glob patterns of targets' label; only the directory part before the first wildcard counts. */
  | { readonly targets: string; readonly label: readonly string[] }
  | { readonly glob: string }
  /** The directory of the file that the argument names. */
  | { readonly directory: string }

/**
 * Where a component listens: `from` is the argument that holds the address or the port, `address` the one that holds the address
 * beside a port. `block`: once for each block at that path, in which the other paths start.
 */
export interface PortSource {
  readonly block?: string
  readonly from: string
  readonly address?: string
  readonly protocol: Protocol | { readonly from: string }
}

/** Asks for something of the container or the pod. */
export interface PrivilegeRule extends Demand {
  /** Only where `when` is known to hold: a privilege too large to be taken for a value that is hardly meant. A note names it. */
  readonly whenKnown?: true
  readonly capabilities?: readonly string[]
  /** The program file carries the capabilities: they are only not to be taken away, and count for every user. */
  readonly bounding?: true
  readonly pod?: readonly PodField[]
  /**
   * `file`: the path itself and not the directory of a pattern. `at`: where the container sees it, when that is another path. `links`:
   * what lies below the first path is a link to something below the second, which is mounted as well. `unlessPrivileged`: a privileged
   * container mounts it itself.
   */
  readonly mounts?: readonly {
    readonly path: PathSource
    readonly readOnly: boolean
    readonly file?: boolean
    readonly at?: string | { readonly from: string }
    readonly links?: Readonly<Record<string, string>>
    readonly unlessPrivileged?: true
  }[]
  readonly writable?: readonly PathSource[]
  readonly ports?: readonly PortSource[]
  /** How the fact is known. */
  readonly confidence?: 'verified' | 'verified-other-version' | 'derived' | 'unverified'
}

/**
 * `file`: the content of the file that the argument names; `isSecret`: the argument that says whether that is a secret. `same`: the
 * targets of another argument pass through. `relabel`: the targets of `targets` after the blocks named `rules`. `targets`: shapes of
 * targets, of which any number may come; a label is a literal, `{ from: path }`, `{ scope: true }` (the namespaces of the component's
 * scope), or `{ text: [...] }` whose `null` parts are unknown; labels that are not listed are unknown when `open`, and an empty literal
 * says that the label is not there. `value`: an argument's value. `secret`: an unknown secret. `secrets`: a map of them.
 */
export type ExportRule =
  | { readonly file: string; readonly isSecret?: string }
  | { readonly same: string }
  | { readonly relabel: { readonly targets: string; readonly rules: string } }
  | { readonly targets: readonly TargetShape[] }
  | { readonly value: string }
  | { readonly secret: true }
  | { readonly secrets: true }

export interface TargetShape {
  readonly when?: Condition
  readonly open?: boolean
  /** Objects that selectors choose: their labels are known as far as those tell. */
  readonly selected?: readonly SelectedObject[]
  readonly labels: Readonly<Record<string, LabelShape>>
}

/** The blocks at `blocks` that satisfy `where` hold a `label` and a `field` selector of the objects whose labels begin with `prefix`. */
export interface SelectedObject {
  readonly blocks: string
  readonly where: Condition
  readonly label: string
  readonly field: string
  readonly prefix: string
  /** Labels by the fields whose value they have. */
  readonly fields: Readonly<Record<string, readonly string[]>>
  /** Targets of objects that are not selected are there too, without these labels. */
  readonly elsewhere?: true
}

export type LabelShape =
  | string
  | { readonly from: string }
  | { readonly scope: true }
  | { readonly text: readonly (string | null)[] }

/** Something to know of a component while a condition holds for certain. */
export interface NoteRule {
  readonly when?: Condition
  /** `error`: Alloy refuses the configuration. */
  readonly severity?: 'error' | 'warning' | 'note'
  /** Whether what it says is that the component needs a HostProcess container, which only Windows has. */
  readonly hostProcess?: true
  /** Whether it speaks of what only Linux has. */
  readonly linux?: true
  readonly text: string
}

/** Where a fact is in the source, and what it says; what holds from `until` on is evidence of its own. */
export interface Evidence extends Pick<ReleaseRange, 'until'> {
  /** `repo@tag:path#Lx-Ly` */
  readonly at: string
  /** Git blob hash of that file at that tag. */
  readonly blob?: string
  /** What the source says, one sentence of our own. */
  readonly says: string
  /** Where it was read again, since the file differs in a later release; oldest first. */
  readonly again?: readonly Reading[]
  /** Tells of a release that is named, and so cannot change. */
  readonly past?: true
}

/** A later reading of a cited file. */
export interface Reading {
  /** `tag#Lx-Ly`, or `tag:path#Lx-Ly` where the file has moved. */
  readonly at: string
  /** The release of Alloy that pins the tag, where that is a library's. */
  readonly alloy?: string
  readonly blob: string
  /** What the source says there, where that is not said alike. */
  readonly says?: string
}
