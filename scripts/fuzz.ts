// npm run fuzz -- SECONDS [--seed N] [--laws A,B]: runs unexpected input and checks the laws of scripts/fuzz/laws.ts.
// npm run fuzz -- --only N runs the trial of one seed and shows it. Prints what ran; ends with 1 when a law broke.
import { parseArgs } from 'node:util'
import { alone, laws } from './fuzz/laws.ts'
import { make } from './fuzz/make.ts'
import { type Finding, fuzz, fuzzOne, type Report } from './fuzz/supervisor.ts'
import type { Trial } from './fuzz/trial.ts'

const { values, positionals } = parseArgs({
  args: process.argv.slice(2),
  options: { seed: { type: 'string' }, only: { type: 'string' }, laws: { type: 'string' } },
  allowPositionals: true,
})
/** Trials of two seeds are different as long as neither run makes more of them than this. */
const stride = 10_000_000

const only = values.only === undefined ? null : Number(values.only)
const seed = Number(values.seed ?? Math.floor(Date.now() / 1_000) % 1_000_000)
const seconds = Number(positionals[0] ?? 60)
if (![only ?? 0, seed, seconds].every(Number.isFinite))
  throw new Error('usage: npm run fuzz -- SECONDS [--seed N] [--laws A,B] | --only N')
const some = values.laws?.split(',') ?? []
if (!some.every(each => alone.includes(each as never))) throw new Error(`--laws takes ${alone.join(', ')}`)

if (only !== null) console.log(shown(make(only)))
const start = performance.now()
const report =
  only === null
    ? await fuzz(seconds, { first: seed * stride, laws: some }, tell)
    : await fuzzOne(only, make(only), tell)
console.log(summary(report))
if (report.findings > 0) process.exitCode = 1

function summary({ findings, trials, laws: asked, slowest }: Report): string {
  const total = Object.values(trials).reduce((sum, count) => sum + count, 0)
  return [
    `${total} trials in ${Math.round((performance.now() - start) / 1_000)} s, seed ${seed}`,
    ...Object.entries(trials)
      .sort()
      .map(([kind, count]) => `  ${kind.padEnd(30)} ${count}`),
    'laws, and how often each was asked',
    ...Object.entries(laws).map(
      ([law, words]) => `  ${words.padEnd(76)} ${asked[law] ?? (law === 'ends' ? total : 0)}`,
    ),
    `slowest trial: seed ${slowest.seed}, ${Math.round(slowest.milliseconds)} ms for ${slowest.bytes} bytes`,
    `${findings} findings`,
  ].join('\n')
}

function tell({ law, seed: shows, what, trial }: Finding): void {
  console.log(
    `[${law}] npm run fuzz -- --only ${shows}\n${what.split('\n').slice(0, 12).join('\n')}\n${shown(trial)}\n`,
  )
}

/** A trial as one could type it; long lines and texts are cut. */
function shown({ kind, files, inputs, options, log, baseline }: Trial): string {
  const cut = (text: string): string =>
    text.length > 3_000 ? `${text.slice(0, 3_000)}… ${text.length} characters` : text
  const contents = Object.entries(files).map(([name, content]) =>
    typeof content === 'string'
      ? `--- ${name}\n${cut(content)}`
      : `--- ${name}, base64\n${cut(Buffer.from(content).toString('base64'))}`,
  )
  const more = baseline === undefined ? [] : ['--baseline', baseline]
  return [
    `${kind}: ${[...inputs, ...options, ...more].map(word => JSON.stringify(word)).join(' ')}`,
    ...contents,
    ...(log === undefined ? [] : [`--- log\n${cut(log)}`]),
  ].join('\n')
}
