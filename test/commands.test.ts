import { readdirSync } from 'node:fs'
import * as assert from 'uvu/assert'
import { argumentsOf, inputsOf, textOf } from './case.ts'
import { command, type Ran } from './cli/io.ts'
import { describe, golden, root } from './harness.ts'

const folder = `${root}test/commands`

/** All that a command line did: how it ended, what it printed, what it wrote. */
function transcript({ code, stdout, stderr, written }: Ran): string {
  const files = [...written].map(([path, text]) => `--- ${path.replace('/work/', '')}\n${text}`)
  const errors = stderr === '' ? [] : [`--- stderr\n${stderr}`]
  return [`exit ${code}\n`, `--- stdout\n${stdout}`, ...errors, ...files].join('')
}

/** `97 granted, 8 needed (8 granted too widely), 0 missing, 64 excess, 33 phantom`, as `check` and `diff` order it. */
const summary =
  /(\d+) (?:granted|by default), (\d+) needed(?: \((\d+) granted too widely\))?(?:, (\d+) for other objects)?(?:, (\d+) missing)?, (\d+) excess, (\d+) phantom(?:, (\d+) missing)?/g

/** Where what is granted does not add up: what is needed is held in part, or is what the pod runs under. */
const unequal: ReadonlySet<string> = new Set(['check-assumed-is-a-warning', 'check-own-constraints'])

describe('the numbers of a summary', it => {
  it('add up to what is granted', () => {
    let seen = 0
    for (const name of readdirSync(folder)) {
      for (const [line, ...numbers] of textOf(`${folder}/${name}`, 'expected.txt').matchAll(summary)) {
        const [granted, needed = 0, wide = 0, others = 0, lacking = 0, excess = 0, phantom = 0, missing = 0] =
          numbers.map(each => Number(each ?? 0))
        const sum = needed - wide + others - lacking - missing + excess + phantom
        seen++
        assert.is(sum === granted, !unequal.has(name), `${name}: ${line}`)
      }
    }
    assert.ok(seen > 50, `${seen} summaries`)
  })
})

describe('commands', it => {
  for (const name of readdirSync(folder).sort()) {
    it(name, async () => {
      const at = `${folder}/${name}`
      const ran = await command(argumentsOf(at), inputsOf(at), { stdin: textOf(at, 'stdin.txt') })
      assert.not.match(ran.stderr, /this is a bug/)
      golden(`test/commands/${name}/expected.txt`, transcript(ran))
    })
  }
})
