// npm run prove -- [COUNT] [--seed N] [--only WORD]: the program against other ways to the same answer, by chance, COUNT cases of each.
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import fc from 'fast-check'
import { coversCompletions } from '../test/resolve/completions.ts'
import type { Vector } from './conformance/rbac-authorize.ts'
import { requestOf, userOf } from './conformance/rbac-authorize.ts'
import { type Random, randomOf } from './fuzz/random.ts'
import { agreement } from './prove/agreement.ts'
import { holding } from './prove/holdings.ts'
import { mutants } from './prove/mutants.ts'
import { allows } from './prove/naive.ts'
import { partially, scraped } from './prove/partial.ts'
import { authorizer, covering, packing } from './prove/rbac.ts'

/** How many cases one try held, or what shows that they do not hold. */
type Try = (random: Random) => number | string | Promise<number | string>

/** One comparison: each try may hold many cases; `share` of COUNT are made, since some take long. */
interface Proof {
  readonly name: string
  readonly share: number
  readonly try: Try
}

const { values, positionals } = parseArgs({
  args: process.argv.slice(2),
  options: { seed: { type: 'string' }, only: { type: 'string' } },
  allowPositionals: true,
})
const count = Number(positionals[0] ?? 100_000)
const seed = Number(values.seed ?? 1)
if (!Number.isInteger(count) || !Number.isInteger(seed))
  throw new Error('usage: npm run prove -- [COUNT] [--seed N] [--only WORD]')

/** The naive authorizer is compared with what a real one answered, so that it can speak. */
function recorded(): number | string {
  const path = fileURLToPath(new URL('../../test/golden/rbac-authorize.jsonl', import.meta.url))
  const vectors = readFileSync(path, 'utf8')
    .trim()
    .split('\n')
    .map(line => JSON.parse(line) as Vector)
  for (const { objects, requests } of vectors)
    for (const each of requests)
      if (allows(objects, userOf(each), requestOf(each)) !== each.allowed) return JSON.stringify({ objects, each })
  return vectors.reduce((sum, { requests }) => sum + requests.length, 0)
}

const batch = 1_000
function folding(random: Random): number | string {
  const found = fc.check(coversCompletions, { numRuns: batch, seed: random.below(2 ** 31) })
  return found.failed ? fc.defaultReportMessage(found)! : batch
}

const proofs: readonly Proof[] = [
  { name: 'naive authorizer, recorded answers', share: 0, try: recorded },
  { name: 'authorizer, naive authorizer', share: 10, try: authorizer },
  { name: 'covering, every request', share: 1, try: covering },
  { name: 'reduce and pack, sets of requests', share: 10, try: packing },
  { name: 'folding, rules applied', share: 1, try: folding },
  { name: 'holdings, a cluster step by step', share: 0.3, try: holding },
  { name: 'mutants of clean deployments', share: 1, try: mutants },
  { name: 'check after the values of generate', share: 0.01, try: agreement },
  { name: 'open plan, plan of each filling', share: 0.01, try: partially },
  { name: 'open plan of a scrape, plan of its filling', share: 0.01, try: scraped },
]

for (const { name, share, try: once } of proofs.filter(each => each.name.includes(values.only ?? ''))) {
  const start = performance.now()
  let cases = 0
  for (let at = 0; at === 0 || cases < count * share; at++) {
    const held = await once(randomOf(seed * 10_000_000 + at))
    if (typeof held === 'string') {
      console.log(`${name}: try ${at} of seed ${seed} does not hold\n${held}`)
      process.exitCode = 1
      break
    }
    cases += held
    if (share === 0) break
  }
  console.log(
    `${name.padEnd(40)} ${String(cases).padStart(9)} cases in ${((performance.now() - start) / 1_000).toFixed(1)} s`,
  )
}
