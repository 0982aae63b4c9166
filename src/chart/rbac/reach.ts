import { few } from '../../diagnostic/suggest.ts'
import type { Grant } from '../../kubernetes/grant.ts'
import { resourceScope } from '../../kubernetes/resources.ts'
import type { Plan } from '../../plan/plan.ts'
import { rulesOf } from '../../rules/map/load.ts'
import type { Condition } from '../../rules/map/schema.ts'

/** How many uses of a kind are named; the others are counted. */
const most = 4

/** What one use has in the way of an installation with Roles alone. */
interface Obstacles {
  /** What its arguments would have to say: `namespaces.names`, `no attach_metadata.node`. */
  readonly edits: Set<string>
  /** What no argument narrows: URLs, resources without a namespace, resources that are read in all of them. */
  readonly urls: Set<string>
  readonly clusterScoped: Set<string>
  readonly everywhere: Set<string>
  /** The arguments that ask for resources without a namespace. */
  readonly choices: Set<string>
  /** What objects of the cluster ask for, and which these are. */
  readonly asked: Map<string, readonly string[]>
}

/**
 * One line that says what an installation without any ClusterRole would take: the arguments that narrow a use to namespaces, and the
 * uses that nothing narrows. None when the plan needs no ClusterRole.
 */
export function clusterScopeNotes(plan: Plan): readonly string[] {
  const uses = new Map<string, Obstacles>()
  for (const { grant, reasons } of plan.grants) {
    if (grant.kind === 'resource' && grant.namespace !== null) continue
    for (const { component, rule, objects } of reasons) {
      const none = () => new Set<string>()
      const known = uses.get(component) ?? {
        edits: none(),
        urls: none(),
        clusterScoped: none(),
        everywhere: none(),
        choices: none(),
        asked: new Map(),
      }
      uses.set(component, known)
      if (objects) known.asked.set(askedFor(grant), objects.by)
      else note(known, grant, rule)
    }
  }
  if (uses.size === 0) return []
  const edits = new Map<string, string[]>()
  const stuck: string[] = []
  for (const [component, obstacles] of uses) {
    const reasons = reasonsOf(obstacles)
    if (reasons.length > 0) {
      stuck.push(`${component} (${reasons.join('; ')})`)
      continue
    }
    const edit = [...obstacles.edits].sort().join(' and ')
    edits.set(edit, [...(edits.get(edit) ?? []), component])
  }
  const taken = [...edits].map(([edit, components]) => `${edit} in ${listed(few(components, most))}`)
  const ways = [
    ...(taken.length === 0 ? [] : [`with ${taken.join('; ')}`]),
    ...(stuck.length === 0 ? [] : [`only without ${listed(few(stuck, most))}`]),
  ]
  return [`Roles in single namespaces would be enough ${ways.join(', and ')}.`]
}

/** What a grant of a ClusterRole is for, in words. */
function askedFor(grant: Grant): string {
  if (grant.kind === 'url') return `the URL ${grant.url}`
  const where = resourceScope(grant.group, grant.resource) === 'cluster' ? '' : ' in all namespaces'
  return `${grant.resource}${where}`
}

/** Takes down what would narrow a grant, or why nothing can. */
function note(obstacles: Obstacles, grant: Grant, rule: string): void {
  if (grant.kind === 'url') {
    obstacles.urls.add(grant.url)
    return
  }
  const [component = '', key = ''] = rule.split('#')
  const rules = rulesOf(component)
  const found = rules?.grants?.[key]
  const scope = found?.scope ?? rules?.scope
  const clusterScoped = resourceScope(grant.group, grant.resource) === 'cluster'
  if (!clusterScoped && typeof scope === 'object') {
    if ('names' in scope) return void obstacles.edits.add(scope.names)
    if ('service' in scope) return void obstacles.edits.add(scope.service)
    if ('targets' in scope) return void obstacles.edits.add(`${scope.targets} limited to single namespaces`)
  }
  const { switches, choices } = demands(found?.when)
  if (switches.size > 0) {
    obstacles.edits.add(`no ${listed([...switches], 'or')}`)
    return
  }
  obstacles[clusterScoped ? 'clusterScoped' : 'everywhere'].add(grant.resource)
  if (clusterScoped) for (const choice of choices) obstacles.choices.add(choice)
}

function reasonsOf({ urls, clusterScoped, everywhere, choices, asked }: Obstacles): readonly string[] {
  const asks = choices.size > 0 ? `${listed([...choices], 'or')} asks for` : 'needs'
  return [
    ...(clusterScoped.size > 0 ? [`${asks} ${listed([...clusterScoped])}, which are cluster-scoped`] : []),
    ...(everywhere.size > 0 ? [`needs ${listed([...everywhere])} in all namespaces`] : []),
    ...(urls.size > 0 ? [`needs the URL ${listed([...urls])}`] : []),
    ...[...asked].map(([what, by]) => `needs ${what} for ${listed(few(by, most))}`),
  ]
}

/** The arguments that a condition depends on: those that switch it on, and those that choose what it is about. */
function demands(when: Condition | undefined): {
  readonly switches: ReadonlySet<string>
  readonly choices: ReadonlySet<string>
} {
  const switches = new Set<string>()
  const choices = new Set<string>()
  const visit = (condition: Condition): void => {
    if (isAny(condition)) for (const each of condition) visit(each)
    else
      for (const [path, test] of Object.entries(condition)) {
        if (path === '$any' || path === '$all') visit(test as Condition)
        else if (path.startsWith('$')) continue
        else if (test === true) switches.add(path)
        else if (typeof test === 'string' || Array.isArray(test)) choices.add(path)
      }
  }
  if (when !== undefined) visit(when)
  return { switches, choices }
}

const isAny = (condition: Condition): condition is readonly Condition[] => Array.isArray(condition)

/** `a, b and c` */
function listed(parts: readonly string[], word = 'and'): string {
  return parts.length < 2 ? parts.join('') : `${parts.slice(0, -1).join(', ')} ${word} ${parts.at(-1)}`
}
