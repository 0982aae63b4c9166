import type { Severity } from '../../diagnostic/entry.ts'
import type { Asked } from '../../reports/explain/flow.ts'
import type { Certainty, PassedObjects } from '../../rules/requirement.ts'
import type { Place, PlaceRange } from '../places.ts'

// The types of the JSON documents, a file for each: docs/schemas/ says the same to users, and test/schema-types.test.ts holds that.

/** All properties of an intersection as those of one object. */
export type Flat<T> = { [K in keyof T]: T[K] }

/** What every document begins with. */
export interface DocumentJson {
  readonly version: 1
  readonly analyzer: AnalyzerJson
}

/** The program that made a document. */
export interface AnalyzerJson {
  readonly name: string
  readonly version: string
}

/** The versions that an answer is for; `asked`: those that were asked for, where they are not known. */
export interface TargetJson extends VersionsJson {
  readonly asked?: Partial<VersionsJson>
}

interface VersionsJson {
  readonly alloy: string
  readonly chart: string
  readonly kubernetes: string
}

/** Something to be said; what has no place in a text has no path. */
export interface DiagnosticJson extends Partial<PlaceRange> {
  readonly code: string
  readonly severity: Severity
  readonly message: string
  readonly help?: string
  readonly related?: readonly RelatedJson[]
}

interface RelatedJson extends PlaceRange {
  readonly text: string
}

/** Why something is needed, and where that is written. */
export interface ReasonJson extends Place {
  readonly component: string
  readonly rule: string
  readonly evidence: readonly string[]
  readonly objects?: PassedObjects
}

/** A role's rule that grants something. */
export interface RoleReasonJson extends Place {
  readonly role: string
  readonly index: number
}

interface ResourceGrantJson {
  readonly namespace: string | null
  readonly apiGroup: string
  readonly resource: string
  readonly name: string | null
  readonly verb: string
}

interface UrlGrantJson {
  readonly url: string
  readonly verb: string
}

/** A permission without its reasons. */
export type BareGrantJson = ResourceGrantJson | UrlGrantJson

/** A permission with something said of it. */
export type GrantWith<T> = Flat<ResourceGrantJson & T> | Flat<UrlGrantJson & T>

/** A permission with why it is needed, or who grants it. */
export type GrantJson<R = ReasonJson> = GrantWith<{ readonly certainty: Certainty; readonly reasons: readonly R[] }>

/** A rule of a role. */
export interface PolicyRuleJson {
  readonly apiGroups?: readonly string[]
  readonly resources?: readonly string[]
  readonly resourceNames?: readonly string[]
  readonly nonResourceURLs?: readonly string[]
  readonly verbs: readonly string[]
}

/** What one side has and the other does not. */
export interface ChangedJson<T> {
  readonly gained: readonly T[]
  readonly lost: readonly T[]
}

/** What a component asks for. */
export interface FlowJson extends Place {
  readonly component: string
  readonly asks: readonly AskJson[]
}

/** What a component asks for by one rule. */
export interface AskJson {
  readonly rule: string
  readonly asked: Asked
  readonly targets?: readonly string[]
  readonly url?: string
  readonly needs: readonly string[]
}
