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

/** Megabytes of heap that a trial may take, with the program itself; the words of the law say the same. */
const heap = 512

type Ending =
  | { readonly kind: 'ended' }
  | { readonly kind: 'hang' | 'died' | 'exhausted'; readonly seed: number; readonly what: string }

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
    // What the program keeps from one trial to the next is no one's fault: a trial has to need as much alone.
    const isFinding = ending.kind !== 'exhausted' || (await breaks('memory', at, make(at)))
    if (isFinding) found(await smallest(at, make(at), ending, end))
    seed = at + 1
  }
  return { findings: told.size, ...total }
}

/** Judges one trial, in a thread of so many megabytes of heap. */
export async function fuzzOne(
  seed: number,
  trial: Trial,
  tell: (finding: Finding) => void,
  megabytes = heap,
): Promise<Report> {
  const total = noCounts()
  let findings = 0
  const found = (finding: Finding): void => {
    findings++
    tell(finding)
  }
  const task = { first: seed, end: Number.POSITIVE_INFINITY, trials: [{ seed, trial }] }
  const ending = await supervise(task, found, total, megabytes)
  if (ending.kind !== 'ended') found({ law: lawOf(ending), seed, what: ending.what, trial })
  return { findings, ...total }
}

const noCounts = (): Counts => ({ trials: {}, laws: {}, slowest: { seed: 0, milliseconds: 0, bytes: 0 } })

/** The law that a trial breaks by which its thread ends. */
const lawOf = ({ kind }: Ending): Law => (kind === 'exhausted' ? 'memory' : 'ends')

async function breaks(law: Law, seed: number, trial: Trial): Promise<boolean> {
  let does = false
  await fuzzOne(seed, trial, finding => {
    does ||= finding.law === law
  })
  return does
}

/** A trial that ends its thread, made smaller by few attempts, since each may take the whole budget. */
async function smallest(
  seed: number,
  trial: Trial,
  ending: Exclude<Ending, { kind: 'ended' }>,
  end: number,
): Promise<Finding> {
  const law = lawOf(ending)
  const shows = async (smaller: Trial): Promise<boolean> => Date.now() <= end && (await breaks(law, seed, smaller))
  return { law, seed, what: ending.what, trial: await minimize(trial, shows, 24) }
}

/** Starts a thread and watches it. */
function supervise(
  task: Omit<Task, 'shared'>,
  found: (finding: Finding) => void,
  total: Counts,
  megabytes = heap,
): Promise<Ending> {
  const shared = new Float64Array(new SharedArrayBuffer(24))
  const worker = new Worker(new URL('./worker.js', import.meta.url), {
    workerData: { shared, ...task } satisfies Task,
    resourceLimits: { maxOldGenerationSizeMb: megabytes },
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
    worker.on('error', error => {
      const kind = 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? 'exhausted' : 'died'
      finish({ kind, seed: shared[0]!, what: String(error.stack ?? error) })
    })
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
