import type { ReleaseRange } from '../../version.ts'

/** What is documented of a release that was not read. */
export interface DocumentedFact extends ReleaseRange {
  /** The component that it is about; absent for the chart. */
  readonly component?: string
  /** The key of the chart's values that it is about. */
  readonly key?: string
  readonly since: string
  readonly says: string
  readonly source: string
}

/** What is documented of releases that were not read: `rulemap/documented.json`. */
export const documented: readonly DocumentedFact[]
