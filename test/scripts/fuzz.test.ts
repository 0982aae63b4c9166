import * as assert from 'uvu/assert'
import { judge, laws } from '../../scripts/fuzz/laws.ts'
import { kinds, make } from '../../scripts/fuzz/make.ts'
import { minimize } from '../../scripts/fuzz/minimize.ts'
import { randomOf } from '../../scripts/fuzz/random.ts'
import { fuzzOne } from '../../scripts/fuzz/supervisor.ts'
import type { Trial } from '../../scripts/fuzz/trial.ts'
import { describe } from '../harness.ts'

const few = Array.from({ length: 50 }, (_, at) => at)
const many = Array.from({ length: 400 }, (_, at) => at)
const trial = (text: string): Trial => ({
  kind: 'text',
  files: { 'a.alloy': text },
  inputs: ['a.alloy'],
  options: ['--optional'],
  valid: true,
})

describe('the fuzz program', it => {
  it('makes the same trial of the same seed, and every kind within few seeds', () => {
    assert.equal(make(4), make(4))
    assert.equal([...new Set(many.map(seed => make(seed).kind))].sort(), [...kinds].sort())
  })
  it('finds nothing in its first trials, and asks every law of them but that of the end, which another thread asks', async () => {
    const found = new Set<string>()
    for (const seed of few) {
      const { asked, violations } = await judge(make(seed), randomOf(seed))
      assert.equal(violations, [], `seed ${seed}`)
      for (const law of Object.keys(asked)) found.add(law)
    }
    assert.equal([...found].sort(), [...Object.keys(laws)].filter(law => law !== 'ends').sort())
  })
  it('tells an input that is not what it was made to be', async () => {
    const { violations } = await judge(trial('discovery.kubernetes "x" { role = "no" }'), randomOf(1))
    assert.equal(
      violations.map(({ law }) => law),
      ['valid'],
    )
  })
  it('takes a thread that runs out of memory for a finding', async () => {
    const found: string[] = []
    await fuzzOne(1, trial('logging { }'), ({ law }) => found.push(law), 8)
    assert.equal(found, ['memory'])
  })
  it('keeps of an input what shows the fault', async () => {
    const shows = async ({ files }: Trial) => String(files['a.alloy']).includes('bad')
    const least = await minimize(trial('one\ntwo { bad, worse }\nthree\n'), shows, 200)
    assert.equal([least.files['a.alloy'], least.options], ['bad', []])
  })
})
