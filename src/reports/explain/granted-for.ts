import type { Release } from '../../chart/release/releases.ts'
import type { Configuration } from '../../input/configuration.ts'
import { grantLines } from '../../kubernetes/grant.ts'
import { grantsOf } from '../../kubernetes/rule.ts'
import type { Span } from '../../source.ts'
import { accessOf, heldRules, rendered } from '../check/rights/granted.ts'
import { isMeant } from './needed.ts'
import { permissionOf } from './permission.ts'

/** A rule that gives a workload's account what is asked about. */
export interface GrantedBy {
  /** What its owner knows it as: `rules[2] of ClusterRole/alloy`, `rbac.clusterRules[0]`. */
  readonly rule: string
  /** The binding that gives it to the account: `ClusterRoleBinding/alloy`. */
  readonly binding: string
  /** As much of it as is asked about: `cluster nodes/metrics get`. */
  readonly grants: readonly string[]
  readonly span: Span
}

/**
 * The rules by which an input grants a permission as it stands, whether anything needs it or not; null for what is not a permission,
 * and for an input that grants nothing: a configuration alone.
 */
export function grantedFor(
  thing: string,
  configuration: Configuration,
  { release, kubernetes }: { readonly release: Release; readonly kubernetes: string },
): readonly GrantedBy[] | null {
  const wanted = permissionOf(thing.trim().replace(/\s+/g, ' '))
  if (wanted === null || (configuration.deployment === null && configuration.values === null)) return null
  const rendering = configuration.deployment === null ? rendered(configuration, release) : null
  const held = heldRules(accessOf(configuration, rendering, kubernetes), configuration, release)
  return held.flatMap(({ rule, namespace, title, binding, span, builtIn }) => {
    const meant = builtIn ? [] : grantsOf(rule, namespace).filter(grant => isMeant(grant, wanted))
    return meant.length === 0 ? [] : [{ rule: title, binding, grants: grantLines(meant), span }]
  })
}
