import { execFileSync } from 'node:child_process'

/** One line of the table. */
export interface Row {
  readonly what: string
  readonly measured: string
  /** What it must not exceed, or must reach; empty where it only stands for comparison. */
  readonly target: string
}

/** A row of the table of figures. */
export const row = (what: string, measured: string, target = ''): Row => ({ what, measured, target })

/** A number with as many digits as matter. */
export const number = (value: number): string =>
  value >= 100 ? value.toFixed(0) : value >= 10 ? value.toFixed(1) : value.toFixed(2)

/** The median of some numbers. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  return (sorted[(sorted.length - 1) >> 1]! + sorted[sorted.length >> 1]!) / 2
}

/** Milliseconds that work takes. */
export function time(work: () => void): number {
  const start = process.hrtime.bigint()
  work()
  return Number(process.hrtime.bigint() - start) / 1e6
}

/** The median of several times. */
export const typical = (runs: number, work: () => void): number =>
  median(Array.from({ length: runs }, () => time(work)))

/** A program with its arguments. */
export type Line = readonly [program: string, ...args: string[]]

/** Runs programs in turn and times them: what the machine does beside them meets all alike. */
export function inTurn(rounds: number, lines: readonly Line[], cwd: string): readonly (readonly number[])[] {
  const times = lines.map((): number[] => [])
  for (let round = 0; round <= rounds; round++) {
    for (const [at, [program, ...args]] of lines.entries()) {
      const taken = time(() => execFileSync(program, args, { cwd, stdio: 'ignore' }))
      // The first round fills the caches of the file system.
      if (round > 0) times[at]!.push(taken)
    }
  }
  return times
}

/** How many times as long one program takes as another, by the rounds in which they ran one after the other. */
export const ratio = (times: readonly number[], others: readonly number[]): number =>
  median(times.map((taken, at) => taken / others[at]!))
