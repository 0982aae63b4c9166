import { program } from '#rulemap/program'
import { about, type Diagnostic, inOrder } from '../diagnostic/diagnostic.ts'
import type { Configuration } from '../input/configuration.ts'
import type { UpgradeAllJson } from '../render/documents/upgrade.ts'
import { diagnosticJson, printJson } from '../render/json.ts'
import { boundedMarkdown, markdownText } from '../render/markdown.ts'
import { tableLines, tableMarkdown } from '../render/table.ts'
import { upgradeDocument, upgradeMarkdown, upgradeText } from '../render/upgrade.ts'
import type { Upgrade } from '../reports/check/change.ts'
import { inert } from '../text/inert.ts'
import type { Place } from './disk.ts'
import { apart } from './open-all.ts'
import type { DocumentOptions, SessionOptions } from './options.ts'
import { analyzeOne, type Opened } from './session.ts'
import { type Upgraded, upgradeOf } from './upgrade.ts'

/** What one of several configurations loses or gains. */
interface Named extends Upgraded {
  readonly name: string
}

/** What an upgrade means for several configurations. */
export interface UpgradedAll {
  readonly each: readonly Named[]
  /** What is to be said of the run, and of no one configuration. */
  readonly common: readonly Diagnostic[]
}

/** What several configurations are upgraded with. */
export interface UpgradesOptions extends SessionOptions, DocumentOptions {
  readonly from: string
  readonly to: string
  /** Says whether a release runs a configuration of which this is said. */
  readonly runs: (said: readonly Diagnostic[]) => boolean
}

/** Compares what each configuration of an input needs and is granted by two releases of the chart. */
export function upgradesOf(
  configurations: readonly Configuration[],
  options: UpgradesOptions,
  place: Place,
): UpgradedAll {
  const { from, to } = options
  const opened = [from, to].map(chartVersion =>
    configurations.map((each): Opened => analyzeOne(each, { ...options, chartVersion }, place)),
  )
  const said = opened.map(side => apart(side.map(({ diagnostics }) => diagnostics)))
  const pairs = configurations.map(({ name }, at) => {
    const [before, after] = opened.map((side, index) => {
      const { session = null, releases = null } = side[at] ?? {}
      const diagnostics = said[index]?.each[at] ?? []
      return { session: options.runs(diagnostics) ? session : null, releases, diagnostics }
    }) as [Opened, Opened]
    const found = upgradeOf(before, after, options)
    return { ...found, name, breaking: about(name, found.breaking), others: about(name, found.others) }
  })
  return { each: pairs, common: inOrder(said.flatMap(({ common }) => common)) }
}

/** How several upgrades are shown. */
export interface UpgradesShown {
  readonly format: 'text' | 'json' | 'markdown'
  readonly color: boolean
}

/** Totals first, then each configuration that has an answer. */
export function upgradesText({ each, common }: UpgradedAll, { format, color }: UpgradesShown): string {
  const found = each.flatMap(({ upgrade, ...named }) => (upgrade === null ? [] : { ...named, upgrade }))
  const totals = { configurations: found.length, ...countsOf(found.map(({ upgrade }) => upgrade)) }
  if (format === 'json') {
    const configurations = found.map(({ name, upgrade, breaking, others }) => ({
      name,
      ...upgradeDocument(upgrade, program, inOrder([...others, ...breaking])),
    }))
    const diagnostics = common.map(diagnosticJson)
    const document: UpgradeAllJson = { version: 1, analyzer: program, totals, configurations, diagnostics }
    return printJson(document)
  }
  const cells = (upgrades: readonly Upgrade[]) => Object.values(countsOf(upgrades)).map(String)
  const table = {
    titles: ['configuration', ...Object.keys(countsOf([]))],
    rows: [
      ...found.map(({ name, upgrade }) => [name, ...cells([upgrade])]),
      [`all ${found.length}`, ...cells(found.map(({ upgrade }) => upgrade))],
    ],
  }
  if (format === 'text') {
    const parts = found.map(
      ({ name, upgrade, breaking }) => `${inert(name)}\n\n${upgradeText(upgrade, breaking, { color })}`,
    )
    return [`${tableLines(table).join('\n')}\n`, ...parts].join('\n')
  }
  // What breaks comes first: a comment may not take all of them.
  const isBroken = ({ upgrade }: { upgrade: Upgrade }): number =>
    Number(breaks(upgrade) > 0 || upgrade.refused === 'to')
  const folded = [...found]
    .sort((a, b) => isBroken(b) - isBroken(a))
    .map(
      ({ name, upgrade, breaking }) =>
        `<details><summary>${markdownText(name)}</summary>\n\n${upgradeMarkdown(upgrade, breaking).trimEnd()}\n\n</details>`,
    )
  return boundedMarkdown(["### Alloy's permissions", tableMarkdown(table)], folded)
}

const breaks = (upgrade: Upgrade): number => upgrade.breaks.length + upgrade.privileges.gained.length

/** What is counted of an upgrade: rights and privileges that break and are repaired, are missing all along, and are newly needed. */
function countsOf(upgrades: readonly Upgrade[]): Omit<UpgradeAllJson['totals'], 'configurations'> {
  const sum = (count: (upgrade: Upgrade) => number): number =>
    upgrades.reduce((total, upgrade) => total + count(upgrade), 0)
  return {
    breaks: sum(breaks),
    repairs: sum(({ repairs, privileges }) => repairs.length + privileges.lost.length),
    missing: sum(({ missing }) => missing.length),
    needed: sum(({ needs }) => needs.gained.length),
    refused: sum(({ refused }) => Number(refused === 'to')),
  }
}
