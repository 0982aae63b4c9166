// npm run bench -- growth [--full] [--write] [WORD…]: how time and memory grow with shapes of inputs, all or those whose area or name
// holds a word; `--full` makes each of 16 MiB instead, `--write` puts the table into docs/limits.md.
// npm run bench [-- --write] [FOLDER]: start, analysis, parsing, growth, modules and memory, side by side in one run. `--write` puts
// the table into docs/performance.md, and what a user notices of it into README.md. FOLDER holds the configurations (ALLOY_CORPUS, else
// the examples); HELM, CHART and GO_PARSER name what to compare with, RENDERINGS a folder of renderings. All times are medians.
// npm run bench -- start: the start of the command alone.
// npm run bench -- instructions LIMITS.json [--write]: how many instructions runs of the command take, as valgrind counts them, compared
// with the counts in a file; 20 % more is a failure. `--write` writes them there.
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { cpus, loadavg } from 'node:os'
import { fileURLToPath } from 'node:url'
import { printGrowth } from './bench/growth/table.ts'
import { configurationsIn, type Input } from './bench/inputs.ts'
import { instructions } from './bench/instructions.ts'
import { number, type Row } from './bench/measure.ts'
import { renderings, starts } from './bench/start.ts'
import { corpus, growth, modules, parsers } from './bench/warm.ts'

const root = fileURLToPath(new URL('../../', import.meta.url))
const bin = `${root}dist/bin/alloy-rbac.js`
const options = new Set(process.argv.slice(2).filter(arg => arg.startsWith('--')))
const [first, ...others] = process.argv.slice(2).filter(arg => !arg.startsWith('--'))
const isWritten = options.has('--write')
const [busyAtStart = 0] = loadavg()
/** The rows that are shown in README.md too. */
const noticed = /against `(?:helm template|node -e 0)`$/

if (!existsSync(bin)) throw new Error('build first: npm run build')
if (first === 'growth') printGrowth(others, { full: options.has('--full'), write: isWritten })
else if (first === 'instructions')
  instructions(root, bin, others[0] ?? `${root}scripts/bench/instructions.json`, isWritten)
else if (first === 'start') print(starts(root, bin))
else compareFigures(configurationsIn(first ?? process.env['ALLOY_CORPUS'] ?? `${root}examples`))

function compareFigures(inputs: readonly Input[]): void {
  print([
    ...starts(root, bin),
    ...renderings(root, bin),
    ...corpus(inputs),
    ...parsers(inputs),
    ...modules(),
    ...growth(bin),
  ])
}

function print(rows: readonly Row[]): void {
  const machine = circumstances(busyAtStart).join('; ')
  const table = tableOf(rows)
  console.log(`${machine}\n\n${table}`)
  if (!isWritten) return
  write('docs/performance.md', `On ${machine}:\n\n${table}`)
  write('README.md', tableOf(rows.filter(({ what }) => noticed.test(what))))
}

/** What the figures depend on beside the program. */
function circumstances(busy: number): readonly string[] {
  return [
    `${cpus()[0]?.model ?? 'unknown'}, ${cpus().length} cores, Node ${process.version}`,
    ...(busy > cpus().length / 2 ? [`the machine was busy (load ${number(busy)}), so that only ratios tell`] : []),
  ]
}

function tableOf(all: readonly Row[]): string {
  const lines = all.map(({ what, cpu, wall, target }) => `| ${what} | ${cpu} | ${wall} | ${target} |`)
  return ['| | processor | clock | target |', '| --- | --- | --- | --- |', ...lines].join('\n')
}

function write(page: string, text: string): void {
  const path = `${root}${page}`
  const [start, end] = ['<!-- npm run bench -- --write -->\n', '\n<!-- end -->']
  const readme = readFileSync(path, 'utf8')
  const [from, to] = [readme.indexOf(start), readme.indexOf(end)]
  if (from === -1 || to < from) throw new Error(`${page} has no place for the table`)
  writeFileSync(path, readme.slice(0, from + start.length) + text + readme.slice(to))
}
