// The `uvu` command succeeds when no file matches, sets FORCE_COLOR and runs one file after another; this does none of these.
import { type ChildProcess, fork } from 'node:child_process'
import { availableParallelism } from 'node:os'
import { fileURLToPath } from 'node:url'
import { parse } from 'uvu/parse'
import type { FileResult } from './worker.ts'

/** A file that takes as many minutes hangs: the longest take two on a busy machine. */
const minutes = 15
/** What the properties start from; SEED asks for the values of an earlier run. */
const seed = process.env['SEED'] ?? String(Date.now() % 2 ** 31)

const folder = fileURLToPath(new URL('.', import.meta.url))
const { suites } = await parse(folder, /\.test\.js$/)
const wanted = process.argv.slice(2).filter(word => word !== '--bail')
// In the order of the words; `--bail` ends the run at the first test that fails.
const bail = process.argv.includes('--bail')
const chosen =
  wanted.length === 0 ? suites : [...new Set(wanted.flatMap(part => suites.filter(({ name }) => name.includes(part))))]
if (chosen.length === 0) throw new Error('no test file matches')

// The folders of the longest files first, so that no process is left alone with one at the end; the order of words counts.
const longest = ['cli/', 'cases', 'chart/']
const rank = (name: string): number =>
  (longest.findIndex(part => name.startsWith(part)) + longest.length + 1) % (longest.length + 1)
const queue = wanted.length === 0 ? [...chosen].sort((a, b) => rank(a.name) - rank(b.name)) : chosen
const workers = new Set<ChildProcess>()
for (const signal of ['SIGTERM', 'SIGINT'] as const)
  process.on(signal, () => {
    // A test that loops hears of nothing.
    for (const worker of workers) end(worker)
    process.exit(1)
  })
let next = 0
let passed = 0
let failed = 0
let lost = 0

/** Runs files of the queue in a process of its own until none is left. */
function work(): Promise<void> {
  return new Promise(done => {
    // In a group of its own, so that what its tests started ends with it.
    const worker = fork(`${folder}worker.js`, {
      stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
      detached: true,
      env: { ...process.env, SEED: seed },
    })
    workers.add(worker)
    let current: string | null = null
    let output = ''
    let title = ''
    let why = 'the process that ran it ended'
    let timer: NodeJS.Timeout | undefined
    const give = (): void => {
      const file = bail && failed > 0 ? undefined : queue[next++]
      current = file?.name ?? null
      clearTimeout(timer)
      timer = setTimeout(() => {
        why = `it did not end in ${minutes} minutes`
        end(worker)
      }, minutes * 60_000)
      if (file === undefined) worker.disconnect()
      else worker.send(file)
    }
    worker.stdout!.setEncoding('utf8').on('data', text => {
      output += text
      const [, printed, result] = output.match(/^([^\0]*)\0(.*)\n/) ?? []
      if (printed === undefined || result === undefined) return
      process.stdout.write(printed)
      output = ''
      const counts = JSON.parse(result) as FileResult
      passed += counts.passed
      failed += counts.failed
      give()
    })
    worker.on('message', told => {
      title = String(told)
    })
    worker.on('exit', () => {
      clearTimeout(timer)
      workers.delete(worker)
      if (current !== null) {
        lost++
        process.stdout.write(`${output}\n   FAIL  ${current}\n    ${why}; its last test: ${title}; SEED=${seed}\n`)
      }
      done()
    })
    give()
  })
}

/** Ends a process and what it started. */
function end({ pid }: ChildProcess): void {
  if (pid !== undefined) process.kill(-pid, 'SIGKILL')
}

await Promise.all(Array.from({ length: Math.min(queue.length, availableParallelism()) }, work))
failed += lost
if (failed > 0 || passed === 0) process.exitCode = 1
process.stdout.write(`\n${passed} passed, ${failed} failed\n`)
