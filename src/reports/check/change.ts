import type { JsonMap } from '../../chart/json.ts'
import type { Grant } from '../../kubernetes/grant.ts'
import type { PlannedGrant } from '../../plan/reduce.ts'

/** What two lists hold that is not in the other. */
export interface Change<T> {
  readonly gained: readonly T[]
  readonly lost: readonly T[]
}

/** The releases that an answer is for. */
export interface Versions {
  readonly alloy: string
  readonly chart: string
  readonly kubernetes: string
}

/** What an upgrade of the chart means for one configuration. */
export interface Upgrade {
  readonly from: Versions
  readonly to: Versions
  /** The side on which the configuration does not run; null where it runs on both. */
  readonly refused: 'from' | 'to' | null
  /** Needed after the upgrade, not granted then, and not missing before. */
  readonly breaks: readonly PlannedGrant[]
  /** Missing before, and not after. */
  readonly repairs: readonly PlannedGrant[]
  /** Missing before and after. */
  readonly missing: readonly PlannedGrant[]
  /** What the configuration needs, by the two releases of Alloy. */
  readonly needs: Change<Grant>
  /** What is granted without need: by the chart's defaults, where the values do not replace them. */
  readonly excess: Change<Grant>
  /** What the pod lacks: `gained` breaks, `lost` is repaired. */
  readonly privileges: Change<string>
  /** What the pod has without need. */
  readonly needless: Change<string>
  /** The values that fix what breaks and is missing; null where nothing is. */
  readonly values: { readonly text: string; readonly values: JsonMap } | null
}
