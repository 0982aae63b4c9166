// Runs trials one after the other and tells what it finds; the thread that started it ends it when one takes too long.
import { parentPort, workerData } from 'node:worker_threads'
import { judge, type Law, type Verdict } from './laws.ts'
import { make } from './make.ts'
import { minimize } from './minimize.ts'
import { randomOf } from './random.ts'
import { sizeOf, type Trial } from './trial.ts'
import { kindOf } from './violation.ts'

/** What a worker is started with. */
export interface Task {
  /** Three numbers that both threads see: the seed under way, its size in bytes, how many trials are done. */
  readonly shared: Float64Array
  readonly first: number
  /** Laws to ask alone; none: all. */
  readonly laws?: readonly string[]
  /** When to stop, in milliseconds of `Date.now()`. */
  readonly end: number
  /** Runs these and ends, instead of going on from `first`. */
  readonly trials?: readonly { readonly seed: number; readonly trial: Trial }[]
}

/** What a worker tells. */
export type Message =
  | { readonly kind: 'finding'; readonly seed: number; readonly law: Law; readonly what: string; readonly trial: Trial }
  | { readonly kind: 'counts'; readonly counts: Counts }
  | { readonly kind: 'ended' }

/** How often each kind of trial ran, and each law was asked; the slowest trials. */
export interface Counts {
  readonly trials: Record<string, number>
  readonly laws: Record<string, number>
  readonly slowest: { seed: number; milliseconds: number; bytes: number }
}

/** The choices that judging makes, so that a seed stands for the whole trial. */
const judgeSeed = (seed: number, trial: Trial): Promise<Verdict> => judge(trial, randomOf(seed ^ 0x5bd1e995), laws)

const { shared, first, end, trials, laws = [] } = workerData as Task
const port = parentPort!
const counts: Counts = { trials: {}, laws: {}, slowest: { seed: 0, milliseconds: 0, bytes: 0 } }
const minimized = new Map<string, number>()
let told = performance.now()

async function once(seed: number, trial: Trial): Promise<void> {
  shared[1] = sizeOf(trial)
  shared[0] = seed
  const start = performance.now()
  const { asked, violations } = await judgeSeed(seed, trial)
  const milliseconds = performance.now() - start
  if (milliseconds > counts.slowest.milliseconds)
    Object.assign(counts.slowest, { seed, milliseconds, bytes: shared[1] })
  counts.trials[trial.kind] = (counts.trials[trial.kind] ?? 0) + 1
  for (const [law, times] of Object.entries(asked)) counts.laws[law] = (counts.laws[law] ?? 0) + times
  shared[2]!++
  for (const { law, what } of violations) await tell(seed, trial, law as Law, what)
  if (performance.now() - told < 1_000) return
  told = performance.now()
  port.postMessage({ kind: 'counts', counts } satisfies Message)
}

async function tell(seed: number, trial: Trial, law: Law, what: string): Promise<void> {
  const kind = kindOf(law, what)
  const before = minimized.get(kind) ?? 0
  minimized.set(kind, before + 1)
  if (before > 0) return
  const until = Math.min(end, Date.now()) + 20_000
  const shows = async (smaller: Trial): Promise<boolean> => {
    if (Date.now() > until) return false
    // Each attempt has the whole budget: the number that is watched changes, and still tells the seed.
    shared[0] = seed + ((shared[0]! * 1_000 + 1) % 500) / 1_000
    const verdict = await judgeSeed(seed, smaller)
    return verdict.violations.some(each => kindOf(each.law, each.what) === kind)
  }
  const least = await minimize(trial, shows, 1_500)
  port.postMessage({ kind: 'finding', seed, law, what, trial: least } satisfies Message)
}

if (trials) for (const { seed, trial } of trials) await once(seed, trial)
else for (let seed = first; Date.now() < end; seed++) await once(seed, make(seed))
port.postMessage({ kind: 'counts', counts } satisfies Message)
port.postMessage({ kind: 'ended' } satisfies Message)
