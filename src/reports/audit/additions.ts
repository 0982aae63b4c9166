import { type Grant, implies } from '../../kubernetes/grant.ts'
import type { PolicyRule } from '../../kubernetes/rule.ts'
import { packRules } from '../../plan/pack.ts'
import { reduceGrants } from '../../plan/reduce.ts'
import type { PossibleNeed } from './possible-needs.ts'

/** What users of some components must add to narrower defaults, at most. */
export interface Addition {
  readonly components: readonly string[]
  readonly rules: readonly PolicyRule[]
  /** What of it the defaults do not cover as they are. */
  readonly missing: readonly Grant[]
}

/** The rules that each component can need beyond some grants; components with the same rules together. */
export function additionsTo(
  base: readonly Grant[],
  { needs, defaults }: { readonly needs: readonly PossibleNeed[]; readonly defaults: readonly Grant[] },
): readonly Addition[] {
  const byComponent = new Map<string, Grant[]>()
  for (const { component, grant } of needs) {
    const wanted = everywhere(grant)
    if (base.some(each => implies(each, wanted))) continue
    byComponent.set(component, [...(byComponent.get(component) ?? []), wanted])
  }
  const groups = new Map<string, { readonly components: string[]; readonly grants: readonly Grant[] }>()
  for (const [component, grants] of byComponent) {
    const unique = reduceGrants(grants)
    const group = groups.get(JSON.stringify(unique))
    if (group) group.components.push(component)
    else groups.set(JSON.stringify(unique), { components: [component], grants: unique })
  }
  return [...groups.values()].map(({ components, grants }) => ({
    components,
    rules: packRules(grants),
    missing: grants.filter(grant => !defaults.some(each => implies(each, grant))),
  }))
}

/** The chart's rules have no namespace. */
const everywhere = (grant: Grant): Grant => (grant.kind === 'url' ? grant : { ...grant, namespace: null })
