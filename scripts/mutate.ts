// npm run mutate -- SECONDS [--seed N] [--only PART …]: changes a line of the compiled program, or a rule, and runs the tests: what
// none of them notices survives. Works in a copy; mutants are chosen by chance, and only tests that run the line are asked, those
// of its own stage first. Ends with 1 where one survives that is not explained.
import { spawn } from 'node:child_process'
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { availableParallelism, tmpdir } from 'node:os'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { components } from '#rulemap/components'
import { randomOf } from './fuzz/random.ts'
import { type Mutant, mutantsOf, ruleMutants } from './mutate/mutants.ts'
import { type Reach, reaches } from './mutate/reach.ts'

const root = fileURLToPath(new URL('../../', import.meta.url))
const { values, positionals } = parseArgs({
  args: process.argv.slice(2),
  options: { seed: { type: 'string' }, only: { type: 'string', multiple: true } },
  allowPositionals: true,
})
const seconds = Number(positionals[0] ?? 600)
const random = randomOf(Number(values.seed ?? 1))

/** The folders where a wrong line makes a wrong plan or verdict, and the map. */
const parts = [
  'plan',
  'chart',
  'kubernetes',
  'access',
  'rules',
  'resolve',
  'evaluate',
  'reports/check',
  'input',
  'rulemap',
] as const

/** Mutants that no test can tell from the program, each with the reason. */
const explained = JSON.parse(readFileSync(`${root}scripts/mutate/explained.json`, 'utf8')) as readonly {
  readonly file: string
  readonly before: string
  readonly after: string
  readonly reason: string
}[]

const filesIn = (folder: string): readonly string[] =>
  readdirSync(`${root}${folder}`, { recursive: true, encoding: 'utf8' })
    .filter(name => name.endsWith('.js'))
    .map(name => `${folder}/${name}`)
const read = (file: string): string => readFileSync(root + file, 'utf8')
const map = 'dist/rulemap/components.js'
const mutants: Readonly<Record<string, readonly Mutant[]>> = Object.fromEntries(
  parts
    .filter(part => values.only?.includes(part) ?? true)
    .map(part => [
      part,
      part === 'rulemap'
        ? ruleMutants(map, read(map), components)
        : filesIn(`dist/src/${part}`).flatMap(file => mutantsOf(file, read(file))),
    ]),
)

const reached = await reaches(root)
const count = { tried: 0, killed: 0, explained: 0 }
const counts: Record<string, typeof count> = Object.fromEntries(Object.keys(mutants).map(part => [part, { ...count }]))
const end = performance.now() + seconds * 1_000
const left = shuffled()
await Promise.all(Array.from({ length: availableParallelism() }, work))

for (const [part, { tried: all, killed, explained: known }] of Object.entries(counts)) {
  const survived = all - killed - known
  console.log(
    `${part.padEnd(12)} ${String(all).padStart(4)} of ${mutants[part]!.length} mutants, ${killed} killed, ${known} explained, ${survived} survived`,
  )
  if (survived > 0) process.exitCode = 1
}

/** The parts take turns; within one, mutants come by chance. */
function shuffled(): Iterator<readonly [part: string, mutant: Mutant]> {
  const turns = Object.entries(mutants).flatMap(([part, all]) =>
    all
      .map(mutant => ({ part, mutant, at: random.next() }))
      .sort((a, b) => a.at - b.at)
      .map(({ part, mutant }, turn) => ({ turn, pair: [part, mutant] as const })),
  )
  return turns
    .sort((a, b) => a.turn - b.turn)
    .map(({ pair }) => pair)
    .values()
}

/** Tries mutants in a copy of its own until the time is over. */
async function work(): Promise<void> {
  const copy = mkdtempSync(`${tmpdir()}/mutate-`)
  for (const name of readdirSync(root))
    if (name !== 'dist' && !name.startsWith('.')) symlinkSync(root + name, `${copy}/${name}`)
  // A linked package.json would be looked for where it leads.
  rmSync(`${copy}/package.json`)
  cpSync(`${root}package.json`, `${copy}/package.json`)
  cpSync(`${root}dist`, `${copy}/dist`, { recursive: true })
  for (let next = left.next(); !next.done && performance.now() < end; next = left.next()) {
    const [part, mutant] = next.value
    const tally = counts[part]!
    tally.tried++
    if (await isKilled(copy, mutant, part)) tally.killed++
    else if (
      explained.some(
        ({ file, before, after }) => file === mutant.file && before === mutant.before && after === mutant.after,
      )
    )
      tally.explained++
    else console.log(`survived: ${mutant.file}:${mutant.line}\n  - ${mutant.before}\n  + ${mutant.after}`)
  }
  rmSync(copy, { recursive: true })
}

/** Runs the tests that run the line: of its shelf, of its stage, then the quicker half of the others, then the rest. A test that does not end is one that fails. */
async function isKilled(copy: string, { file, line, text }: Mutant, part: string): Promise<boolean> {
  const asked = reached
    .filter(({ lines }) => part === 'rulemap' || lines[file]?.includes(line))
    .sort((a, b) => a.milliseconds - b.milliseconds)
  const shelf = file.replace(/^dist\/src\/|[^/]+$/g, '')
  const nearest = asked.filter(({ test }) => test.startsWith(shelf) && test.slice(shelf.length).split('/').length === 1)
  const near = asked.filter(each => each.test.startsWith(`${part}/`) && !nearest.includes(each))
  const far = asked.filter(each => !nearest.includes(each) && !near.includes(each))
  const half = Math.ceil(far.length / 2)
  writeFileSync(`${copy}/${file}`, text)
  try {
    for (const group of [nearest, near, far.slice(0, half), far.slice(half)]) if (await fails(copy, group)) return true
    return false
  } finally {
    cpSync(root + file, `${copy}/${file}`)
  }
}

async function fails(copy: string, asked: readonly Reach[]): Promise<boolean> {
  if (asked.length === 0) return false
  const usual = asked.reduce((sum, { milliseconds }) => sum + milliseconds, 0)
  const words = ['dist/test/run.js', '--bail', ...asked.map(({ test }) => test)]
  const child = spawn(process.execPath, words, { cwd: copy, stdio: 'ignore', timeout: Math.ceil(20_000 + 3 * usual) })
  return (await new Promise(done => child.on('close', done))) !== 0
}
