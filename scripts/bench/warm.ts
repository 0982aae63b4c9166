import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { analyze } from '../../src/api/analyze.ts'
import { parse } from '../../src/syntax/parse.ts'
import { chainOf, configurationOf, type Input, instancesOf } from './inputs.ts'
import { median, number, peak, printed, type Row, row, shown, type Time, time, typical, typicalOf } from './measure.ts'

const bytesOf = (inputs: readonly Input[]): number => inputs.reduce((sum, { text }) => sum + Buffer.byteLength(text), 0)

const sumOf = (times: readonly Time[]): Time => ({
  cpu: times.reduce((sum, { cpu }) => sum + cpu, 0),
  wall: times.reduce((sum, { wall }) => sum + wall, 0),
})

/** Analyzes configurations one by one in one process: the first time, and when it has analyzed them before. */
export function corpus(inputs: readonly Input[]): readonly Row[] {
  const pass = (): readonly Time[] => inputs.map(({ path, text }) => time(() => void analyze({ [path]: text })))
  const first = sumOf(pass())
  const passes = Array.from({ length: 3 }, pass)
  const each = inputs.map((_, at) => typicalOf(passes.map(times => times[at]!)))
  const walls = each.map(({ wall }) => wall)
  return [
    row(`analysis of ${inputs.length} configurations, first pass`, shown(first), '≤ 2.2 s'),
    row('… warm', shown(typicalOf(passes.map(sumOf))), '≤ 0.9 s'),
    row('… each, in the median', ['', `${number(median(walls))} ms`], '≤ 3 ms'),
    row('… each, at most', ['', `${number(Math.max(...walls))} ms`]),
  ]
}

/** How many megabytes a second a parser reads. */
const rateOf = (bytes: number, { cpu, wall }: Time): readonly [cpu: number, wall: number] => [
  bytes / 1e3 / cpu,
  bytes / 1e3 / wall,
]

const rates = ([cpu, wall]: readonly [cpu: number, wall: number]): readonly [cpu: string, wall: string] => [
  `${number(cpu)} MB/s`,
  `${number(wall)} MB/s`,
]

/** The parser on configurations and on one of 10 MB, and Alloy's own where a program that runs it is available. */
export function parsers(inputs: readonly Input[]): readonly Row[] {
  const bytes = bytesOf(inputs)
  const repeats = Math.max(1, Math.ceil(4e6 / Math.max(1, bytes)))
  const pass = (): void => {
    for (let run = 0; run < repeats; run++) for (const { path, text } of inputs) parse({ path, text })
  }
  pass()
  const own = rateOf(bytes * repeats, typical(7, pass))
  const large = configurationOf(1e7)
  const parseLarge = (): void => void parse({ path: 'large.alloy', text: large })
  parseLarge()
  const ownLarge = rateOf(Buffer.byteLength(large), typical(3, parseLarge))
  const rows = [
    row('parsing, warm', rates(own), '≥ 22 MB/s'),
    row('parsing 10 MB', rates(ownLarge)),
    row(
      '… against the parsing of configurations',
      [`${number(ownLarge[0] / own[0])} times`, `${number(ownLarge[1] / own[1])} times`],
      '≥ 0.7 times',
    ),
  ]
  const go = process.env['GO_PARSER']
  if (go === undefined) return rows
  const said = printed(go, [String(repeats * 5), ...inputs.map(({ path }) => path)])
  const [read = 0, seconds = 1] = said.trim().split(/\s+/).map(Number)
  const alloys = read / 1e6 / seconds
  return [...rows, row("parsing by Alloy's own parser", ['', `${number(alloys)} MB/s`])]
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
    const perByte = sizes.map(({ text, bytes }) => {
      const { cpu, wall } = typical(bytes > 5e6 ? 1 : 5, run(text))
      return { cpu: (cpu * 1e3) / bytes, wall: (wall * 1e3) / bytes }
    })
    const memoryOf = (file: string): number => peak(bin, ['generate', file, '-o', '/dev/null', '--quiet'])
    const empty = `${folder}/empty.alloy`
    writeFileSync(empty, configurationOf(1))
    const base = memoryOf(empty)
    const largest = sizes.at(-1)!
    const more = ((memoryOf(largest.file) - base) * 2 ** 20) / largest.bytes
    const both = (text: string): readonly [string, string] => [text, text]
    return [
      ...sizes.map(({ bytes }, at) =>
        row(
          `analysis of ${number(bytes / 1e6)} MB`,
          [`${number(perByte[at]!.cpu)} µs a byte`, `${number(perByte[at]!.wall)} µs a byte`],
          at === 0 ? '' : `≤ ${number(4 * perByte[0]!.cpu)} µs`,
        ),
      ),
      row('memory of the least input', both(`${number(base)} MiB`)),
      row(`memory of ${number(largest.bytes / 1e6)} MB over it`, both(`${number(more)} bytes a byte`), '≤ 100 bytes'),
    ]
  } finally {
    rmSync(folder, { recursive: true })
  }
}

/** Modules that are instantiated often, and deeply. */
export function modules(): readonly Row[] {
  const count = 10_000
  const taken = (text: string): readonly [string, string] =>
    shown(typical(3, () => void analyze({ 'config.alloy': text })))
  return [
    row('10,000 instances of a module, given the same', taken(instancesOf(count, () => 'shop')), '≤ 2 s'),
    row('… given 100 different values', taken(instancesOf(count, at => `ns-${at % 100}`)), '≤ 2 s'),
    row('… given 10,000 different values', taken(instancesOf(count, at => `ns-${at}`))),
    row('a chain of 1,000 modules', taken(chainOf(1_000))),
  ]
}
