import type { Grant } from '../kubernetes/grant.ts'
import { resourceScope } from '../kubernetes/resources.ts'
import type { Plan } from '../plan/plan.ts'
import { rulesOf } from '../rules/load.ts'

/** How many uses are named; the others are counted. */
const most = 6

/** One line that names the uses which keep a plan from needing single namespaces alone, and the arguments that would change that. */
export function reachLines(plan: Plan): readonly string[] {
  const uses = new Map<string, Set<string>>()
  for (const { grant, reasons } of plan.grants) {
    if (grant.kind === 'resource' && grant.namespace !== null) continue
    for (const { component, rule } of reasons) {
      const why = remedy(grant, rule)
      const known = uses.get(component)
      if (known) known.add(why)
      else uses.set(component, new Set([why]))
    }
  }
  if (uses.size === 0) return []
  const named = [...uses].slice(0, most).map(([component, whys]) => `${component} (${[...whys].join(', ')})`)
  const more = uses.size > most ? [`${uses.size - most} more`] : []
  return [`Namespaced Roles would do but for ${[...named, ...more].join(', ')}.`]
}

/** What would narrow a grant, or why nothing can. */
function remedy(grant: Grant, rule: string): string {
  if (grant.kind === 'url') return `${grant.url} is a URL`
  if (resourceScope(grant.group, grant.resource) === 'cluster') return `${grant.resource} are of the whole cluster`
  const [component = '', key = ''] = rule.split('#')
  const rules = rulesOf(component)
  const scope = rules?.grants?.[key]?.scope ?? rules?.scope
  if (typeof scope === 'object' && 'names' in scope) return `${scope.names} would narrow it`
  if (typeof scope === 'object' && 'targets' in scope) return `it follows ${scope.targets}`
  return `it reads ${grant.resource} of all namespaces`
}
