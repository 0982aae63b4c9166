import { componentNames } from '../../src/inventory/inventory.ts'
import { type Explanation, explain } from '../../src/reports/explain/explain.ts'
import type { Evidence, RuleExplanation } from '../../src/reports/explain/explain-rules.ts'
import { ruledComponents } from '../../src/rules/map/load.ts'
import { code, generatedFrom, page } from './markdown.ts'

type Component = Extract<Explanation, { kind: 'component' }>

/** When a component is part of Alloy, half-open: as `rulemap/inventory.json` has it. */
export type Ranges = Readonly<Record<string, { readonly since: string; readonly until?: string }>>

/** The rule map as tables: docs/rulemap.md. */
export function rulemapPage(ranges: Ranges): string {
  const components = ruledComponents().flatMap(name => {
    const found = explain(name)
    return found.kind === 'component' ? [found] : []
  })
  const needing = components.filter(({ rules }) => rules.length > 0)
  const others = components.filter(({ rules }) => rules.length === 0)
  const parts = components.flatMap(({ name }) => (componentNames.includes(name) ? [] : [name]))
  return page([
    generatedFrom('rulemap/'),
    '# The rule map',
    `What each component of Alloy needs, when, and where that was read. \`alloy-rbac explain COMPONENT\` prints the same. It covers ${components.length - parts.length} components and ${parts.length} other parts of Alloy (${parts.map(code).join(', ')}). Of these, ${needing.length} may need something, and ${others.length} were verified to need nothing. Versions are half-open ranges of Alloy releases.`,
    '## Contents',
    contents(components, new Set(needing.map(({ name }) => name))),
    '## Components that may need something',
    ...needing.map(each => component(each, ranges[each.name])),
    '## Components that need nothing',
    ...others.map(each => component(each, ranges[each.name])),
  ])
}

/** Links to every component, by family; what may need something is bold. */
function contents(components: readonly Component[], needing: ReadonlySet<string>): string {
  const families = new Map<string, string[]>()
  for (const { name } of components) {
    const family = name.split('.').slice(0, -1).join('.') || 'other'
    const link = `[${name}](#${anchor(name)})`
    families.set(family, [...(families.get(family) ?? []), needing.has(name) ? `**${link}**` : link])
  }
  return [...families].map(([family, links]) => `- ${family}: ${links.join(', ')}`).join('\n')
}

/** As GitHub makes anchors of headings. */
const anchor = (name: string): string => name.replaceAll('.', '')

function rangeOf(range: Ranges[string] | undefined): string {
  if (range === undefined) return ''
  return range.until === undefined ? `${range.since} on` : `${range.since} to before ${range.until}`
}

function component(
  { name, about, identity, conditions, rules, evidence }: Component,
  range: Ranges[string] | undefined,
): string {
  const releases = rangeOf(range)
  return [
    `### ${name}`,
    `${text(about)}${releases === '' ? '' : ` Alloy ${releases}.`}`,
    ...(identity === null ? [] : [`Needs permissions only if ${text(identity)}.`]),
    ...(conditions.length === 0
      ? []
      : [conditions.map(({ name: condition, phrase }) => `- *${condition}*: ${text(phrase)}`).join('\n')]),
    ...(rules.length === 0 ? [evidence.map(each => `- ${link(each)}`).join('\n')] : rules.map(rule)),
  ].join('\n\n')
}

/** A rule: what it needs, when, and why, each on a line. */
function rule(each: RuleExplanation): string {
  const { needs, where, when, releases, assumed, optional, evidence } = each
  const lines = [
    `**${each.rule.split('#')[1]!}**: ${needs.map(code).join(', ')}${where === null ? '' : `, ${text(where)}`}`,
    when === null ? 'Always.' : `When ${text(when)}.`,
    ...(releases === null ? [] : [`Alloy ${releases}.`]),
    ...(assumed ? ['Assumed: objects of the cluster decide.'] : []),
    ...(optional === null ? [] : [`Optional: ${text(optional)}`]),
    `Because: ${evidence.map(link).join(' ')}`,
  ]
  return `- ${lines.join('  \n  ')}`
}

/** A phrase with its code, outside of which nothing is markup. */
const text = (phrase: string): string => phrase.replaceAll('<', '&lt;')

const link = ({ says, url, until }: Evidence): string =>
  `[${text(says)}](${url})${until === null ? '' : ` (before Alloy ${until})`}`
