import { unnested } from '../../src/chart/nesting.ts'
import { type Obligation, proveValues } from '../../src/chart/prove/prove.ts'
import { findRelease } from '../../src/chart/release/releases.ts'
import { type ValuesDocument, type ValuesOptions, values } from '../../src/chart/values.ts'
import type { Plan } from '../../src/plan/plan.ts'

type More = Partial<Omit<ValuesOptions, 'release'>>

/** The values of a plan for a release of the chart. */
export function print(plan: Plan, version: string, more: More = {}) {
  const release = findRelease(version).value!
  const made = values(plan, { release, alloy: release.alloy, kubernetes: '1.34', tool: 'alloy-rbac 0.1.0', ...more })
  return { ...made, value: made.value! }
}

/** Proves of those values what `generate` proves of them. */
export function prove(plan: Plan, version: string, more: More = {}): void {
  const { value } = print(plan, version, more)
  proveValues(value.text, {
    release: findRelease(version).value!,
    plan: value.plan,
    beyond: value.beyond,
    rules: rulesOf(value.placement, more.only),
    pod: value.pod,
    nesting: more.nesting ?? unnested,
    namespace: null,
    user: more.user ?? null,
  })
}

function rulesOf(placement: ValuesDocument['placement'], only: More['only']): Obligation['rules'] {
  if (only === 'pod' || placement === 'untouched') return 'left alone'
  return placement === 'manifests' ? 'elsewhere' : 'values'
}
