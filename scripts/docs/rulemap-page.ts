import { type Evidence, type Explanation, explain, type RuleExplanation } from '../../src/explain/explain.ts'
import { componentNames } from '../../src/inventory/inventory.ts'
import { ruledComponents } from '../../src/rules/map/load.ts'
import { cell, code, generatedFrom, page, table } from './markdown.ts'

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
  return page([
    generatedFrom('rulemap/'),
    '# The rule map',
    `What each component of Alloy needs, when, and where that was read. \`alloy-rbac explain COMPONENT\` prints the same. ${componentNames.length} components are known; ${needing.length} may need something, and ${others.length} were verified to need nothing. Versions are half-open ranges of Alloy releases.`,
    '## Components that may need something',
    table(
      ['component', 'Alloy', 'what it does'],
      needing.map(({ name, about }) => [`[${name}](#${anchor(name)})`, rangeOf(ranges[name]), cell(about)]),
    ),
    ...needing.map(component),
    '## Components that need nothing',
    table(
      ['component', 'Alloy', 'verified by'],
      others.map(({ name, evidence }) => [code(name), rangeOf(ranges[name]), evidence.map(link).join(' ')]),
    ),
  ])
}

/** As GitHub makes anchors of headings. */
const anchor = (name: string): string => name.replaceAll('.', '')

const rangeOf = (range: Ranges[string] | undefined): string =>
  range === undefined ? '' : range.until === undefined ? `${range.since} on` : `${range.since} to before ${range.until}`

function component({ name, about, identity, rules }: Component): string {
  return [
    `### ${name}`,
    about,
    ...(identity === null ? [] : [`Needs permissions only when ${cell(identity)}.`]),
    table(
      ['rule', 'needs', 'when', 'evidence'],
      rules.map(rule => [code(rule.rule.split('#')[1]!), needsOf(rule), cell(rule.when ?? 'always'), evidenceOf(rule)]),
    ),
  ].join('\n\n')
}

function needsOf({ needs, where, releases, assumed, optional }: RuleExplanation): string {
  return [
    ...needs.map(need => code(need)),
    ...(where === null ? [] : [cell(where)]),
    ...(releases === null ? [] : [`Alloy ${releases}`]),
    ...(assumed ? ['assumed: objects of the cluster decide'] : []),
    ...(optional === null ? [] : [`optional: ${cell(optional)}`]),
  ].join('<br>')
}

const evidenceOf = ({ evidence }: RuleExplanation): string => evidence.map(link).join(' ')

const link = ({ says, url, until }: Evidence): string =>
  `[${cell(says)}](${url})${until === null ? '' : ` (before Alloy ${until})`}`
