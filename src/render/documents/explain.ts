import type { Explanation } from '../../reports/explain/explain.ts'
import type { Certainty, PassedObjects } from '../../rules/requirement.ts'
import type { Place } from '../places.ts'
import type { ShownUse } from '../trace.ts'
import type { Flat } from './common.ts'

type Versioned<T> = T extends unknown ? Flat<{ readonly version: 1 } & T> : never

/** `explain --format json`, by what was asked about. */
export type ExplainJson = Versioned<Explanation | OptionsJson | UsesJson | NeedsJson>

/** The options that the configuration file gives each command. */
export interface OptionsJson {
  readonly kind: 'config'
  readonly file: string | null
  readonly commands: readonly {
    readonly command: string
    readonly options: readonly { readonly option: string; readonly value: unknown; readonly place: string }[]
  }[]
}

/** What becomes of the targets and requests of instances. */
export interface UsesJson {
  readonly kind: 'uses'
  readonly uses: readonly UseJson[]
}

interface UseJson extends ShownUse {
  /** Of several configurations, the one that has it. */
  readonly configuration?: string
}

/** Which instances need something. */
export interface NeedsJson {
  readonly kind: 'needs'
  readonly thing: string
  readonly complete: boolean
  readonly needs: readonly {
    readonly need: string
    readonly certainty: Certainty
    readonly reasons: readonly NeededReasonJson[]
  }[]
  /** The rules that grant it; absent where that is not a question. */
  readonly granted?: readonly GrantedJson[]
}

interface NeededReasonJson extends Place {
  readonly component: string
  readonly rule: string
  readonly certainty: Certainty
  readonly objects?: PassedObjects
  readonly evidence: readonly { readonly at: string; readonly says: string; readonly url: string }[]
}

interface GrantedJson extends Place {
  readonly rule: string
  readonly binding: string
  readonly grants: readonly string[]
}
