import type { KindResource } from '../../kubernetes/resource-of-kind.ts'
import type { PolicyRule } from '../../kubernetes/rule.ts'
import type { Span } from '../../source.ts'

/** An object that is installed. */
export interface Installed {
  readonly kind: string
  readonly resource: KindResource
  /** Null for what lies in no namespace, or may. */
  readonly namespace: string | null
  /** Null where only the tool that installs it knows the name. */
  readonly name: string | null
  /** Whether it is made once and never changed again: what Helm installs from a folder of definitions. */
  readonly once: boolean
  /** What its installer hands out with it, and so has to hold. */
  readonly handed: readonly Handed[]
  /** Null for what the chart makes. */
  readonly span: Span | null
}

/** A rule that an object hands out. */
export interface Handed {
  readonly rule: PolicyRule
  /** Where it has to be held: everywhere for null. */
  readonly namespace: string | null
}

/** An object as messages name it: `ClusterRole/alloy`, `ConfigMap/alloy in obs`. */
export const titleOf = ({ kind, name, namespace }: Installed): string =>
  `${kind}${name === null ? '' : `/${name}`}${namespace === null ? '' : ` in ${namespace}`}`
