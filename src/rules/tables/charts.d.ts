import type { ReleaseRange } from '../../version.ts'

type From = Required<Pick<ReleaseRange, 'since'>>

/** One rule of a chart's defaults, with the comment that is above it there; null where none does. */
export interface Block {
  readonly comment: string | null
  readonly apiGroups?: readonly string[]
  readonly resources?: readonly string[]
  readonly nonResourceURLs?: readonly string[]
  readonly verbs: readonly string[]
}

/** The default rules from one release on, until the next era begins. */
export interface Era extends From {
  /** Whether the values hold the rules; before, the template does. */
  readonly configurable: boolean
  /** Names of blocks, in the chart's order. */
  readonly rules: readonly string[]
  readonly clusterRules: readonly string[]
  readonly evidence: Source
}

/** A file of a tag, and its git blob hash there. */
export interface Source {
  readonly at: string
  readonly blob: string
}

/** A key of the values: the first release that knows it, and its default. */
export interface Key extends From {
  /** A map that goes into the manifest as it is: any key of the Kubernetes type is allowed in it. */
  readonly open?: true
  readonly default?: unknown
  /** Defaults that changed, each with the first release that has it. */
  readonly defaults?: readonly (readonly [string, unknown])[]
}

/** What the templates do with the values from one release on. */
export interface TemplateFact extends From {
  readonly says: string
  readonly evidence: Source
}

/** Every released chart: `rulemap/charts.json`. */
export interface Charts {
  /** Chart to Alloy release, in order. */
  readonly releases: Readonly<Record<string, string>>
  readonly blocks: Readonly<Record<string, Block>>
  readonly eras: readonly Era[]
  readonly keys: Readonly<Record<string, Key>>
  readonly templates: Readonly<Record<'emptyLists' | 'namespaceHelper', TemplateFact>> & {
    /** Variables that the container has from that release on. */
    readonly nodeNameVariable: TemplateFact & { readonly variables: readonly string[] }
    /** Maps of the values without which Helm fails, outer ones first. */
    readonly maps: TemplateFact & { readonly paths: readonly string[] }
    /** Keys that templates read although the chart's values do not list them. */
    readonly unlisted: TemplateFact & { readonly paths: readonly string[] }
  }
  /** Releases of the operator's chart that embed another chart than the one that their image is named after. */
  readonly operators: Readonly<Record<string, { readonly chart: string; readonly at: string }>>
}

export declare const charts: Charts
