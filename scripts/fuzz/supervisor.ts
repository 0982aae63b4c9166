import { Worker } from 'node:worker_threads'
import type { Law } from './laws.ts'
import { make } from './make.ts'
import { minimize } from './minimize.ts'
import type { Trial } from './trial.ts'
import { kindOf } from './violation.ts'
import type { Counts, Message, Task } from './worker.ts'

/** A law that broke: the seed that shows it, and the smallest input that still does. */
export interface Finding {
  readonly law: Law
  readonly seed: number
  readonly what: string
  readonly trial: Trial
}

/** What came of a time of fuzzing. */
export interface Report {
  /** How many findings there were, those of one kind counted once. */
  readonly findings: number
  readonly trials: Readonly<Record<string, number>>
  readonly laws: Readonly<Record<string, number>>
  readonly slowest: Counts['slowest']
}

/** Processor time that a trial may take, all of its runs together, in milliseconds. */
const budgetOf = (bytes: number): number => 10_000 + bytes * 0.05

/** Megabytes of heap that a trial may take. */
const heap = 1_500

type Ending =
  | { readonly kind: 'ended' }
  | { readonly kind: 'hang' | 'died'; readonly seed: number; readonly what: string }

/**
 * Runs trials from a seed on until the time is over, in a thread that is ended and started again when a trial hangs it. Tells each
 * kind of finding as soon as it is made small.
 */
export async function fuzz(
  seconds: number,
  { first, laws }: { readonly first: number; readonly laws: readonly string[] },
  tell: (finding: Finding) => void,
): Promise<Report> {
  const end = Date.now() + seconds * 1_000
  const total = noCounts()
  const told = new Set<string>()
  const found = (finding: Finding): void => {
    const kind = kindOf(finding.law, finding.what)
    if (!told.has(kind)) tell(finding)
    told.add(kind)
  }
  for (let seed = first; Date.now() < end; ) {
    const ending = await supervise({ first: seed, end, laws }, found, total)
    if (ending.kind === 'ended') break
    const at = Math.floor(ending.seed)
    found(await smallest(at, make(at), ending.what, end))
    seed = at + 1
  }
  return { findings: told.size, ...total }
}

/** Judges one trial. */
export async function fuzzOne(seed: number, trial: Trial, tell: (finding: Finding) => void): Promise<Report> {
  const total = noCounts()
  let findings = 0
  const found = (finding: Finding): void => {
    findings++
    tell(finding)
  }
  const task = { first: seed, end: Number.POSITIVE_INFINITY, trials: [{ seed, trial }] }
  const ending = await supervise(task, found, total)
  if (ending.kind !== 'ended') found({ law: 'ends', seed, what: ending.what, trial })
  return { findings, ...total }
}

const noCounts = (): Counts => ({ trials: {}, laws: {}, slowest: { seed: 0, milliseconds: 0, bytes: 0 } })

/** A trial that hangs, made smaller by few attempts, since each takes the whole budget. */
async function smallest(seed: number, trial: Trial, what: string, end: number): Promise<Finding> {
  const shows = async (smaller: Trial): Promise<boolean> => {
    if (Date.now() > end) return false
    let hangs = false
    await fuzzOne(seed, smaller, ({ law }) => {
      hangs ||= law === 'ends'
    })
    return hangs
  }
  return { law: 'ends', seed, what, trial: await minimize(trial, shows, 24) }
}

/** Starts a thread and watches it. */
function supervise(task: Omit<Task, 'shared'>, found: (finding: Finding) => void, total: Counts): Promise<Ending> {
  const shared = new Float64Array(new SharedArrayBuffer(24))
  const worker = new Worker(new URL('./worker.js', import.meta.url), {
    workerData: { shared, ...task } satisfies Task,
    resourceLimits: { maxOldGenerationSizeMb: heap },
  })
  let counts: Counts | null = null
  return new Promise(resolve => {
    let [seed, since] = [-1, processorTime()]
    const finish = (ending: Ending): void => {
      clearInterval(watch)
      if (counts) add(total, counts)
      void worker.terminate().then(() => resolve(ending))
    }
    const watch = setInterval(() => {
      if (shared[0] !== seed) [seed, since] = [shared[0]!, processorTime()]
      const taken = processorTime() - since
      if (taken > budgetOf(shared[1]!))
        finish({ kind: 'hang', seed, what: `${Math.round(taken)} ms of processor time for ${shared[1]} bytes` })
    }, 100)
    worker.on('message', (message: Message) => {
      if (message.kind === 'finding') found(message)
      else if (message.kind === 'counts') counts = message.counts
      else finish({ kind: 'ended' })
    })
    worker.on('error', error => finish({ kind: 'died', seed: shared[0]!, what: String(error.stack ?? error) }))
  })
}

const processorTime = (): number => {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1_000
}

function add(total: Counts, { trials, laws, slowest }: Counts): void {
  for (const [kind, times] of Object.entries(trials)) total.trials[kind] = (total.trials[kind] ?? 0) + times
  for (const [law, times] of Object.entries(laws)) total.laws[law] = (total.laws[law] ?? 0) + times
  if (slowest.milliseconds > total.slowest.milliseconds) Object.assign(total.slowest, slowest)
}
