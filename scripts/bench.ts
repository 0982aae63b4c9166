// npm run bench [-- FOLDER]: the start of the command, the throughput of the parser and the memory it takes, side by side in one run.
// Times are the best of many: what the machine does beside them only ever adds.
import { execFileSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { cpus } from 'node:os'
import { fileURLToPath } from 'node:url'
import { parse } from '../src/syntax/parse.ts'

const root = fileURLToPath(new URL('../../', import.meta.url))
const bin = `${root}dist/bin/alloy-rbac.js`
const folder = process.argv[2] ?? process.env['ALLOY_CORPUS'] ?? `${root}examples`
const starts = 30

function filesIn(path: string): readonly string[] {
  return readdirSync(path).flatMap(name => {
    const at = `${path}/${name}`
    return statSync(at).isDirectory() ? filesIn(at) : at.endsWith('.alloy') ? [at] : []
  })
}

/** Milliseconds of the fastest of several runs. */
function best(times: number, work: () => void): number {
  let least = Number.POSITIVE_INFINITY
  for (let run = 0; run < times; run++) {
    const start = process.hrtime.bigint()
    work()
    least = Math.min(least, Number(process.hrtime.bigint() - start) / 1e6)
  }
  return least
}

const node = (...args: readonly string[]) => execFileSync(process.execPath, [...args], { stdio: 'ignore', cwd: root })

if (!existsSync(bin)) throw new Error('build first: npm run build')
const bare = best(starts, () => node('-e', '0'))
const cold = best(starts, () => node(bin, 'generate', 'examples/kubernetes-logs', '--quiet'))

const texts = filesIn(folder).map(path => readFileSync(path, 'utf8'))
const bytes = texts.reduce((sum, text) => sum + Buffer.byteLength(text), 0)
const repeats = Math.max(1, Math.ceil(4e6 / Math.max(1, bytes)))
const pass = () => {
  for (let run = 0; run < repeats; run++) for (const text of texts) parse({ path: 'config.alloy', text })
}
const parsed = best(8, pass)

const peak = execFileSync(process.execPath, [
  '-e',
  `process.argv=[process.argv[0],${JSON.stringify(bin)},'generate',${JSON.stringify(`${root}examples/kubernetes-logs`)},'-o','/dev/null','--quiet'];await import(${JSON.stringify(bin)});console.log(process.resourceUsage().maxRSS)`,
  '--input-type=module',
]).toString()
const base = execFileSync(process.execPath, ['-e', 'console.log(process.resourceUsage().maxRSS)']).toString()

const number = (value: number, digits = 1): string => value.toFixed(digits)
console.log(
  [
    `machine            ${cpus()[0]?.model ?? 'unknown'}, ${cpus().length} cores, Node ${process.version}`,
    `node -e 0          ${number(bare)} ms`,
    `cold generate      ${number(cold)} ms, ${number(cold / bare, 2)} times node -e 0 (target 2.0)`,
    `parse, warm        ${number((bytes * repeats) / 1e3 / parsed)} MB/s over ${texts.length} files (target 10)`,
    `peak memory        ${number(Number(peak) / 1024)} MiB, ${number(Number(base) / 1024)} MiB of them Node's own`,
  ].join('\n'),
)
