// npm run coverage: prints for every known release of Alloy, and for what was read of the next, how many of its components the rule map knows, and which it does not.
import { ahead } from '#rulemap/inventory'
import { knownReleases } from '../src/inventory/inventory.ts'
import { rulesOf } from '../src/rules/map/load.ts'
import { newestRead } from '../src/rules/map/readings.ts'
import { coverageOf } from './covered.ts'

const rows = [...new Set([...knownReleases, ahead, newestRead])].map(release => coverageOf(release, rulesOf))
const cells = [
  ['release', 'components', 'API access', 'verified none', 'privileges', 'unknown'],
  ...rows.map(({ release, needy, none, privileged, unknown }) =>
    [
      release,
      ...[needy.length + none.length + unknown.length, needy.length, none.length, privileged.length, unknown.length],
    ].map(String),
  ),
]
const widths = cells[0]!.map((_, column) => Math.max(...cells.map(row => row[column]!.length)))
for (const row of cells) {
  const [first, ...rest] = row.map((cell, column) =>
    column === 0 ? cell.padEnd(widths[0]!) : cell.padStart(widths[column]!),
  )
  console.log([first, ...rest].join('  '))
}
const unknown = [...new Set(rows.flatMap(row => row.unknown))].sort()
for (const name of unknown) {
  const releases = rows.filter(row => row.unknown.includes(name)).map(({ release }) => release)
  console.log(`unknown: ${name}, of ${releases[0]} to ${releases.at(-1)}: it has no entry in rulemap/components`)
}
if (unknown.length > 0) process.exitCode = 1
