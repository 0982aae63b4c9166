import type { Label } from '../../diagnostic/diagnostic.ts'
import type { AccessChange, ComparedCollector, Comparison } from '../../reports/compare/comparison.ts'
import { boundedMarkdown, markdownCell, markdownCode, markdownText } from '../markdown.ts'
import { placeOf, shownPlace } from '../places.ts'
import { tableMarkdown } from '../table.ts'
import { comparisonTable, placeBefore, sectionsOf, summaryOf, titleOf } from './words.ts'

/** The same as a comment for a pull request: the collectors that changed, each with a table for what is new, lost and different. */
export function compareMarkdown(comparison: Comparison): string {
  const { collectors } = comparison
  const several = collectors.length > 1
  return boundedMarkdown(
    [
      `### What changes in Alloy's access: ${markdownText(summaryOf(comparison))}`,
      ...(several ? [tableMarkdown(comparisonTable(comparison))] : []),
    ],
    collectors.filter(({ state }) => state !== 'unchanged').map(each => block(each, comparison)),
  )
}

function block(collector: ComparedCollector, comparison: Comparison): string {
  const row = (change: AccessChange): string => rowOf(change, comparison)
  const said = collector.diagnostics
    .filter(({ severity }) => severity !== 'note')
    .map(({ message, help }) => markdownText(help === null ? message : `${message}: ${help}`))
  const tables = sectionsOf(collector).flatMap(({ title, changes }) => [
    `${title[0]?.toUpperCase()}${title.slice(1)}:`,
    ['| what | asked for by | what else it allows |', '| --- | --- | --- |', ...changes.map(row)].join('\n'),
  ])
  return [`**${markdownText(titleOf(collector))}**`, ...said, ...tables].join('\n\n')
}

/** How many places a cell names. */
const most = 5

function rowOf({ change, lines, instead, risks, places }: AccessChange, comparison: Comparison): string {
  const before = instead.length === 0 ? [] : [`instead of ${instead.map(markdownCode).join(', ')}`]
  const what = [...lines.map(markdownCode), ...before].join('<br>')
  const shown = ({ span }: Label): string =>
    change === 'lost' ? placeBefore(comparison, span) : shownPlace(placeOf(span))
  return `| ${what} | ${markdownCell(askedBy(places, shown).join('\n'))} | ${markdownCell(risks.join('\n'))} |`
}

function askedBy(places: readonly Label[], shown: (place: Label) => string): readonly string[] {
  const unique = [...new Set(places.map(place => `${place.text} (${shown(place)})`))]
  return [...unique.slice(0, most), ...(unique.length > most ? [`and ${unique.length - most} more`] : [])]
}
