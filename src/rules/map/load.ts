import { components, conditions } from '#rulemap/components'
import type { ComponentRules, Condition } from './schema.ts'

const parsed = new Map<string, ComponentRules>()

/** The rules of a component; null when the map does not know it. */
export function rulesOf(component: string): ComponentRules | null {
  const known = parsed.get(component)
  if (known) return known
  const text = Object.hasOwn(components, component) ? components[component] : undefined
  if (text === undefined) return null
  const rules = JSON.parse(text) as ComponentRules
  parsed.set(component, rules)
  return rules
}

/** The names of all components that the map knows, sorted. */
export const ruledComponents = (): readonly string[] => Object.keys(components).sort()

/** The conditions that `$use` names. */
export const sharedConditions = conditions as Readonly<Record<string, Condition>>
