import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { analyze } from '../../src/api/analyze.ts'
import { parse } from '../../src/syntax/parse.ts'
import { chainOf, configurationOf, type Input, instancesOf } from './inputs.ts'
import { median, number, type Row, row, time, typical } from './measure.ts'
import { peak } from './start.ts'

const bytesOf = (inputs: readonly Input[]): number => inputs.reduce((sum, { text }) => sum + Buffer.byteLength(text), 0)

/** Analyzes configurations one by one in one process, which has analyzed them before. */
export function corpus(inputs: readonly Input[]): readonly Row[] {
  const pass = (): readonly number[] => inputs.map(({ path, text }) => time(() => void analyze({ [path]: text })))
  pass()
  const passes = Array.from({ length: 3 }, pass)
  const totals = passes.map(times => times.reduce((sum, each) => sum + each, 0))
  const each = inputs.map((_, at) => median(passes.map(times => times[at]!)))
  return [
    row(`analysis, warm: ${inputs.length} configurations`, `${number(median(totals) / 1e3)} s`, '≤ 1.5 s'),
    row('… each, in the median', `${number(median(each))} ms`, '≤ 3 ms'),
    row('… each, at most', `${number(Math.max(...each))} ms`),
  ]
}

/** The parser, and Alloy's own where a program that runs it is available. */
export function parsers(inputs: readonly Input[]): readonly Row[] {
  const bytes = bytesOf(inputs)
  const repeats = Math.max(1, Math.ceil(4e6 / Math.max(1, bytes)))
  const pass = (): void => {
    for (let run = 0; run < repeats; run++) for (const { path, text } of inputs) parse({ path, text })
  }
  pass()
  const own = (bytes * repeats) / 1e3 / typical(7, pass)
  const rows = [row('parsing, warm', `${number(own)} MB/s`, '≥ 10 MB/s')]
  const go = process.env['GO_PARSER']
  if (go === undefined) return rows
  const said = execFileSync(go, [String(repeats * 5), ...inputs.map(({ path }) => path)]).toString()
  const [read = 0, seconds = 1] = said.trim().split(/\s+/).map(Number)
  const alloys = read / 1e6 / seconds
  return [...rows, row("parsing by Alloy's own parser", `${number(alloys)} MB/s, ${number(alloys / own)} times ours`)]
}

/** What an input costs that is 10 and 100 times as large. */
export function growth(bin: string): readonly Row[] {
  const folder = mkdtempSync(`${tmpdir()}/alloy-rbac-bench-`)
  try {
    const sizes = [1e5, 1e6, 1e7].map(size => {
      const text = configurationOf(size)
      const file = `${folder}/${size}.alloy`
      writeFileSync(file, text)
      return { text, file, bytes: Buffer.byteLength(text) }
    })
    const run = (text: string) => () => void analyze({ 'config.alloy': text })
    for (let warm = 0; warm < 3; warm++) run(sizes[0]!.text)()
    const perByte = sizes.map(({ text, bytes }) => (typical(bytes > 5e6 ? 1 : 5, run(text)) * 1e3) / bytes)
    const empty = `${folder}/empty.alloy`
    writeFileSync(empty, configurationOf(1))
    const base = peak(bin, empty)
    const largest = sizes.at(-1)!
    const more = (peak(bin, largest.file) - base) / largest.bytes
    return [
      ...sizes.map(({ bytes }, at) =>
        row(
          `analysis of ${number(bytes / 1e6)} MB`,
          `${number(perByte[at]!)} µs a byte`,
          at === 0 ? '' : `≤ ${number(4 * perByte[0]!)} µs`,
        ),
      ),
      row('memory of the least input', `${number(base / 2 ** 20)} MiB`),
      row(`memory of ${number(largest.bytes / 1e6)} MB over it`, `${number(more)} bytes a byte`, '≤ 100 bytes'),
    ]
  } finally {
    rmSync(folder, { recursive: true })
  }
}

/** Modules that are instantiated often, and deeply. */
export function modules(): readonly Row[] {
  const count = 10_000
  const taken = (text: string): string => `${number(typical(3, () => void analyze({ 'config.alloy': text })) / 1e3)} s`
  return [
    row('10,000 instances of a module, given the same', taken(instancesOf(count, () => 'shop')), '≤ 2 s'),
    row('… given 100 different values', taken(instancesOf(count, at => `ns-${at % 100}`)), '≤ 2 s'),
    row('… given 10,000 different values', taken(instancesOf(count, at => `ns-${at}`))),
    row('a chain of 1,000 modules', taken(chainOf(1_000))),
  ]
}
