// npm run bench -- growth [--full] [--write] [WORD…]: how time and memory grow with shapes of inputs, all or those whose area or name
// holds a word; `--full` makes each of 16 MiB instead, `--write` puts the table into docs/limits.md.
// npm run bench [-- --write] [FOLDER]: start, analysis, parsing, growth, modules and memory, side by side in one run. `--write` puts
// the table into README.md. FOLDER holds the configurations (ALLOY_CORPUS, else the examples); HELM, CHART and GO_PARSER name what
// to compare with. All times are medians.
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { cpus, loadavg } from 'node:os'
import { fileURLToPath } from 'node:url'
import { printGrowth } from './bench/growth/table.ts'
import { configurationsIn, type Input } from './bench/inputs.ts'
import { number, type Row } from './bench/measure.ts'
import { starts } from './bench/start.ts'
import { corpus, growth, modules, parsers } from './bench/warm.ts'

const root = fileURLToPath(new URL('../../', import.meta.url))
const bin = `${root}dist/bin/alloy-rbac.js`
const options = new Set(process.argv.slice(2).filter(arg => arg.startsWith('--')))
const [first, ...others] = process.argv.slice(2).filter(arg => !arg.startsWith('--'))
const isWritten = options.has('--write')

if (!existsSync(bin)) throw new Error('build first: npm run build')
if (first === 'growth') printGrowth(others, { full: options.has('--full'), write: isWritten })
else compareFigures(configurationsIn(first ?? process.env['ALLOY_CORPUS'] ?? `${root}examples`))

function compareFigures(inputs: readonly Input[]): void {
  const [busy = 0] = loadavg()
  const rows = [...starts(root, bin), ...corpus(inputs), ...parsers(inputs), ...modules(), ...growth(bin)]
  const machine = circumstances(busy).join('; ')
  const table = tableOf(rows)
  console.log(`${machine}\n\n${table}`)
  if (isWritten) write(`On ${machine}:\n\n${table}`)
}

/** What the figures depend on beside the program. */
function circumstances(busy: number): readonly string[] {
  return [
    `${cpus()[0]?.model ?? 'unknown'}, ${cpus().length} cores, Node ${process.version}`,
    ...(process.env['NODE_EXTRA_CA_CERTS'] ? ['every start of Node reads NODE_EXTRA_CA_CERTS'] : []),
    ...(busy > cpus().length / 2
      ? [`the machine was busy (load ${number(busy)}), so that times are upper bounds`]
      : []),
  ]
}

function tableOf(all: readonly Row[]): string {
  const lines = all.map(({ what, measured, target }) => `| ${what} | ${measured} | ${target} |`)
  return ['| | measured | target |', '| --- | --- | --- |', ...lines].join('\n')
}

function write(text: string): void {
  const path = `${root}README.md`
  const [start, end] = ['<!-- npm run bench -- --write -->\n', '\n<!-- end -->']
  const readme = readFileSync(path, 'utf8')
  const [from, to] = [readme.indexOf(start), readme.indexOf(end)]
  if (from === -1 || to < from) throw new Error('README.md has no place for the table')
  writeFileSync(path, readme.slice(0, from + start.length) + text + readme.slice(to))
}
