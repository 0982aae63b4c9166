import type { Diagnostic } from '../diagnostic/diagnostic.ts'
import type { Budget } from './budget.ts'
import type { StabilityLevel } from './stability-level.ts'
import type { Value } from './value/value.ts'

/** What an environment variable holds: a text, or the name of the namespace that Alloy runs in, where no one said what that is. */
export type EnvironmentText = string | { readonly kind: 'own namespace' }

/** What an expression is evaluated in. */
export interface Scope {
  /**
   * The local names, which hide the standard library: components as nested objects (`discovery` holds `kubernetes`, that the
   * labels, those the exports), `argument`, variables of foreach, `module_path`.
   */
  readonly lookup: (name: string) => Value | undefined
  /** The release of Alloy whose standard library is in force: `1.18.1`. */
  readonly release: string
  /** The text of an environment variable, empty where it is known to be unset; undefined where no one said. */
  readonly env: (name: string) => EnvironmentText | undefined
  /** The lowest stability that the deployment allows; null where it is not judged. */
  readonly stability: StabilityLevel | null
  /** Told what a function or an operator made of which values. */
  readonly derive?: (from: readonly Value[], to: Value) => void
  /** What the values of the whole configuration may weigh; absent: what each of them may. */
  readonly budget?: Budget
  /** Takes what Alloy would refuse, and warnings. */
  readonly report: (diagnostic: Diagnostic) => void
}
