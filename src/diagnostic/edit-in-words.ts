/** A rule as it is written in a role, and the role. */
export interface PlacedRule {
  /** Null: the whole cluster; `.`: Alloy's own. */
  readonly namespace: string | null
  /** The list of the chart's values that it goes to, where it is written there. */
  readonly list: 'rbac.rules' | 'rbac.clusterRules' | null
  readonly text: string
}

/** How what an account holds becomes what it should hold. */
export type Edit =
  /** The values that generate prints decide it. */
  | { readonly kind: 'generate' }
  /** Beside a chart that takes neither rules nor objects from its values. */
  | { readonly kind: 'manifests' }
  | { readonly kind: 'add'; readonly rules: readonly PlacedRule[] }
  /** A role of every cluster is not edited: the binding goes, and rules take its place. */
  | { readonly kind: 'unbind'; readonly binding: string; readonly rules: readonly PlacedRule[] }
  /** The chart does not render where the rule is removed from its list and no other is left. */
  | { readonly kind: 'empty list' }
  /** The rule becomes others, some of them in other roles; it is removed where there are none `here`. */
  | { readonly kind: 'replace'; readonly here: readonly string[]; readonly elsewhere: readonly PlacedRule[] }

/** What to do about something that the values of the chart decide. */
export const byGenerate = 'merge the values that alloy-rbac generate prints'

/** The smallest edits, one sentence. */
export function editInWords(edit: Edit): string {
  switch (edit.kind) {
    case 'generate':
      return byGenerate
    case 'manifests':
      return 'apply the objects that alloy-rbac generate --format manifests prints'
    case 'add':
      return `add ${edit.rules.map(toRole).join('; ')}`
    case 'unbind':
      return `remove ${edit.binding}${edit.rules.length === 0 ? '' : ` and add ${edit.rules.map(toRole).join('; ')}`}`
    case 'empty list':
      return 'replace the rule with one from the other list: the chart does not render with an empty list'
    case 'replace': {
      const here = edit.here.length === 0 ? 'remove the rule' : `replace the rule with ${edit.here.join(', ')}`
      return [here, ...edit.elsewhere.map(each => `add ${toRole(each)}`)].join('; ')
    }
    default:
      return edit satisfies never
  }
}

const toRole = (rule: PlacedRule): string => `to ${roleOf(rule)}: ${rule.text}`

function roleOf({ namespace, list }: PlacedRule): string {
  if (namespace === '.') return "a Role in Alloy's namespace"
  if (namespace !== null) return `a Role in ${namespace}`
  return list ?? 'a ClusterRole of the service account'
}

/** How a rule becomes narrower, and the whole list of what it gives away where the message names only some. */
export interface RuleEdit {
  readonly edit: Edit
  readonly all: readonly string[] | null
}

/** What to do about a rule that grants too much. */
export function ruleEdit({ edit, all }: RuleEdit): string | readonly string[] {
  const todo = editInWords(edit)
  return all === null ? todo : [`${todo}; all ${all.length}:`, ...all.map(line => `- ${line}`)]
}

/** Edits of a pod, `set privileged: true`, and the place where they are not all at one; null: the chart's values decide. */
export interface PodEdits {
  readonly edits: { readonly where: string | null; readonly each: readonly string[] } | null
}

/** What to change in a pod. */
export function podEditsInWords({ edits }: PodEdits): string {
  if (edits === null) return byGenerate
  return (edits.where === null ? '' : `in ${edits.where}: `) + edits.each.join('; ')
}

/** What would let an account do what it was denied; null where nothing should. */
export interface DeniedEdit {
  readonly edit: Edit | null
  /** A role that a binding names and the cluster does not have. */
  readonly lacking: string | null
}

/** What to do about a refusal. */
export const denied = ({ edit, lacking }: DeniedEdit): string | null => edit && editInWords(edit) + gone(lacking)

// A binding whose role is gone refuses everything that the role would allow.
const gone = (lacking: string | null): string =>
  lacking === null ? '' : `; a binding names ${lacking}, which does not exist in the cluster`

/** The same without the configuration: the log may name the instance that asked, but not where it needs it. */
export const deniedPerhaps = ({ isNamed, ...rest }: DeniedEdit & { readonly isNamed: boolean }): string =>
  isNamed
    ? `${denied(rest) ?? ''}; with --config, the rule is as narrow as the configuration allows`
    : `pass the configuration with --config; if it uses one of these, ${denied(rest) ?? ''}`
