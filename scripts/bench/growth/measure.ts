// Runs one shape in a process of its own and prints what it took: for n and for 4n, or once for 16 MiB.
import { command } from '../../../test/cli/io.ts'
import type { Line, Shape } from './shape.ts'
import { shapes } from './shapes.ts'

/** What a shape came to. */
export interface Measured {
  readonly size: number
  readonly bytes: number
  /** Milliseconds of processor time for n and for 4n, or for the one size. */
  readonly times: readonly number[]
  /** How the time grows from n to 4n; null for one size. */
  readonly exponent: number | null
  /** How many bytes of memory the larger one took over the base. */
  readonly memory: number
  readonly code: number
}

/** The least time that is told from noise, in milliseconds. */
const enough = 120
/** The work after which the engine has compiled most of what runs. */
const warmUp = 500
const mostBytes = 2 * 1024 * 1024
const mostSize = 500_000
const fullBytes = 16 * 1024 * 1024

const bytesOf = ({ files }: Line): number =>
  Object.values(files).reduce((sum, text) => sum + Buffer.byteLength(text), 0)

async function run(line: Line): Promise<{ readonly milliseconds: number; readonly code: number }> {
  globalThis.gc?.()
  const before = process.cpuUsage()
  const { code } = await command(line.argv, line.files)
  const { user, system } = process.cpuUsage(before)
  return { milliseconds: (user + system) / 1e3, code }
}

async function growth({ start, make }: Shape): Promise<Measured> {
  let size = start
  const warmest = make(start)
  for (let spent = 0; spent < warmUp; ) spent += (await run(warmest)).milliseconds
  const least = make(1)
  await run(least)
  const constant = (await run(least)).milliseconds
  let small = (await run(warmest)).milliseconds
  while (small - constant < enough && bytesOf(make(size * 8)) < mostBytes && size < mostSize) {
    size *= 2
    await run(make(size))
    small = (await run(make(size))).milliseconds
  }
  const line = make(size * 4)
  const base = process.resourceUsage().maxRSS
  const large = await run(line)
  const memory = (process.resourceUsage().maxRSS - base) * 1024
  const again = large.milliseconds < 1_500 ? await run(line) : large
  const times = [small, Math.min(again.milliseconds, large.milliseconds)].map(each => Math.max(1, each - constant))
  const exponent = Math.log(times[1]! / times[0]!) / Math.log(4)
  return { size, bytes: bytesOf(line), times, exponent, memory, code: large.code }
}

/** The largest input of a shape that is read at all. */
async function full({ start, make }: Shape): Promise<Measured> {
  await run(make(1))
  let [low, high] = [start, start]
  while (bytesOf(make(high)) < fullBytes && high < 1e8) [low, high] = [high, high * 2]
  while (high - low > low / 32) {
    const middle = Math.floor((low + high) / 2)
    if (bytesOf(make(middle)) < fullBytes) low = middle
    else high = middle
  }
  const line = make(low)
  const base = process.resourceUsage().maxRSS
  const { milliseconds, code } = await run(line)
  const memory = (process.resourceUsage().maxRSS - base) * 1024
  return { size: low, bytes: bytesOf(line), times: [milliseconds], exponent: null, memory, code }
}

const shape = shapes.flatMap(each => each.shapes).find(({ what }) => what === process.argv[2])
if (!shape) throw new Error('no such shape')
console.log(JSON.stringify(await (process.argv[3] === 'full' ? full : growth)(shape)))
