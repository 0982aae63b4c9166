import { execFileSync, spawnSync } from 'node:child_process'

/** Milliseconds that something takes: of the processor, in all threads, and on the clock, which other programs stop too. */
export interface Time {
  readonly cpu: number
  readonly wall: number
}

/** One line of the table. */
export interface Row {
  readonly what: string
  readonly cpu: string
  readonly wall: string
  /** What it must not exceed, or must reach; empty where it only stands for comparison. */
  readonly target: string
}

/** A row of the table of figures. */
export const row = (what: string, [cpu, wall]: readonly [cpu: string, wall: string], target = ''): Row => ({
  what,
  cpu,
  wall,
  target,
})

/** A time in the unit that suits it. */
export const shown = ({ cpu, wall }: Time): readonly [cpu: string, wall: string] => [inUnit(cpu), inUnit(wall)]

const inUnit = (milliseconds: number): string =>
  milliseconds >= 1000 ? `${number(milliseconds / 1000)} s` : `${number(milliseconds)} ms`

/** A number with as many digits as matter. */
export function number(value: number): string {
  if (value >= 100) return value.toFixed(0)
  return value.toFixed(value >= 10 ? 1 : 2)
}

/** The median of some numbers. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  return (sorted[(sorted.length - 1) >> 1]! + sorted[sorted.length >> 1]!) / 2
}

/** The median of times, of the processor and on the clock each for itself. */
export const typicalOf = (times: readonly Time[]): Time => ({
  cpu: median(times.map(({ cpu }) => cpu)),
  wall: median(times.map(({ wall }) => wall)),
})

/** The time that work of this process takes. */
export function time(work: () => void): Time {
  const [start, before] = [process.hrtime.bigint(), process.cpuUsage()]
  work()
  const { user, system } = process.cpuUsage(before)
  return { cpu: (user + system) / 1e3, wall: Number(process.hrtime.bigint() - start) / 1e6 }
}

/** The median of several times. */
export const typical = (runs: number, work: () => void): Time =>
  typicalOf(Array.from({ length: runs }, () => time(work)))

/** A program with its arguments, and variables of the environment: undefined ones are left out. */
export interface Line {
  readonly program: string
  readonly args: readonly string[]
  readonly env?: Readonly<Record<string, string | undefined>>
}

/** The time that a program takes, its threads and children included: bash counts that of what it has run. */
export function timeOf({ program, args, env = {} }: Line, cwd: string): Time {
  const start = process.hrtime.bigint()
  const script = '"$@" >/dev/null 2>&1; times'
  const { stdout } = spawnSync('bash', ['-c', script, 'bash', program, ...args], {
    cwd,
    encoding: 'utf8',
    env: { ...process.env, ...env, LC_ALL: 'C' },
  })
  const wall = Number(process.hrtime.bigint() - start) / 1e6
  const [, children = ''] = stdout.split('\n')
  const cpu = [...children.matchAll(/(\d+)m([\d.]+)s/g)].map(([, minutes, seconds]) => +minutes! * 60 + +seconds!)
  if (cpu.length !== 2) throw new Error(`bash does not say how long ${program} took`)
  return { cpu: (cpu[0]! + cpu[1]!) * 1e3, wall }
}

/** Runs programs in turn and times them: what the machine does beside them meets all alike. */
export function inTurn(rounds: number, lines: readonly Line[], cwd: string): readonly (readonly Time[])[] {
  const times = lines.map((): Time[] => [])
  for (let round = 0; round <= rounds; round++) {
    for (const [at, line] of lines.entries()) {
      const taken = timeOf(line, cwd)
      // The first round fills the caches of the file system.
      if (round > 0) times[at]!.push(taken)
    }
  }
  return times
}

/** How many times as long one program takes as another, by the rounds in which they ran one after the other. */
export const ratio = (times: readonly Time[], others: readonly Time[]): readonly [cpu: string, wall: string] => [
  `${number(median(times.map(({ cpu }, at) => cpu / others[at]!.cpu)))} times`,
  `${number(median(times.map(({ wall }, at) => wall / others[at]!.wall)))} times`,
]

/** The most memory that a command line of the program takes, in MiB. */
export function peak(bin: string, args: readonly string[]): number {
  const line = JSON.stringify([process.execPath, bin, ...args])
  const script = `process.argv = ${line}; process.on('exit', () => console.error(process.resourceUsage().maxRSS)); await import(process.argv[1])`
  const { stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', script], {
    stdio: ['ignore', 'ignore', 'pipe'],
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
  })
  return Number(stderr.trim().split('\n').at(-1)) / 1024
}

/** What a program prints. */
export const printed = (program: string, args: readonly string[]): string =>
  execFileSync(program, args, { encoding: 'utf8', maxBuffer: 2 ** 28 })
