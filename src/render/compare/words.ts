import { isWithin, normalize } from '../../input/path.ts'
import {
  type AccessChange,
  type ComparedCollector,
  type Comparison,
  countsOf,
  isOpen,
  type SideCounts,
} from '../../reports/compare/comparison.ts'
import type { Span } from '../../source.ts'
import { inert } from '../../text/inert.ts'
import { placeOf } from '../places.ts'
import type { Table } from '../table.ts'

/** Changes of one kind under a title. */
export interface Section {
  readonly title: string
  readonly changes: readonly AccessChange[]
}

const titles: readonly (readonly [AccessChange['change'], AccessChange['aspect'], string])[] = [
  ['new', 'needed', 'newly needed'],
  ['new', 'granted', 'newly granted'],
  ['lost', 'needed', 'no longer needed'],
  ['lost', 'granted', 'no longer granted'],
  ['changed', 'needed', 'needed with another certainty'],
]

/** The changes of a collector as sections, those without any left out. */
export const sectionsOf = ({ changes }: ComparedCollector): readonly Section[] =>
  titles
    .map(([change, aspect, title]) => ({
      title,
      changes: changes.filter(each => each.change === change && each.aspect === aspect),
    }))
    .filter(section => section.changes.length > 0)

const named = (name: string): string => inert(name === '' ? 'the configuration' : name)

/** A collector with what became of it. */
export function titleOf({ name, formerly, state }: ComparedCollector): string {
  const before = formerly === null ? '' : `, formerly ${named(formerly)}`
  return `${named(name)}${before}: ${state === 'unknown' ? 'not compared' : state}`
}

/** Every collector with what it has, before and after, and how much of it changed. */
export function comparisonTable({ collectors }: Comparison): Table {
  const titles = ['collector', 'state', 'needed', 'granted', 'privileges', 'new', 'risky', 'lost', 'changed']
  const rows = collectors.map(collector => {
    const { new: gained, risky, lost, changed } = countsOf([collector])
    const counts = collector.state === 'unknown' ? ['', '', '', ''] : [gained, risky, lost, changed].map(String)
    return [
      named(collector.name),
      collector.state === 'unknown' ? 'not compared' : collector.state,
      ...(['needed', 'granted', 'privileges'] as const).map(key => beforeAndAfter(collector, key)),
      ...counts,
    ]
  })
  return { titles, rows }
}

function beforeAndAfter({ old, new: now }: ComparedCollector, key: keyof SideCounts): string {
  const [before, after] = [old?.[key] ?? null, now?.[key] ?? null].map(count => (count === null ? '-' : String(count)))
  return before === after ? (after ?? '') : `${before} to ${after}`
}

/** The outcome in one line. */
export function summaryOf(comparison: Comparison): string {
  const { collectors, old, new: now } = comparison
  const { new: gained, risky, lost, changed } = countsOf(collectors)
  const of = (state: ComparedCollector['state']): number => collectors.filter(each => each.state === state).length
  const unread = [old, now].filter(({ complete }) => !complete).map(({ path }) => `${inert(path)} has errors`)
  const unknown = of('unknown')
  const parts = [
    ...(gained > 0 ? [`${gained} new (${risky} risky)`] : []),
    ...(lost > 0 ? [`${lost} lost`] : []),
    ...(changed > 0 ? [`${changed} changed`] : []),
    ...(of('new') > 0 ? [counted(of('new'), 'new collector')] : []),
    ...(of('removed') > 0 ? [counted(of('removed'), 'removed collector')] : []),
    ...(unknown > 0 ? [`${counted(unknown, 'collector')} not compared`] : []),
    ...unread,
    ...(unknown === 0 && isOpen(comparison) && unread.length === 0 ? ['a plan is no longer complete'] : []),
  ]
  return parts.length === 0 ? 'no change in access or privileges' : parts.join(', ')
}

const counted = (count: number, what: string): string => `${count} ${what}${count === 1 ? '' : 's'}`

/** A place of the old side, which may be another line now: its file as the folder of that side has it. */
export function placeBefore({ old }: Comparison, span: Span): string {
  const { path, line } = placeOf(span)
  const [file, folder] = [normalize(path), normalize(old.path)]
  const within = file !== folder && isWithin(file, folder) ? file.slice(folder.length + 1) : path
  return `${inert(within)}:${line} before`
}
