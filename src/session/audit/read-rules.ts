import { policyRule, type Release } from '../../chart/release/releases.ts'
import { type Diagnostic, diagnostic, type Outcome } from '../../diagnostic/diagnostic.ts'
import { get, type Mapping, type Tree, textsAt } from '../../input/yaml/tree.ts'
import { type PolicyRule, ruleFields } from '../../kubernetes/rule.ts'
import { type RuleBlock, type RuleList, ruleLists } from '../../reports/audit/audited-chart.ts'
import { masked } from '../../secrets/mask-yaml.ts'
import { lineStart, type Source, type Span } from '../../source.ts'

/** The default rules of a released chart. */
export function releasedRules(release: Release, lists: readonly RuleList[] = ruleLists): readonly RuleBlock[] {
  return lists.flatMap(list =>
    release[list].map((block, index) => ({
      list,
      index,
      place: release.configurable ? `rbac.${list}[${index}]` : `templates/rbac.yaml ${list}[${index}]`,
      comment: block.comment,
      rule: policyRule(block) as unknown as PolicyRule,
      span: null,
    })),
  )
}

/** The lists of rules that values have; a null takes the list of the chart away. */
export const listsIn = (values: Mapping): readonly RuleList[] =>
  ruleLists.filter(list => get(values, 'rbac', list) !== null)

/** The rules of the lists that values have, at keys of their file. What is not a rule is named, and left as it is. */
export function rulesIn(values: Mapping, at: readonly string[]): Outcome<readonly RuleBlock[]> {
  const diagnostics: Diagnostic[] = []
  const value = listsIn(values).flatMap(list => {
    const tree = get(values, 'rbac', list)
    const items = tree?.kind === 'list' ? tree.items : []
    return items.flatMap((item, index): readonly RuleBlock[] => {
      const place = `${[...at, 'rbac', list].join('.')}[${index}]`
      const rule = ruleOf(item)
      if (rule === null) diagnostics.push(diagnostic('unread-rule', hidden(item.span), { place }))
      return rule === null
        ? []
        : [{ list, index, place, comment: commentAbove(item.span.source, item.span.start), rule, span: item.span }]
    })
  })
  return { value, diagnostics }
}

/** What is written there is no rule, and may be anything. */
const hidden = (span: Span): Span => ({ ...span, source: masked(span.source) })

/** A rule as the templates print it; null for what is none. */
function ruleOf(tree: Tree): PolicyRule | null {
  if (tree.kind !== 'map') return null
  const isRead = [...tree.entries].every(
    ([key, { value }]) => !(ruleFields as readonly string[]).includes(key) || isTexts(value),
  )
  const verbs = textsAt(tree, 'verbs')
  const given = ruleFields.filter(field => tree.entries.has(field)).map(field => [field, textsAt(tree, field)])
  return isRead && verbs.length > 0 ? { ...Object.fromEntries(given), verbs } : null
}

const isTexts = (tree: Tree): boolean =>
  tree.kind === 'list' && tree.items.every(each => each.kind === 'scalar' && typeof each.value === 'string')

/** The lines of comment directly above the line of an element, without their marks. */
function commentAbove({ text }: Source, start: number): string | null {
  const lines: string[] = []
  let end = lineStart(text, start) - 1
  while (end > 0) {
    const begin = lineStart(text, end)
    const [, line] = text.slice(begin, end).match(/^\s*#\s?(?:--\s)?([^\n]*)$/) ?? []
    if (line === undefined) break
    lines.unshift(line.trimEnd())
    end = begin - 1
  }
  return lines.length === 0 ? null : lines.join('\n')
}
