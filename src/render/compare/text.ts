import type { ComparedCollector, Comparison } from '../../reports/compare/comparison.ts'
import { frame } from '../frame.ts'
import { tableLines } from '../table.ts'
import { comparisonTable, summaryOf, titleOf } from './words.ts'

/** A table where there are several collectors; of each that changed what is new, lost and different, framed; one line to close. */
export function compareText(comparison: Comparison, { color }: { readonly color: boolean }): string {
  const { collectors } = comparison
  const several = collectors.length > 1
  const blocks = [
    ...(several ? [tableLines(comparisonTable(comparison)).join('\n')] : []),
    ...collectors
      .filter(({ state }) => state !== 'unchanged')
      .flatMap(each => [...(several || each.formerly !== null ? [titleOf(each)] : []), ...frames(each, color)]),
    `compare: ${summaryOf(comparison)}`,
  ]
  return `${blocks.join('\n\n')}\n`
}

const frames = ({ diagnostics, changes }: ComparedCollector, color: boolean): readonly string[] =>
  [...diagnostics, ...changes.map(({ diagnostic }) => diagnostic)].map(each => frame(each, { color }).trimEnd())
